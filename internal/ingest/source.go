package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"offprint/internal/errs"
)

// Limits bound what one import reads.
type Limits struct {
	File    int64         // bytes of one source file
	Archive int64         // bytes of an archive, unpacked
	Entries int           // files in an archive
	Ratio   int64         // unpacked : packed of one entry above 1 MiB
	Fetch   time.Duration // for one address
}

// DefaultLimits suit the pages and packages that journals send: the largest
// article XML met is 5 MB, the largest package some hundred MB.
var DefaultLimits = Limits{File: 64 << 20, Archive: 4 << 30, Entries: 20_000, Ratio: 200, Fetch: 60 * time.Second}

// Source is one file that may hold an article, with the folder around it, in
// which figures and other files named by it are looked up.
type Source struct {
	Name string // as shown: the path, "archive.zip: inner/page.html", or the address
	dir  fs.FS  // nil for an address
	path string // slash path in dir
	data []byte // read already
	// Address is where the source was fetched from, empty for files.
	Address string
}

// Bytes is the whole source, at most limit bytes.
func (s *Source) Bytes(limit int64) ([]byte, error) {
	if s.data != nil {
		return s.data, nil
	}
	return readFile(s.dir, s.path, limit)
}

// Beside reads a file that lies beside the source, by its name relative to
// it; a name that leaves the folder is errs.Invalid.
func (s *Source) Beside(name string, limit int64) ([]byte, error) {
	p := path.Join(path.Dir(s.path), name)
	if s.dir == nil || !fs.ValidPath(p) {
		return nil, errs.Newf(errs.NotFound, "%s is not beside %s", name, s.Name)
	}
	// A link may lead anywhere, and what it leads to would be published.
	for at := p; at != "." && at != path.Dir(s.path); at = path.Dir(at) {
		info, err := fs.Lstat(s.dir, at)
		if err != nil {
			return nil, fileProblem(name, err)
		}
		if info.Mode().Type() == fs.ModeSymlink {
			return nil, errs.Newf(errs.Invalid, "%s is a link; links are not followed: put the file itself there", name)
		}
	}
	return readFile(s.dir, p, limit)
}

func readFile(dir fs.FS, name string, limit int64) ([]byte, error) {
	f, err := dir.Open(name)
	if err != nil {
		return nil, fileProblem(name, err)
	}
	defer f.Close()
	var size int64
	if info, err := f.Stat(); err == nil {
		size = info.Size()
		switch {
		case info.IsDir():
			return nil, errs.Newf(errs.Invalid, "%s is a folder where a file was expected", name)
		case !info.Mode().IsRegular():
			return nil, notOrdinary(name, info.Mode())
		case info.Size() > limit:
			return nil, tooLarge(name, info.Size(), limit)
		}
	}
	var b bytes.Buffer
	b.Grow(int(min(size, limit)) + bytes.MinRead) // one read for the whole, one for its end
	if _, err := b.ReadFrom(io.LimitReader(f, limit+1)); err != nil {
		return nil, fileProblem(name, err)
	}
	if n := int64(b.Len()); n > limit {
		return nil, tooLarge(name, n, limit)
	}
	return b.Bytes(), nil
}

func notOrdinary(name string, mode fs.FileMode) error {
	return errs.Newf(errs.Invalid, "%s is a pipe or device (%s): save the page in a file and give that", name, mode.Type())
}

func tooLarge(name string, size, limit int64) error {
	return errs.Newf(errs.TooLarge, "%s has %s; one source may have %s at most: import the article's own page or XML, not a bundle", name, megabytes(size), megabytes(limit))
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }

func fileProblem(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errs.Newf(errs.NotFound, "%s does not exist: check the spelling of the path", name)
	case errors.Is(err, fs.ErrPermission):
		return errs.Newf(errs.Forbidden, "%s may not be read by this user: check its permissions", name)
	}
	return errs.Newf(errs.Unavailable, "%s cannot be read: %v", name, errors.Unwrap(err))
}

// readable are the endings of files that may hold an article; others in a
// folder or archive are taken only when an article names them.
var readable = map[string]bool{
	".txt": true, ".html": true, ".htm": true, ".xhtml": true, ".md": true, ".markdown": true, ".xml": true, ".nxml": true,
}

// Found is a source or why there is none.
type Found struct {
	Source *Source
	Name   string
	Err    error
	named  bool   // by an article beside it, as its supplement
	done   func() // removes what was unpacked, after the last source of an archive
}

// find sends every source that the arguments name to yield, in a stable order,
// until yield returns false.
func find(ctx context.Context, args []string, lim Limits, yield func(Found) bool) {
	for _, arg := range args {
		if ctx.Err() != nil || !findOne(ctx, arg, lim, yield) {
			return
		}
	}
}

func findOne(ctx context.Context, arg string, lim Limits, yield func(Found) bool) bool {
	if u, err := url.Parse(arg); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
		src, err := fetch(ctx, arg, lim)
		return yield(Found{Source: src, Name: arg, Err: err})
	}
	info, err := os.Stat(arg)
	if err != nil {
		return yield(Found{Name: arg, Err: fileProblem(arg, err)})
	}
	switch {
	case info.IsDir():
		return findIn(os.DirFS(arg), arg, lim, func(p string) string { return filepath.Join(arg, filepath.FromSlash(p)) }, yield)
	case !info.Mode().IsRegular():
		return yield(Found{Name: arg, Err: notOrdinary(arg, info.Mode())})
	case isArchive(arg):
		return findArchive(ctx, arg, lim, yield)
	}
	dir, base := filepath.Split(arg)
	if dir == "" {
		dir = "."
	}
	return yield(Found{Source: &Source{Name: arg, dir: os.DirFS(dir), path: base}, Name: arg})
}

// findIn walks a folder by name. Folders and files whose names begin with a
// dot are passed over. A link that may be meant as a source is an error of its
// own: what it leads to may lie outside, or be the folder itself.
func findIn(dir fs.FS, name string, lim Limits, show func(string) string, yield func(Found) bool) bool {
	n, more := 0, true
	named := map[string]bool{}
	err := fs.WalkDir(dir, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			more = yield(Found{Name: show(p), Err: fileProblem(show(p), err)})
		case p != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir():
			namedIn(dir, p, lim, named)
		case d.Type() == fs.ModeSymlink && (readable[strings.ToLower(path.Ext(p))] || isFolder(dir, p)):
			n++
			more = yield(Found{Name: show(p), Err: errs.Newf(errs.Invalid, "this is a link; links in folders are not followed: give what it leads to as a source of its own")})
		case !d.Type().IsRegular() && !d.IsDir() && d.Type() != fs.ModeSymlink && readable[strings.ToLower(path.Ext(p))]:
			n++
			more = yield(Found{Name: show(p), Err: notOrdinary(path.Base(p), d.Type())})
		case d.Type().IsRegular() && readable[strings.ToLower(path.Ext(p))]:
			n++
			more = yield(Found{Source: &Source{Name: show(p), dir: dir, path: p}, Name: show(p), named: named[p]})
		}
		if !more {
			return fs.SkipAll
		}
		return nil
	})
	if err == nil && n == 0 && more {
		more = yield(Found{Name: name, Err: errs.Newf(errs.Invalid, "%s holds no file that can be an article (%s)", name, endings())})
	}
	return more
}

func isFolder(dir fs.FS, name string) bool {
	info, err := fs.Stat(dir, name)
	return err == nil && info.IsDir()
}

func endings() string {
	list := make([]string, 0, len(readable))
	for e := range readable {
		list = append(list, e)
	}
	sort.Strings(list)
	return strings.Join(list, " ")
}

// fetch reads one address. Only what is at that address is read; nothing that
// it names is followed except HTTP redirects.
func fetch(ctx context.Context, address string, lim Limits) (*Source, error) {
	ctx, cancel := context.WithTimeout(ctx, lim.Fetch)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, errs.Newf(errs.Invalid, "%s is not an address that can be fetched", address)
	}
	req.Header.Set("User-Agent", "Offprint (article import)")
	req.Header.Set("Accept", "application/jats+xml, text/html, application/xml;q=0.9, text/plain;q=0.8")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, errs.Newf(errs.Unavailable, "%s does not answer: check the address and the network, then import again", address)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, errs.Newf(errs.Unavailable, "%s answers %s: open it in a browser to see why", address, resp.Status)
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, lim.File+1))
	if err != nil {
		return nil, errs.Newf(errs.Unavailable, "%s stopped before the end: import it again", address)
	}
	if int64(len(b)) > lim.File {
		return nil, tooLarge(address, int64(len(b)), lim.File)
	}
	final := resp.Request.URL
	return &Source{Name: address, path: path.Base(final.Path), data: b, Address: final.String()}, nil
}
