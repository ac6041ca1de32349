package view

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// token is a colour of css/tokens.css with what the comment beside it says.
type token struct {
	light, dark rgb
	said        string
}

var (
	tokenForm = regexp.MustCompile(`--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);[ \t]*(?:/\* ([0-9.]+, [0-9.]+))?`)
	ruleForm  = regexp.MustCompile(`--[a-z0-9-]+: light-dark\(`)
)

func tokens(t *testing.T) map[string]token {
	t.Helper()
	b, err := fs.ReadFile(embedded, "css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]token{}
	for _, m := range tokenForm.FindAllStringSubmatch(string(b), -1) {
		light, ok := parseColour(m[2])
		dark, ok2 := parseColour(m[3])
		if !ok || !ok2 {
			t.Fatalf("--%s is no pair of colours", m[1])
		}
		out[m[1]] = token{light, dark, m[4]}
	}
	// All but the mat under figures, whose light side is transparent.
	if n := len(ruleForm.FindAll(b, -1)); n == 0 || n-len(out) != 1 {
		t.Fatalf("%d of %d colours can be read", len(out), n)
	}
	return out
}

// grounds are the pairs that the style sheets put together: text or the edge
// of a control, then all it stands on.
var grounds = []struct {
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
	{"edge", "paper surface", 3},
	{"accent", "surface", 3}, // the line beside the recommended citation
}

func TestColoursCanBeReadInLightAndDark(t *testing.T) {
	all := tokens(t)
	for _, g := range grounds {
		for on := range strings.FieldsSeq(g.on) {
			text, ground := all[g.text], all[on]
			for scheme, ratio := range map[string]float64{"light": contrast(text.light, ground.light), "dark": contrast(text.dark, ground.dark)} {
				if ratio < g.least {
					t.Errorf("--%s on --%s in %s: %.2f, want %.1f at least", g.text, on, scheme, ratio, g.least)
				}
			}
		}
	}
}

func TestContrastBesideTheTokensIsRight(t *testing.T) {
	all := tokens(t)
	paper, said := all["paper"], 0
	for name, c := range all {
		if c.said == "" {
			continue
		}
		said++
		if is := fmt.Sprintf("%.1f, %.1f", contrast(c.light, paper.light), contrast(c.dark, paper.dark)); is != c.said {
			t.Errorf("--%s has the contrast %s, the comment says %s", name, is, c.said)
		}
	}
	if said < 8 {
		t.Errorf("%d tokens say their contrast", said)
	}
}

func TestAccentsAreMadeForThePapersOfTheTheme(t *testing.T) {
	paper := tokens(t)["paper"]
	if got := paper.light.String(); got != lightPaper {
		t.Errorf("accents are made for %s, the paper is %s", lightPaper, got)
	}
	if got := paper.dark.String(); got != darkPaper {
		t.Errorf("accents are made for %s in dark, the paper is %s", darkPaper, got)
	}
}

var accentRule = regexp.MustCompile(`^:root\{--accent:light-dark\((#[0-9a-f]{6}),(#[0-9a-f]{6})\)\}\n$`)

func TestEveryAccentCanBeRead(t *testing.T) {
	paper := tokens(t)["paper"]
	colours := []string{"#000000", "#ffffff", "#ffff00", "#8a1c2b", "#7f7f7f", "#16181b", "#fcfcfa"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		colours = append(colours, fmt.Sprintf("#%06x", random.IntN(1<<24)))
	}
	for _, c := range colours {
		a, ok := accentAsset(AccentPath(c))
		if !ok {
			t.Fatalf("%s has no sheet", c)
		}
		m := accentRule.FindSubmatch(a.Bytes)
		if m == nil {
			t.Fatalf("%s: %s", c, a.Bytes)
		}
		light, _ := parseColour(string(m[1]))
		dark, _ := parseColour(string(m[2]))
		if x, y := contrast(light, paper.light), contrast(dark, paper.dark); x < enough || y < enough {
			t.Errorf("%s: %s has %.2f, %s has %.2f", c, light, x, dark, y)
		}
		if own, _ := parseColour(c); contrast(own, paper.light) >= enough && light != own {
			t.Errorf("%s can be read on light paper and became %s", c, light)
		}
	}
}

func TestOnlyAColourHasAnAccentSheet(t *testing.T) {
	v := plain(t)
	for _, path := range []string{"/assets/accent-.css", "/assets/accent-8a1c2.css", "/assets/accent-8A1C2B.css", "/assets/accent-zzzzzz.css", "/assets/accent-8a1c2b", "/assets/../accent-8a1c2b.css"} {
		if _, ok := v.Asset(path); ok {
			t.Errorf("%s is a sheet", path)
		}
	}
	for _, colour := range []string{"", "red", "#123", "#12345g", "#1234567", "8a1c2b", "#8a1c2b;}"} {
		if path := AccentPath(colour); path != "" {
			t.Errorf("%q has the sheet %s", colour, path)
		}
	}
	if a, ok := v.Asset(AccentPath("#8A1C2B")); !ok || !bytes.Contains(a.Bytes, []byte("#8a1c2b")) || a.Type != "text/css; charset=utf-8" {
		t.Errorf("the sheet of #8A1C2B: %v", ok)
	}
}

// TestContrastIsThatOfWCAG has the ends of the scale and the known grey.
func TestContrastIsThatOfWCAG(t *testing.T) {
	for pair, want := range map[[2]string]string{{"#000000", "#ffffff"}: "21.00", {"#ffffff", "#ffffff"}: "1.00", {"#767676", "#ffffff"}: "4.54", {"#ffffff", "#0000ff"}: "8.59"} {
		a, _ := parseColour(pair[0])
		b, _ := parseColour(pair[1])
		if got := strconv.FormatFloat(contrast(a, b), 'f', 2, 64); got != want {
			t.Errorf("%v: %s, want %s", pair, got, want)
		}
	}
}
