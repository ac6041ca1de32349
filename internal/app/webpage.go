package app

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/markdown"
	"offprint/internal/script"
)

// PageMost is how many bytes a page or an announcement has at most.
const PageMost = markdown.Most

var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)

// SavePage checks a page and saves it; without a language it is in the
// journal's own, without a title it has the one that the text begins with.
func (a *App) SavePage(ctx context.Context, path string, p *journal.Webpage) (changed bool, err error) {
	j, err := a.Store.Journal(ctx, path)
	if err != nil {
		return false, err
	}
	switch {
	case !nameForm.MatchString(p.Name):
		return false, errs.Fieldf(errs.Invalid, "page", "%q cannot be part of an address: use small letters a–z, digits and hyphens, 63 at most", p.Name)
	case p.Name == journal.Accessibility:
		return false, errs.Fieldf(errs.Invalid, "page", "the statement of accessibility is made from what the tests of the program check: choose another name")
	}
	if p.Lang, err = textLanguage(p.Lang, j); err != nil {
		return false, err
	}
	title, err := checkText(p.Source)
	if err != nil {
		return false, err
	}
	if p.Title = strings.TrimSpace(p.Title); p.Title == "" {
		p.Title = title
	}
	if err := checkTitle(p.Title); err != nil {
		return false, err
	}
	p.JournalID = j.ID
	return a.Store.SaveWebpage(ctx, p)
}

// SaveAnnouncement checks an announcement and saves it. Without a slug it gets
// one of its title, without a date the one that it has, or today's.
func (a *App) SaveAnnouncement(ctx context.Context, path string, n *journal.Announcement) (changed bool, err error) {
	j, err := a.Store.Journal(ctx, path)
	if err != nil {
		return false, err
	}
	if n.Lang, err = textLanguage(n.Lang, j); err != nil {
		return false, err
	}
	title, err := checkText(n.Source)
	if err != nil {
		return false, err
	}
	if n.Title = strings.TrimSpace(n.Title); n.Title == "" {
		n.Title = title
	}
	if n.Title == "" {
		return false, errs.Fieldf(errs.Invalid, "title", "an announcement needs a title: give one with --title, or begin the text with “# Title”")
	}
	if err := checkTitle(n.Title); err != nil {
		return false, err
	}
	if n.Slug == "" {
		n.Slug = script.Slug(n.Title, 60)
	}
	if !nameForm.MatchString(n.Slug) {
		return false, errs.Fieldf(errs.Invalid, "announcement", "%q cannot be part of an address: use small letters a–z, digits and hyphens, 63 at most", n.Slug)
	}
	if n.Date == "" {
		n.Date = journal.Date(time.Now().UTC().Format(time.DateOnly))
		if same, err := a.Store.Announcement(ctx, j.ID, n.Slug); err == nil {
			n.Date = same[0].Date
		}
	}
	if _, err := time.Parse(time.DateOnly, string(n.Date)); err != nil {
		return false, errs.Fieldf(errs.Invalid, "date", "%q is not a day: write 2026-11-27", n.Date)
	}
	n.JournalID = j.ID
	return a.Store.SaveAnnouncement(ctx, n)
}

func checkTitle(title string) error {
	if len(title) > 300 || strings.ContainsAny(title, "\n\r\t") {
		return errs.Fieldf(errs.Invalid, "title", "a title is one line of 300 characters at most")
	}
	return nil
}

// textLanguage is the tag in its canonical form, or the journal's own language.
func textLanguage(tag string, j *journal.Journal) (string, error) {
	if tag == "" {
		return j.Language(), nil
	}
	parsed, err := language.Parse(tag)
	if err != nil {
		return "", errs.Fieldf(errs.Invalid, "lang", "%q is not a language tag: write en, ru, ja or pt-BR (BCP 47)", tag)
	}
	return parsed.String(), nil
}

// checkText refuses a text of which something would not be shown as it was
// meant, and returns the title that it begins with.
func checkText(source string) (title string, err error) {
	if strings.TrimSpace(source) == "" {
		return "", errs.Fieldf(errs.Invalid, "text", "the text is empty: to take a page away, use remove")
	}
	d, err := markdown.Read(source, markdown.Options{Lang: "en"})
	if err != nil {
		return "", err
	}
	if len(d.Problems) > 0 {
		lines := make([]string, len(d.Problems))
		for i, p := range d.Problems {
			lines[i] = p.String()
		}
		return "", errs.Fieldf(errs.Invalid, "text", "%s", strings.Join(lines, "\n"))
	}
	return d.Title, nil
}

// PageState is what a check says of a page that is asked for.
type PageState struct {
	Page  string   `json:"page"`
	Langs []string `json:"languages"`
	// Missing are the journal's languages that it is not there in.
	Missing []string `json:"missing,omitempty"`
}

// CheckPages compares the pages of a journal with those that the Directory of
// Open Access Journals asks for, in each of the journal's languages: the same
// information has to stand in all of them.
func (a *App) CheckPages(ctx context.Context, path string) ([]PageState, error) {
	j, err := a.Store.Journal(ctx, path)
	if err != nil {
		return nil, err
	}
	pages, err := a.Store.Webpages(ctx, j.ID)
	if err != nil {
		return nil, err
	}
	var out []PageState
	for _, k := range journal.WebpageKinds() {
		if !k.Asked {
			continue
		}
		s := PageState{Page: k.Name}
		for _, p := range pages {
			if p.Name == k.Name {
				s.Langs = append(s.Langs, p.Lang)
			}
		}
		for _, lang := range j.Languages {
			if !slices.Contains(s.Langs, lang) {
				s.Missing = append(s.Missing, lang)
			}
		}
		out = append(out, s)
	}
	return out, nil
}
