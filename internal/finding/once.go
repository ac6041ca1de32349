package finding

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"offprint/internal/search"
)

// changesAtOnce is how many changes a command applies at a time.
const changesAtOnce = 500

// CatchUp opens the index and brings it to the newest change, for a command that
// searches and ends. While a server has the index open, that is done to a copy of
// it. Close must be called, also after an error.
func (f *Finder) CatchUp(ctx context.Context) error {
	if err := f.readJournals(ctx); err != nil {
		return err
	}
	x, err := f.open(ctx)
	if errors.Is(err, search.ErrLocked) {
		x, err = f.openCopy(ctx)
	}
	if err != nil {
		return err
	}
	if err := f.advance(ctx, x); err != nil || f.copied == "" {
		return err
	}
	for range 2 { // something may be published between counting here and there
		if whole, err := f.whole(ctx, x); whole || err != nil {
			return err
		}
		if err := f.advance(ctx, x); err != nil {
			return err
		}
	}
	// The copy was caught half written, and it does not show otherwise.
	f.replace(nil)
	f.reached = at{}
	if err := f.remove(); err != nil {
		return err
	}
	if x, err = search.Open(f.Dir, f.Options); err != nil {
		return err
	}
	f.replace(x)
	return f.advance(ctx, x)
}

// advance brings an index to the newest change.
func (f *Finder) advance(ctx context.Context, x *search.Index) error {
	if x.Seq() == 0 {
		if err := f.fill(ctx, x); err != nil {
			return err
		}
		f.making.Store(false)
		f.compact(ctx, x)
	}
	for {
		changes, err := f.Store.Changes(ctx, x.Seq(), changesAtOnce)
		if err != nil || len(changes) == 0 {
			return err
		}
		if err := f.apply(ctx, x, changes); err != nil {
			return err
		}
	}
}

// whole reports whether the index has as many articles as are published.
func (f *Finder) whole(ctx context.Context, x *search.Index) (bool, error) {
	n, err := x.Count()
	if err != nil {
		return false, err
	}
	published, err := f.Store.ArticleCount(ctx)
	return n == published, err
}

// Rebuild makes the index again. A server that has it open sees that it is gone,
// and makes its own; then nothing is left to do here.
func (f *Finder) Rebuild(ctx context.Context) error {
	x, err := search.Open(f.Dir, f.Options)
	switch {
	case err == nil:
		if err := x.Close(); err != nil {
			return err
		}
	case errors.Is(err, search.ErrLocked):
		return f.remove()
	case !errors.Is(err, search.ErrDamaged):
		return err
	}
	if err := errors.Join(f.remove(), os.RemoveAll(f.kept.dir)); err != nil {
		return err
	}
	return f.CatchUp(ctx)
}

// Close closes what CatchUp opened.
func (f *Finder) Close() error {
	f.replace(nil)
	if f.copied == "" {
		return nil
	}
	return os.RemoveAll(f.copied)
}

// copies is how often a copy is tried of an index that is being written.
const copies = 5

// openCopy opens a copy of the folder beside it. The files of words never change
// and are linked; the small one that lists them is copied, and may be caught half
// written, which shows when it is opened.
func (f *Finder) openCopy(ctx context.Context) (x *search.Index, err error) {
	from := f.Dir
	for range copies {
		if f.copied != "" {
			if err := os.RemoveAll(f.copied); err != nil {
				return nil, err
			}
		}
		if f.copied, err = os.MkdirTemp(filepath.Dir(from), "search-copy-"); err != nil {
			return nil, err
		}
		f.Dir = f.copied
		if err = copyIndex(from, f.copied); err != nil {
			continue
		}
		if x, err = search.Open(f.copied, f.Options); err != nil {
			continue
		}
		if fits, err := f.fits(ctx, x); fits && err == nil {
			f.reached = at{x.Seq(), x.Mark()}
			f.replace(x)
			return x, nil
		}
		if err := x.Close(); err != nil {
			return nil, err
		}
	}
	// What cannot be copied can be made again.
	return f.open(ctx)
}

func copyIndex(from, to string) error {
	list, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	// The list first: a file of words that it names may be merged away a moment
	// later, never one be missing that it does not name.
	for _, e := range list {
		if e.Name() == listFile {
			if err := copyFile(filepath.Join(from, e.Name()), filepath.Join(to, e.Name())); err != nil {
				return err
			}
		}
	}
	for _, e := range list {
		if e.Name() == listFile || e.IsDir() {
			continue
		}
		a, b := filepath.Join(from, e.Name()), filepath.Join(to, e.Name())
		if os.Link(a, b) == nil {
			continue
		}
		if err := copyFile(a, b); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// listFile is scorch's list of the files of words.
const listFile = "root.bolt"

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
