package app

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"offprint/internal/citation"
	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/web"
)

// JournalKeys are the settings that SetJournal knows.
var JournalKeys = append([]string{"title", "abbrev", "issn-print", "issn-online", "issn-dispute", "languages", "publisher", "place", "description", "licence", "host", "accent", "citation-style"}, registryKeys...)

var pathForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)
var hostForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$`)
var accentForm = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// AddJournal checks a new journal and adds it.
func (a *App) AddJournal(ctx context.Context, j *journal.Journal) error {
	switch {
	case !pathForm.MatchString(j.Path):
		return errs.Fieldf(errs.Invalid, "path", "%q cannot be part of an address: use small letters a–z, digits and hyphens, 63 at most", j.Path)
	case web.Reserved(j.Path):
		return errs.Fieldf(errs.Conflict, "path", "%q is used by the site itself (languages and pages such as search): choose another", j.Path)
	}
	if err := checkJournal(j); err != nil {
		return err
	}
	return a.Store.AddJournal(ctx, j)
}

func checkJournal(j *journal.Journal) error {
	if len(j.Titles) == 0 || strings.TrimSpace(j.Titles[0].Plain) == "" {
		return errs.Fieldf(errs.Invalid, "title", "a journal needs a title")
	}
	for _, t := range j.Titles {
		if len(t.Plain) > 1000 {
			return errs.Fieldf(errs.TooLarge, "title", "a title has 1,000 characters at most")
		}
	}
	for i, tag := range j.Languages {
		parsed, err := language.Parse(strings.TrimSpace(tag))
		if err != nil {
			return errs.Fieldf(errs.Invalid, "languages", "%q is not a language tag: write en, ru, ja or pt-BR (BCP 47)", tag)
		}
		j.Languages[i] = parsed.String()
	}
	var err error
	if j.ISSNPrint, err = issn("issn-print", j.ISSNPrint); err != nil {
		return err
	}
	if j.ISSNOnline, err = issn("issn-online", j.ISSNOnline); err != nil {
		return err
	}
	if j.ISSNPrint != "" && j.ISSNPrint == j.ISSNOnline {
		return errs.Fieldf(errs.Invalid, "issn-online", "%s is given for print and online: each medium has an ISSN of its own; leave one out", j.ISSNPrint)
	}
	j.Host = strings.ToLower(j.Host)
	if j.Host != "" && !hostForm.MatchString(j.Host) {
		return errs.Fieldf(errs.Invalid, "host", "%q is not a host name: write journal.example.org without https:// and path", j.Host)
	}
	if err := checkRegistry(j); err != nil {
		return err
	}
	if _, ok := citation.Find(j.CitationStyle); !ok && j.CitationStyle != "" {
		return errs.Fieldf(errs.Invalid, "citation-style", "there is no style %q: choose one of %s, or nothing", j.CitationStyle, strings.Join(CitationStyles(), ", "))
	}
	if j.Accent != "" && !accentForm.MatchString(j.Accent) {
		return errs.Fieldf(errs.Invalid, "accent", "%q is not a colour: write #8a1c2b", j.Accent)
	}
	return nil
}

func issn(field, value string) (string, error) {
	if value == "" {
		return "", nil
	}
	canonical, ok := pid.ISSN(value)
	if !ok {
		return "", errs.Fieldf(errs.Invalid, field, "%q is not an ISSN: eight characters NNNN-NNNC whose last is the check digit; compare it with the journal's imprint", value)
	}
	return canonical, nil
}

// SetJournal changes one setting and returns the journal as it is then.
func (a *App) SetJournal(ctx context.Context, path, key, value string) (*journal.Journal, error) {
	if !slices.Contains(JournalKeys, key) {
		return nil, errs.Fieldf(errs.Invalid, key, "there is no such setting: choose one of %s", strings.Join(JournalKeys, ", "))
	}
	err := a.Store.UpdateJournal(ctx, path, func(j *journal.Journal) error {
		setJournal(j, key, strings.TrimSpace(value))
		return checkJournal(j)
	})
	if err != nil {
		return nil, err
	}
	return a.Store.Journal(ctx, path)
}

func setJournal(j *journal.Journal, key, value string) {
	if setRegistry(j, key, value) {
		return
	}
	switch key {
	case "place":
		j.Place = value
	case "title":
		j.Titles = setText(j.Titles, j.Language(), value)
	case "publisher":
		j.Publisher = setText(j.Publisher, j.Language(), value)
	case "description":
		j.Description = setText(j.Description, j.Language(), value)
	case "abbrev":
		j.Abbrev = value
	case "issn-print":
		j.ISSNPrint = value
	case "issn-online":
		j.ISSNOnline = value
	case "issn-dispute":
		j.Disputes = slices.DeleteFunc(j.Disputes, func(d journal.Dispute) bool { return d.Field == "issn" })
		if value != "" {
			j.Disputes = append(j.Disputes, journal.Dispute{Field: "issn", Says: value,
				Taken: j.ISSNPrint + " (print), " + j.ISSNOnline + " (online)", Why: "noted by the editors"})
		}
	case "languages":
		j.Languages = strings.Split(value, ",")
	case "licence":
		j.Licence = journal.LicenceOf(value)
	case "host":
		j.Host = value
	case "accent":
		j.Accent = strings.ToLower(value)
	case "citation-style":
		j.CitationStyle = strings.ToLower(value)
		if l, ok := citation.Find(value); ok {
			j.CitationStyle = l.Name
		}
	}
}

// setText replaces the text of one language: "ru=Название", or plain for the
// journal's own language. An empty text removes it.
func setText(texts []journal.Text, own, value string) []journal.Text {
	lang, text := own, value
	if l, rest, ok := strings.Cut(value, "="); ok && len(l) >= 2 && len(l) <= 11 && !strings.ContainsAny(l, " .,:") {
		lang, text = l, rest
	}
	for i := range texts {
		if texts[i].Lang == lang {
			if text == "" {
				return slices.Delete(texts, i, i+1)
			}
			texts[i] = journal.T(lang, text)
			return texts
		}
	}
	if text == "" {
		return texts
	}
	return append(texts, journal.T(lang, text))
}
