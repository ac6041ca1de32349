// Package blobtest holds what every blob.Store must do, and a real S3 server
// for tests that need one.
//
//	blobtest.Run(t, func(t *testing.T) blob.Store { … })
//	store, err := blob.Open(ctx, blobtest.S3(t), "")
//
// It is imported by tests only.
package blobtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/iotest"

	"offprint/internal/blob"
	"offprint/internal/errs"
)

// Absent is the name of a blob that no test puts.
const Absent = "00000000000000000000000000000000000000000000000000000000deadbeef"

// Run checks that a store does what blob.Store says. open gives an empty store;
// damage changes the stored content of a blob behind the store's back, to the
// same size.
func Run(t *testing.T, open func(t *testing.T) blob.Store, damage func(t *testing.T, s blob.Store, sha string, content []byte)) {
	t.Helper()
	for _, c := range []struct {
		name string
		run  func(*testing.T, blob.Store)
	}{
		{"WhatWasPutIsReadBack", readBack},
		{"PuttingTwiceIsPuttingOnce", twice},
		{"RepeatedItemsOfOneCallAreOne", repeated},
		{"ManyPutTheSameAtOnce", atOnce},
		{"WrongContentIsRefused", wrong},
		{"NamesThatAreNoHashAreRefused", names},
		{"WhatIsNotThereIsNotFound", missing},
		{"RangesAreRead", ranges},
		{"ABrokenSourceLeavesNothing", broken},
		{"ACancelledPutLeavesNothing", cancelled},
		{"WalkTellsAllInOrder", walk},
		{"WalkStopsWhenTold", walkStops},
		{"ADeletedBlobIsGone", deleted},
		{"VerifyFindsSoundContentSound", sound},
		{"LargeContentNeedsLittleMemory", large},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
	t.Run("VerifyFindsDamage", func(t *testing.T) { damaged(t, open(t), damage) })
}

// Sum is the name of content.
func Sum(content []byte) string {
	h := sha256.Sum256(content)
	return hex.EncodeToString(h[:])
}

// Item is content ready to be put.
func Item(content []byte) blob.Item {
	return blob.Item{SHA256: Sum(content), Size: int64(len(content)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	}}
}

// Bytes is n bytes that look like nothing, the same for the same seed.
func Bytes(n int, seed uint64) []byte {
	b := make([]byte, n)
	src := rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8), byte(seed >> 16)})
	_, _ = src.Read(b) // never fails: math/rand/v2
	return b
}

func put(t *testing.T, s blob.Store, contents ...[]byte) {
	t.Helper()
	var items []blob.Item
	for _, c := range contents {
		items = append(items, Item(c))
	}
	if err := s.PutAll(t.Context(), items); err != nil {
		t.Fatalf("PutAll: %v", err)
	}
}

func read(t *testing.T, s blob.Store, sha string) []byte {
	t.Helper()
	r, err := s.Open(t.Context(), sha)
	if err != nil {
		t.Fatalf("Open(%s): %v", sha, err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("reading %s: %v", sha, err)
	}
	return b
}

func list(t *testing.T, s blob.Store) map[string]int64 {
	t.Helper()
	all := map[string]int64{}
	if err := s.Walk(t.Context(), func(sha string, size int64) error {
		all[sha] = size
		return nil
	}); err != nil {
		t.Fatalf("Walk: %v", err)
	}
	return all
}

func wantKind(t *testing.T, what string, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("%s gave %v, want an error of the kind %q", what, err, kind)
	}
}

func readBack(t *testing.T, s blob.Store) {
	put(t, s) // no items at all
	contents := [][]byte{{}, {0}, []byte("«Оффпринт»\n"), Bytes(9<<10, 1), Bytes(64<<10, 2), Bytes(1<<20+1, 3)}
	put(t, s, contents...)
	for _, c := range contents {
		if got := read(t, s, Sum(c)); !bytes.Equal(got, c) {
			t.Errorf("%d bytes came back as %d other bytes", len(c), len(got))
		}
		if size, err := s.Stat(t.Context(), Sum(c)); err != nil || size != int64(len(c)) {
			t.Errorf("Stat = %d, %v; want %d", size, err, len(c))
		}
	}
}

func twice(t *testing.T, s blob.Store) {
	for _, c := range [][]byte{Bytes(9<<10, 4), Bytes(400<<10, 5)} {
		put(t, s, c)
		it := Item(c)
		if err := s.PutAll(t.Context(), []blob.Item{it, Item(Bytes(10, 6))}); err != nil {
			t.Fatalf("the second PutAll: %v", err)
		}
		if got := read(t, s, it.SHA256); !bytes.Equal(got, c) {
			t.Error("the content is another one after it was put again")
		}
	}
	if n := len(list(t, s)); n != 3 {
		t.Errorf("there are %d blobs, want 3", n)
	}
}

func repeated(t *testing.T, s blob.Store) {
	c := Bytes(2000, 7)
	var items []blob.Item
	for range 20 {
		items = append(items, Item(c))
	}
	if err := s.PutAll(t.Context(), items); err != nil {
		t.Fatal(err)
	}
	if all := list(t, s); len(all) != 1 || all[Sum(c)] != 2000 {
		t.Errorf("stored %v, want the one blob", all)
	}
}

func atOnce(t *testing.T, s blob.Store) {
	var contents [][]byte
	for i := range 12 {
		contents = append(contents, Bytes(5000, uint64(100+i)))
	}
	var wg sync.WaitGroup
	failed := make(chan error, 8)
	for range cap(failed) {
		wg.Go(func() {
			var items []blob.Item
			for _, i := range rand.Perm(len(contents)) {
				items = append(items, Item(contents[i]))
			}
			failed <- s.PutAll(t.Context(), items)
		})
	}
	wg.Wait()
	close(failed)
	for err := range failed {
		if err != nil {
			t.Errorf("one of many PutAll: %v", err)
		}
	}
	for _, c := range contents {
		if !bytes.Equal(read(t, s, Sum(c)), c) {
			t.Errorf("%s has other content", Sum(c))
		}
	}
	if n := len(list(t, s)); n != len(contents) {
		t.Errorf("there are %d blobs, want %d", n, len(contents))
	}
}

func ranges(t *testing.T, s blob.Store) {
	content := Bytes(300<<10, 11)
	put(t, s, content)
	r, err := s.Open(t.Context(), Sum(content))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := iotest.TestReader(r, content); err != nil {
		t.Error(err)
	}
	size := int64(len(content))
	if end, err := r.Seek(0, io.SeekEnd); err != nil || end != size {
		t.Errorf("Seek to the end = %d, %v; want %d", end, err, size)
	}
	if n, err := r.Read(make([]byte, 10)); n != 0 || !errors.Is(err, io.EOF) {
		t.Errorf("Read at the end = %d, %v; want io.EOF", n, err)
	}
	for _, at := range []struct{ from, n int64 }{{0, 1}, {size - 1, 1}, {1000, 2000}, {3100, 10}, {200 << 10, 5000}, {5, 99 << 10}, {0, size}} {
		if _, err := r.Seek(at.from, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		got := make([]byte, at.n)
		if _, err := io.ReadFull(r, got); err != nil || !bytes.Equal(got, content[at.from:at.from+at.n]) {
			t.Errorf("bytes %d+%d are other bytes (%v)", at.from, at.n, err)
		}
	}
	if _, err := r.Seek(-1, io.SeekStart); err == nil {
		t.Error("a seek before the start is no error")
	}
}

func walk(t *testing.T, s blob.Store) {
	want := map[string]int64{}
	var contents [][]byte
	for i := range 60 {
		c := Bytes(i*7, uint64(300+i))
		contents = append(contents, c)
		want[Sum(c)] = int64(len(c))
	}
	put(t, s, contents...)
	var got []string
	if err := s.Walk(t.Context(), func(sha string, size int64) error {
		if want[sha] != size {
			t.Errorf("%s has %d bytes, want %d", sha, size, want[sha])
		}
		got = append(got, sha)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) || !slices.IsSorted(got) {
		t.Errorf("Walk told %d names (in order: %v), want %d in order", len(got), slices.IsSorted(got), len(want))
	}
}

func walkStops(t *testing.T, s blob.Store) {
	put(t, s, Bytes(1, 400), Bytes(2, 401), Bytes(3, 402))
	enough, n := errors.New("enough"), 0
	err := s.Walk(t.Context(), func(string, int64) error {
		n++
		return enough
	})
	if !errors.Is(err, enough) || n != 1 {
		t.Errorf("Walk called %d times and gave %v, want one call and its error", n, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Walk(ctx, func(string, int64) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("Walk after the end of its context gave %v", err)
	}
}

func deleted(t *testing.T, s blob.Store) {
	a, b := Bytes(100, 13), Bytes(100, 14)
	put(t, s, a, b)
	for range 2 {
		if err := s.Delete(t.Context(), Sum(a)); err != nil {
			t.Fatal(err)
		}
	}
	_, err := s.Stat(t.Context(), Sum(a))
	wantKind(t, "Stat of a deleted blob", err, errs.NotFound)
	if all := list(t, s); len(all) != 1 || all[Sum(b)] != 100 {
		t.Errorf("after one of two was deleted there are %v", all)
	}
	put(t, s, a)
	if !bytes.Equal(read(t, s, Sum(a)), a) {
		t.Error("what was deleted cannot be put again")
	}
}

func sound(t *testing.T, s blob.Store) {
	for _, c := range [][]byte{{}, Bytes(9<<10, 15), Bytes(3<<20, 16)} {
		put(t, s, c)
		if err := blob.Verify(t.Context(), s, Sum(c)); err != nil {
			t.Errorf("Verify of %d sound bytes: %v", len(c), err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := blob.Verify(ctx, s, Sum(nil)); !errors.Is(err, context.Canceled) {
		t.Errorf("Verify after the end of its context gave %v", err)
	}
}

// large holds a store to a bound of everything it allocates, so to one of what
// it keeps as well.
func large(t *testing.T, s blob.Store) {
	const size, bound = 64 << 20, 8 << 20
	source := func() io.Reader { return io.LimitReader(rand.NewChaCha8([32]byte{64}), size) }
	h := sha256.New()
	if _, err := io.Copy(h, source()); err != nil {
		t.Fatal(err)
	}
	it := blob.Item{SHA256: hex.EncodeToString(h.Sum(nil)), Size: size, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(source()), nil
	}}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := s.PutAll(t.Context(), []blob.Item{it}); err != nil {
		t.Fatal(err)
	}
	if err := blob.Verify(t.Context(), s, it.SHA256); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > bound {
		t.Errorf("putting and verifying 64 MiB allocated %d bytes, want at most %d", took, bound)
	}
}
