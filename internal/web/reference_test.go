package web

import (
	"strings"
	"testing"

	"offprint/internal/journal"
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
