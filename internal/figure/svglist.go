package figure

import (
	"encoding/base64"
	"regexp"
	"strings"
)

func list(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// svgElements are those of SVG 1.1 and 2 that draw or are needed for drawing.
// Not among them: script, foreignObject, a, the animations, set, handler,
// feImage, cursor, the elements of SVG fonts, and switch, whose choice depends
// on the reader.
var svgElements = list(`svg g defs symbol use title desc style
	path rect circle ellipse line polyline polygon text tspan textPath tref image
	linearGradient radialGradient stop pattern clipPath mask marker view
	filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
	feDisplacementMap feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge
	feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feDistantLight feTile feTurbulence`)

// svgAttributes are those of the elements above, and the presentation
// attributes (SVG 2, section 6.6).
var svgAttributes = list(`id class lang role tabindex version baseProfile viewBox preserveAspectRatio width height x y x1 x2 y1 y2
	cx cy r rx ry fx fy fr d points pathLength dx dy rotate textLength lengthAdjust startOffset method spacing side
	transform gradientTransform patternTransform gradientUnits patternUnits patternContentUnits clipPathUnits maskUnits
	maskContentUnits markerUnits markerWidth markerHeight refX refY orient spreadMethod offset type media title zoomAndPan
	filterUnits primitiveUnits filterRes in in2 result mode values tableValues slope intercept amplitude exponent operator
	k1 k2 k3 k4 order kernelMatrix divisor bias targetX targetY edgeMode kernelUnitLength preserveAlpha surfaceScale
	diffuseConstant specularConstant specularExponent limitingConeAngle pointsAtX pointsAtY pointsAtZ z azimuth elevation
	scale xChannelSelector yChannelSelector stdDeviation radius baseFrequency numOctaves seed stitchTiles
	alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters
	color-profile color-rendering direction display dominant-baseline enable-background fill fill-opacity fill-rule filter
	flood-color flood-opacity font font-family font-size font-size-adjust font-stretch font-style font-variant font-weight
	glyph-orientation-horizontal glyph-orientation-vertical image-rendering isolation kerning letter-spacing lighting-color
	marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow paint-order pointer-events
	shape-rendering solid-color solid-opacity stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
	stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-align text-anchor text-decoration
	text-indent text-overflow text-rendering transform-origin unicode-bidi vector-effect visibility white-space word-spacing
	writing-mode`)

// url finds the references of a value. What it does not understand as one is
// refused by localURLs.
var url = regexp.MustCompile(`(?i)url\(\s*(?:"#([^"()\s\\]*)"|'#([^'()\s\\]*)'|#([^"'()\s\\]*))\s*\)`)

// localURLs reports whether all references of a value stay in the document.
func localURLs(value string) bool {
	rest := strings.ToLower(url.ReplaceAllString(value, " "))
	return !strings.Contains(rest, "url") || !strings.Contains(rest, "(")
}

// urlTargets are the names that a value refers to.
func urlTargets(value string) []string {
	var out []string
	for _, m := range url.FindAllStringSubmatch(value, -1) {
		out = append(out, m[1]+m[2]+m[3])
	}
	return out
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	// cssRefused are what loads, runs or could be a spelling of either.
	cssRefused = regexp.MustCompile(`(?i)\\|<|@|expression|javascript:|vbscript:|behavior|-moz-binding|image-set|src\s*:|image\s*\(|element\s*\(`)
)

// cleanCSS is a style or a style sheet without comments. It is false for one
// that loads, imports, or spells anything with escapes. At-rules are refused
// whole: what they could be good for in a figure is rare, and loading is what
// most of them do.
func cleanCSS(css string) (string, bool) {
	css = cssComment.ReplaceAllString(css, " ")
	css = strings.NewReplacer("<!--", " ", "-->", " ").Replace(css)
	if strings.Contains(css, "/*") || cssRefused.MatchString(css) || !localURLs(css) {
		return "", false
	}
	return strings.TrimSpace(css), true
}

// embedded reports whether an address is a picture within the address itself.
// It is what it says, and no SVG.
func embedded(value string) bool {
	head, body, ok := strings.Cut(value, ",")
	if !ok {
		return false
	}
	media, isBase64 := strings.CutSuffix(strings.ToLower(strings.ReplaceAll(head, " ", "")), ";base64")
	media, isData := strings.CutPrefix(media, "data:")
	if !isData || !isBase64 {
		return false
	}
	if media == "image/jpg" {
		media = JPEG
	}
	start := strings.Map(func(r rune) rune {
		if r == ' ' || r == '\n' || r == '\r' || r == '\t' {
			return -1
		}
		return r
	}, body[:min(len(body), 256)])
	first, err := base64.StdEncoding.DecodeString(start[:min(len(start), 64)/4*4])
	if err != nil {
		return false
	}
	switch sniffed := Sniff(first); sniffed {
	case PNG, JPEG, GIF, WebP:
		return sniffed == media
	}
	return false
}
