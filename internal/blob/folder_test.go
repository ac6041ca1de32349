package blob_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"offprint/internal/blob"
	"offprint/internal/blob/blobtest"
	"offprint/internal/errs"
	"offprint/internal/testkill"
)

func openFolder(t testing.TB, dir string) blob.Store {
	t.Helper()
	s, err := blob.Open(context.Background(), dir, "")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func shardPath(root, sha string) string { return filepath.Join(root, sha[:2], sha) }

// overwrite changes a file behind the back of whoever keeps it.
func overwrite(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o640); err != nil {
		t.Fatal(err)
	}
}

func TestFolder(t *testing.T) {
	var root string
	damage := func(t *testing.T, _ blob.Store, sha string, content []byte) {
		overwrite(t, shardPath(root, sha), content)
	}
	blobtest.Run(t, func(t *testing.T) blob.Store {
		root = t.TempDir()
		return openFolder(t, root)
	}, damage)
}

func TestFolderThatSyncsFileByFile(t *testing.T) {
	var root string
	damage := func(t *testing.T, _ blob.Store, sha string, content []byte) {
		overwrite(t, shardPath(root, sha), content)
	}
	blobtest.Run(t, func(t *testing.T) blob.Store {
		root = t.TempDir()
		s, err := blob.OpenFolder(root)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}, damage)
}

func TestFilesLieInShardsAndAreReadOnly(t *testing.T) {
	data := t.TempDir()
	s, err := blob.Open(t.Context(), "", data)
	if err != nil {
		t.Fatal(err)
	}
	it := blobtest.Item([]byte("abc"))
	if err := s.PutAll(t.Context(), []blob.Item{it}); err != nil {
		t.Fatal(err)
	}
	// The SHA-256 of "abc" is an example of FIPS 180-4.
	path := filepath.Join(data, "files", "ba", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm()&0o222 != 0 {
		t.Errorf("the file can be written: %v", info.Mode())
	}
}

func TestDamagedContentIsWrittenAgain(t *testing.T) {
	root := t.TempDir()
	s := openFolder(t, root)
	content := blobtest.Bytes(9000, 1)
	it := blobtest.Item(content)
	for name, rotten := range map[string][]byte{"cut short": content[:100], "changed": blobtest.Bytes(9000, 2), "empty": nil} {
		if err := s.PutAll(t.Context(), []blob.Item{it}); err != nil {
			t.Fatal(err)
		}
		overwrite(t, shardPath(root, it.SHA256), rotten)
		if err := s.PutAll(t.Context(), []blob.Item{it}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := blob.Verify(t.Context(), s, it.SHA256); err != nil {
			t.Errorf("a file that was %s stays so after its content was put again: %v", name, err)
		}
	}
}

func TestWhatIsNoBlobIsNotWalked(t *testing.T) {
	root := t.TempDir()
	s := openFolder(t, root)
	it := blobtest.Item([]byte("a"))
	if err := s.PutAll(t.Context(), []blob.Item{it}); err != nil {
		t.Fatal(err)
	}
	shard := filepath.Dir(shardPath(root, it.SHA256))
	other := blobtest.Sum([]byte("b"))
	for _, p := range []string{
		filepath.Join(root, "README"), filepath.Join(root, "tmp", other), filepath.Join(shard, "notes.txt"),
		filepath.Join(shard, other), // in the shard of another blob
		filepath.Join(root, other),
	} {
		if err := os.WriteFile(p, []byte("b"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(shardPath(root, it.SHA256)+"x", 0o700); err != nil {
		t.Fatal(err)
	}
	var got []string
	if err := s.Walk(t.Context(), func(sha string, _ int64) error { got = append(got, sha); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0] != it.SHA256 {
		t.Errorf("Walk told %v, want only %s", got, it.SHA256)
	}
}

func TestLeftoversOfAKilledProcessAreRemovedAfterAnHour(t *testing.T) {
	root := t.TempDir()
	tmp := filepath.Join(root, "tmp")
	if err := os.Mkdir(tmp, 0o750); err != nil {
		t.Fatal(err)
	}
	old, young := filepath.Join(tmp, "OLD"), filepath.Join(tmp, "YOUNG")
	for path, age := range map[string]time.Duration{old: 61 * time.Minute, young: 59 * time.Minute} {
		if err := os.WriteFile(path, []byte("half a fi"), 0o440); err != nil {
			t.Fatal(err)
		}
		when := time.Now().Add(-age)
		if err := os.Chtimes(path, when, when); err != nil {
			t.Fatal(err)
		}
	}
	openFolder(t, root)
	if _, err := os.Stat(old); !errors.Is(err, os.ErrNotExist) {
		t.Error("what is older than an hour was not removed")
	}
	if _, err := os.Stat(young); err != nil {
		t.Error("what another process may still be writing was removed")
	}
}

func TestFailedPutLeavesNoStagedFiles(t *testing.T) {
	root := t.TempDir()
	s := openFolder(t, root)
	bad := blobtest.Item([]byte("x"))
	bad.SHA256 = blobtest.Absent
	var items []blob.Item
	for i := range 20 {
		items = append(items, blobtest.Item(blobtest.Bytes(100, uint64(i))))
	}
	if err := s.PutAll(t.Context(), append(items, bad)); !errors.Is(err, errs.Invalid) {
		t.Fatalf("PutAll gave %v", err)
	}
	left, err := os.ReadDir(filepath.Join(root, "tmp"))
	if err != nil || len(left) != 0 {
		t.Errorf("staged files are left: %v %v", left, err)
	}
}

func TestPlacesThatAreNoFolderAreRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{file, "gs://bucket", "http://example.org/", "file://relative", "s3://"} {
		if _, err := blob.Open(t.Context(), address, ""); !errors.Is(err, errs.Invalid) {
			t.Errorf("Open(%q) gave %v, want errs.Invalid", address, err)
		}
	}
	for _, address := range []string{filepath.Join(file, "below")} {
		if _, err := blob.Open(t.Context(), address, ""); !errors.Is(err, errs.Unavailable) {
			t.Errorf("Open(%q) gave %v, want errs.Unavailable", address, err)
		}
	}
	if _, err := blob.Open(t.Context(), "file://"+t.TempDir(), ""); err != nil {
		t.Errorf("a file:// address of a folder: %v", err)
	}
}

// TestKilledWriterLeavesWholeBlobsOrNone kills a process that puts batch after
// batch, at several moments.
func TestKilledWriterLeavesWholeBlobsOrNone(t *testing.T) {
	if root := os.Getenv("BLOB_TEST_WRITE_TO"); root != "" {
		writeForEver(root)
	}
	root, kept := t.TempDir(), 0
	for round := range 6 {
		cmd := testkill.Self("BLOB_TEST_WRITE_TO=" + root)
		cmd.Args = append(cmd.Args, "-test.run=^TestKilledWriterLeavesWholeBlobsOrNone$")
		writer := testkill.Start(t, cmd)
		promised := []string{writer.Line()} // the first batch is done
		time.Sleep(time.Duration(3+round*7) * time.Millisecond)
		for _, sha := range writer.Kill() {
			if len(sha) == 64 {
				promised = append(promised, sha)
			}
		}
		s := openFolder(t, root)
		if err := s.Walk(t.Context(), func(sha string, _ int64) error {
			kept++
			return blob.Verify(t.Context(), s, sha)
		}); err != nil {
			t.Errorf("after a kill: %v", err)
		}
		for _, sha := range promised {
			if _, err := s.Stat(t.Context(), sha); err != nil {
				t.Errorf("a blob of a call that had returned is lost: %v", err)
			}
		}
	}
	if kept == 0 {
		t.Error("nothing was ever written, so nothing was tested")
	}
}

// writeForEver names the last blob of each batch after PutAll has returned.
func writeForEver(root string) {
	s, err := blob.Open(context.Background(), root, "")
	for seed := uint64(os.Getpid()) << 4; err == nil; {
		var items []blob.Item
		for range 30 {
			seed++
			items = append(items, blobtest.Item(blobtest.Bytes(20<<10, seed)))
		}
		if err = s.PutAll(context.Background(), items); err == nil {
			fmt.Println(items[len(items)-1].SHA256)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// BenchmarkPutAll is the batch of an import: 200 pages of 9 kB, durable.
func BenchmarkPutAll(b *testing.B) {
	s := openFolder(b, b.TempDir())
	page := blobtest.Bytes(9<<10, 1)
	var seed uint64
	for b.Loop() {
		b.StopTimer()
		var items []blob.Item
		for range 200 {
			seed++
			content := bytes.Clone(page)
			copy(content, fmt.Sprint(seed))
			items = append(items, blobtest.Item(content))
		}
		b.StartTimer()
		if err := s.PutAll(b.Context(), items); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*200)/b.Elapsed().Seconds(), "files/s")
}

// BenchmarkReadAll reads a page as a request does.
func BenchmarkReadAll(b *testing.B) {
	s := openFolder(b, b.TempDir())
	it := blobtest.Item(blobtest.Bytes(9<<10, 1))
	if err := s.PutAll(b.Context(), []blob.Item{it}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r, err := s.Open(b.Context(), it.SHA256)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			b.Fatal(err)
		}
		r.Close()
	}
}
