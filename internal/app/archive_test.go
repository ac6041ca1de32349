package app

import (
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"offprint/internal/journal"
)

func TestJournalWithoutIssuesHasItsArticlesByYear(t *testing.T) {
	in := waySite(t) // 2011, 2012 and 2013
	archive := in.page("/paths/issues/")
	if got := texts(archive, ".letters a"); len(got) != 3 || !strings.HasPrefix(got[0], "2013") {
		t.Errorf("years %q", got)
	}
	if got := texts(archive, ".items h3"); len(got) != 1 || got[0] != "Notice" {
		t.Errorf("the newest year has %q", got)
	}
	link := archive.Doc.Find(".letters a").Eq(2).AttrOr("href", "")
	if got := texts(in.page(link), ".items h3"); len(got) != 1 || got[0] != "On ebb" {
		t.Errorf("%s has %q", link, got)
	}
	if got := texts(in.page("/paths/"), ".items h3"); len(got) != 3 || got[0] != "Notice" {
		t.Errorf("the home page has %q", got)
	}
	for _, path := range []string{"/paths/issues/?year=1800", "/paths/issues/?year=x&page=9", "/paths/issues/?year=2013&page=7"} {
		in.page(path)
	}
}

func TestArchiveHasVolumesWhereAYearHasSeveral(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "paths", Titles: []journal.Text{journal.T("en", "Ways")}, Languages: []string{"en"}})
	place := func(year, volume, number string) string {
		out := "<pub-date><year>" + year + "</year></pub-date>"
		if volume != "" {
			out += "<volume>" + volume + "</volume>"
		}
		if number != "" {
			out += "<issue>" + number + "</issue>"
		}
		return out
	}
	files := fstest.MapFS{}
	for i, p := range [][3]string{{"2020", "4", "2"}, {"2020", "5", "1"}, {"2020", "5", "Suppl. 1"}, {"2019", "3", ""}, {"2018", "", "7"}, {"2021", "", ""}} {
		a := jatsArticle{n: i, title: "Article " + string(rune('A'+i)), authors: "Ann Other", about: "x", body: "y"}.file()
		old, _, _ := strings.Cut(string(a.Data), "<pub-date>")
		_, rest, _ := strings.Cut(string(a.Data), "</pub-date>")
		a.Data = []byte(old + place(p[0], p[1], p[2]) + rest)
		files[string(rune('a'+i))+".xml"] = a
	}
	in.take("paths", files)
	archive := in.await("/paths/issues/", "Suppl. 1")
	if got := texts(archive, "#y2020 h3"); len(got) != 2 || got[0] != "Vol. 5" || got[1] != "Vol. 4" {
		t.Errorf("volumes of 2020: %q", got)
	}
	if got := strings.Join(texts(archive, "ul.issues a"), "|"); got != "Vol. 5, Suppl. 1 (2020)|Vol. 5, No. 1 (2020)|Vol. 4, No. 2 (2020)|Vol. 3 (2019)|No. 7 (2018)" {
		t.Errorf("issues: %q", got)
	}
	if archive.Doc.Find("#y2019 h3").Length() != 0 {
		t.Error("a year with one volume names it twice")
	}
}

// TestArchiveEndsWhenItsClientLeaves: whoever begins to fetch a whole journal and
// leaves holds no place that others wait for.
func TestArchiveEndsWhenItsClientLeaves(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "paths", Titles: []journal.Text{journal.T("en", "Ways")}, Languages: []string{"en"}})
	r := rand.New(rand.NewPCG(1, 2))
	files := fstest.MapFS{}
	for i := range 12 {
		words := make([]byte, 1<<20) // that no compression makes small, so that the archive waits for its client
		for n := range words {
			words[n] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 "[r.IntN(63)]
		}
		files[string(rune('a'+i))+".xml"] = jatsArticle{n: i, title: "Article", authors: "Ann Other", about: "x", body: string(words)}.file()
	}
	in.take("paths", files)
	for range 40 { // more than there are places
		w, err := in.client.Get(in.server.URL + "/paths/archive.zip")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(w.Body, make([]byte, 100)); err != nil && w.StatusCode == http.StatusOK {
			t.Fatal(err)
		}
		w.Body.Close() // which closes the connection
	}
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if g := in.get("/paths/oai?verb=Identify"); g.Status == http.StatusOK {
			break
		} else if time.Now().After(end) {
			t.Fatalf("ten seconds later there is no place: %d", g.Status)
		}
	}
}
