package ingest

import (
	"archive/tar"
	"archive/zip"
	"bytes"
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

func writeZip(t *testing.T, entries map[string][]byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "pack.zip")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for n, b := range entries {
		w, err := z.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return name
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

func TestArchivesAreBounded(t *testing.T) {
	small := Limits{File: 1 << 20, Archive: 4 << 20, Entries: 10, Ratio: 50, Fetch: DefaultLimits.Fetch}
	many := map[string][]byte{}
	for i := range 11 {
		many[fmt.Sprintf("%d.txt", i)] = []byte("x")
	}
	for name, c := range map[string]struct {
		entries map[string][]byte
		want    string
		kind    error
	}{
		"good":        {map[string][]byte{"in/a.txt": []byte("text"), "in/b.png": []byte("png")}, "a.txt", nil},
		"escape":      {map[string][]byte{"../a.txt": []byte("text")}, "", errs.Invalid},
		"backslashes": {map[string][]byte{`..\a.txt`: []byte("text")}, "", errs.Invalid},
		"absolute":    {map[string][]byte{"/etc/a.txt": []byte("text")}, "", errs.Invalid},
		"bomb":        {map[string][]byte{"a.txt": make([]byte, 3<<20)}, "", errs.Invalid},
		"too many":    {many, "", errs.TooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			found, failed := names(t, small, writeZip(t, c.entries))
			for i := range found {
				found[i] = filepath.Base(strings.ReplaceAll(found[i], ": ", "/"))
			}
			if strings.Join(found, " ") != c.want {
				t.Errorf("found %q, want %q", found, c.want)
			}
			if c.kind != nil && (len(failed) != 1 || !errors.Is(failed[0], c.kind)) {
				t.Errorf("failed with %v, want %v", failed, c.kind)
			}
		})
	}
}

func TestTarWithALinkIsRefused(t *testing.T) {
	var buf bytes.Buffer
	w := tar.NewWriter(&buf)
	if err := w.WriteHeader(&tar.Header{Name: "a.txt", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "pack.tar")
	if err := os.WriteFile(name, buf.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	if found, failed := names(t, DefaultLimits, name); len(found) != 0 || len(failed) != 1 || !errors.Is(failed[0], errs.Invalid) {
		t.Errorf("found %v, failed %v", found, failed)
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
