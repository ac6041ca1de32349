package app

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"offprint/internal/config"
	"offprint/internal/deposit"
	"offprint/internal/journal"
	"offprint/internal/store"
	"offprint/internal/testpage"
)

const deskFile = "# Ann\nkey-of-everybody-0001\nkey-of-lamps-only-002 journals=lamps\n"

// deskSite is a site with keys for editors and two journals, of which k has an article
// with links in its references.
func deskSite(t *testing.T) *installation {
	t.Helper()
	keys := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(keys, []byte(deskFile), 0o600); err != nil {
		t.Fatal(err)
	}
	in := serve(t, func(c *config.Config) { c.DeskKeys = keys })
	for _, path := range []string{"k", "lamps"} {
		in.add(journal.Journal{Path: path, Titles: []journal.Text{journal.T("en", "Journal "+path)}, Languages: []string{"en"}})
	}
	in.take("k", fstest.MapFS{"1.xml": {Data: []byte(strings.Replace(outwardArticle, "2020/http://example.org/page", "2020/http://example.org/a?b=1&amp;c=2", 1))}})
	return in
}

// enter gives a key and returns the cookie for it.
func (in *installation) enter(path, key string) (cookie string, g *testpage.Got) {
	in.t.Helper()
	g = in.ask(http.MethodPost, path, strings.NewReader(url.Values{"key": {key}}.Encode()), "Content-Type", "application/x-www-form-urlencoded")
	cookie, _, _ = strings.Cut(g.Header.Get("Set-Cookie"), ";")
	return cookie, g
}

func TestPagesOfEditorsNeedAKeyOfTheJournal(t *testing.T) {
	in := deskSite(t)
	for _, none := range []string{"", "key-of-everybody-0002", "key-of-lamps-only-002"} {
		cookie, g := in.enter("/k/desk/", none)
		if cookie != "" || g.Status != http.StatusForbidden || !strings.Contains(g.Body, "This key is not known") {
			t.Errorf("%q: %d, cookie %q", none, g.Status, cookie)
		}
	}
	cookie, g := in.enter("/k/ru/desk/", "key-of-everybody-0001")
	if g.Status != http.StatusSeeOther || g.Header.Get("Location") != "/k/ru/desk/" || strings.Contains(cookie, "key-of") {
		t.Fatalf("%d to %s with %q", g.Status, g.Header.Get("Location"), cookie)
	}
	for _, part := range []string{"Path=/k/", "HttpOnly", "SameSite=Lax", "Max-Age="} {
		if !strings.Contains(g.Header.Get("Set-Cookie"), part) {
			t.Errorf("the cookie lacks %s: %s", part, g.Header.Get("Set-Cookie"))
		}
	}
	other, _ := in.enter("/lamps/desk/", "key-of-lamps-only-002")
	for _, c := range []struct {
		path, cookie string
		status       int
	}{
		{"/k/desk/", cookie, http.StatusSeeOther},
		{"/k/desk/references", cookie, http.StatusOK},
		{"/k/ru/desk/references", cookie, http.StatusOK},
		{"/lamps/desk/references", other, http.StatusOK},
		{"/k/desk/references", other, http.StatusForbidden},
		{"/k/desk/references", "", http.StatusForbidden},
		{"/k/desk/references", "desk=" + strings.Repeat("0", 64), http.StatusForbidden},
		{"/k/desk/references", other + "; " + cookie, http.StatusOK},
	} {
		g := in.get(c.path, "Cookie", c.cookie)
		if g.Status != c.status || !strings.Contains(g.Header.Get("Cache-Control"), "no-store") && c.status != http.StatusSeeOther {
			t.Errorf("%s with %.20q: %d, want %d; %q", c.path, c.cookie, g.Status, c.status, g.Header.Get("Cache-Control"))
		}
		if c.status == http.StatusForbidden && g.Doc.Find("input[name=key]").Length() != 1 {
			t.Errorf("%s does not ask for the key", c.path)
		}
	}
	if g := in.ask(http.MethodPost, "/k/desk/leave", nil, "Cookie", cookie); !strings.Contains(g.Header.Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("leaving leaves the cookie: %q", g.Header.Get("Set-Cookie"))
	}
}

func TestWithoutKeysThereAreNoPagesOfEditors(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "k", Titles: []journal.Text{journal.T("en", "Journal k")}, Languages: []string{"en"}})
	for _, c := range [][2]string{{http.MethodGet, "/k/desk/"}, {http.MethodGet, "/k/desk/references"}, {http.MethodPost, "/k/desk/"}, {http.MethodPost, "/k/desk/leave"}} {
		if g := in.ask(c[0], c[1], nil); g.Status != http.StatusNotFound || g.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s %s: %d, %q", c[0], c[1], g.Status, g.Header.Get("Set-Cookie"))
		}
	}
}

func TestFormThatCannotBeReadIsTheSendersFault(t *testing.T) {
	in := deskSite(t)
	for _, path := range []string{"/k/desk/", "/k/preferences"} {
		if g := in.ask(http.MethodPost, path, strings.NewReader("key=%zz"), "Content-Type", "application/x-www-form-urlencoded"); g.Status != http.StatusBadRequest {
			t.Errorf("%s: %d", path, g.Status)
		}
	}
}

func TestEditorsSeeWhichLinksOfReferencesAreDead(t *testing.T) {
	in := deskSite(t)
	cookie, _ := in.enter("/k/desk/", "key-of-everybody-0001")
	look := func(query string) *testpage.Got { return in.get("/k/desk/references"+query, "Cookie", cookie) }
	if g := look(""); !strings.Contains(g.Body, "No link is known yet") {
		t.Error("it is not said that nothing was asked")
	}
	var entries []store.CitedEntry
	if err := in.eachEntries(t.Context(), "k", func(list []store.CitedEntry) error { entries = append(entries, list...); return nil }); err != nil {
		t.Fatal(err)
	}
	address := entries[1].Record.URL
	round := func(state string) {
		t.Helper()
		if err := in.Store.WriteLinkHealth(t.Context(), []store.LinkHealth{{URL: address, State: state, Status: 404}}); err != nil {
			t.Fatal(err)
		}
		if err := in.CheckLinks(t.Context(), deposit.NewLinks("editor@example.org", time.Millisecond), "", time.Hour, func(l LinkAnswer) error { t.Errorf("%+v was asked", l); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	round(deposit.LinkGone)
	g := look("")
	if got := strings.TrimSpace(g.Doc.Find(".badge.ailing").Text()); got != "1 of 1 links does not answer" {
		t.Errorf("the badge says %q", got)
	}
	dead := g.Doc.Find(".dead li")
	if href := dead.Find("a").First().AttrOr("href", ""); dead.Length() != 1 || href != "/k/articles/"+entries[1].Slug+"#ref-2" || dead.Find("a[href='"+address+"']").Length() != 1 || !strings.Contains(dead.Text(), "The page is gone (404)") {
		t.Errorf("the link is told as %q at %s", dead.Text(), href)
	}
	if strings.Contains(in.page("/k/articles/"+entries[1].Slug).Body, "badge") {
		t.Error("readers see it, too")
	}
	for _, fault := range testpage.Faults(g.Body) {
		t.Error(fault)
	}
	round(deposit.LinkOK)
	if g := look(""); g.Doc.Find(".badge").Length() != 0 {
		t.Error("an article whose links answer stands among the ailing")
	}
	if got := strings.TrimSpace(look("?show=all").Doc.Find(".badge").Text()); got != "1 link, which answers" {
		t.Errorf("the badge says %q", got)
	}
	// A link that may not be asked is not dead, and an article without links is forgotten.
	round(deposit.LinkRefused)
	if look("").Doc.Find(".badge").Length() != 0 {
		t.Error("a link that may not be asked is told to be dead")
	}
	if g := look("?show=all"); g.Doc.Find(".badge").Length() != 0 || !strings.Contains(g.Doc.Find("ul.items").Text(), "1 could not be asked") {
		t.Errorf("of a link that may not be asked it is said: %q", g.Doc.Find("ul.items").Text())
	}
	if err := in.Store.ForgetReferenceHealth(t.Context(), entries[1].JournalID, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if g := look("?show=all"); !strings.Contains(g.Body, "No link is known yet") {
		t.Error("what was forgotten is shown")
	}
}
