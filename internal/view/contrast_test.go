package view

import (
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

func TestColoursCanBeReadInLightAndDark(t *testing.T) {
	all := palette{}
	for name, c := range tokens(t) {
		all[name] = shades{c.light, c.dark}
	}
	for _, p := range pairs {
		for on := range strings.FieldsSeq(p.on) {
			if _, ok := all[on]; !ok {
				t.Errorf("there is no token --%s", on)
			}
		}
		if _, ok := all[p.text]; !ok {
			t.Errorf("there is no token --%s", p.text)
		}
	}
	for _, fault := range all.faults() {
		t.Error(fault)
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

var accentRule = regexp.MustCompile(`^:root\{--accent:light-dark\((#[0-9a-f]{6}),(#[0-9a-f]{6})\)\}\n$`)

func TestEveryAccentCanBeRead(t *testing.T) {
	v := plain(t)
	paper := v.colours["paper"]
	colours := []string{"#000000", "#ffffff", "#ffff00", "#8a1c2b", "#7f7f7f", "#16181b", "#fcfcfa"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		colours = append(colours, fmt.Sprintf("#%06x", random.IntN(1<<24)))
	}
	for _, c := range colours {
		a, err := v.LookSheet(Look{Accent: c})
		if err != nil || a == nil {
			t.Fatalf("%s has no sheet: %v", c, err)
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
