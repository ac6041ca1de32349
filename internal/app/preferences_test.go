package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// choose sends the form of the theme.
func (in *installation) choose(theme, back string, header ...string) (location, cookie string, status int) {
	in.t.Helper()
	g := in.ask(http.MethodPost, "/demo/preferences", strings.NewReader(url.Values{"theme": {theme}, "return": {back}}.Encode()),
		append([]string{"Content-Type", "application/x-www-form-urlencoded"}, header...)...)
	return g.Header.Get("Location"), g.Header.Get("Set-Cookie"), g.Status
}

func TestThemeIsKeptInACookieAndShownOnEveryPage(t *testing.T) {
	in := demoSite(t)
	location, cookie, status := in.choose("dark", "/demo/issues/?x=1")
	if status != http.StatusSeeOther || location != "/demo/issues/?x=1" {
		t.Errorf("the form answers %d to %q", status, location)
	}
	for _, part := range []string{"theme=dark", "Path=/", "HttpOnly", "SameSite=Lax", "Max-Age="} {
		if !strings.Contains(cookie, part) {
			t.Errorf("the cookie %q lacks %s", cookie, part)
		}
	}
	for theme, want := range map[string]string{"dark": "dark", "light": "light", "system": "", "nonsense": "", "dark; x": ""} {
		g := in.get("/demo/", "Cookie", "theme="+theme)
		if theme == "dark; x" {
			want = "dark"
		}
		if got := g.Doc.Find("html").AttrOr("data-theme", ""); got != want {
			t.Errorf("with the cookie %q the page is %q", theme, got)
		}
		if !strings.Contains(g.Header.Get("Vary"), "Cookie") {
			t.Errorf("Vary is %q", g.Header.Get("Vary"))
		}
	}
	if _, cookie, _ := in.choose("system", "/demo/"); !strings.Contains(cookie, "Max-Age=0") {
		t.Errorf("the choice of the device's own leaves the cookie %q", cookie)
	}
	if g := in.get("/demo/"); g.Header.Get("Set-Cookie") != "" {
		t.Error("a page sets a cookie by itself")
	}
}

func TestFormOfTheThemeLeadsNowhereElse(t *testing.T) {
	in := demoSite(t)
	for _, back := range []string{"https://evil.example/", "//evil.example/", `/\evil.example`, `\\evil.example`, "/\t/evil.example", "javascript:alert(1)", "/%0d%0aX: y", "/a\r\nSet-Cookie: x=y", "", "evil", "/\\/evil.example", "http:evil.example", "///evil.example"} {
		location, _, status := in.choose("dark", back)
		u, err := url.Parse(location)
		if status != http.StatusSeeOther || err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(location, "/") || strings.HasPrefix(location, "//") || strings.ContainsAny(location, "\\\r\n\t") {
			t.Errorf("return=%q leads to %q (%d)", back, location, status)
		}
	}
}

func TestFormFromAnotherSiteIsRefused(t *testing.T) {
	in := demoSite(t)
	for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}} {
		if _, cookie, status := in.choose("dark", "/demo/", header...); status != http.StatusForbidden || cookie != "" {
			t.Errorf("%v: %d, cookie %q", header, status, cookie)
		}
	}
	if g := in.ask(http.MethodPost, "/demo/preferences", strings.NewReader("theme="+strings.Repeat("x", 2<<20)), "Content-Type", "application/x-www-form-urlencoded"); g.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("a form of 2 MB answers %d", g.Status)
	}
}
