package ingest

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"offprint/internal/errs"
)

func isArchive(name string) bool {
	n := strings.ToLower(name)
	return strings.HasSuffix(n, ".zip") || strings.HasSuffix(n, ".tar") || strings.HasSuffix(n, ".tar.gz") || strings.HasSuffix(n, ".tgz")
}

// findArchive unpacks an archive into a folder of its own, within the limits,
// and finds the sources in it. Entries that are links, leave the folder or
// break a limit end the reading of that archive with a clear error; nothing of
// it is imported then.
func findArchive(ctx context.Context, name string, lim Limits, yield func(Found) bool) bool {
	tmp, err := os.MkdirTemp("", "offprint-import-")
	if err != nil {
		return yield(Found{Name: name, Err: errs.Newf(errs.Unavailable, "there is no room to unpack %s: free space in %s or set TMPDIR", name, os.TempDir())})
	}
	root, err := os.OpenRoot(tmp)
	if err != nil {
		return yield(Found{Name: name, Err: err})
	}
	u := &unpacker{root: root, name: name, lim: lim, ctx: ctx}
	if strings.HasSuffix(strings.ToLower(name), ".zip") {
		err = u.zip()
	} else {
		err = u.tar()
	}
	remove := func() { root.Close(); os.RemoveAll(tmp) }
	if err != nil {
		remove()
		return yield(Found{Name: name, Err: err})
	}
	more := findIn(os.DirFS(tmp), name, func(p string) string { return name + ": " + p }, yield)
	// The folder is needed until the last of its sources was decoded; the
	// consumer runs done in its turn.
	if !yield(Found{Name: name, done: remove}) {
		return false
	}
	return more
}

type unpacker struct {
	root  *os.Root
	name  string
	lim   Limits
	ctx   context.Context
	n     int
	total int64
}

func (u *unpacker) zip() error {
	z, err := zip.OpenReader(u.name)
	if err != nil {
		return errs.Newf(errs.Invalid, "%s is not a zip archive that can be read: it may be cut short; fetch it again", u.name)
	}
	defer z.Close()
	if len(z.File) > u.lim.Entries {
		return u.tooMany(len(z.File))
	}
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		if !f.Mode().IsRegular() {
			return u.refuse(f.Name, "is a link or device")
		}
		if packed := int64(f.CompressedSize64); int64(f.UncompressedSize64) > 1<<20 && int64(f.UncompressedSize64) > u.lim.Ratio*max(packed, 1) {
			return u.refuse(f.Name, "unpacks to suspiciously much")
		}
		r, err := f.Open()
		if err != nil {
			return u.refuse(f.Name, "cannot be unpacked")
		}
		err = u.keep(f.Name, r)
		r.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func (u *unpacker) tar() error {
	f, err := os.Open(u.name)
	if err != nil {
		return fileProblem(u.name, err)
	}
	defer f.Close()
	var r io.Reader = f
	if !strings.HasSuffix(strings.ToLower(u.name), ".tar") {
		gz, err := gzip.NewReader(f)
		if err != nil {
			return errs.Newf(errs.Invalid, "%s is not a gzip archive that can be read", u.name)
		}
		defer gz.Close()
		r = gz
	}
	for t := tar.NewReader(r); ; {
		h, err := t.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return errs.Newf(errs.Invalid, "%s is not a tar archive that can be read: it may be cut short; fetch it again", u.name)
		case h.Typeflag == tar.TypeDir || h.Typeflag == tar.TypeXGlobalHeader:
			continue
		case h.Typeflag != tar.TypeReg:
			return u.refuse(h.Name, "is a link or device")
		}
		if err := u.keep(h.Name, t); err != nil {
			return err
		}
	}
}

// keep writes one entry below the root; os.Root refuses a name that leaves it.
func (u *unpacker) keep(name string, r io.Reader) error {
	u.n++
	if u.n > u.lim.Entries {
		return u.tooMany(u.n)
	}
	if err := u.ctx.Err(); err != nil {
		return err
	}
	clean := strings.ReplaceAll(name, "\\", "/")
	if !fs.ValidPath(strings.TrimPrefix(clean, "./")) {
		return u.refuse(name, "has a path that leaves the archive")
	}
	clean = strings.TrimPrefix(clean, "./")
	if dir := filepath.Dir(clean); dir != "." {
		if err := u.root.MkdirAll(dir, 0o700); err != nil {
			return u.refuse(name, "cannot be placed in a folder")
		}
	}
	w, err := u.root.OpenFile(clean, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return u.refuse(name, "cannot be written")
	}
	left := u.lim.Archive - u.total
	n, err := io.Copy(w, io.LimitReader(r, left+1))
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	u.total += n
	switch {
	case n > left:
		return errs.Newf(errs.TooLarge, "%s unpacks to more than %s: split it", u.name, megabytes(u.lim.Archive))
	case err != nil:
		return u.refuse(name, "cannot be unpacked: it is damaged or the disk is full")
	}
	return nil
}

func (u *unpacker) refuse(entry, why string) error {
	return errs.Newf(errs.Invalid, "%s was not imported: its entry %q %s", u.name, entry, why)
}

func (u *unpacker) tooMany(n int) error {
	return errs.Newf(errs.TooLarge, "%s holds more than %d files: split it", u.name, u.lim.Entries)
}
