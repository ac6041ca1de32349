package ingest

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
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
	more := findIn(os.DirFS(tmp), name, lim, func(p string) string { return name + ": " + p }, yield)
	// The folder is needed until the last of its sources was decoded; the
	// consumer runs done in its turn.
	if !yield(Found{Name: name, done: remove}) {
		return false
	}
	return more
}

// unpacker looks at all entries of an archive first, so that one which is
// refused costs no space on the disk, and unpacks them then.
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
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		if !f.Mode().IsRegular() {
			return u.refuse(f.Name, "is a link or device")
		}
		if size := f.UncompressedSize64; size > 1<<20 && size/max(f.CompressedSize64, 1) >= uint64(u.lim.Ratio) {
			return u.refuse(f.Name, "unpacks to suspiciously much")
		}
		if err := u.inspect(f.Name, int64(min(f.UncompressedSize64, math.MaxInt64)), nil); err != nil {
			return err
		}
	}
	u.total = 0
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return u.refuse(f.Name, "cannot be unpacked: it is encrypted, or compressed in a way that is not known")
		}
		err = u.keep(f.Name, 0, r)
		r.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func (u *unpacker) tar() error {
	if err := u.walkTar(u.inspect); err != nil {
		return err
	}
	u.total = 0
	return u.walkTar(u.keep)
}

// walkTar visits the files of a tar archive, which may be compressed.
func (u *unpacker) walkTar(visit func(name string, size int64, r io.Reader) error) error {
	f, err := os.Open(u.name)
	if err != nil {
		return fileProblem(u.name, err)
	}
	defer f.Close()
	var r io.Reader = f
	if !strings.HasSuffix(strings.ToLower(u.name), ".tar") {
		info, err := f.Stat()
		if err != nil {
			return fileProblem(u.name, err)
		}
		gz, err := gzip.NewReader(f)
		if err != nil {
			return errs.Newf(errs.Invalid, "%s is not a gzip archive that can be read", u.name)
		}
		defer gz.Close()
		r = &inflated{r: gz, left: max(1<<20, u.lim.Ratio*info.Size())}
	}
	for t := tar.NewReader(r); ; {
		h, err := t.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errInflated):
			return errs.Newf(errs.Invalid, "%s was not imported: it unpacks to suspiciously much", u.name)
		case err != nil:
			return errs.Newf(errs.Invalid, "%s is not a tar archive that can be read: it may be cut short; fetch it again", u.name)
		case h.Typeflag == tar.TypeDir || h.Typeflag == tar.TypeXGlobalHeader:
			continue
		case h.Typeflag != tar.TypeReg:
			return u.refuse(h.Name, "is a link or device")
		}
		if err := visit(h.Name, h.Size, t); err != nil {
			return err
		}
	}
}

// errInflated ends the reading of an archive that unpacks to many times its size.
var errInflated = errors.New("unpacks to suspiciously much")

// inflated passes on at most so many bytes.
type inflated struct {
	r    io.Reader
	left int64
}

func (i *inflated) Read(b []byte) (int, error) {
	if i.left <= 0 {
		return 0, errInflated
	}
	n, err := i.r.Read(b[:min(int64(len(b)), i.left)])
	i.left -= int64(n)
	return n, err
}

// inspect refuses an archive by what it says of an entry.
func (u *unpacker) inspect(name string, size int64, _ io.Reader) error {
	if err := u.ctx.Err(); err != nil {
		return err
	}
	if u.n++; u.n > u.lim.Entries {
		return errs.Newf(errs.TooLarge, "%s holds more than %d files: split it", u.name, u.lim.Entries)
	}
	if _, ok := entryPath(name); !ok {
		return u.refuse(name, "has a path that leaves the archive")
	}
	if size > u.lim.Archive-u.total {
		return u.tooLarge()
	}
	u.total += size
	return nil
}

// entryPath is the slash path of an entry below the root; ok is false when it
// leaves it.
func entryPath(name string) (string, bool) {
	p := strings.TrimPrefix(strings.ReplaceAll(name, "\\", "/"), "./")
	return p, fs.ValidPath(p) && p != "."
}

// keep writes one entry below the root. The size that the archive states is
// not believed. os.Root refuses a name that leaves it, whatever the system
// makes of it.
func (u *unpacker) keep(name string, _ int64, r io.Reader) error {
	if err := u.ctx.Err(); err != nil {
		return err
	}
	p, ok := entryPath(name)
	if !ok {
		return u.refuse(name, "has a path that leaves the archive")
	}
	if dir := path.Dir(p); dir != "." {
		if err := u.root.MkdirAll(dir, 0o700); err != nil {
			return u.refuse(name, "cannot be placed in a folder")
		}
	}
	w, err := u.root.OpenFile(p, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return u.refuse(name, "is there twice, so that it is not clear which is meant")
	}
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
		return u.tooLarge()
	case err != nil:
		return u.refuse(name, "cannot be unpacked: it is damaged or the disk is full")
	}
	return nil
}

func (u *unpacker) refuse(entry, why string) error {
	return errs.Newf(errs.Invalid, "%s was not imported: its entry %q %s", u.name, entry, why)
}

func (u *unpacker) tooLarge() error {
	return errs.Newf(errs.TooLarge, "%s unpacks to more than %s: split it", u.name, megabytes(u.lim.Archive))
}
