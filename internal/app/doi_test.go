package app

import (
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"offprint/internal/journal"
)

var doiForm = regexp.MustCompile(`<article-id pub-id-type="doi">[^<]*</article-id>`)

// withoutDOI is the article as a source that knows no DOI of it.
func (a jatsArticle) withoutDOI() *fstest.MapFile {
	f := a.file()
	f.Data = doiForm.ReplaceAll(f.Data, nil)
	return f
}

// A journal that makes its own DOIs gives one to each new article, and keeps it whatever
// a later source says.
func TestDOIsAreGivenAtPublicationAndNeverChanged(t *testing.T) {
	ctx := t.Context()
	in := serve(t)
	in.add(journal.Journal{Path: "paths", Titles: []journal.Text{journal.T("en", "Ways")}, Languages: []string{"en"}})
	before := in.take("paths", fstest.MapFS{"old.xml": jatsArticle{n: 1, title: "An old way", authors: "Ann Other", about: "x", body: "One."}.withoutDOI()})
	for key, value := range map[string]string{"doi-prefix": "10.5555", "doi-pattern": "{journal}.{seq}"} {
		if _, err := in.SetJournal(ctx, "paths", key, value); err != nil {
			t.Fatal(err)
		}
	}
	reserved, err := in.ReserveDOIs(ctx, "paths", 2)
	if err != nil || strings.Join(reserved, " ") != "10.5555/paths.1 10.5555/paths.2" {
		t.Fatal(reserved, err)
	}
	doi := func(path string) string {
		t.Helper()
		p, err := in.findArticle(ctx, path)
		if err != nil {
			t.Fatal(err)
		}
		return p.Record.DOI
	}
	fresh := jatsArticle{n: 2, title: "A new way", authors: "Ann Other", about: "x", body: "Two."}
	done := in.take("paths", fstest.MapFS{"new.xml": fresh.withoutDOI()})
	if got := doi(done[0].Path); got != "10.5555/paths.3" {
		t.Errorf("the new article has %q", got)
	}
	var told []DOI
	if err := in.AssignDOIs(ctx, "paths", "", func(d DOI) { told = append(told, d) }); err != nil {
		t.Fatal(err)
	}
	if len(told) != 1 || doi(before[0].Path) != "10.5555/paths.4" {
		t.Errorf("assigned %v", told)
	}
	if err := in.AssignDOIs(ctx, "paths", done[0].Path, func(DOI) {}); err == nil {
		t.Error("a second DOI is given")
	}
	// The same source again has no DOI, and one that says another has none to say.
	again := in.take("paths", fstest.MapFS{"new.xml": fresh.withoutDOI()})
	if again[0].Action != "unchanged" {
		t.Errorf("the same source is %s", again[0].Action)
	}
	fresh.body = "Two, corrected."
	in.take("paths", fstest.MapFS{"new.xml": fresh.withoutDOI()})
	if got := doi(done[0].Path); got != "10.5555/paths.3" {
		t.Errorf("the corrected article has %q", got)
	}
	told = nil
	if err := in.DOIs(ctx, "paths", func(d DOI) { told = append(told, d) }); err != nil {
		t.Fatal(err)
	}
	if len(told) != 4 || told[2].Article != "" || told[3].DOI != "10.5555/paths.2" {
		t.Errorf("listed are %v", told)
	}
	for _, bad := range [][2]string{{"doi-prefix", "11.5"}, {"doi-pattern", "{journal}"}, {"depositor-email", "nobody"}, {"country", "Russia"}, {"rsci-title", "x"}, {"update-policy", "x"}, {"licence-mining", "mine"}} {
		if _, err := in.SetJournal(ctx, "paths", bad[0], bad[1]); err == nil {
			t.Errorf("%s is %q", bad[0], bad[1])
		}
	}
}
