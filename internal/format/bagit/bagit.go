// Package bagit writes bags: packages of files with their checksums, as archives and
// preservation services take them (BagIt 1.0, RFC 8493), serialised as a zip archive.
//
//	b := bagit.New(w, "rjr-2020-v3-n2")
//	err := b.Add("articles/panov-2020/article.xml", func(w io.Writer) error { … })
//	err = b.Close(bagit.Info{{"Source-Organization", "Lighthouse Press"}})
//
// Terms: the payload is what is kept, below data/; a manifest lists its checksums, a tag
// manifest those of the other files. Checksums are SHA-256. Files are written as they come;
// only their names and checksums are kept.
package bagit

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"path"
	"strings"

	"offprint/internal/script"
)

// Bag is a bag that is being written.
type Bag struct {
	zip      *zip.Writer
	name     string
	manifest strings.Builder
	tags     strings.Builder
	used     map[string]bool
	files    int
	bytes    int64
}

// Info are the fields of bag-info.txt in their order: a label and a value.
type Info [][2]string

// New begins a bag in a folder of that name.
func New(w io.Writer, name string) *Bag {
	return &Bag{zip: zip.NewWriter(w), name: name, used: map[string]bool{}}
}

// errName is a name that a bag cannot hold.
var errName = errors.New("bagit: a name that leaves the bag, or that was given already")

// Add writes a file of the payload, by its path below data/.
func (b *Bag) Add(name string, write func(w io.Writer) error) error {
	full := "data/" + path.Clean(name)
	if path.Clean("/"+name) != "/"+path.Clean(name) || strings.HasSuffix(full, "/") || full == "data/." || b.used[full] {
		return fmt.Errorf("%w: %q", errName, name)
	}
	b.used[full] = true
	sum, n, err := b.file(full, write)
	if err != nil {
		return err
	}
	b.files, b.bytes = b.files+1, b.bytes+n
	line(&b.manifest, sum, full)
	return nil
}

// file writes a file of the bag and returns its checksum and size.
func (b *Bag) file(name string, write func(w io.Writer) error) (sum string, size int64, err error) {
	w, err := b.zip.CreateHeader(&zip.FileHeader{Name: b.name + "/" + name, Method: zip.Deflate})
	if err != nil {
		return "", 0, err
	}
	c := &counter{w: w, hash: sha256.New()}
	if err := write(c); err != nil {
		return "", 0, err
	}
	return hex.EncodeToString(c.hash.Sum(nil)), c.n, nil
}

type counter struct {
	w    io.Writer
	hash hash.Hash
	n    int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.hash.Write(p[:n])
	c.n += int64(n)
	return n, err
}

// line adds a line to a manifest; line breaks and percent signs in names are escaped
// (RFC 8493, 2.1.3).
func line(b *strings.Builder, sum, name string) {
	b.WriteString(sum + "  " + strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(name) + "\n")
}

// Close writes the manifests and what is said of the bag, and ends the archive. The
// number of files and bytes is added to info.
func (b *Bag) Close(info Info) error {
	var about strings.Builder
	for _, f := range append(info, [2]string{"Payload-Oxum", fmt.Sprintf("%d.%d", b.bytes, b.files)}) {
		if value := script.Line(f[1]); value != "" {
			about.WriteString(f[0] + ": " + value + "\n")
		}
	}
	for _, f := range []struct{ name, text string }{
		{"bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"},
		{"bag-info.txt", about.String()}, {"manifest-sha256.txt", b.manifest.String()},
	} {
		sum, _, err := b.file(f.name, func(w io.Writer) error { _, err := io.WriteString(w, f.text); return err })
		if err != nil {
			return err
		}
		line(&b.tags, sum, f.name)
	}
	if _, _, err := b.file("tagmanifest-sha256.txt", func(w io.Writer) error { _, err := io.WriteString(w, b.tags.String()); return err }); err != nil {
		return err
	}
	return b.zip.Close()
}
