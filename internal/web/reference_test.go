package web

import (
	"strings"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/store"
	"offprint/internal/view"
)

func TestReferencesHaveTheAddressesOfTheirKeys(t *testing.T) {
	list := []journal.Reference{
		{Number: 1, Key: "FRUS 1951a", ID: "r1", Printed: journal.T("", "The Acting Secretary")},
		{Number: 2, Key: "FRUS 1951a", ID: "r2", Printed: journal.T("", "Another one")},
		{Number: 3, Key: "2001", ID: "r3", Printed: journal.T("en", "A number for a key")},
		{Number: 4, ID: "r4", Printed: journal.T("", "Договор. М., 1956. https://example.org/a.")},
		{Number: 5, Key: "Kōno 1987", ID: "r5", Group: "Sources", DOI: "10.5555/x", URL: "javascript:alert(1)", Printed: journal.T("", "日本の本、書物")},
	}
	got := newReferences(list, "en", map[string][]view.Place{"r4": {{URL: "#c1"}, {URL: "#c7"}}})
	for i, want := range []struct{ id, lang, group string }{{"ref-frus-1951a", "en", ""}, {"", "en", ""}, {"", "en", ""}, {"", "und-Cyrl", ""}, {"ref-kono-1987", "ja", "Sources"}} {
		if r := got[i]; r.ID != want.id || r.Printed.Lang != want.lang || r.Group != want.group || r.Number != i+1 {
			t.Errorf("%d: id %q, lang %q, group %q, number %d; want %+v", i+1, r.ID, r.Printed.Lang, r.Group, r.Number, want)
		}
	}
	if c := got[3].Cited; len(c) != 2 || c[0].URL != "#c1" || !strings.Contains(string(got[3].Printed.HTML), `<a href="https://example.org/a">`) {
		t.Errorf("the fourth is cited at %q, printed %q", c, got[3].Printed.HTML)
	}
	if got[4].URL != "" {
		t.Errorf("a link leads to %q", got[4].URL)
	}
}

func TestTextWithoutALanguageSpeaksThatOfItsScript(t *testing.T) {
	for _, c := range []struct{ text, own, want string }{
		{"Договор", "ru", "ru"}, {"Договор", "uk", "uk"}, {"Договор", "en", "und-Cyrl"}, {"Treaty", "ru", "und-Latn"}, {"Treaty", "pt-BR", "pt-BR"},
		{"条約", "ja", "ja"}, {"条約", "zh-Hant", "zh-Hant"}, {"条約", "en", "und-Hani"}, {"日本の条約", "en", "ja"}, {"조약", "en", "ko"}, {"1956", "ru", "ru"}, {"", "en", "en"},
	} {
		if got := scriptLang(c.text, c.own); got != c.want {
			t.Errorf("%q in an article in %s: %q, want %q", c.text, c.own, got, c.want)
		}
	}
}

func TestStyleHasWhatIsCertainOfAPrintedReference(t *testing.T) {
	list := []journal.Reference{
		{Number: 1, Title: "Lamps", Container: "Night", Printed: journal.T("en", "Lamps. Night.")},
		{Number: 2, Printed: journal.T("en", "Ogawa R. Tides. Shore, 1999.")},
		{Number: 3, Printed: journal.T("en", "Something about wind.")},
	}
	read := func(i int, title string, sure float64) store.CitedReference {
		r := list[i]
		r.Title, r.Container, r.Confidence = title, "Shore", map[string]float64{"title": sure, "container": sure}
		return store.CitedReference{Record: r}
	}
	got := parts(list, []store.CitedReference{read(0, "Other", 1), read(1, "Tides", .97), read(2, "Wind", .4)})
	if got[0].Title != "Lamps" || got[1].Title != "Tides" || got[2].Title != "" {
		t.Errorf("titles %q, %q, %q", got[0].Title, got[1].Title, got[2].Title)
	}
	if list[1].Title != "" {
		t.Error("the record was written into")
	}
	if got := parts(list, nil); got[1].Title != "" {
		t.Errorf("before anything was read the second is %q", got[1].Title)
	}
}
