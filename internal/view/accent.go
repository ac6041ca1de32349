package view

import (
	"encoding/hex"
	"fmt"
	"math"
	"strings"
)

// The papers on which an accent colour has to be read, light and dark, as in
// css/tokens.css; a test holds them together.
const (
	lightPaper = "#fcfcfa"
	darkPaper  = "#16181b"
)

// enough is the contrast of text against its ground that WCAG 2.2, success
// criterion 1.4.3, asks for.
const enough = 4.5

// rgb is a colour, each part from 0 to 1.
type rgb [3]float64

// parseColour reads "#rrggbb".
func parseColour(s string) (rgb, bool) {
	digits, ok := strings.CutPrefix(s, "#")
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

// towards mixes the colour with another one, in twentieths, until it can be
// read on the paper.
func (c rgb) readable(paper, towards rgb) rgb {
	mixed := c
	for step := 0.0; step <= 1 && contrast(mixed, paper) < enough; step += 0.05 {
		for i := range mixed {
			mixed[i] = float64(part(c[i]+(towards[i]-c[i])*step)) / 255
		}
	}
	return mixed
}

// AccentPath is the address of the sheet that gives a page a journal's colour,
// "#rrggbb"; empty when the colour cannot be read. The sheet holds the nearest
// shades that can be read on light and on dark paper.
func AccentPath(colour string) string {
	c, ok := parseColour(colour)
	if !ok {
		return ""
	}
	return "/assets/accent-" + c.String()[1:] + ".css"
}

// accentAsset makes the sheet that AccentPath names.
func accentAsset(path string) (*Asset, bool) {
	name, ok := strings.CutPrefix(path, "/assets/accent-")
	digits, isCSS := strings.CutSuffix(name, ".css")
	c, valid := parseColour("#" + digits)
	if !ok || !isCSS || !valid || AccentPath("#"+digits) != path {
		return nil, false
	}
	light, _ := parseColour(lightPaper)
	dark, _ := parseColour(darkPaper)
	css := fmt.Sprintf(":root{--accent:light-dark(%s,%s)}\n",
		c.readable(light, rgb{}), c.readable(dark, rgb{1, 1, 1}))
	a := newAsset("accent.css", []byte(css))
	a.Path = path
	return a, true
}
