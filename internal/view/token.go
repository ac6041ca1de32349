package view

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"

	"offprint/internal/errs"
)

// Token is a colour that a journal sets: its name without the hyphens before
// it, and "#rrggbb" for light and for dark pages.
type Token struct{ Name, Light, Dark string }

// shades are a colour on light and on dark pages.
type shades struct{ light, dark rgb }

// palette is colours by the names of their tokens.
type palette map[string]shades

// pairs are the colours that the style sheets put together: text or the edge of
// a control, then all it stands on.
var pairs = []struct {
	text  string
	on    string
	least float64
}{
	{"ink", "paper surface mark warn-tint error-tint info-tint", enough},
	{"ink-2", "paper surface mark", enough},
	{"link", "paper surface mark warn-tint error-tint info-tint", enough},
	{"visited", "paper surface mark warn-tint error-tint info-tint", enough},
	{"accent", "paper", enough},
	{"ok", "paper surface", enough},
	{"warn", "paper surface warn-tint", enough},
	{"error", "paper surface error-tint", enough},
	{"paper", "link", enough}, // the first button
	{"edge", "paper surface", enoughForEdges},
	{"accent", "surface", enoughForEdges}, // the line beside the recommended citation
}

// decorations are tokens of which nothing has to be read.
var decorations = []string{"hairline"}

// TokenNames are the names of the tokens that a journal can set.
func TokenNames() []string {
	names := map[string]bool{}
	for _, p := range pairs {
		names[p.text] = true
		for on := range strings.FieldsSeq(p.on) {
			names[on] = true
		}
	}
	for _, name := range decorations {
		names[name] = true
	}
	return slices.Sorted(maps.Keys(names))
}

// tokensMost is how many bytes a file of tokens has at most.
const tokensMost = 64 << 10

var (
	colourPair = regexp.MustCompile(`^light-dark\(\s*(#[0-9a-fA-F]{3,6})\s*,\s*(#[0-9a-fA-F]{3,6})\s*\)$`)
	themeToken = regexp.MustCompile(`--([a-z0-9-]+)\s*:\s*(?:light-dark\(\s*(#[0-9a-fA-F]{3,6})\s*,\s*(#[0-9a-fA-F]{3,6})\s*\)|(#[0-9a-fA-F]{3,6})\s*[;}])`)
)

// ParseTokens reads a style sheet that sets colours in :root and does nothing
// else:
//
//	:root { --ink: light-dark(#1d1f21, #dcdfe3); --hairline: #ccc; }
//
// A rule may stand in @layer tokens. Values are #rgb, #rrggbb or light-dark()
// of two of them (CSS Color 5, section 2). Anything else is errs.Invalid, with
// its line: what was understood only in part would be a look that nobody chose.
func ParseTokens(sheet []byte) (tokens []Token, err error) {
	defer errs.Wrap(&err, "view.ParseTokens")
	if len(sheet) > tokensMost {
		return nil, errs.Fieldf(errs.TooLarge, "tokens", "the file of tokens has more than %d kB", tokensMost>>10)
	}
	r := &tokenReader{sheet: sheet, parser: css.NewParser(parse.NewInputBytes(bytes.Clone(sheet)), false)}
	for {
		kind, _, data := r.parser.Next()
		switch kind {
		case css.ErrorGrammar:
			if err := r.parser.Err(); err == nil || !strings.Contains(err.Error(), "EOF") {
				return nil, r.wrong("it cannot be read: %v", err)
			}
			if r.depth > 0 {
				return nil, r.wrong("a block is not closed")
			}
			return r.tokens, nil
		case css.CommentGrammar:
		case css.BeginAtRuleGrammar, css.BeginRulesetGrammar:
			if err := r.open(kind, string(data)); err != nil {
				return nil, err
			}
		case css.EndAtRuleGrammar, css.EndRulesetGrammar:
			r.depth--
		case css.CustomPropertyGrammar:
			if err := r.set(string(data)); err != nil {
				return nil, err
			}
		default:
			return nil, r.wrong("%q is no token: a file of tokens sets --ink and the like in :root and nothing else", string(data))
		}
	}
}

type tokenReader struct {
	sheet  []byte
	parser *css.Parser
	depth  int
	tokens []Token
}

func (r *tokenReader) wrong(format string, args ...any) error {
	at := min(max(r.parser.Offset(), 0), len(r.sheet))
	line := 1 + bytes.Count(r.sheet[:at], []byte("\n"))
	return errs.Fieldf(errs.Invalid, "tokens", "tokens, line %d: %s", line, fmt.Sprintf(format, args...))
}

func (r *tokenReader) open(kind css.GrammarType, name string) error {
	r.depth++
	var b strings.Builder
	for _, v := range r.parser.Values() {
		b.Write(v.Data)
	}
	words := strings.TrimSpace(b.String())
	switch {
	case kind == css.BeginAtRuleGrammar && name == "@layer" && words == "tokens" && r.depth == 1:
	case kind == css.BeginRulesetGrammar && words == ":root":
	default:
		return r.wrong("%q is not taken: a file of tokens sets them in :root and nothing else", strings.TrimSpace(name+" "+words))
	}
	return nil
}

func (r *tokenReader) set(property string) error {
	var b strings.Builder
	for _, v := range r.parser.Values() {
		b.Write(v.Data)
	}
	name, value := strings.TrimPrefix(property, "--"), strings.TrimSpace(b.String())
	if !slices.Contains(TokenNames(), name) {
		return r.wrong("there is no token %s: choose of --%s", property, strings.Join(TokenNames(), ", --"))
	}
	light, dark := value, value
	if m := colourPair.FindStringSubmatch(value); m != nil {
		light, dark = m[1], m[2]
	}
	a, ok := parseColour(light)
	c, ok2 := parseColour(dark)
	if !ok || !ok2 {
		return r.wrong("%s: %q is no colour: write #rgb, #rrggbb or light-dark(#rrggbb, #rrggbb)", property, value)
	}
	r.tokens = slices.DeleteFunc(r.tokens, func(t Token) bool { return t.Name == name }) // the last one holds
	r.tokens = append(r.tokens, Token{Name: name, Light: a.String(), Dark: c.String()})
	return nil
}

// readPalette are the colours of the theme's tokens.
func (v *View) readPalette() (palette, error) { return paletteOf(v.files) }

func paletteOf(files fs.FS) (palette, error) {
	p := palette{}
	for _, from := range []fs.FS{embedded, files} { // a theme may set some of them
		b, err := fs.ReadFile(from, "css/tokens.css")
		if err != nil {
			return nil, err
		}
		for _, m := range themeToken.FindAllStringSubmatch(string(b), -1) {
			light, ok := parseColour(m[2] + m[4]) // one colour is that of both schemes
			dark, ok2 := parseColour(m[3] + m[4])
			if ok && ok2 {
				p[m[1]] = shades{light, dark}
			}
		}
	}
	return p, nil
}

// with is the palette with tokens in the place of its own.
func (p palette) with(tokens []Token) palette {
	out := maps.Clone(p)
	for _, t := range tokens {
		light, ok := parseColour(t.Light)
		dark, ok2 := parseColour(t.Dark)
		if ok && ok2 {
			out[t.Name] = shades{light, dark}
		}
	}
	return out
}

// faults are the pairs that cannot be read, a sentence each, of those in which
// one of the tokens stands; without tokens of all.
func (p palette) faults(of ...Token) []string {
	var out []string
	concerned := func(name string) bool {
		return len(of) == 0 || slices.ContainsFunc(of, func(t Token) bool { return t.Name == name })
	}
	for _, pair := range pairs {
		for on := range strings.FieldsSeq(pair.on) {
			if !concerned(pair.text) && !concerned(on) {
				continue
			}
			text, ground := p[pair.text], p[on]
			for _, scheme := range []struct {
				name string
				a, b rgb
			}{{"light", text.light, ground.light}, {"dark", text.dark, ground.dark}} {
				if ratio := contrast(scheme.a, scheme.b); ratio < pair.least {
					out = append(out, fmt.Sprintf("--%s %s on --%s %s in %s has the contrast %.2f; %.1f is needed", pair.text, scheme.a, on, scheme.b, scheme.name, ratio, pair.least))
				}
			}
		}
	}
	return out
}

// CheckTokens refuses colours that cannot be read together with those of the
// theme that they leave: errs.Invalid with a line for each pair. What the theme
// does wrong by itself is not the journal's fault and not reported.
func (v *View) CheckTokens(tokens []Token) error { return v.colours.check(tokens) }

// CheckTokens is the same against a theme by its folder, as New takes it,
// without preparing its pages.
func CheckTokens(themeDir string, tokens []Token) error {
	files, err := themeFiles(themeDir)
	if err != nil {
		return err
	}
	p, err := paletteOf(files)
	if err != nil {
		return err
	}
	return p.check(tokens)
}

func (p palette) check(tokens []Token) error {
	if len(tokens) == 0 {
		return nil
	}
	var all []error
	for _, fault := range p.with(tokens).faults(tokens...) {
		all = append(all, errs.Fieldf(errs.Invalid, "tokens", "%s", fault))
	}
	return errors.Join(all...)
}
