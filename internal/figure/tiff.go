package figure

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"

	"golang.org/x/image/tiff"
)

// Tags of TIFF 6.0 (section 8 and after) and Exif 2.32.
const (
	tagWidth        = 256
	tagHeight       = 257
	tagBits         = 258
	tagPhotometric  = 262
	tagOrientation  = 274
	tagSamples      = 277
	tagPlanar       = 284
	tagExtraSamples = 338

	photometricRGB  = 2
	photometricCMYK = 5
)

const entrySize = 12

// directory is the first list of tags of a TIFF, or of Exif data, which has
// the same form (TIFF 6.0, section 2).
type directory struct {
	order   binary.ByteOrder
	data    []byte
	entries []byte // entrySize bytes each
	next    uint32
}

func readDirectory(data []byte) (directory, bool) {
	d := directory{data: data}
	if len(data) < 8 {
		return d, false
	}
	switch string(data[:4]) {
	case "II*\x00":
		d.order = binary.LittleEndian
	case "MM\x00*":
		d.order = binary.BigEndian
	default:
		return d, false
	}
	at := uint64(d.order.Uint32(data[4:]))
	if at+2 > uint64(len(data)) {
		return d, false
	}
	n := uint64(d.order.Uint16(data[at:])) * entrySize
	if at+2+n > uint64(len(data)) {
		return d, false
	}
	d.entries = data[at+2 : at+2+n]
	if end := at + 2 + n; end+4 <= uint64(len(data)) {
		d.next = d.order.Uint32(data[end:])
	}
	return d, true
}

// value is the first number of a tag, or 0.
func (d *directory) value(tag uint16) int {
	for e := d.entries; len(e) >= entrySize; e = e[entrySize:] {
		if d.order.Uint16(e) != tag {
			continue
		}
		switch d.order.Uint16(e[2:]) {
		case 1: // BYTE
			return int(e[8])
		case 3: // SHORT: up to two stand in the entry itself
			if d.order.Uint32(e[4:]) <= 2 {
				return int(d.order.Uint16(e[8:]))
			}
			if at := uint64(d.order.Uint32(e[8:])); at+2 <= uint64(len(d.data)) {
				return int(d.order.Uint16(d.data[at:]))
			}
		case 4: // LONG
			if d.order.Uint32(e[4:]) == 1 {
				return int(d.order.Uint32(e[8:]))
			}
		}
		return 0
	}
	return 0
}

// tiffConfig is the size that a TIFF states.
func tiffConfig(data []byte) (image.Config, error) {
	d, ok := readDirectory(data)
	if !ok {
		return image.Config{}, fmt.Errorf("it has no list of tags")
	}
	return image.Config{Width: d.value(tagWidth), Height: d.value(tagHeight), ColorModel: color.RGBAModel}, nil
}

// decodeTIFF decodes the first picture of a TIFF. The library knows neither
// the four inks of print nor a fourth sample without a meaning, but it decodes
// four samples: they are declared to be RGB with alpha, and named anew after.
func decodeTIFF(data []byte) (image.Image, error) {
	d, ok := readDirectory(data)
	if !ok {
		return nil, fmt.Errorf("it has no list of tags")
	}
	samples := d.value(tagSamples)
	if samples > 1 && d.value(tagPlanar) == 2 {
		return nil, tiff.UnsupportedError("colours in separate planes")
	}
	photometric := d.value(tagPhotometric)
	meaning := d.value(tagExtraSamples)
	unnamed := photometric == photometricRGB && meaning != 1 && meaning != 2
	if samples != 4 || photometric != photometricCMYK && !unnamed {
		return tiff.Decode(bytes.NewReader(data))
	}
	img, err := tiff.Decode(bytes.NewReader(d.asAlpha()))
	if err != nil {
		return nil, err
	}
	if photometric == photometricCMYK {
		return inks(img)
	}
	return opaque(img)
}

// asAlpha is the TIFF with a new list of tags at its end, in which the samples
// are RGB with alpha apart from the colours.
func (d *directory) asAlpha() []byte {
	out := append(make([]byte, 0, len(d.data)+len(d.entries)+32), d.data...)
	if len(out)%2 == 1 {
		out = append(out, 0)
	}
	d.order.PutUint32(out[4:], uint32(len(out)))
	short := func(tag, value uint16) []byte {
		e := make([]byte, entrySize)
		d.order.PutUint16(e, tag)
		d.order.PutUint16(e[2:], 3)
		d.order.PutUint32(e[4:], 1)
		d.order.PutUint16(e[8:], value)
		return e
	}
	var entries []byte
	extra := false
	for e := d.entries; len(e) >= entrySize; e = e[entrySize:] {
		tag := d.order.Uint16(e)
		if !extra && tag >= tagExtraSamples {
			entries, extra = append(entries, short(tagExtraSamples, 2)...), true
		}
		switch tag {
		case tagExtraSamples:
		case tagPhotometric:
			entries = append(entries, short(tagPhotometric, photometricRGB)...)
		default:
			entries = append(entries, e[:entrySize]...)
		}
	}
	if !extra {
		entries = append(entries, short(tagExtraSamples, 2)...)
	}
	count := make([]byte, 2)
	d.order.PutUint16(count, uint16(len(entries)/entrySize))
	out = append(out, count...)
	out = append(out, entries...)
	return append(out, 0, 0, 0, 0)
}

// inks takes the four samples of a pixel for cyan, magenta, yellow and black.
func inks(img image.Image) (image.Image, error) {
	switch img := img.(type) {
	case *image.NRGBA:
		return &image.CMYK{Pix: img.Pix, Stride: img.Stride, Rect: img.Rect}, nil
	case *image.NRGBA64:
		out := image.NewCMYK(img.Rect)
		for i := range out.Pix {
			out.Pix[i] = img.Pix[2*i]
		}
		return out, nil
	}
	return nil, tiff.UnsupportedError("colours of print in this form")
}

// opaque leaves the fourth sample out.
func opaque(img image.Image) (image.Image, error) {
	switch img := img.(type) {
	case *image.NRGBA:
		for i := 3; i < len(img.Pix); i += 4 {
			img.Pix[i] = 0xff
		}
		return img, nil
	case *image.NRGBA64:
		for i := 6; i+1 < len(img.Pix); i += 8 {
			img.Pix[i], img.Pix[i+1] = 0xff, 0xff
		}
		return img, nil
	}
	return nil, tiff.UnsupportedError("a fourth sample without a meaning")
}

// orientation is how a picture has to be turned to be shown, 1 to 8 (Exif
// 2.32, tag 0112), or 0 when it does not say.
func orientation(data []byte, media string) int {
	if media != TIFF {
		data = exif(data, media)
	}
	d, ok := readDirectory(data)
	if !ok {
		return 0
	}
	if o := d.value(tagOrientation); o >= 1 && o <= 8 {
		return o
	}
	return 0
}

// exif is the Exif block of a picture.
func exif(data []byte, media string) []byte {
	switch media {
	case JPEG:
		return exifOfJPEG(data)
	case PNG: // PNG third edition, 11.3.3.6
		return chunk(data[8:], "eXIf", binary.BigEndian, 4, 12, 1)
	case WebP: // RFC 9649, section 2.7
		return bytes.TrimPrefix(chunk(data[12:], "EXIF", binary.LittleEndian, 0, 8, 2), []byte("Exif\x00\x00"))
	}
	return nil
}

// exifOfJPEG looks through the segments before the pixels (Exif 2.32, 4.5.4).
func exifOfJPEG(data []byte) []byte {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker := data[at+1]
		if marker == 0xff { // fill
			at++
			continue
		}
		if marker == 0xda || marker == 0xd9 {
			break
		}
		size := int(binary.BigEndian.Uint16(data[at+2:]))
		if size < 2 || at+2+size > len(data) {
			break
		}
		if block, ok := bytes.CutPrefix(data[at+4:at+2+size], []byte("Exif\x00\x00")); ok && marker == 0xe1 {
			return block
		}
		at += 2 + size
	}
	return nil
}

// chunk finds a chunk by its name in a row of them. The name stands at
// nameAt of the 8 bytes in front, the length at the other half; around is what
// a chunk has beside its content, and align what its content is filled up to.
func chunk(data []byte, name string, order binary.ByteOrder, nameAt, around, align int) []byte {
	for len(data) >= 8 {
		size := uint64(order.Uint32(data[4-nameAt:]))
		if size+8 > uint64(len(data)) {
			return nil
		}
		if string(data[nameAt:nameAt+4]) == name {
			return data[8 : 8+size]
		}
		whole := uint64(around) + (size+uint64(align)-1)/uint64(align)*uint64(align)
		if whole > uint64(len(data)) {
			return nil
		}
		data = data[whole:]
	}
	return nil
}
