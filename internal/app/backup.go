package app

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"offprint/internal/blob"
	"offprint/internal/config"
	"offprint/internal/errs"
)

// A backup is a tar file: offprint.db, a consistent snapshot of the database,
// and then files/<sha256> for every file that its rows speak of. Rows never
// speak of a file that is not durable yet, and files never change, so taking
// the database first makes the whole consistent while the site goes on.
const (
	backupDatabase = "offprint.db"
	backupFiles    = "files/"
)

// Backup writes a backup and returns the number of files in it.
func (a *App) Backup(ctx context.Context, w io.Writer) (n int, err error) {
	defer errs.Wrap(&err, "backup")
	if a.Store.Engine() != "sqlite" { // nodes may have no data folder at all
		return 0, a.Store.Backup(ctx, "")
	}
	tmp, err := os.MkdirTemp(a.Data(), ".backup-")
	if err != nil {
		return 0, errs.Newf(errs.Unavailable, "the data folder %s cannot be written: check its permissions and free space", a.Data())
	}
	defer os.RemoveAll(tmp)
	snapshot := filepath.Join(tmp, backupDatabase)
	if err := a.Store.Backup(ctx, snapshot); err != nil {
		return 0, err
	}
	t := tar.NewWriter(w)
	f, err := os.Open(snapshot)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	if err := addTo(t, backupDatabase, info.Size(), f); err != nil {
		return 0, err
	}
	done := map[string]bool{}
	err = a.Store.FileHashes(ctx, func(sha string, _ int64) error {
		if done[sha] {
			return nil
		}
		done[sha] = true
		n++
		size, err := a.Blobs.Stat(ctx, sha)
		if err != nil {
			return err
		}
		r, err := a.Blobs.Open(ctx, sha)
		if err != nil {
			return err
		}
		defer r.Close()
		return addTo(t, backupFiles+sha, size, r)
	})
	if err != nil {
		return n, err
	}
	return n, t.Close()
}

func addTo(t *tar.Writer, name string, size int64, r io.Reader) error {
	if err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: size, Format: tar.FormatPAX}); err != nil {
		return err
	}
	_, err := io.CopyN(t, r, size)
	return err
}

// Restore fills an empty data folder from a backup; every file is verified
// against its name.
func Restore(ctx context.Context, name string, place config.Place) (n int, err error) {
	if place.Database != "" {
		return 0, errs.Newf(errs.Invalid, "a backup is restored into SQLite in a data folder; for PostgreSQL use pg_restore and copy the files")
	}
	entries, err := os.ReadDir(place.Data)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, errs.Newf(errs.Unavailable, "%s cannot be read: check its permissions", place.Data)
	}
	if len(entries) > 0 {
		return 0, errs.Newf(errs.Conflict, "%s is not empty: name another folder with --data, so that nothing is overwritten", place.Data)
	}
	f, err := os.Open(name)
	if err != nil {
		return 0, errs.Newf(errs.NotFound, "%s cannot be read: check the path", name)
	}
	defer f.Close()
	if err := os.MkdirAll(place.Data, 0o750); err != nil {
		return 0, errs.Newf(errs.Unavailable, "%s cannot be made: check the permissions", place.Data)
	}
	blobs, err := blob.Open(ctx, place.Files, place.Data)
	if err != nil {
		return 0, err
	}
	damaged := errs.Newf(errs.Invalid, "%s is not a whole backup: it is damaged or cut short; take another one. What was restored so far in %s is not complete: remove it", name, place.Data)
	t, database := tar.NewReader(f), false
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		switch {
		case err != nil:
			return n, damaged
		case h.Name == backupDatabase:
			if database = restoreDatabase(filepath.Join(place.Data, backupDatabase), t) == nil; !database {
				return n, damaged
			}
		case strings.HasPrefix(h.Name, backupFiles):
			if err := restoreFile(ctx, blobs, strings.TrimPrefix(h.Name, backupFiles), h.Size, t, place.Data); err != nil {
				return n, damaged
			}
			n++
		default:
			return n, damaged
		}
	}
	if !database {
		return n, damaged
	}
	return n, nil
}

func restoreDatabase(path string, r io.Reader) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

// restoreFile spools one file, since a blob is opened after its hash is known.
func restoreFile(ctx context.Context, blobs blob.Store, sha string, size int64, r io.Reader, dir string) error {
	tmp, err := os.CreateTemp(dir, ".restore-")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(tmp, h), r); err != nil {
		return err
	}
	if hex.EncodeToString(h.Sum(nil)) != sha {
		return errs.Newf(errs.Invalid, "file %s is damaged", sha)
	}
	return blobs.PutAll(ctx, []blob.Item{{SHA256: sha, Size: size, Open: func() (io.ReadCloser, error) { return os.Open(tmp.Name()) }}})
}
