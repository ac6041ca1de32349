package view

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// Look is what a journal's pages have of their own.
type Look struct {
	// Accent is one colour, "#rrggbb", or empty; the sheet holds the nearest
	// shades that can be read on light and on dark paper.
	Accent string
	// Tokens take the place of the theme's, see ParseTokens; a token "accent"
	// goes before Accent.
	Tokens []Token
	// Serif and Sans are the families of text and of headings: one of
	// Families, or one of Fonts. Empty: the theme's.
	Serif, Sans string
	Fonts       []Font
}

// Font is a font file of the journal's own.
type Font struct {
	Family string
	Italic bool
	Weight string // "400", or "200 900" of a variable font; empty: 400
	URL    string
}

// Families are those that the program brings.
func Families() []string {
	return []string{"Source Serif 4", "Source Sans 3", "Source Code Pro"}
}

// familyForm is a name that needs no escape in a style sheet.
var familyForm = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$`)

// FamilyName reports whether a family can be called so.
func FamilyName(s string) bool { return familyForm.MatchString(s) }

var weightForm = regexp.MustCompile(`^[1-9]\d{0,3}( [1-9]\d{0,3})?$`)

// FontWeight reports whether a weight, or a range of them, can be written so
// (CSS Fonts 4, section 4.4: 1 to 1000).
func FontWeight(s string) bool { return weightForm.MatchString(s) }

// lookMost bounds the memory that sheets of one look can take.
const lookMost = 20

// LookSheet is the sheet that makes a page the journal's own, nil when it has
// nothing of its own. Its address holds a hash of its content.
func (v *View) LookSheet(l Look) (*Asset, error) {
	var css strings.Builder
	for _, f := range l.Fonts[:min(len(l.Fonts), lookMost)] {
		if !FamilyName(f.Family) || f.Weight != "" && !FontWeight(f.Weight) || strings.ContainsAny(f.URL, "\"'()\\ \n") {
			continue
		}
		style, weight := "normal", "400"
		if f.Italic {
			style = "italic"
		}
		if f.Weight != "" {
			weight = f.Weight
		}
		fmt.Fprintf(&css, "@font-face{font-family:\"%s\";font-style:%s;font-weight:%s;font-display:swap;src:url(%s) format(\"woff2\")}\n", f.Family, style, weight, f.URL)
	}
	var set []string
	p := v.colours.with(l.Tokens)
	for _, t := range l.Tokens {
		if s, ok := p[t.Name]; ok && slices.Contains(TokenNames(), t.Name) {
			set = append(set, fmt.Sprintf("--%s:light-dark(%s,%s)", t.Name, s.light, s.dark))
		}
	}
	own := slices.ContainsFunc(l.Tokens, func(t Token) bool { return t.Name == "accent" })
	if c, ok := parseColour(l.Accent); ok && !own {
		paper := p["paper"]
		set = append(set, fmt.Sprintf("--accent:light-dark(%s,%s)", c.readable(paper.light, away(paper.light)), c.readable(paper.dark, away(paper.dark))))
	}
	for _, f := range []struct{ variable, family string }{{"serif", l.Serif}, {"sans", l.Sans}} {
		if FamilyName(f.family) {
			set = append(set, fmt.Sprintf("--%s:\"%s\",%s", f.variable, f.family, v.fallback(f.variable)))
		}
	}
	if len(set) == 0 {
		return nil, nil
	}
	css.WriteString(":root{" + strings.Join(set, ";") + "}\n")
	a := newAsset("look.css", []byte(css.String()))
	return a, compressAll(map[string]*Asset{a.Path: a})
}

// fallback is the theme's list of families, for what the journal's own lacks.
func (v *View) fallback(variable string) string {
	b, err := fs.ReadFile(v.files, "css/tokens.css")
	if err == nil {
		if m := regexp.MustCompile(`--` + variable + `:\s*([^;{}]+);`).FindSubmatch(b); m != nil {
			return strings.TrimSpace(string(m[1]))
		}
	}
	return map[string]string{"serif": "serif", "sans": "sans-serif"}[variable]
}
