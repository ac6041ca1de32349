package figure

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"

	"offprint/internal/errs"
)

// cacheDir is kept from test to test, because compiling takes time.
var cacheDir = filepath.Join(os.TempDir(), "offprint-test-wasm")

func maker(t testing.TB, l Limits) *Maker {
	m := NewLimited(cacheDir, l)
	t.Cleanup(func() { m.Close() })
	return m
}

// photo has no two neighbours alike, as a photograph has.
func photo(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	seed := uint32(1)
	for y := range h {
		for x := range w {
			seed = seed*1664525 + 1013904223
			v := 100 + 60*math.Sin(float64(x)/40)*math.Cos(float64(y)/30) + float64(seed>>29)
			img.SetRGBA(x, y, color.RGBA{uint8(v), uint8(v * 0.8), uint8(200 - v/2), 255})
		}
	}
	return img
}

// lines is a drawing.
func lines(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for x := range w {
		for k := range 5 {
			y := int(float64(h)/2 + float64(h)/3*math.Sin(float64(x)/60+float64(k)))
			img.SetRGBA(x, y, color.RGBA{uint8(50 * k), 0, 0, 255})
		}
	}
	return img
}

func asPNG(t testing.TB, img image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(t testing.TB, img image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 92}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asTIFF(t testing.TB, img image.Image) []byte {
	var b bytes.Buffer
	if err := tiff.Encode(&b, img, &tiff.Options{Compression: tiff.Deflate}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func madeOf(t testing.TB, m *Maker, name string, data []byte) *Picture {
	t.Helper()
	p, err := m.Make(context.Background(), name, data)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return p
}

// pixels decodes a rendition.
func pixels(t testing.TB, r Rendition) image.Image {
	t.Helper()
	var img image.Image
	var err error
	switch r.Media {
	case WebP:
		img, err = webp.Decode(bytes.NewReader(r.Bytes))
	default:
		img, _, err = image.Decode(bytes.NewReader(r.Bytes))
	}
	if err != nil {
		t.Fatal(err)
	}
	if s := img.Bounds().Size(); s.X != r.Width || s.Y != r.Height {
		t.Errorf("a rendition that says %d×%d is %v", r.Width, r.Height, s)
	}
	return img
}

// near reports whether two colours differ by little in every part.
func near(a, b color.Color, by int) bool {
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	for _, d := range []int{int(ar>>8) - int(br>>8), int(ag>>8) - int(bg>>8), int(ab>>8) - int(bb>>8)} {
		if d > by || d < -by {
			return false
		}
	}
	return true
}

func sizes(p *Picture) string {
	var out []string
	for _, r := range p.Renditions {
		out = append(out, fmt.Sprintf("%dx%d %s", r.Width, r.Height, strings.TrimPrefix(r.Media, "image/")))
	}
	return strings.Join(out, ", ")
}

func TestRenditionsAreNotLargerThanThePicture(t *testing.T) {
	m := maker(t, Limits{})
	for name, c := range map[string]struct {
		data  []byte
		want  string
		shown bool
	}{
		"wide.jpg":    {asJPEG(t, photo(1700, 850)), "480x240 webp, 960x480 webp, 1600x800 webp", true},
		"middle.jpg":  {asJPEG(t, photo(1000, 700)), "480x336 webp, 960x672 webp, 1000x700 webp", true},
		"small.png":   {asPNG(t, photo(100, 50)), "100x50 webp", true},
		"lines.png":   {asPNG(t, lines(1200, 600)), "480x240 webp, 960x480 webp, 1200x600 webp", true},
		"scan.tif":    {asTIFF(t, lines(700, 350)), "480x240 webp, 700x350 webp, 700x350 png", false},
		"photo.tiff":  {asTIFF(t, photo(1800, 900)), "480x240 webp, 960x480 webp, 1600x800 webp, 1600x800 jpeg", false},
		"narrow.jpeg": {asJPEG(t, photo(10, 1500)), "10x1500 webp", true},
	} {
		p := madeOf(t, m, name, c.data)
		if got := sizes(p); got != c.want || p.Shown != c.shown || len(p.Notes) > 0 {
			t.Errorf("%s: %s, shown %v, notes %q", name, got, p.Shown, p.Notes)
		}
		for _, r := range p.Renditions {
			pixels(t, r)
		}
	}
}

func TestDrawingsKeepEveryPixelAndPhotographsLookAlike(t *testing.T) {
	m := maker(t, Limits{})
	drawn := lines(900, 400)
	p := madeOf(t, m, "a.png", asPNG(t, drawn))
	img := pixels(t, p.Renditions[len(p.Renditions)-1])
	for y := range 400 {
		for x := range 900 {
			if !near(img.At(x, y), drawn.At(x, y), 0) {
				t.Fatalf("the drawing differs at %d, %d: %v", x, y, img.At(x, y))
			}
		}
	}
	taken := photo(900, 400)
	p = madeOf(t, m, "a.png", asPNG(t, taken))
	img = pixels(t, p.Renditions[len(p.Renditions)-1])
	for y := 0; y < 400; y += 7 {
		for x := 0; x < 900; x += 7 {
			if !near(img.At(x, y), taken.At(x, y), 28) {
				t.Fatalf("the photograph differs at %d, %d: %v, was %v", x, y, img.At(x, y), taken.At(x, y))
			}
		}
	}
}

// withExif puts an orientation and a position into a JPEG.
func withExif(data []byte, orientation uint16) []byte {
	block := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x02\x01\x0e\x00\x02\x00\x00\x00\x04GPS\x00\x01\x12\x00\x03\x00\x00\x00\x01")
	block = binary.BigEndian.AppendUint16(block, orientation)
	block = append(block, 0, 0, 0, 0, 0, 0)
	out := append([]byte{}, data[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(block)+2))
	return append(append(out, block...), data[2:]...)
}

func TestOrientationIsHonouredAndMetadataDropped(t *testing.T) {
	m := maker(t, Limits{})
	// One quarter of the picture is red, the rest is grey: where is it shown?
	img := image.NewRGBA(image.Rect(0, 0, 80, 40))
	for y := range 40 {
		for x := range 80 {
			c := color.RGBA{128, 128, 128, 255}
			if x < 40 && y < 20 {
				c = color.RGBA{220, 20, 20, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	for o, want := range []string{1: "left top", 2: "right top", 3: "right bottom", 4: "left bottom", 5: "left top", 6: "right top", 7: "right bottom", 8: "left bottom"} {
		if o == 0 {
			continue
		}
		p := madeOf(t, m, "a.jpg", withExif(asJPEG(t, img), uint16(o)))
		w, h := 80, 40
		if o >= 5 {
			w, h = 40, 80
		}
		if p.Width != w || p.Height != h {
			t.Errorf("orientation %d: %d×%d", o, p.Width, p.Height)
		}
		for _, r := range p.Renditions {
			shown := pixels(t, r)
			got := ""
			for _, at := range []struct {
				name string
				x, y int
			}{{"left top", w / 4, h / 4}, {"right top", w * 3 / 4, h / 4}, {"left bottom", w / 4, h * 3 / 4}, {"right bottom", w * 3 / 4, h * 3 / 4}} {
				if near(shown.At(at.x, at.y), color.RGBA{220, 20, 20, 255}, 40) {
					got += at.name
				}
			}
			if got != want {
				t.Errorf("orientation %d: red is %q, not %q", o, got, want)
			}
			if bytes.Contains(r.Bytes, []byte("GPS")) {
				t.Error("metadata is carried over")
			}
		}
	}
}

// cmykTIFF is a picture in four inks without compression.
func cmykTIFF(order binary.AppendByteOrder, w, h int, ink [4]byte) []byte {
	mark := "II*\x00"
	if order.String() == "BigEndian" {
		mark = "MM\x00*"
	}
	data := bytes.Repeat(ink[:], w*h)
	b := append([]byte(mark), 0, 0, 0, 0)
	b = append(b, data...)
	bits := len(b)
	for range 4 {
		b = order.AppendUint16(b, 8)
	}
	start := len(b)
	entries := [][4]int{{256, 3, 1, w}, {257, 3, 1, h}, {258, 3, 4, bits}, {259, 3, 1, 1}, {262, 3, 1, 5}, {273, 4, 1, 8}, {277, 3, 1, 4}, {278, 3, 1, h}, {279, 4, 1, len(data)}}
	b = order.AppendUint16(b, uint16(len(entries)))
	for _, e := range entries {
		b = order.AppendUint16(b, uint16(e[0]))
		b = order.AppendUint16(b, uint16(e[1]))
		b = order.AppendUint32(b, uint32(e[2]))
		if e[1] == 3 && e[2] == 1 {
			b = order.AppendUint16(b, uint16(e[3]))
			b = append(b, 0, 0)
		} else {
			b = order.AppendUint32(b, uint32(e[3]))
		}
	}
	b = append(b, 0, 0, 0, 0)
	if mark[0] == 'I' {
		binary.LittleEndian.PutUint32(b[4:], uint32(start))
	} else {
		binary.BigEndian.PutUint32(b[4:], uint32(start))
	}
	return b
}

func TestColoursOfPrintAndDepthAreBroughtToTheScreen(t *testing.T) {
	m := maker(t, Limits{})
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		p := madeOf(t, m, "a.tif", cmykTIFF(order, 60, 40, [4]byte{255, 0, 0, 0}))
		if got := pixels(t, p.Renditions[0]).At(30, 20); !near(got, color.RGBA{0, 255, 255, 255}, 6) || len(p.Notes) == 0 {
			t.Errorf("%v: cyan is shown as %v, notes %q", order, got, p.Notes)
		}
	}
	data, err := os.ReadFile("testdata/cmyk.jpg")
	if err != nil {
		t.Fatal(err)
	}
	p := madeOf(t, m, "a.jpg", data)
	if got := pixels(t, p.Renditions[0]).At(30, 1); p.Shown || !near(got, color.RGBA{250, 10, 10, 255}, 40) {
		t.Errorf("a JPEG in CMYK: shown %v, top is %v", p.Shown, got)
	}
	deep := image.NewGray16(image.Rect(0, 0, 50, 50))
	for i := range 50 * 50 {
		deep.SetGray16(i%50, i/50, color.Gray16{Y: uint16(i * 26)})
	}
	p = madeOf(t, m, "a.png", asPNG(t, deep))
	if got := pixels(t, p.Renditions[0]).At(49, 49); !near(got, color.Gray{Y: 253}, 8) {
		t.Errorf("16 bits: %v", got)
	}
}

func TestTransparencyIsKept(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 600, 300))
	for y := range 300 {
		for x := range 600 {
			img.SetNRGBA(x, y, color.NRGBA{200, 30, 30, uint8(x * 255 / 599)})
		}
	}
	p := madeOf(t, maker(t, Limits{}), "a.png", asPNG(t, img))
	for _, r := range p.Renditions {
		_, _, _, left := pixels(t, r).At(1, r.Height/2).RGBA()
		_, _, _, right := pixels(t, r).At(r.Width-1, r.Height/2).RGBA()
		if left > 0x0800 || right < 0xf000 {
			t.Errorf("%d: alpha from %x to %x", r.Width, left, right)
		}
	}
}

func TestContentDecidesAndTheNameIsNoted(t *testing.T) {
	m := maker(t, Limits{})
	p := madeOf(t, m, "figure.tif", asPNG(t, lines(50, 50)))
	if p.Media != PNG || len(p.Notes) != 1 || !strings.Contains(p.Notes[0], "TIFF") {
		t.Errorf("%s, notes %q", p.Media, p.Notes)
	}
	for name, data := range map[string]string{
		"page.png": "<!doctype html><html><svg xmlns='http://www.w3.org/2000/svg'/></html>", "empty.jpg": "", "text.gif": "no picture at all",
	} {
		if _, err := m.Make(t.Context(), name, []byte(data)); !errors.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, data := range map[string]string{"a.pdf": "%PDF-1.4\n", "a.eps": "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 300 200\n", "a.wmf": "\xd7\xcd\xc6\x9a0000"} {
		if p := madeOf(t, m, name, []byte(data)); len(p.Renditions) > 0 || len(p.Notes) == 0 || p.Shown {
			t.Errorf("%s: %+v", name, p)
		}
	}
	if p := madeOf(t, m, "a.eps", []byte("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 10 10 310 210\n")); p.Width != 300 || p.Height != 200 {
		t.Errorf("bounding box: %d×%d", p.Width, p.Height)
	}
}

func TestPreviewOfAnEPSIsShown(t *testing.T) {
	script := []byte("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 300 150\n")
	preview := asTIFF(t, lines(600, 300))
	data := []byte(epsBinary)
	for _, v := range []int{32, len(script), 0, 0, 32 + len(script), len(preview)} {
		data = binary.LittleEndian.AppendUint32(data, uint32(v))
	}
	data = append(data, 0xff, 0xff, 0, 0)
	data = append(append(data, script...), preview...)
	p := madeOf(t, maker(t, Limits{}), "a.eps", data)
	if got := sizes(p); got != "480x240 webp, 600x300 webp, 600x300 png" || p.Shown || p.Media != EPS {
		t.Errorf("%s, shown %v, %s, notes %q", got, p.Shown, p.Media, p.Notes)
	}
}

func TestMovingPicturesAreLeftAlone(t *testing.T) {
	frame := func() *image.Paletted {
		return image.NewPaletted(image.Rect(0, 0, 30, 20), color.Palette{color.White, color.Black})
	}
	for n, want := range map[int]bool{1: false, 3: true} {
		g := &gif.GIF{}
		for range n {
			g.Image, g.Delay = append(g.Image, frame()), append(g.Delay, 10)
		}
		var b bytes.Buffer
		if err := gif.EncodeAll(&b, g); err != nil {
			t.Fatal(err)
		}
		p := madeOf(t, maker(t, Limits{}), "a.gif", b.Bytes())
		if p.Animated != want || want && len(p.Renditions) > 0 || p.Width != 30 {
			t.Errorf("%d frames: %+v", n, p)
		}
	}
}

// bombPNG states a size and holds nothing.
func bombPNG(w, h uint32) []byte {
	b := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR")
	b = binary.BigEndian.AppendUint32(b, w)
	b = binary.BigEndian.AppendUint32(b, h)
	b = append(b, 8, 6, 0, 0, 0)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[12:]))
}

func TestBombsAreRefusedByTheirHeader(t *testing.T) {
	m := maker(t, Limits{Bytes: 1 << 20})
	for name, c := range map[string]struct {
		data []byte
		kind error
	}{
		"PNG":   {bombPNG(60000, 60000), errs.TooLarge},
		"GIF":   {[]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00,"), errs.TooLarge},
		"TIFF":  {cmykTIFFHeader(60000, 60000), errs.TooLarge},
		"scans": {append(asJPEG(t, lines(8, 8)), bytes.Repeat([]byte("\xff\xda\x00\x00"), 200)...), errs.TooLarge},
		"bytes": {append(asJPEG(t, lines(8, 8)), make([]byte, 2<<20)...), errs.TooLarge},
		"cut":   {asPNG(t, photo(60, 60))[:2000], errs.Invalid},
	} {
		start := time.Now()
		if _, err := m.Make(t.Context(), "a", c.data); !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s took %s", name, took)
		}
	}
}

func cmykTIFFHeader(w, h int) []byte {
	b := cmykTIFF(binary.LittleEndian, 2, 2, [4]byte{})
	at := int(binary.LittleEndian.Uint32(b[4:])) + 2
	binary.LittleEndian.PutUint16(b[at+8:], uint16(w))
	binary.LittleEndian.PutUint16(b[at+20:], uint16(h))
	return b
}

func TestTooHighForWebPIsWrittenOtherwise(t *testing.T) {
	p := madeOf(t, maker(t, Limits{}), "a.png", asPNG(t, lines(20, 17000)))
	for _, r := range p.Renditions {
		if r.Media == WebP {
			t.Errorf("a WebP of %d×%d", r.Width, r.Height)
		}
	}
	if len(p.Notes) == 0 {
		t.Error("it is not noted")
	}
}

func TestTimeEndsTheWork(t *testing.T) {
	m := maker(t, Limits{Time: 30 * time.Millisecond})
	start := time.Now()
	if _, err := m.Make(t.Context(), "a.png", asPNG(t, photo(1600, 900))); !errors.Is(err, errs.Invalid) {
		t.Errorf("no end: %v", err)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := m.Make(ctx, "a.png", asPNG(t, photo(30, 20))); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestIdleEncoderIsPutAwayAndComesBack(t *testing.T) {
	m := maker(t, Limits{Idle: 20 * time.Millisecond})
	data := asPNG(t, lines(100, 100))
	madeOf(t, m, "a.png", data)
	time.Sleep(200 * time.Millisecond)
	<-m.lock
	if m.encoder.program != nil {
		t.Error("the encoder is still there")
	}
	m.lock <- struct{}{}
	madeOf(t, m, "a.png", data)
	if err := m.Close(); err != nil {
		t.Error(err)
	}
	if _, err := m.Make(t.Context(), "a.png", data); !errors.Is(err, errs.Unavailable) {
		t.Errorf("closed: %v", err)
	}
}

func TestEncoderIsTheOneThatWasReviewed(t *testing.T) {
	sum := sha256.Sum256(libwebp)
	readme, err := os.ReadFile("third_party/libwebp/README.md")
	if err != nil {
		t.Fatal(err)
	}
	if got := hex.EncodeToString(sum[:]); !bytes.Contains(readme, []byte(got)) {
		t.Errorf("webp.wasm.gz is %s", got)
	}
	if _, err := gzip.NewReader(bytes.NewReader(libwebp)); err != nil {
		t.Error(err)
	}
}

func TestSameWorkGivesTheSameBytes(t *testing.T) {
	m := maker(t, Limits{})
	data := asPNG(t, photo(700, 300))
	a, b := madeOf(t, m, "a.png", data), madeOf(t, m, "a.png", data)
	if !slices.EqualFunc(a.Renditions, b.Renditions, func(x, y Rendition) bool { return bytes.Equal(x.Bytes, y.Bytes) }) {
		t.Error("renditions differ from run to run")
	}
}
