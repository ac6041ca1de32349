package figure

import (
	"context"
	"encoding/binary"
	"image"
	"os"
	"path/filepath"
	"testing"
)

// FuzzDecode: whatever the bytes are, a picture that is decoded has the size
// that its header states and is within the limits, and nothing panics. The
// encoder is left out: what it is given was decoded.
func FuzzDecode(f *testing.F) {
	f.Add(asPNG(f, lines(9, 7)))
	f.Add(withExif(asJPEG(f, photo(9, 7)), 6))
	f.Add(asTIFF(f, photo(9, 7)))
	f.Add(cmykTIFF(binary.BigEndian, 5, 4, [4]byte{1, 2, 3, 4}))
	f.Add([]byte("GIF89a\x02\x00\x02\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x02\x00\x02\x00\x00\x02\x03\x44\x02\x05\x00;"))
	f.Add(append([]byte(epsBinary), asTIFF(f, lines(5, 5))...))
	files, _ := filepath.Glob("testdata/*.jpg")
	for _, name := range files {
		if data, err := os.ReadFile(name); err == nil {
			f.Add(data)
		}
	}
	m := NewLimited("", Limits{Pixels: 200_000})
	f.Fuzz(func(t *testing.T, data []byte) {
		media := Sniff(data)
		p := &Picture{Media: media}
		if media == EPS {
			data, media = p.preview(data)
		}
		switch media {
		case PNG, JPEG, GIF, WebP, TIFF:
		default:
			return
		}
		_ = animated(data, media)
		size, err := m.header(data, media)
		if err != nil {
			return
		}
		img, err := decode(context.Background(), data, media)
		if err != nil {
			return
		}
		p.describe(data, media, img)
		if img.Bounds().Dx() != size.Width || img.Bounds().Dy() != size.Height {
			return // refused by raster
		}
		for _, n := range []int{0, 3} {
			_ = drawing(turned(reduced(img, n), orientation(data, media)))
		}
	})
}

// FuzzScale: every size and kind of picture can be brought to every other.
func FuzzScale(f *testing.F) {
	f.Add(uint16(100), uint16(50), uint16(30), byte(6))
	f.Fuzz(func(t *testing.T, w, h, to uint16, turn byte) {
		sw, sh, n := int(w%300)+1, int(h%300)+1, int(to%300)+1
		src := image.NewNRGBA64(image.Rect(0, 0, sw, sh))
		img := turned(reduced(src, int(to%5)), int(turn))
		if got := scaled(img, n, n/2+1).Rect.Size(); got.X != n || got.Y != n/2+1 {
			t.Errorf("%v", got)
		}
	})
}
