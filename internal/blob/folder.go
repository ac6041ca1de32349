package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"offprint/internal/errs"
)

// staging is the folder of files that are being written, inside the store so
// that a rename never crosses file systems. Its name is no shard, so nothing in
// it is ever taken for a blob.
const staging = "tmp"

// leftover is the age at which a staged file belongs to nobody any more.
const leftover = time.Hour

// folder is a Store in a folder of the file system.
type folder struct {
	root string
	// bulk: one call that syncs the whole file system can be relied on.
	bulk bool
}

func openFolder(root string) (*folder, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, folderProblem(root, err)
	}
	if info, err := os.Stat(root); err == nil && !info.IsDir() {
		return nil, errs.Newf(errs.Invalid, "%s is a file, but a folder for files is needed: name another one", root)
	}
	if err := os.MkdirAll(root, 0o750); err != nil {
		return nil, folderProblem(root, err)
	}
	f := &folder{root: root, bulk: syncsWhole(root)}
	f.clean()
	return f, nil
}

// clean removes what processes that were killed left behind. What cannot be
// removed is harmless, so that is no reason to fail.
func (f *folder) clean() {
	entries, err := os.ReadDir(filepath.Join(f.root, staging))
	if err != nil {
		return
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > leftover {
			os.Remove(filepath.Join(f.root, staging, e.Name()))
		}
	}
}

func (f *folder) path(sha string) string {
	return filepath.Join(f.root, sha[:2], sha)
}

// Open implements Store. The reader is an *os.File, which lets the kernel send
// it over a connection.
func (f *folder) Open(ctx context.Context, sha string) (io.ReadSeekCloser, error) {
	if err := checkName(sha); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	file, err := os.Open(f.path(sha))
	if err != nil {
		return nil, f.problem(sha, err)
	}
	return file, nil
}

// Stat implements Store.
func (f *folder) Stat(ctx context.Context, sha string) (int64, error) {
	if err := checkName(sha); err != nil {
		return 0, err
	}
	info, err := os.Lstat(f.path(sha))
	if err != nil {
		return 0, f.problem(sha, err)
	}
	return info.Size(), ctx.Err()
}

// Walk implements Store.
func (f *folder) Walk(ctx context.Context, visit func(string, int64) error) error {
	shards, err := os.ReadDir(f.root)
	if err != nil {
		return folderProblem(f.root, err)
	}
	for _, shard := range shards {
		if len(shard.Name()) != 2 || !isHex(shard.Name()) || !shard.IsDir() {
			continue
		}
		if err := f.walkShard(ctx, shard.Name(), visit); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (f *folder) walkShard(ctx context.Context, shard string, visit func(string, int64) error) error {
	entries, err := os.ReadDir(filepath.Join(f.root, shard)) // in the order of names
	if err != nil {
		return folderProblem(f.root, err)
	}
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !isName(e.Name()) || e.Name()[:2] != shard {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted since the folder was read
		}
		if err != nil {
			return folderProblem(f.root, err)
		}
		if !info.Mode().IsRegular() {
			continue
		}
		if err := visit(e.Name(), info.Size()); err != nil {
			return err
		}
	}
	return nil
}

// Delete implements Store.
func (f *folder) Delete(ctx context.Context, sha string) error {
	if err := checkName(sha); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	path := f.path(sha)
	switch err := os.Remove(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return f.problem(sha, err)
	}
	return f.problem(sha, syncPath(filepath.Dir(path)))
}

// problem tells people what happened to one blob.
func (f *folder) problem(sha string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return errs.Newf(errs.NotFound, "file %s is not in %s", sha, f.root)
	}
	return folderProblem(f.root, err)
}

// folderProblem tells people what is wrong with the folder; nil stays nil.
func folderProblem(root string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return errs.Newf(errs.Unavailable, "there is no room left for files in %s: free some space", root)
	case errors.Is(err, syscall.EROFS):
		return errs.Newf(errs.Unavailable, "files cannot be written to %s: its file system is read-only", root)
	case errors.Is(err, fs.ErrPermission):
		return errs.Newf(errs.Unavailable, "files in %s cannot be used (%v): check the permissions", root, err)
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return errs.Newf(errs.Unavailable, "too many files are open to use %s: raise the limit of open files", root)
	}
	return errs.Newf(errs.Unavailable, "files in %s cannot be used (%v): check the disk", root, err)
}
