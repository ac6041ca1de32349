package web

import (
	"net/http"
	"strings"
	"testing"

	"offprint/internal/locale"
)

// TestNoJournalTakesAnAddressOfTheSite: the first part of each address of the
// installation is reserved, and so is every language of the interface.
func TestNoJournalTakesAnAddressOfTheSite(t *testing.T) {
	root, inJournal := (&Site{}).routes()
	if len(root) < 5 || len(inJournal) < 8 {
		t.Fatalf("%d and %d routes", len(root), len(inJournal))
	}
	for _, r := range append(root, inJournal...) {
		first, _, _ := strings.Cut(strings.Trim(r.pattern, "/"), "/")
		first, _, _ = strings.Cut(first, ".")
		if first != "" && first[0] != '{' && !Reserved(first) {
			t.Errorf("a journal may be called %q, which %s needs", first, r.pattern)
		}
	}
	for _, lang := range append(locale.Supported(), "de", "grc", "zh") {
		if !Reserved(lang) {
			t.Errorf("a journal may be called %q, which is a language", lang)
		}
	}
	for _, free := range []string{"rjr", "lakes", "journal-of-lamps", "zz-top", "qqqq"} {
		if Reserved(free) {
			t.Errorf("%q is reserved", free)
		}
	}
}

func TestSlashAtTheEndIsMended(t *testing.T) {
	routes := []route{{method: "GET", pattern: "/issues/"}, {method: "GET", pattern: "/articles/{article}"}, {method: "POST", pattern: "/send"}}
	for path, want := range map[string]struct {
		pattern, slash string
		allowed        int
	}{
		"/issues/": {"/issues/", "", 0}, "/issues": {"", "/issues/", 0}, "/articles/a": {"/articles/{article}", "", 0},
		"/articles/a/": {"", "/articles/a", 0}, "/articles/": {"", "", 0}, "/articles//": {"", "", 0}, "/send": {"", "", 1}, "/none": {"", "", 0}, "": {"", "", 0},
	} {
		r, params, allowed, slash := match(routes, http.MethodGet, path)
		got := ""
		if r != nil {
			got = r.pattern
		}
		if got != want.pattern || slash != want.slash || len(allowed) != want.allowed {
			t.Errorf("%q: route %q, slash %q, allowed %v", path, got, slash, allowed)
		}
		if got == "/articles/{article}" && params["article"] != "a" {
			t.Errorf("%q: %v", path, params)
		}
	}
}
