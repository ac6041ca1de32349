// Package blob keeps files under the SHA-256 of their content, in a folder or
// in an S3 bucket.
//
// A blob is a file of any kind: the source an article was imported from, a
// PDF, a figure. Its name is its SHA-256 in 64 lower-case hexadecimal digits
// (FIPS 180-4) and its content never changes, so putting the same content
// twice is the same as putting it once. A shard is the folder of a blob, named
// by its first two digits: ab/abcd…. There are 256 of them, so that a million
// blobs make folders of four thousand, and a hundred do not make a hundred
// folders, which cost more than the blobs.
//
//	store, err := blob.Open(ctx, "", "./offprint-data")
//	err = store.PutAll(ctx, []blob.Item{blob.ItemOf(page), {SHA256: sum, Size: 9120, Open: open}})
//	r, err := store.Open(ctx, sum)
//
// What PutAll was given is durable when it returns: it survives a loss of
// power. A blob is visible whole or not at all, whatever moment a process is
// killed at. Names that a blob has for readers, its media type and the articles
// it belongs to are not known here, and nothing here decides what may be
// deleted.
package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"path/filepath"
	"strings"

	"offprint/internal/errs"
)

// Store is a place for blobs. Its methods may be called by many goroutines and
// many processes at once. A name that is not a SHA-256 is errs.Invalid; a store
// that does not answer, is full or denies access is errs.Unavailable.
type Store interface {
	// PutAll makes the items durable. Content that is there already is left
	// alone and its Item.Open is not called. Content that does not have the
	// SHA-256 and the size that its item states is errs.Invalid, and nothing is
	// ever kept under a SHA-256 that is not its own. When PutAll fails, other
	// items of the same call may have been kept.
	PutAll(ctx context.Context, items []Item) error
	// Open gives the content, from its start; the reader belongs to one
	// goroutine. ctx must live as long as the reader. A blob that does not
	// exist is errs.NotFound.
	Open(ctx context.Context, sha256 string) (io.ReadSeekCloser, error)
	// Stat is the size in bytes, or errs.NotFound.
	Stat(ctx context.Context, sha256 string) (size int64, err error)
	// Walk calls f for every blob in ascending order of names, and stops at
	// the first error, which it returns.
	Walk(ctx context.Context, f func(sha256 string, size int64) error) error
	// Delete removes a blob; one that does not exist is no error.
	Delete(ctx context.Context, sha256 string) error
}

// Item is content to be put.
type Item struct {
	// SHA256 of the content, 64 lower-case hexadecimal digits.
	SHA256 string
	// Size of the content in bytes.
	Size int64
	// Open gives the content from its start. It may be called more than once
	// (an upload is tried again) and from another goroutine; its error is
	// what PutAll returns.
	Open func() (io.ReadCloser, error)

	known []byte // the content, when this package has hashed it
}

// ItemOf is the item of content that lies in memory and does not change any
// more. It is hashed here and not again when it is put into a folder.
func ItemOf(content []byte) Item {
	sum := sha256.Sum256(content)
	return Item{SHA256: hex.EncodeToString(sum[:]), Size: int64(len(content)), known: content, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	}}
}

// Open opens the store that address names: a folder, or
//
//	s3://bucket/prefix?endpoint=https://host:port&region=name
//
// with the keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. An empty
// address is the folder "files" in dataDir. A folder is made when it does not
// exist; a bucket is not.
func Open(ctx context.Context, address, dataDir string) (Store, error) {
	scheme, rest, found := strings.Cut(address, "://")
	switch {
	case address == "":
		return openFolder(filepath.Join(dataDir, "files"))
	case !found:
		return openFolder(address)
	case scheme == "file" && strings.HasPrefix(rest, "/"):
		return openFolder(rest)
	case scheme == "s3":
		return openS3(ctx, address)
	}
	return nil, errs.Newf(errs.Invalid, "%q is no place for files: give a folder or s3://bucket/prefix?endpoint=https://host", address)
}

// checkName refuses everything that is not a SHA-256 as this package writes
// it, and with that every path that could lead out of a store.
func checkName(sha string) error {
	if !isName(sha) {
		return errs.Newf(errs.Invalid, "%.80q is not the name of a file: a SHA-256 has 64 lower-case hexadecimal digits", sha)
	}
	return nil
}

func isName(s string) bool { return len(s) == 64 && isHex(s) }

func isHex(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// distinct checks the items and leaves out repetitions of a name.
func distinct(items []Item) ([]Item, error) {
	seen := make(map[string]bool, len(items))
	out := make([]Item, 0, len(items))
	for _, it := range items {
		if err := checkName(it.SHA256); err != nil {
			return nil, err
		}
		if it.Size < 0 {
			return nil, errs.Newf(errs.Invalid, "file %s: its size is %d; give the number of its bytes", it.SHA256, it.Size)
		}
		if !seen[it.SHA256] {
			seen[it.SHA256] = true
			out = append(out, it)
		}
	}
	return out, nil
}
