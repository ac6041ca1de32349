// Package figure makes what a browser is sent of a picture: renditions of a
// few widths, in WebP, once, without metadata.
//
// A rendition is the picture at one width. A drawing is a picture of flat
// colours, lines and letters; its renditions are compressed without loss.
// Widths and heights are pixels as the picture is shown; those of an SVG are
// CSS pixels.
//
//	maker := figure.New(filepath.Join(dataDir, "cache", "wasm"))
//	defer maker.Close()
//	picture, err := maker.Make(ctx, "fig1.tif", data)
//	for _, r := range picture.Renditions { … }
//
// What a picture is follows from its bytes, never from its name. PNG, JPEG,
// GIF, WebP and TIFF are decoded, the preview of an EPS is taken where it has
// one, and an SVG is written anew from a list of what is allowed. The original
// is never changed; it stays what people download. This package keeps nothing
// and knows no addresses.
package figure

import (
	"context"
	"fmt"
	"image"
	"runtime/debug"
	"strings"
	"time"

	"offprint/internal/errs"
)

// Media types by content, as Sniff tells them.
const (
	PNG  = "image/png"
	JPEG = "image/jpeg"
	GIF  = "image/gif"
	WebP = "image/webp"
	TIFF = "image/tiff"
	SVG  = "image/svg+xml"
	EPS  = "application/postscript"
	PDF  = "application/pdf"
	WMF  = "image/wmf"
	EMF  = "image/emf"
	BMP  = "image/bmp"
)

// Picture is what was made of one file.
type Picture struct {
	// Media is the type that the content has.
	Media string
	// Width and Height of the original as it is shown; 0 where it does not say.
	Width, Height int
	// Shown says that browsers show the original as it is, so that it can
	// stand beside the renditions. It is false for an SVG, of which only the
	// rendition is safe.
	Shown bool
	// Animated pictures have no renditions: the original is what is shown.
	Animated bool
	// Renditions by ascending width. Where the original cannot be shown, a PNG
	// or JPEG of the greatest width follows for what does not know WebP.
	Renditions []Rendition
	// Notes say in words for people what was left out or is not certain.
	Notes []string
}

// Rendition is a picture at one width.
type Rendition struct {
	Width, Height int
	Media         string
	Bytes         []byte
}

func (p *Picture) note(format string, args ...any) {
	p.Notes = append(p.Notes, fmt.Sprintf(format, args...))
}

// Limits bound the work on one picture. A zero means the default.
type Limits struct {
	Bytes  int           // of the file, 128 MiB
	Pixels int           // of the picture, 64 million
	Time   time.Duration // for all renditions, 2 minutes
	Widths []int         // ascending: 480, 960, 1600
	Idle   time.Duration // the encoder leaves memory after it, 1 minute
}

func (l Limits) orDefault() Limits {
	if l.Bytes <= 0 {
		l.Bytes = 128 << 20
	}
	if l.Pixels <= 0 {
		l.Pixels = 64_000_000
	}
	if l.Time <= 0 {
		l.Time = 2 * time.Minute
	}
	if len(l.Widths) == 0 {
		l.Widths = []int{480, 960, 1600}
	}
	if l.Idle <= 0 {
		l.Idle = time.Minute
	}
	return l
}

// Maker makes renditions, one picture at a time; further callers wait. It
// costs nothing until it is first used.
type Maker struct {
	limits  Limits
	lock    chan struct{} // of the encoder, and of the memory that pictures take
	encoder encoder
	idle    *time.Timer
	closed  bool
}

// New makes a Maker with the default limits. cacheDir is a folder for the
// compiled encoder, as for package pdf, which may share it; it may be empty.
func New(cacheDir string) *Maker { return NewLimited(cacheDir, Limits{}) }

// NewLimited makes a Maker with other limits.
func NewLimited(cacheDir string, limits Limits) *Maker {
	m := &Maker{limits: limits.orDefault(), lock: make(chan struct{}, 1), encoder: encoder{cacheDir: cacheDir}}
	m.lock <- struct{}{}
	return m
}

// Close waits for the picture in work and frees the encoder.
func (m *Maker) Close() error {
	<-m.lock
	defer func() { m.lock <- struct{}{} }()
	m.closed = true
	if m.idle != nil {
		m.idle.Stop()
	}
	return m.encoder.close()
}

// Make makes the renditions of the picture in data. Name is only compared with
// what the content is. What is no picture, or damaged, or an SVG that cannot be
// made safe is errs.Invalid; what is larger than the limits, by its header, is
// errs.TooLarge. A picture that can be kept but not drawn here (EPS without a
// preview, PDF, WMF) is no error: it has no renditions and a note that says why.
func (m *Maker) Make(ctx context.Context, name string, data []byte) (*Picture, error) {
	if len(data) > m.limits.Bytes {
		return nil, errs.Newf(errs.TooLarge, "The picture has %d MB; at most %d MB are taken.", len(data)>>20, m.limits.Bytes>>20)
	}
	ctx, cancel := context.WithTimeout(ctx, m.limits.Time)
	defer cancel()
	select {
	case <-m.lock:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer m.release()
	if m.closed {
		return nil, errs.Newf(errs.Unavailable, "The maker of renditions is closed.")
	}
	p := &Picture{Media: Sniff(data)}
	if other := mediaOfName(name); other != "" && p.Media != "" && other != p.Media {
		p.note("The name ends as that of %s, but the content is %s.", words[other], words[p.Media])
	}
	if err := m.make(ctx, p, data); err != nil {
		if ctx.Err() == context.DeadlineExceeded {
			return nil, errs.Newf(errs.Invalid, "Making renditions of the picture took longer than %s and was stopped.", m.limits.Time)
		}
		return nil, err
	}
	return p, nil
}

func (m *Maker) release() {
	if m.idle != nil {
		m.idle.Stop()
	}
	if !m.closed {
		m.idle = time.AfterFunc(m.limits.Idle, func() {
			select {
			case <-m.lock:
				_ = m.encoder.close()
				debug.FreeOSMemory() // pictures are large, and come in bursts
				m.lock <- struct{}{}
			default: // in use; the clock is started again after it
			}
		})
	}
	m.lock <- struct{}{}
}

func (m *Maker) make(ctx context.Context, p *Picture, data []byte) error {
	switch p.Media {
	case "":
		return errs.Newf(errs.Invalid, "This is not a picture of a kind that is known: PNG, JPEG, GIF, WebP, TIFF, SVG or EPS.")
	case SVG:
		return p.svg(data)
	case EPS:
		preview, media := p.preview(data)
		if media == "" {
			return nil
		}
		return m.raster(ctx, p, preview, media)
	case PDF, WMF, EMF, BMP:
		p.note("%s cannot be drawn here. It is kept for download; give the figure as TIFF, PNG, JPEG or SVG as well to have it shown.", words[p.Media])
		return nil
	}
	p.Shown = p.Media != TIFF
	if p.Animated = animated(data, p.Media); p.Animated {
		size, err := m.header(data, p.Media)
		p.Width, p.Height = size.Width, size.Height
		p.note("The picture moves. It is shown as it is, in its one size.")
		return err
	}
	return m.raster(ctx, p, data, p.Media)
}

// raster decodes a picture and makes its renditions.
func (m *Maker) raster(ctx context.Context, p *Picture, data []byte, media string) error {
	size, err := m.header(data, media)
	if err != nil {
		return err
	}
	turn := orientation(data, media)
	p.Width, p.Height = size.Width, size.Height
	if turn >= 5 {
		p.Width, p.Height = p.Height, p.Width
	}
	decoded, err := decode(ctx, data, media)
	if isUnsupported(err) {
		p.note("This kind of %s cannot be decoded here (%v). It is kept for download.", words[media], err)
		return nil
	}
	if err != nil {
		return err
	}
	if decoded.Bounds().Dx() != size.Width || decoded.Bounds().Dy() != size.Height {
		return errs.Newf(errs.Invalid, "The picture is damaged: its size is not the one that it states.")
	}
	p.describe(data, media, decoded)
	widths := m.widths(p)
	largest := widths[len(widths)-1]
	img := turned(reduced(decoded, p.Width/(2*largest)), turn)
	decoded = nil
	return m.renditions(ctx, p, img, widths, len(data), lossy(data, media))
}

// widths are those to make: the ones below the picture's own, and its own when
// it is not above the greatest.
func (m *Maker) widths(p *Picture) []int {
	var out []int
	for _, w := range m.limits.Widths {
		if w < p.Width {
			out = append(out, w)
		}
	}
	if n := len(m.limits.Widths); p.Width <= m.limits.Widths[n-1] {
		out = append(out, p.Width)
	}
	return out
}

// renditions draws img, which is at least as large as the greatest width, from
// the greatest to the least, each from the one before it.
func (m *Maker) renditions(ctx context.Context, p *Picture, img *image.RGBA, widths []int, size int, lossy bool) error {
	img = scaled(img, widths[len(widths)-1], height(p, widths[len(widths)-1]))
	drawn := drawing(img) && !lossy
	if !p.Shown {
		fallback, err := plain(img, drawn)
		if err != nil {
			return err
		}
		p.Renditions = append(p.Renditions, fallback)
	}
	for i := len(widths) - 1; i >= 0; i-- {
		w := widths[i]
		img = scaled(img, w, height(p, w))
		r := Rendition{Width: w, Height: img.Rect.Dy(), Media: WebP}
		var err error
		r.Bytes, err = m.encoder.encode(ctx, img, drawn)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			if r, err = plain(img, drawn); err != nil {
				return err
			}
			p.note("At %d pixels the picture could not be written as WebP; it is %s.", w, words[r.Media])
			if i == len(widths)-1 && !p.Shown {
				continue // that one is there
			}
		}
		// One of the same size that is no smaller in bytes is of no use.
		if p.Shown && w == p.Width && len(r.Bytes) >= size {
			continue
		}
		p.Renditions = append([]Rendition{r}, p.Renditions...)
	}
	return nil
}

// height keeps the proportions.
func height(p *Picture, width int) int {
	return max(1, (p.Height*width+p.Width/2)/p.Width)
}

// words are the names of the kinds for people.
var words = map[string]string{
	PNG: "a PNG", JPEG: "a JPEG", GIF: "a GIF", WebP: "a WebP", TIFF: "a TIFF", SVG: "an SVG",
	EPS: "an EPS", PDF: "a PDF", WMF: "a WMF", EMF: "an EMF", BMP: "a BMP",
}

// mediaOfName is what the end of a name promises.
func mediaOfName(name string) string {
	dot := strings.LastIndexByte(name, '.')
	switch strings.ToLower(name[dot+1:]) {
	case "png":
		return PNG
	case "jpg", "jpeg", "jpe":
		return JPEG
	case "gif":
		return GIF
	case "webp":
		return WebP
	case "tif", "tiff":
		return TIFF
	case "svg":
		return SVG
	case "eps", "ps":
		return EPS
	case "pdf":
		return PDF
	case "wmf":
		return WMF
	case "emf":
		return EMF
	case "bmp":
		return BMP
	}
	return ""
}
