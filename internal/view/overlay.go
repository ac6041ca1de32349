package view

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
)

// overlay shows the files of two trees as one; a file of top hides the one of
// the same name in base.
type overlay struct{ top, base fs.FS }

// inOrder are the files of a pattern: those of the names that the built-in
// theme has, then those that only the theme laid over it has, so that what they
// define holds.
func (v *View) inOrder(pattern string) ([]string, error) {
	names, err := fs.Glob(v.files, pattern)
	slices.SortStableFunc(names, func(a, b string) int {
		_, noA := fs.Stat(embedded, a)
		_, noB := fs.Stat(embedded, b)
		switch {
		case noA == nil && noB != nil:
			return -1
		case noA != nil && noB == nil:
			return 1
		}
		return 0
	})
	return names, err
}

// Open implements fs.FS.
func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.top.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.base.Open(name)
	}
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil || !info.IsDir() {
		return f, err
	}
	// Folders are listed with ReadDir; as files they are those of the base
	// where it has them, so that paths into third_party stay whole.
	if g, err := o.base.Open(name); err == nil {
		f.Close()
		return g, nil
	}
	return f, nil
}

// ReadDir implements fs.ReadDirFS: the names of both trees, each once.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	above, errTop := fs.ReadDir(o.top, name)
	below, errBase := fs.ReadDir(o.base, name)
	if errTop != nil && errBase != nil {
		return nil, errBase
	}
	all := slices.Clone(above)
	for _, entry := range below {
		if !slices.ContainsFunc(above, func(e fs.DirEntry) bool { return e.Name() == entry.Name() }) {
			all = append(all, entry)
		}
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return all, nil
}
