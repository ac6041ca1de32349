package view

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"offprint/internal/errs"
)

// theme writes the files of a theme into a folder.
func theme(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func home() *Home {
	p := &Home{}
	p.Lang, p.Journal = "en", &Journal{Title: Plain("en", "Journal"), URL: "/j/", Archive: "/j/issues/", About: "/j/about/", Search: "/j/search"}
	p.Site.URL, p.Site.SearchURL = "/", "/search"
	return p
}

func TestThemeReplacesTokensAndOneBlock(t *testing.T) {
	own, built := theme(t, map[string]string{
		"css/tokens.css":       "@layer tokens { :root { --paper: #fffff0; } }",
		"css/zz-ours.css":      ".masthead { border: 0 }",
		"templates/ours.html":  `{{define "colophon"}}<footer><p>Printed by <b>us</b></p></footer>{{end}}`,
		"templates/README.txt": "not a template",
	}), plain(t)
	v, err := New(own)
	if err != nil {
		t.Fatal(err)
	}
	page := draw(t, v, home())
	if !strings.Contains(page, "Printed by <b>us</b>") || strings.Contains(page, `class="colophon"`) {
		t.Error("the theme's footer is not on the page")
	}
	if !strings.Contains(page, `class="masthead"`) {
		t.Error("the built-in masthead is gone")
	}
	css := string(v.assets[v.links.Style].Bytes)
	if !strings.Contains(css, "--paper:#fffff0") || strings.Contains(css, "--paper:light-dark") {
		t.Error("the theme's tokens do not take the place of the built-in ones")
	}
	if !strings.HasSuffix(css, ".masthead{border:0}\n") || !strings.Contains(css, "@layer reset{") {
		t.Error("the theme's own sheet does not follow the built-in ones")
	}
	if v.Version() == built.Version() || v.links.Style == built.links.Style {
		t.Error("another theme has the same version or the same address of its sheet")
	}
	if v.links.Copy != built.links.Copy {
		t.Error("what the theme leaves alone has another address")
	}
}

func TestThemeReplacesAPage(t *testing.T) {
	v, err := New(theme(t, map[string]string{"templates/page/home.html": `{{define "title"}}x{{end}}{{define "main"}}<h1>Welcome to {{.Journal.Title.HTML}}</h1>{{end}}`}))
	if err != nil {
		t.Fatal(err)
	}
	if page := draw(t, v, home()); !strings.Contains(page, "<h1>Welcome to Journal</h1>") || !strings.Contains(page, `class="colophon"`) {
		t.Errorf("the theme's page is not drawn: %s", page)
	}
}

// TestBrokenThemeStopsTheStart: a mistake is said to the operator, with the
// file that holds it, and not to a reader.
func TestBrokenThemeStopsTheStart(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"templates/masthead.html":  {"templates/masthead.html": `{{define "masthead"}}{{if}}{{end}}`},
		"templates/page/home.html": {"templates/page/home.html": `{{define "main"}}{{nosuch .}}{{end}}`},
		"no font nosuch.woff2":     {"css/tokens.css": `@font-face { src: url(nosuch.woff2) }`},
		"masthead":                 {"templates/base.html": `{{define "base"}}<p>{{template "no-such-block" .}}</p>{{end}}`},
		"Titel":                    {"templates/page/home.html": `{{define "main"}}{{.Journal.Titel}}{{end}}`},
	} {
		if name == "masthead" {
			name = "no-such-block"
		}
		_, err := New(theme(t, files))
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("a theme with a mistake: %v, want a failure that names %q", err, name)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"/no/such/folder", file} {
		if _, err := New(dir); !errors.Is(err, errs.NotFound) || !strings.Contains(errs.Message(err), dir) {
			t.Errorf("%s: %v", dir, err)
		}
	}
}

func TestAssetsAreNamedByTheirContent(t *testing.T) {
	form := regexp.MustCompile(`^/assets/[a-z0-9-]+\.[0-9a-f]{12}\.(css|js|svg|woff2)$`)
	a, b := plain(t), plain(t)
	for path, asset := range a.Assets() {
		if !form.MatchString(path) || asset.Path != path || !strings.Contains(path, asset.Hash[:12]) || asset.Type == "" || len(asset.Bytes) == 0 {
			t.Errorf("%s: %s %q", path, asset.Path, asset.Type)
		}
		if other, ok := b.Asset(path); !ok || !bytes.Equal(other.Bytes, asset.Bytes) {
			t.Errorf("%s is not the same at the next start", path)
		}
		if asset.Gzip != nil {
			same(t, asset)
		} else if !strings.HasSuffix(path, ".woff2") {
			t.Errorf("%s is not compressed", path)
		}
	}
	if a.Version() != b.Version() {
		t.Error("the same theme has two versions")
	}
}

// same compares the compressed forms of an asset with itself.
func same(t *testing.T, a *Asset) {
	t.Helper()
	g, err := gzip.NewReader(bytes.NewReader(a.Gzip))
	if err != nil {
		t.Fatal(err)
	}
	z, err := zstd.NewReader(bytes.NewReader(a.Zstd))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var unzipped, unpacked bytes.Buffer
	if _, err := unzipped.ReadFrom(g); err != nil {
		t.Error(err)
	}
	if _, err := unpacked.ReadFrom(z); err != nil {
		t.Error(err)
	}
	if !bytes.Equal(unzipped.Bytes(), a.Bytes) || !bytes.Equal(unpacked.Bytes(), a.Bytes) {
		t.Errorf("%s is another file when compressed", a.Path)
	}
}

// TestPagesLinkAssetsThatAreThere: what the templates name is served.
func TestPagesLinkAssetsThatAreThere(t *testing.T) {
	v := plain(t)
	link := regexp.MustCompile(`"(/assets/[^"]+)"`)
	seen := map[string]bool{}
	for _, p := range pages() {
		fill(p, "ru", false)
		for _, m := range link.FindAllStringSubmatch(draw(t, v, p), -1) {
			seen[m[1]] = true
			if _, ok := v.Asset(m[1]); !ok {
				t.Errorf("%s links %s, which is not there", p.template(), m[1])
			}
		}
	}
	if !seen[v.links.MathStyle] || !seen[v.links.Style] || !seen[v.links.Copy] || len(seen) < 6 {
		t.Errorf("the pages link %v", seen)
	}
}

// TestReadersPageStaysLight holds the budget of a landing page: style and
// scripts of our own, compressed.
func TestReadersPageStaysLight(t *testing.T) {
	v := plain(t)
	css, js := 0, 0
	for path, a := range v.Assets() {
		switch filepath.Ext(path) {
		case ".css":
			css += len(a.Gzip)
		case ".js":
			js += len(a.Gzip)
		}
	}
	if css > 30<<10 || js > 15<<10 {
		t.Errorf("style sheets weigh %d bytes, scripts %d", css, js)
	}
}
