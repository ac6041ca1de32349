package ingest

import (
	"errors"
	"testing"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/store"
)

func record(title, doi string) *journal.Article {
	return &journal.Article{Titles: []journal.Text{journal.T("en", title)}, DOI: doi, Issue: &journal.Issue{Year: 2020, Volume: "3", Number: "2"}, Pages: journal.Pages{First: "5"}}
}

func TestDecideFindsTheArticleByItsSurestIdentity(t *testing.T) {
	rjr := &journal.Journal{ID: "J1", Path: "rjr"}
	rec := record("The Joint Declaration", "10.5555/A")
	ids := identities(rec, "cafe", 3)
	known := func(kind, journalID, title string) store.Known {
		for _, id := range ids {
			if id.Kind == kind {
				return store.Known{ArticleID: "A1", Slug: "a", JournalID: journalID, JournalPath: "x", Identity: id, Title: title, Titles: []journal.Text{journal.T("en", title)}}
			}
		}
		t.Fatalf("no identity %q", kind)
		return store.Known{}
	}
	for name, c := range map[string]struct {
		known  []store.Known
		action string
		err    error
	}{
		"nothing known":               {nil, Created, nil},
		"the very source":             {[]store.Known{known(bySource, "J1", "The Joint Declaration")}, Unchanged, nil},
		"its DOI":                     {[]store.Known{known(byDOI, "J1", "The joint declaration")}, Updated, nil},
		"its DOI, title corrected":    {[]store.Known{known(byDOI, "J1", "The Joint Declarations")}, Updated, nil},
		"its DOI under another title": {[]store.Known{known(byDOI, "J1", "A Study of Stairs")}, "", errs.Conflict},
		"its DOI in another journal":  {[]store.Known{known(byDOI, "J2", "The Joint Declaration")}, "", errs.Conflict},
		"its place":                   {[]store.Known{known(byPlace, "J1", "The Joint Declaration")}, Updated, nil},
		"the source before the DOI":   {[]store.Known{known(byDOI, "J1", "A Study of Stairs"), known(bySource, "J1", "A Study of Stairs")}, Unchanged, nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := decide(rjr, rec, ids, c.known)
			if d.action != c.action || !errors.Is(d.err, c.err) {
				t.Errorf("decided %q (%v), want %q (%v)", d.action, d.err, c.action, c.err)
			}
		})
	}
}

func TestMergeKeepsTheLanguageThatTheNewSourceLacks(t *testing.T) {
	old := &journal.Article{Language: "ru", Titles: []journal.Text{journal.T("ru", "Высота лестниц")},
		Abstracts:    []journal.Abstract{{Text: journal.T("ru", "О лестницах.")}},
		Keywords:     []journal.Keywords{{Lang: "ru", Words: []string{"лестница"}}},
		Contributors: []journal.Contributor{{Role: "author", Names: []journal.Name{{Lang: "ru", Literal: "А. Квилл"}}}}}
	rec := &journal.Article{Language: "en", Titles: []journal.Text{journal.T("en", "The Height of Stairs")},
		Abstracts:    []journal.Abstract{{Text: journal.T("en", "On stairs.")}},
		Contributors: []journal.Contributor{{Role: "author", Names: []journal.Name{{Lang: "en", Literal: "A. Quill"}}}}}
	merge(rec, old)
	if rec.Language != "ru" || len(rec.Titles) != 2 || rec.Titles[0].Lang != "ru" {
		t.Errorf("titles %v in %q: the article's own language comes first", rec.Titles, rec.Language)
	}
	if len(rec.Abstracts) != 2 || len(rec.Keywords) != 1 || len(rec.Contributors[0].Names) != 2 {
		t.Errorf("a language was lost: %+v", rec)
	}
}

func TestAboutJournalNotesSwappedISSNs(t *testing.T) {
	home := journal.Journal{Titles: []journal.Text{journal.T("en", "Annals of Tidal Studies")}, ISSNPrint: "0000-0019", ISSNOnline: "2049-3630"}
	seen := &journal.Journal{Titles: home.Titles, ISSNPrint: "2049-3630", ISSNOnline: "0000-0019"}
	out, changed, losses := aboutJournal(home, seen)
	if !changed || len(out.Disputes) != 1 || out.ISSNPrint != "0000-0019" || len(losses) != 0 {
		t.Fatalf("got %+v, %v, %v: both numbers stay and the medium is disputed", out, changed, losses)
	}
	if again, changed, _ := aboutJournal(out, seen); changed || len(again.Disputes) != 1 {
		t.Errorf("the same dispute was noted twice: %+v", again.Disputes)
	}
}

func TestAboutJournalCompletesWhatIsMissing(t *testing.T) {
	home := journal.Journal{Titles: []journal.Text{journal.T("en", "Annals of Tidal Studies")}}
	out, changed, _ := aboutJournal(home, &journal.Journal{Titles: home.Titles, ISSNPrint: "0000-0019"})
	if !changed || out.ISSNPrint != "0000-0019" {
		t.Errorf("got %+v", out)
	}
	other := &journal.Journal{Titles: []journal.Text{journal.T("en", "Waves")}, ISSNPrint: "2049-3630"}
	out, changed, losses := aboutJournal(home, other)
	if changed || out.ISSNPrint != "" || len(losses) != 1 {
		t.Errorf("another journal's page changed this one: %+v, losses %v", out, losses)
	}
}

func TestSlugBaseIsReadableInAnyScript(t *testing.T) {
	for _, c := range []struct {
		family, title string
		want          string
	}{
		{"Panov", "The Soviet-Japanese Joint Declaration of 1956: a Path", "panov-2020-soviet-japanese-joint-declaration"},
		{"Кухарчук", "О сохранении знаний", "kukharchuk-2020-sokhranenii-znaniy"},
		{"", "", "2020"},
	} {
		rec := record(c.title, "")
		if c.title == "" {
			rec.Titles = nil
		}
		if c.family != "" {
			rec.Contributors = []journal.Contributor{{Role: "author", Names: []journal.Name{{Literal: c.family, Family: c.family}}}}
		}
		if got := slugBase(rec); got != c.want {
			t.Errorf("%q %q: %q, want %q", c.family, c.title, got, c.want)
		}
	}
}
