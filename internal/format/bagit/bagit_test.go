package bagit

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"testing"
)

func text(s string) func(w io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

func TestABagHoldsTogether(t *testing.T) {
	var out bytes.Buffer
	b := New(&out, "lamp")
	payload := map[string]string{"a/article.xml": "<article/>", "a/лампа 100%.pdf": "%PDF", "b.csv": strings.Repeat("x,y\n", 10000), "empty": ""}
	size := 0
	for name, s := range payload {
		size += len(s)
		if err := b.Add(name, text(s)); err != nil {
			t.Fatal(err)
		}
	}
	for _, bad := range []string{"../x", "a/../../x", "/x", "", ".", "b.csv"} {
		if err := b.Add(bad, text("")); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	if err := b.Close(Info{{"Source-Organization", "Lighthouse\nPress"}, {"Empty", ""}}); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[strings.TrimPrefix(f.Name, "lamp/")] = string(data)
	}
	if files["bagit.txt"] != "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n" {
		t.Errorf("bagit.txt is %q", files["bagit.txt"])
	}
	if want := fmt.Sprintf("Source-Organization: Lighthouse Press\nPayload-Oxum: %d.4\n", size); files["bag-info.txt"] != want {
		t.Errorf("bag-info.txt is %q, want %q", files["bag-info.txt"], want)
	}
	listed := 0
	for _, manifest := range []string{"manifest-sha256.txt", "tagmanifest-sha256.txt"} {
		for l := range strings.Lines(files[manifest]) {
			sum, name, ok := strings.Cut(strings.TrimSuffix(l, "\n"), "  ")
			data, there := files[strings.ReplaceAll(name, "%25", "%")]
			if got := sha256.Sum256([]byte(data)); !ok || !there || hex.EncodeToString(got[:]) != sum {
				t.Errorf("%s: %q does not hold", manifest, l)
			}
			listed++
		}
	}
	if listed != len(payload)+3 || len(files) != len(payload)+4 {
		t.Errorf("%d files are listed of %d", listed, len(files))
	}
}
