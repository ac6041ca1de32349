package figure

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
	"strings"
)

// preview is the picture that an EPS carries for programs that do not run
// PostScript, with its media type; "" when it has none that can be drawn
// (Encapsulated PostScript File Format Specification 3.0, section 5.2).
func (p *Picture) preview(data []byte) ([]byte, string) {
	script := data
	var part func(at int) []byte
	if bytes.HasPrefix(data, []byte(epsBinary)) && len(data) >= 30 {
		part = func(at int) []byte {
			start, size := uint64(binary.LittleEndian.Uint32(data[at:])), uint64(binary.LittleEndian.Uint32(data[at+4:]))
			if size == 0 || start+size > uint64(len(data)) {
				return nil
			}
			return data[start : start+size]
		}
		script = part(4)
	}
	p.Width, p.Height = boundingBox(script)
	if part == nil {
		p.note("An EPS cannot be drawn here, and this one carries no preview. It is kept for download; give the figure as TIFF, PNG or SVG as well to have it shown.")
		return nil, ""
	}
	if picture := part(20); Sniff(picture) == TIFF {
		p.note("Of the EPS, the preview that it carries is shown. It is coarser than the figure; give the figure as TIFF, PNG or SVG as well to have it shown better.")
		return picture, TIFF
	}
	p.note("An EPS cannot be drawn here, and the preview of this one is no TIFF. It is kept for download; give the figure as TIFF, PNG or SVG as well to have it shown.")
	return nil, ""
}

// boundingBox is the size of an EPS in points, from its header comment.
func boundingBox(script []byte) (width, height int) {
	head := script[:min(len(script), 16<<10)]
	_, rest, ok := bytes.Cut(head, []byte("%%BoundingBox:"))
	if !ok {
		return 0, 0
	}
	line, _, _ := strings.Cut(strings.ReplaceAll(string(rest[:min(len(rest), 200)]), "\r", "\n"), "\n")
	var box []float64
	for _, f := range strings.Fields(line) {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil || math.Abs(v) > 1e6 {
			return 0, 0
		}
		box = append(box, v)
	}
	if len(box) != 4 || box[2] <= box[0] || box[3] <= box[1] {
		return 0, 0
	}
	return int(math.Ceil(box[2] - box[0])), int(math.Ceil(box[3] - box[1]))
}
