package demo

import (
	"embed"
	"io/fs"
	"path"
	"strings"

	"offprint/internal/journal"
)

// words holds what the journal says about itself: pages/NAME.LANG.md and
// news/DATE-SLUG.LANG.md, each with its title as the first heading.
//
//go:embed pages news cover.svg
var words embed.FS

// Pages are what the journal has written about itself, without a journal's ID.
func Pages() ([]journal.Webpage, error) {
	var out []journal.Webpage
	err := texts("pages", func(name, lang, source string) {
		out = append(out, journal.Webpage{Name: name, Lang: lang, Source: source})
	})
	return out, err
}

// Announcements are its news.
func Announcements() ([]journal.Announcement, error) {
	var out []journal.Announcement
	err := texts("news", func(name, lang, source string) {
		const day = len("2024-09-02")
		out = append(out, journal.Announcement{Slug: name[day+1:], Date: journal.Date(name[:day]), Lang: lang, Source: source})
	})
	return out, err
}

// texts calls f for every text of a folder, in the order of the names.
func texts(folder string, f func(name, lang, source string)) error {
	names, err := fs.Glob(words, folder+"/*.md")
	if err != nil {
		return err
	}
	for _, file := range names {
		b, err := words.ReadFile(file)
		if err != nil {
			return err
		}
		name, lang, _ := strings.Cut(strings.TrimSuffix(path.Base(file), ".md"), ".")
		f(name, lang, string(b))
	}
	return nil
}

// Cover is the journal's cover, an SVG, and what it shows.
func Cover() (svg []byte, alt []journal.Text, err error) {
	svg, err = words.ReadFile("cover.svg")
	return svg, []journal.Text{
		journal.T("en", "Cover of Colophon: an open book with lines of text, a red panel on its right page and a red ribbon between the pages"),
		journal.T("ru", "Обложка «Колофона»: раскрытая книга со строками, красный прямоугольник на правой странице и красная закладка между страницами"),
	}, err
}
