package blob

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"offprint/internal/errs"
)

// bulkFrom is the number of files from which syncing the whole file system
// costs less than syncing every file and its folders.
const bulkFrom = 8

// staged is content that was written, verified and not yet named.
type staged struct {
	item Item
	tmp  string
}

// PutAll implements Store. All content is written under names of its own, made
// durable, and only then renamed, so that neither a kill nor a loss of power
// leaves a blob that is not whole. The names are made durable last. The cost of
// both steps is shared by the items of a call.
func (f *folder) PutAll(ctx context.Context, items []Item) (err error) {
	if items, err = distinct(items); err != nil || len(items) == 0 {
		return err
	}
	var whole *os.File // open from before the first write, to be told of every failed one
	if f.bulk && len(items) >= bulkFrom {
		if whole, err = os.Open(f.root); err != nil {
			return folderProblem(f.root, err)
		}
		defer whole.Close()
	}
	var todo []staged
	defer func() {
		if err != nil {
			for _, s := range todo {
				os.Remove(s.tmp)
			}
		}
	}()
	buf := make([]byte, 64<<10)
	for _, it := range items {
		sound, err := f.holds(ctx, it, buf)
		if err != nil {
			return err
		}
		if sound {
			continue
		}
		tmp, err := f.stage(ctx, it, buf, whole == nil)
		if err != nil {
			return err
		}
		todo = append(todo, staged{item: it, tmp: tmp})
	}
	if len(todo) > 0 && whole != nil {
		if err := syncWhole(whole); err != nil {
			return folderProblem(f.root, err)
		}
	}
	for _, s := range todo {
		if err := f.name(s); err != nil {
			return folderProblem(f.root, err)
		}
	}
	// Content that was there already may have been named a moment ago by a
	// process that has not come this far: the folders are synced for it too.
	if whole != nil {
		return folderProblem(f.root, syncWhole(whole))
	}
	return folderProblem(f.root, f.syncFolders(items))
}

// holds says that the content is there and sound. Content that was damaged is
// not left alone: it is written again.
func (f *folder) holds(ctx context.Context, it Item, buf []byte) (bool, error) {
	file, err := os.Open(f.path(it.SHA256))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, f.problem(it.SHA256, err)
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || info.Size() != it.Size {
		return false, f.problem(it.SHA256, err)
	}
	h := sha256.New()
	for {
		n, err := file.Read(buf)
		h.Write(buf[:n])
		switch {
		case ctx.Err() != nil:
			return false, ctx.Err()
		case errors.Is(err, io.EOF):
			return checkSum(it.SHA256, h) == nil, nil
		case err != nil:
			return false, f.problem(it.SHA256, err)
		}
	}
}

// stage writes the content to a file of its own and verifies it. Nothing stays
// behind when that fails.
func (f *folder) stage(ctx context.Context, it Item, buf []byte, durable bool) (name string, err error) {
	tmp, err := f.create()
	if err != nil {
		return "", folderProblem(f.root, err)
	}
	defer func() {
		if err != nil {
			tmp.Close()
			os.Remove(tmp.Name())
		}
	}()
	if err := f.write(ctx, tmp, it, buf); err != nil {
		return "", err
	}
	if durable {
		if err := tmp.Sync(); err != nil {
			return "", folderProblem(f.root, err)
		}
	}
	if err := tmp.Close(); err != nil {
		return "", folderProblem(f.root, err)
	}
	return tmp.Name(), nil
}

// write writes the content and verifies what is not known yet.
func (f *folder) write(ctx context.Context, tmp *os.File, it Item, buf []byte) error {
	if it.known != nil {
		if err := ctx.Err(); err != nil {
			return err
		}
		_, err := tmp.Write(it.known)
		return folderProblem(f.root, err)
	}
	c, err := openContent(ctx, it)
	if err != nil {
		return err
	}
	defer c.Close()
	// Not io.Copy: os.File would take over the reading with a buffer of its own
	// for every file.
	for {
		n, rerr := c.Read(buf)
		if n > 0 {
			if _, err := tmp.Write(buf[:n]); err != nil {
				return folderProblem(f.root, err)
			}
		}
		if errors.Is(rerr, io.EOF) {
			return nil
		}
		if rerr != nil {
			return rerr
		}
	}
}

// create makes a staged file. It can be read but not written by anybody who
// opens it later, under this name or the one it gets.
func (f *folder) create() (*os.File, error) {
	for range 100 {
		path := filepath.Join(f.root, staging, rand.Text())
		tmp, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o440)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			if err := os.Mkdir(filepath.Join(f.root, staging), 0o750); err != nil && !errors.Is(err, fs.ErrExist) {
				return nil, err
			}
		case !errors.Is(err, fs.ErrExist):
			return tmp, err
		}
	}
	return nil, errs.Newf(errs.Unavailable, "no file can be made in %s", filepath.Join(f.root, staging))
}

// name gives staged content its name. The shard is made when it is missing,
// which after the first thousand files it hardly ever is.
func (f *folder) name(s staged) error {
	path := f.path(s.item.SHA256)
	err := os.Rename(s.tmp, path)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	return os.Rename(s.tmp, path)
}

// syncFolders makes the names durable: every shard, and the root they lie in.
func (f *folder) syncFolders(items []Item) error {
	done := map[string]bool{}
	for _, it := range items {
		for _, dir := range []string{filepath.Dir(f.path(it.SHA256)), f.root} {
			if done[dir] {
				continue
			}
			done[dir] = true
			if err := syncPath(dir); err != nil {
				return err
			}
		}
	}
	return nil
}

// syncPath makes the entries of a folder durable. Windows has no such call and
// needs none: NTFS writes its journal before it reports a rename.
func syncPath(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
