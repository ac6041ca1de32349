package figure

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"io"
)

// epsBinary begins an EPS with a preview (PostScript Language Encapsulated
// PostScript File Format Specification 3.0, section 5.2).
const epsBinary = "\xc5\xd0\xd3\xc6"

// Sniff tells the media type of a picture from its content, or "" for what is
// none of the kinds that are known.
func Sniff(data []byte) string {
	begins := func(s string) bool { return bytes.HasPrefix(data, []byte(s)) }
	switch {
	case begins("\x89PNG\r\n\x1a\n"):
		return PNG
	case begins("\xff\xd8\xff"):
		return JPEG
	case begins("GIF87a"), begins("GIF89a"):
		return GIF
	case begins("RIFF") && len(data) >= 16 && string(data[8:12]) == "WEBP":
		return WebP
	case begins("II*\x00"), begins("MM\x00*"):
		return TIFF
	case begins(epsBinary), begins("%!PS"), begins("\x04%!PS"):
		return EPS
	case begins("%PDF-"):
		return PDF
	case begins("\xd7\xcd\xc6\x9a"):
		return WMF
	case begins("\x01\x00\x00\x00") && len(data) > 44 && string(data[40:44]) == " EMF":
		return EMF
	case begins("BM") && len(data) > 26 && int(binary.LittleEndian.Uint32(data[2:])) <= len(data) && data[6]|data[7]|data[8]|data[9] == 0:
		return BMP
	case isSVG(data):
		return SVG
	}
	return ""
}

// isSVG reports whether the first element of an XML document is svg.
func isSVG(data []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(head) == 0 || head[0] != '<' {
		return false
	}
	dec := xml.NewDecoder(bytes.NewReader(head[:min(len(head), 64<<10)]))
	dec.Strict = false
	dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		tok, err := dec.RawToken()
		if err != nil {
			return false
		}
		if e, ok := tok.(xml.StartElement); ok {
			return e.Name.Local == "svg"
		}
	}
}

// animated reports whether a picture moves.
func animated(data []byte, media string) bool {
	switch media {
	case GIF:
		return gifFrames(data) > 1
	case PNG:
		return bytes.Contains(data[:min(len(data), 4096)], []byte("acTL"))
	case WebP:
		return len(data) > 20 && string(data[12:16]) == "VP8X" && data[20]&2 != 0
	}
	return false
}

// gifFrames counts the images of a GIF up to two (GIF89a specification,
// sections 18 to 26).
func gifFrames(data []byte) int {
	if len(data) < 13 {
		return 0
	}
	at := 13
	if data[10]&0x80 != 0 {
		at += 3 << (data[10]&7 + 1)
	}
	frames := 0
	blocks := func() {
		for at < len(data) && data[at] != 0 {
			at += int(data[at]) + 1
		}
		at++
	}
	for at < len(data) && frames < 2 {
		switch data[at] {
		case 0x21: // extension
			at += 2
			blocks()
		case 0x2c: // image
			if at+9 >= len(data) {
				return frames
			}
			frames++
			table := data[at+9]
			if at += 11; table&0x80 != 0 {
				at += 3 << (table&7 + 1)
			}
			blocks()
		default:
			return frames
		}
	}
	return frames
}
