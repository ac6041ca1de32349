package view

import (
	"encoding/hex"
	"fmt"
	"math"
	"strings"
)

// enough is the contrast of text against its ground that WCAG 2.2, success
// criterion 1.4.3, asks for; enoughForEdges that of the parts of a control
// (1.4.11).
const (
	enough         = 4.5
	enoughForEdges = 3
)

// rgb is a colour, each part from 0 to 1.
type rgb [3]float64

// parseColour reads "#rrggbb" and "#rgb".
func parseColour(s string) (rgb, bool) {
	digits, ok := strings.CutPrefix(s, "#")
	if len(digits) == 3 {
		d := digits
		digits = string([]byte{d[0], d[0], d[1], d[1], d[2], d[2]})
	}
	if !ok || len(digits) != 6 {
		return rgb{}, false
	}
	b, err := hex.DecodeString(digits)
	if err != nil {
		return rgb{}, false
	}
	return rgb{float64(b[0]) / 255, float64(b[1]) / 255, float64(b[2]) / 255}, true
}

func (c rgb) String() string {
	return fmt.Sprintf("#%02x%02x%02x", part(c[0]), part(c[1]), part(c[2]))
}

func part(x float64) int { return int(math.Round(x * 255)) }

// luminance is the relative luminance (WCAG 2.2, "relative luminance").
func (c rgb) luminance() float64 {
	var lin rgb
	for i, x := range c {
		if x <= 0.04045 {
			lin[i] = x / 12.92
		} else {
			lin[i] = math.Pow((x+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*lin[0] + 0.7152*lin[1] + 0.0722*lin[2]
}

// contrast is the contrast ratio of two colours, 1 to 21 (WCAG 2.2).
func contrast(a, b rgb) float64 {
	x, y := a.luminance(), b.luminance()
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

// readable mixes the colour with another one, in twentieths, until it can be
// read on the paper.
func (c rgb) readable(paper, towards rgb) rgb {
	mixed := c
	for step := 0.0; step <= 1.001 && contrast(mixed, paper) < enough; step += 0.05 {
		for i := range mixed {
			mixed[i] = float64(part(c[i]+(towards[i]-c[i])*step)) / 255
		}
	}
	return mixed
}

// away is black or white, whichever is farther from the paper.
func away(paper rgb) rgb {
	if contrast(rgb{}, paper) > contrast(rgb{1, 1, 1}, paper) {
		return rgb{}
	}
	return rgb{1, 1, 1}
}
