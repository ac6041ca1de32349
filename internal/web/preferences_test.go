package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// FuzzFormLeadsBackToTheSiteOnly: wherever the form says it came from, a
// browser that resolves the answer stays on the site.
func FuzzFormLeadsBackToTheSiteOnly(f *testing.F) {
	for _, s := range []string{"/demo/", "//evil.example", "/\\evil.example", "https://evil.example", "/a?b=c#d", "/%2f/evil.example", "/\t/evil.example", "", "/ /x", "/é", "/%0d%0a"} {
		f.Add(s)
	}
	base, err := url.Parse("https://site.example/demo/preferences")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, path string) {
		got := ownPath(path, "/home")
		w := httptest.NewRecorder()
		http.Redirect(w, httptest.NewRequest(http.MethodPost, "/demo/preferences", nil), got, http.StatusSeeOther)
		location := w.Header().Get("Location")
		// What browsers do beyond RFC 3986 (URL Standard, section 4.4): white
		// space is dropped, a backslash is a slash.
		seen := strings.NewReplacer("\t", "", "\n", "", "\r", "", `\`, "/").Replace(strings.TrimSpace(location))
		u, err := base.Parse(seen)
		if err != nil || u.Host != base.Host || u.Scheme != base.Scheme {
			t.Errorf("%q leads to %q", path, location)
		}
		if strings.ContainsFunc(location, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			t.Errorf("%q puts a control character into the header: %q", path, location)
		}
	})
}
