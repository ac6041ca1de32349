package ingest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"offprint/internal/errs"
)

// names are what find yields: names of sources, and errors.
func names(t *testing.T, lim Limits, args ...string) (found []string, failed []error) {
	t.Helper()
	find(context.Background(), args, lim, func(f Found) bool {
		switch {
		case f.Err != nil:
			failed = append(failed, f.Err)
		case f.Source != nil:
			if _, err := f.Source.Bytes(lim.File); err != nil {
				failed = append(failed, err)
				return true
			}
			found = append(found, filepath.Base(f.Name))
		}
		if f.done != nil {
			f.done()
		}
		return true
	})
	return found, failed
}

func TestFolderGivesItsArticlesInOrder(t *testing.T) {
	dir := t.TempDir()
	for _, n := range []string{"b.html", "a.txt", ".hidden.txt", "photo.jpg", "sub/c.xml"} {
		p := filepath.Join(dir, n)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(n), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	found, failed := names(t, DefaultLimits, dir)
	if got := strings.Join(found, " "); got != "a.txt b.html c.xml" || len(failed) > 0 {
		t.Errorf("found %q, failed %v", got, failed)
	}
	if _, failed := names(t, DefaultLimits, t.TempDir()); len(failed) != 1 {
		t.Errorf("an empty folder is said to be empty: %v", failed)
	}
}

func TestLinksInFoldersAreToldAndNotFollowed(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret.txt")
	dir := t.TempDir()
	for _, n := range []string{secret, filepath.Join(dir, "a.txt")} {
		if err := os.WriteFile(n, []byte("text"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"b.txt": secret, "loop": ".", "c.html": "gone.html", "figure.png": secret} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip("no symbolic links here: ", err)
		}
	}
	found, failed := names(t, DefaultLimits, dir)
	if len(found) != 1 || found[0] != "a.txt" || len(failed) != 3 {
		t.Errorf("found %v, failed %v; the three links that may be sources are told", found, failed)
	}
	src := &Source{Name: "a.txt", dir: os.DirFS(dir), path: "a.txt"}
	for _, name := range []string{"figure.png", "loop/a.txt", "../secret.txt", "/etc/passwd"} {
		if b, err := src.Beside(name, 1<<20); err == nil {
			t.Errorf("%s beside the source gives %q", name, b)
		}
	}
	if b, err := src.Beside("a.txt", 1<<20); err != nil || string(b) != "text" {
		t.Errorf("a plain file beside the source: %q, %v", b, err)
	}
}

func TestLargeFileIsRefusedWithoutReadingIt(t *testing.T) {
	name := filepath.Join(t.TempDir(), "huge.txt")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Truncate(2<<30), f.Close()); err != nil {
		t.Fatal(err)
	}
	_, failed := names(t, DefaultLimits, name)
	if len(failed) != 1 || !errors.Is(failed[0], errs.TooLarge) || !strings.Contains(failed[0].Error(), "2048.0 MB") {
		t.Errorf("failed %v", failed)
	}
}

func TestAddressIsFetchedWithinItsLimit(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/page":
			fmt.Fprint(w, "a page")
		case "/long":
			w.Write(make([]byte, 3<<20))
		default:
			http.NotFound(w, r)
		}
	}))
	defer srv.Close()
	lim := DefaultLimits
	lim.File = 1 << 20
	if found, failed := names(t, lim, srv.URL+"/page"); len(found) != 1 || len(failed) != 0 {
		t.Errorf("found %v, failed %v", found, failed)
	}
	for path, kind := range map[string]error{"/long": errs.TooLarge, "/gone": errs.Unavailable} {
		if _, failed := names(t, lim, srv.URL+path); len(failed) != 1 || !errors.Is(failed[0], kind) {
			t.Errorf("%s: failed %v, want %v", path, failed, kind)
		}
	}
}

func TestDetectTellsJATSFromPages(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"a.xml", `<?xml version="1.0"?><!DOCTYPE article PUBLIC "x" "y"><article article-type="x">`, "jats"},
		{"a.xml", `<!-- <article> --><article><front/>`, "jats"},
		{"a.xml", `<?xml version="1.0"?><rdf:RDF xmlns:rdf="x">`, "landing"},
		{"a.html", `<!DOCTYPE html><html><body><article>`, "landing"},
		{"a.txt", "plain words", "landing"},
	} {
		if got := detect(c.name, []byte(c.data)); got != c.want {
			t.Errorf("%s %q: %s, want %s", c.name, c.data, got, c.want)
		}
	}
}
