// Package demo is the demonstration journal: "Colophon", two issues with eight
// short articles that together use what a record can hold. It shows a new user
// a working journal, and it is a sample of sources for the tests.
//
// Everything in it was written for Offprint. Its persons, institutions and
// archives are invented. What it cites is either a real and well-known work or
// an invented archive item that says so. Its identifiers lead nowhere on
// purpose: the DOIs have the prefix 10.5555, which is kept for examples, and
// the ISSNs and ORCID iDs have right check digits but stand outside the ranges
// that are given out.
//
//	articles, err := demo.Articles()
//	// articles[0].Name is "1-1-editorial.xml", a JATS 1.3 document
//
// The package is data. It imports nothing into an installation: whoever has a
// store does that, by the same way as any other import.
package demo

import (
	"embed"
	"io/fs"

	"offprint/internal/journal"
)

// Path is the path of the demonstration journal in an installation.
const Path = "demo"

// content holds the articles and, beside them, the figures that they name.
//
//go:embed articles
var content embed.FS

// File is one file of the demonstration.
type File struct {
	Name  string // without a folder
	Bytes []byte
}

// Journal is the demonstration journal as it is added to an installation,
// without an ID.
func Journal() journal.Journal {
	return journal.Journal{
		Path: Path,
		Titles: []journal.Text{
			journal.T("en", "Colophon: A Demonstration Journal"),
			journal.T("ru", "Колофон: демонстрационный журнал"),
			journal.T("ja", "奥付：デモンストレーション誌"),
		},
		Abbrev:     "Colophon",
		Languages:  []string{"en", "ru"},
		ISSNPrint:  "9999-9994",
		ISSNOnline: "9999-9986",
		Publisher: []journal.Text{
			journal.T("en", "Offprint Demonstration Press"),
			journal.T("ru", "Демонстрационное издательство Offprint"),
		},
		Description: []journal.Text{
			journal.T("en", "Colophon is a journal about pages and the people who make, bind, shelve, mark and read them. "+
				"It exists only as the demonstration of Offprint: its authors, libraries and archives are invented, "+
				"and nothing in it should be cited as scholarship."),
			journal.T("ru", "«Колофон»\u00a0— журнал о\u00a0страницах и\u00a0о\u00a0тех, кто их набирает, переплетает, расставляет, размечает и\u00a0читает. "+
				"Он существует только как демонстрация программы Offprint: его авторы, библиотеки и\u00a0архивы вымышлены, "+
				"и\u00a0ссылаться на\u00a0него как на\u00a0научный источник не\u00a0следует."),
		},
		Licence: journal.LicenceOf("CC-BY-4.0"),
		Accent:  "#8a1c2b",
	}
}

// Articles are the JATS documents in the order of publication: their names
// sort by issue and place in it.
func Articles() ([]File, error) { return files("articles/*.xml") }

// Figures are the files that the articles name, by the same names.
func Figures() ([]File, error) { return files("articles/*.svg") }

// Files is the folder with the articles and their figures beside them, as
// they would lie in a package from an author.
func Files() (fs.FS, error) { return fs.Sub(content, "articles") }

func files(pattern string) ([]File, error) {
	paths, err := fs.Glob(content, pattern) // sorted: ReadDir of embed.FS is
	if err != nil {
		return nil, err
	}
	out := make([]File, len(paths))
	for i, p := range paths {
		b, err := content.ReadFile(p)
		if err != nil {
			return nil, err
		}
		out[i] = File{Name: p[len("articles/"):], Bytes: b}
	}
	return out, nil
}
