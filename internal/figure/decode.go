package figure

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"

	"offprint/internal/errs"
)

// maxScans bounds the scans of a progressive JPEG. Encoders write about ten;
// each is work on all pixels, however few bytes it has.
const maxScans = 100

// header reads the size that a picture states and holds it against the limits,
// before anything is decoded.
func (m *Maker) header(data []byte, media string) (image.Config, error) {
	config, err := decodeConfig(data, media)
	if err != nil && !isUnsupported(err) {
		return config, errs.Newf(errs.Invalid, "The picture is damaged: its header cannot be read (%v).", err)
	}
	w, h := config.Width, config.Height
	switch {
	case w <= 0 || h <= 0:
		return config, errs.Newf(errs.Invalid, "The picture is damaged: it states no size.")
	case w > 1<<20 || h > 1<<20 || w*h > m.limits.Pixels:
		return config, errs.Newf(errs.TooLarge, "The picture has %d × %d pixels; at most %d million are taken.", w, h, m.limits.Pixels/1_000_000)
	case media == JPEG && bytes.Count(data, []byte("\xff\xda")) > maxScans:
		return config, errs.Newf(errs.TooLarge, "The picture is a JPEG in more than %d scans, which only serves to keep its readers busy.", maxScans)
	}
	return config, nil
}

// safely calls a decoder; what would bring the program down is an error.
func safely[T any](f func() (T, error)) (out T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the decoder failed: %v", p)
		}
	}()
	return f()
}

func decodeConfig(data []byte, media string) (image.Config, error) {
	return safely(func() (image.Config, error) {
		r := bytes.NewReader(data)
		switch media {
		case PNG:
			return png.DecodeConfig(r)
		case JPEG:
			return jpeg.DecodeConfig(r)
		case GIF:
			return gif.DecodeConfig(r)
		case WebP:
			return webp.DecodeConfig(r)
		case TIFF:
			return tiffConfig(data)
		}
		return image.Config{}, errs.Invalid
	})
}

func decode(ctx context.Context, data []byte, media string) (image.Image, error) {
	img, err := safely(func() (image.Image, error) {
		r := &watched{ctx, bytes.NewReader(data)}
		switch media {
		case PNG:
			return png.Decode(r)
		case JPEG:
			return jpeg.Decode(r)
		case GIF:
			return framed(gif.DecodeAll(r))
		case WebP:
			return webp.Decode(r)
		case TIFF:
			return decodeTIFF(data)
		}
		return nil, errs.Invalid
	})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case isUnsupported(err):
		return nil, err
	case err != nil:
		return nil, errs.Newf(errs.Invalid, "The picture is damaged and cannot be decoded (%v).", err)
	}
	return img, nil
}

// framed draws the one frame of a GIF at its place.
func framed(g *gif.GIF, err error) (image.Image, error) {
	if err != nil {
		return nil, err
	}
	whole := image.Rect(0, 0, g.Config.Width, g.Config.Height)
	if g.Image[0].Rect == whole {
		return g.Image[0], nil
	}
	out := image.NewPaletted(whole, append(color.Palette{color.Transparent}, g.Image[0].Palette...)[:min(256, len(g.Image[0].Palette)+1)])
	frame := g.Image[0]
	for y := frame.Rect.Min.Y; y < frame.Rect.Max.Y; y++ {
		for x := frame.Rect.Min.X; x < frame.Rect.Max.X; x++ {
			out.SetColorIndex(x, y, uint8(min(int(frame.ColorIndexAt(x, y))+1, len(out.Palette)-1)))
		}
	}
	return out, nil
}

// isUnsupported reports whether a decoder knows the kind but not the variant.
func isUnsupported(err error) bool {
	var t tiff.UnsupportedError
	var j jpeg.UnsupportedError
	var p png.UnsupportedError
	return errors.As(err, &t) || errors.As(err, &j) || errors.As(err, &p)
}

// watched is a reader that ends with a context, since decoders know none.
type watched struct {
	ctx context.Context
	r   io.Reader
}

func (w *watched) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.r.Read(p)
}

// lossy reports whether the original was compressed with loss. Its copies may
// be too, and lines with the noise of a JPEG compress badly without.
func lossy(data []byte, media string) bool {
	return media == JPEG || media == WebP && bytes.Contains(data[:min(len(data), 64)], []byte("VP8 "))
}

// describe notes what the renditions do not carry over.
func (p *Picture) describe(data []byte, media string, img image.Image) {
	switch img.ColorModel() {
	case color.CMYKModel:
		p.Shown = p.Shown && media != JPEG
		p.note("The picture is in the colours of print (CMYK). Its renditions are converted without a colour profile and may look different.")
	case color.Gray16Model, color.RGBA64Model, color.NRGBA64Model:
		p.note("The picture has 16 bits a colour; its renditions have 8.")
	}
	if name := profile(data); name != "" && img.ColorModel() != color.CMYKModel {
		p.note("The picture is in the colours of “%s”; its renditions are shown as sRGB and may look different.", name)
	}
}

// profile is the name of a colour profile other than sRGB and its equals. It
// is told by the names of the profiles that cameras and programs write.
func profile(data []byte) string {
	head := data[:min(len(data), 256<<10)]
	for _, name := range []string{"Adobe RGB", "Display P3", "ProPhoto", "ROMM RGB", "Apple Wide Color", "eciRGB"} {
		if bytes.Contains(head, []byte(name)) || bytes.Contains(head, utf16be(name)) {
			return name
		}
	}
	return ""
}

func utf16be(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, 0, s[i])
	}
	return out
}
