package view

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Asset is a file that pages link to. Its address holds a hash of its content,
// so that it can be kept for ever (Cache-Control: immutable).
type Asset struct {
	Path  string // "/assets/site.1a2b3c4d5e6f.css"
	Type  string // Content-Type
	Bytes []byte
	// Gzip and Zstd are the same bytes compressed, nil where that gains
	// nothing (fonts are compressed already).
	Gzip, Zstd []byte
	Hash       string // SHA-256 of Bytes, hexadecimal
}

// links are the addresses that the templates need.
type links struct {
	Style, MathStyle, Copy, Cite, Reader, Suggest, Favicon string
	fonts                                                  map[string]string // by file name
}

// Assets are all assets by their path. The map is the caller's own.
func (v *View) Assets() map[string]*Asset { return maps.Clone(v.assets) }

// Asset is the asset of a path under /assets/.
func (v *View) Asset(path string) (*Asset, bool) {
	a, ok := v.assets[path]
	return a, ok
}

// mediaTypes are the types of the assets by the ending of their names.
var mediaTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",
}

// loadAssets reads, hashes and compresses everything that pages link to.
func (v *View) loadAssets() error {
	v.assets = map[string]*Asset{}
	v.links.fonts = map[string]string{}
	fonts, err := fs.Glob(v.files, "third_party/fonts/*/*.woff2")
	if err != nil {
		return err
	}
	for _, name := range fonts {
		b, err := fs.ReadFile(v.files, name)
		if err != nil {
			return err
		}
		v.links.fonts[path.Base(name)] = v.add(path.Base(name), b)
	}
	for name, link := range map[string]*string{"js/copy.js": &v.links.Copy, "js/cite.js": &v.links.Cite, "js/reader.js": &v.links.Reader, "js/suggest.js": &v.links.Suggest, "favicon.svg": &v.links.Favicon} {
		b, err := fs.ReadFile(v.files, name)
		if err != nil {
			return err
		}
		*link = v.add(path.Base(name), b)
	}
	site, maths, err := v.sheets()
	if err != nil {
		return err
	}
	if v.colours, err = v.readPalette(); err != nil {
		return err
	}
	v.links.Style = v.add("site.css", site)
	v.links.MathStyle = v.add("math.css", maths)
	if err := compressAll(v.assets); err != nil {
		return err
	}
	v.version, err = v.hashSources()
	return err
}

// add stores bytes under a hashed address, which it returns.
func (v *View) add(name string, b []byte) string {
	a := newAsset(name, b)
	v.assets[a.Path] = a
	return a.Path
}

func newAsset(name string, b []byte) *Asset {
	sum := sha256.Sum256(b)
	hash := hex.EncodeToString(sum[:])
	ext := path.Ext(name)
	return &Asset{
		Path:  "/assets/" + strings.TrimSuffix(name, ext) + "." + hash[:12] + ext,
		Type:  mediaTypes[ext],
		Bytes: b,
		Hash:  hash,
	}
}

// compressAll fills Gzip and Zstd of every asset of text.
func compressAll(assets map[string]*Asset) error {
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	defer z.Close()
	for _, a := range assets {
		if strings.HasSuffix(a.Path, ".woff2") {
			continue
		}
		var b bytes.Buffer
		g, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err != nil {
			return err
		}
		if _, err := g.Write(a.Bytes); err != nil {
			return err
		}
		if err := g.Close(); err != nil {
			return err
		}
		a.Gzip = b.Bytes()
		a.Zstd = z.EncodeAll(a.Bytes, nil)
	}
	return nil
}

// hashSources is a hash of the assets' addresses and of all templates.
func (v *View) hashSources() (string, error) {
	h := sha256.New()
	fmt.Fprintln(h, v.links.Style, v.links.MathStyle, v.links.Copy, v.links.Reader, v.links.Suggest, v.links.Favicon)
	for _, pattern := range []string{"templates/*.html", "templates/page/*.html"} {
		names, err := fs.Glob(v.files, pattern)
		if err != nil {
			return "", err
		}
		for _, name := range names {
			b, err := fs.ReadFile(v.files, name)
			if err != nil {
				return "", err
			}
			fmt.Fprintln(h, name, len(b))
			h.Write(b)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:12], nil
}
