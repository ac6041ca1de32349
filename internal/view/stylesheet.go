package view

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// layers is the order of the cascade; every built-in sheet puts its rules in
// one of the layers, so that the order of the files does not matter. A theme's
// own sheets stand outside the layers and win over all of them.
const layers = "@layer reset, tokens, base, layout, components, print;\n"

// mathSheet is linked only by pages with formulas.
const mathSheet = "math.css"

// sheets joins the style sheets into the one of every page and that of pages
// with formulas.
func (v *View) sheets() (site, maths []byte, err error) {
	names, err := v.inOrder("css/*.css")
	if err != nil {
		return nil, nil, err
	}
	out := bytes.NewBufferString(layers)
	for _, name := range names {
		b, err := fs.ReadFile(v.files, name)
		if err != nil {
			return nil, nil, err
		}
		css, err := v.fontLinks(minify(string(b)))
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
		if path.Base(name) == mathSheet {
			maths = []byte(css)
			continue
		}
		out.WriteString(css)
	}
	return out.Bytes(), maths, nil
}

// fontURL is a font's file name as the sheets write it.
var fontURL = regexp.MustCompile(`url\(([a-z0-9-]+\.woff2)\)`)

// fontLinks puts the hashed addresses of the fonts in the place of their names.
func (v *View) fontLinks(css string) (string, error) {
	var missing string
	css = fontURL.ReplaceAllStringFunc(css, func(s string) string {
		name := fontURL.FindStringSubmatch(s)[1]
		link, ok := v.links.fonts[name]
		if !ok {
			missing = name
		}
		return "url(" + link + ")"
	})
	if missing != "" {
		return "", fmt.Errorf("there is no font %s", missing)
	}
	return css, nil
}

var (
	// cssWhole is what has to stay whole: a comment or a string (CSS Syntax
	// Level 3, sections 4.3.2 and 4.3.5).
	cssWhole  = regexp.MustCompile(`(?s)/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`)
	cssAround = regexp.MustCompile(`\s*([{};,])\s*`)
	cssColon  = regexp.MustCompile(`([a-z-]):\s+`)
	cssSpace  = regexp.MustCompile(`\s+`)
	cssHeld   = regexp.MustCompile(`\x00\d+\x00`)
)

// minify takes comments and needless white space out of a sheet. Strings stay
// as they are: the space in content: "; " is one that readers see.
func minify(css string) string {
	var held []string
	css = cssWhole.ReplaceAllStringFunc(strings.ReplaceAll(css, "\x00", ""), func(s string) string {
		if s[0] == '/' {
			return ""
		}
		held = append(held, s)
		return "\x00" + strconv.Itoa(len(held)-1) + "\x00"
	})
	css = cssSpace.ReplaceAllString(css, " ")
	css = cssAround.ReplaceAllString(css, "$1")
	css = cssColon.ReplaceAllString(css, "$1:")
	css = strings.TrimSpace(strings.ReplaceAll(css, ";}", "}"))
	return cssHeld.ReplaceAllStringFunc(css, func(s string) string {
		n, _ := strconv.Atoi(strings.Trim(s, "\x00"))
		return held[n]
	}) + "\n"
}
