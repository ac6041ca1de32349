package blobtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
	"testing/iotest"

	"offprint/internal/blob"
	"offprint/internal/errs"
)

func wrong(t *testing.T, s blob.Store) {
	content := Bytes(9000, 8)
	big := Bytes(600<<10, 9)
	for name, change := range map[string]func(*blob.Item){
		"another hash":               func(it *blob.Item) { it.SHA256 = Absent },
		"longer than said":           func(it *blob.Item) { it.Size-- },
		"shorter than said":          func(it *blob.Item) { it.Size++ },
		"said to be empty":           func(it *blob.Item) { it.Size = 0 },
		"a negative size":            func(it *blob.Item) { it.Size = -1 },
		"empty, but said to be long": func(it *blob.Item) { *it = Item(nil); it.Size = 5 },
		"empty under another hash":   func(it *blob.Item) { *it = Item(nil); it.SHA256 = Absent },
		"large under another hash":   func(it *blob.Item) { *it = Item(big); it.SHA256 = Absent },
	} {
		it := Item(content)
		change(&it)
		wantKind(t, name, s.PutAll(t.Context(), []blob.Item{it}), errs.Invalid)
	}
	// Among good ones, in a call long enough to be handled as a batch.
	bad := Item(Bytes(500, 10))
	bad.SHA256 = Absent
	items := []blob.Item{bad}
	for i := range 20 {
		items = append(items, Item(Bytes(500, uint64(200+i))))
	}
	wantKind(t, "one wrong item of many", s.PutAll(t.Context(), items), errs.Invalid)
	for sha := range list(t, s) {
		if err := blob.Verify(t.Context(), s, sha); err != nil {
			t.Errorf("wrong content was kept: %v", err)
		}
	}
}

func names(t *testing.T, s blob.Store) {
	good := Sum([]byte("x"))
	for _, name := range []string{"", "x", good[:63], good + "0", "../" + good[3:], good[:10] + "/../" + good[14:], "A" + good[1:], good[:63] + "g", good[:63] + "\x00", "ééé" + good[6:]} {
		_, err := s.Open(t.Context(), name)
		wantKind(t, fmt.Sprintf("Open(%q)", name), err, errs.Invalid)
		_, err = s.Stat(t.Context(), name)
		wantKind(t, fmt.Sprintf("Stat(%q)", name), err, errs.Invalid)
		wantKind(t, fmt.Sprintf("Delete(%q)", name), s.Delete(t.Context(), name), errs.Invalid)
		it := Item([]byte("x"))
		it.SHA256 = name
		wantKind(t, fmt.Sprintf("PutAll(%q)", name), s.PutAll(t.Context(), []blob.Item{it}), errs.Invalid)
	}
}

func missing(t *testing.T, s blob.Store) {
	_, err := s.Open(t.Context(), Absent)
	wantKind(t, "Open", err, errs.NotFound)
	_, err = s.Stat(t.Context(), Absent)
	wantKind(t, "Stat", err, errs.NotFound)
	wantKind(t, "Verify", blob.Verify(t.Context(), s, Absent), errs.NotFound)
	if err := s.Delete(t.Context(), Absent); err != nil {
		t.Errorf("Delete of what is not there: %v", err)
	}
	if all := list(t, s); len(all) != 0 {
		t.Errorf("an empty store holds %v", all)
	}
}

func broken(t *testing.T, s blob.Store) {
	out := errors.New("the disk under the source fell out")
	for _, size := range []int{9 << 10, 2 << 20} {
		content := Bytes(size, uint64(size))
		for _, after := range []int{0, 1, size / 2, size - 1} {
			it := Item(content)
			it.Open = func() (io.ReadCloser, error) {
				return io.NopCloser(io.MultiReader(bytes.NewReader(content[:after]), iotest.ErrReader(out))), nil
			}
			if err := s.PutAll(t.Context(), []blob.Item{it}); !errors.Is(err, out) {
				t.Errorf("a source that breaks after %d bytes gave %v, want its own error", after, err)
			}
		}
		it := Item(content)
		it.Open = func() (io.ReadCloser, error) { return nil, out }
		if err := s.PutAll(t.Context(), []blob.Item{it}); !errors.Is(err, out) {
			t.Errorf("a source that does not open gave %v, want its own error", err)
		}
		if _, err := s.Stat(t.Context(), it.SHA256); !errors.Is(err, errs.NotFound) {
			t.Errorf("something is visible of a source that broke (%v)", err)
		}
	}
	if all := list(t, s); len(all) != 0 {
		t.Errorf("broken sources left %v", all)
	}
}

func cancelled(t *testing.T, s blob.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	content := Bytes(4<<20, 12)
	it := Item(content)
	it.Open = func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(bytes.NewReader(content[:1<<20]), cancelling{cancel}, bytes.NewReader(content[1<<20:]))), nil
	}
	if err := s.PutAll(ctx, []blob.Item{it}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled PutAll gave %v, want context.Canceled", err)
	}
	if all := list(t, s); len(all) != 0 {
		t.Errorf("a cancelled PutAll left %v", all)
	}
	if err := s.PutAll(ctx, []blob.Item{Item(content)}); !errors.Is(err, context.Canceled) {
		t.Errorf("PutAll after the end of its context gave %v, want context.Canceled", err)
	}
	put(t, s, content)
	if err := blob.Verify(t.Context(), s, it.SHA256); err != nil {
		t.Errorf("the repeated PutAll did not complete: %v", err)
	}
}

// cancelling is an empty reader that cancels when it is reached.
type cancelling struct{ cancel func() }

func (c cancelling) Read([]byte) (int, error) {
	c.cancel()
	return 0, io.EOF
}

func damaged(t *testing.T, s blob.Store, damage func(*testing.T, blob.Store, string, []byte)) {
	for _, size := range []int{1, 9 << 10, 1 << 20} {
		c := Bytes(size, uint64(500+size))
		put(t, s, c)
		rotten := bytes.Clone(c)
		rotten[size/2] ^= 1
		damage(t, s, Sum(c), rotten)
		wantKind(t, fmt.Sprintf("Verify of %d bytes with one bit changed", size), blob.Verify(t.Context(), s, Sum(c)), errs.Invalid)
	}
}
