package ingest

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"offprint/internal/errs"
)

// entry of an archive; what is no regular file has a link.
type entry struct {
	name, content, link string
}

func zipOf(tb testing.TB, entries ...entry) []byte {
	tb.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.link != "" {
			h.SetMode(os.ModeSymlink | 0o777)
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := io.WriteString(w, e.content+e.link); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return buf.Bytes()
}

func tarOf(tb testing.TB, entries ...entry) []byte {
	tb.Helper()
	var buf bytes.Buffer
	w := tar.NewWriter(&buf)
	for _, e := range entries {
		h := &tar.Header{Name: e.name, Typeflag: tar.TypeReg, Size: int64(len(e.content)), Mode: 0o644}
		if e.link != "" {
			h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, e.link, 0
		}
		if err := w.WriteHeader(h); err != nil {
			tb.Fatal(err)
		}
		if _, err := io.WriteString(w, e.content); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return buf.Bytes()
}

func gzipOf(tb testing.TB, b []byte) []byte {
	tb.Helper()
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	if _, err := w.Write(b); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return buf.Bytes()
}

func TestArchivesAreBoundedAndRefusedWhole(t *testing.T) {
	small := Limits{File: 1 << 20, Archive: 4 << 20, Entries: 10, Ratio: 50, Fetch: DefaultLimits.Fetch}
	good := entry{name: "in/a.txt", content: "text"}
	var many, large []entry
	for i := range 11 {
		many = append(many, entry{name: fmt.Sprintf("%d.txt", i), content: "x"})
	}
	for i := range 5 { // below the ratio each, above the whole
		large = append(large, entry{name: fmt.Sprintf("%d.txt", i), content: strings.Repeat("0123456789abcdef", 64<<10)})
	}
	for name, c := range map[string]struct {
		entries []entry
		kind    error
		word    string
	}{
		"good":         {[]entry{good, {name: "in/b.png", content: "png"}}, nil, ""},
		"above":        {[]entry{good, {name: "../a.txt", content: "text"}}, errs.Invalid, "leaves the archive"},
		"above inside": {[]entry{good, {name: "x/../../a.txt", content: "text"}}, errs.Invalid, "leaves the archive"},
		"backslashes":  {[]entry{good, {name: `..\a.txt`, content: "text"}}, errs.Invalid, "leaves the archive"},
		"absolute":     {[]entry{good, {name: "/etc/a.txt", content: "text"}}, errs.Invalid, "leaves the archive"},
		"link":         {[]entry{good, {name: "b.txt", link: "/etc/passwd"}}, errs.Invalid, "link or device"},
		"twice":        {[]entry{good, good}, errs.Invalid, "there twice"},
		"file, folder": {[]entry{{name: "a", content: "x"}, {name: "a/b.txt", content: "x"}}, errs.Invalid, "folder"},
		"too many":     {many, errs.TooLarge, "more than 10 files"},
		"too large":    {large, errs.TooLarge, "more than 4.0 MB"},
		"nothing":      {[]entry{{name: "a.jpg", content: "x"}}, errs.Invalid, "no file that can be an article"},
	} {
		for ending, b := range map[string][]byte{".zip": zipOf(t, c.entries...), ".tar": tarOf(t, c.entries...), ".tgz": gzipOf(t, tarOf(t, c.entries...))} {
			t.Run(name+ending, func(t *testing.T) {
				if name == "too large" && ending != ".tar" {
					small.Ratio = 1 << 20 // it packs well
				}
				defer func() { small.Ratio = 50 }()
				found, failed := unpacked(t, small, "pack"+ending, b)
				if c.kind == nil {
					if len(found) != 1 || !strings.HasSuffix(found[0], "in/a.txt") || len(failed) != 0 {
						t.Errorf("found %q, failed %v", found, failed)
					}
					return
				}
				if len(found) != 0 || len(failed) != 1 || !errors.Is(failed[0], c.kind) || !strings.Contains(failed[0].Error(), c.word) {
					t.Errorf("found %q, failed %v, want %q", found, failed, c.word)
				}
			})
		}
	}
}

func TestBombsAreRefusedBeforeTheyAreUnpacked(t *testing.T) {
	zeros := entry{name: "a.txt", content: strings.Repeat("\x00", 8<<20)}
	for ending, b := range map[string][]byte{".zip": zipOf(t, zeros), ".tar.gz": gzipOf(t, tarOf(t, zeros))} {
		found, failed := unpacked(t, DefaultLimits, "bomb"+ending, b)
		if len(found) != 0 || len(failed) != 1 || !strings.Contains(failed[0].Error(), "suspiciously much") {
			t.Errorf("%s: found %v, failed %v", ending, found, failed)
		}
	}
}

func TestArchiveCutShortIsNoArchive(t *testing.T) {
	text := entry{name: "a.txt", content: strings.Repeat("all work and no play ", 500)}
	for ending, b := range map[string][]byte{".zip": zipOf(t, text), ".tar": tarOf(t, text), ".tgz": gzipOf(t, tarOf(t, text))} {
		for _, n := range []int{0, 1, len(b) / 2, len(b) - len(b)/5} {
			found, failed := unpacked(t, DefaultLimits, "short"+ending, b[:n])
			if ending == ".tar" && n == 0 {
				continue // an empty tar holds nothing
			}
			if len(found) != 0 || len(failed) != 1 || !errors.Is(failed[0], errs.Invalid) {
				t.Errorf("%d bytes of %d of %s: found %v, failed %v", n, len(b), ending, found, failed)
			}
		}
	}
}

// unpacked finds the sources of an archive in a place of its own, in which
// nothing stays behind.
func unpacked(tb testing.TB, lim Limits, name string, b []byte) (found []string, failed []error) {
	tb.Helper()
	dir := tb.TempDir()
	tmp := filepath.Join(dir, "tmp")
	if err := os.Mkdir(tmp, 0o755); err != nil {
		tb.Fatal(err)
	}
	tb.Setenv("TMPDIR", tmp)
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, b, 0o644); err != nil {
		tb.Fatal(err)
	}
	find(context.Background(), []string{file}, lim, func(f Found) bool {
		switch {
		case f.Err != nil:
			failed = append(failed, f.Err)
		case f.Source != nil:
			if _, err := f.Source.Bytes(lim.File); err != nil {
				failed = append(failed, err)
				break
			}
			found = append(found, f.Name)
		}
		if f.done != nil {
			f.done()
		}
		return true
	})
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		tb.Errorf("%s: %v stays behind, %v", name, left, err)
	}
	if outside, err := os.ReadDir(dir); err != nil || len(outside) != 2 {
		tb.Errorf("%s: beside the archive there is %v, %v", name, outside, err)
	}
	return found, failed
}

// FuzzDecodeArchive: whatever an archive is made of, what is found in it are
// sources and problems for people, and nothing is written outside or left.
func FuzzDecodeArchive(f *testing.F) {
	a, b := entry{name: "in/a.txt", content: "text"}, entry{name: "b.html", content: "<p>x"}
	for _, entries := range [][]entry{{a, b}, {{name: "../a.txt", content: "x"}}, {{name: "a.txt", link: "/etc/passwd"}}, {a, a}} {
		f.Add("zip", zipOf(f, entries...))
		f.Add("tar", tarOf(f, entries...))
		f.Add("tgz", gzipOf(f, tarOf(f, entries...)))
	}
	lim := Limits{File: 1 << 16, Archive: 1 << 20, Entries: 20, Ratio: 50, Fetch: DefaultLimits.Fetch}
	f.Fuzz(func(t *testing.T, ending string, b []byte) {
		if ending != "zip" && ending != "tar" {
			ending = "tgz"
		}
		found, failed := unpacked(t, lim, "pack."+ending, b)
		if len(found)+len(failed) == 0 {
			t.Error("neither a source nor a reason")
		}
		for _, err := range failed {
			if p := (*errs.Problem)(nil); !errors.As(err, &p) {
				t.Errorf("not a problem for people: %v", err)
			}
		}
	})
}
