package view

import (
	"errors"
	"strings"
	"testing"

	"offprint/internal/errs"
)

func TestTokensAreReadInEveryFormThatIsAllowed(t *testing.T) {
	got, err := ParseTokens([]byte(`/* ours */
@layer tokens {
  :root { --ink: light-dark(#000, #FFF); --hairline:#Ccc;
    --paper : #ffffff ; --paper: light-dark( #fff , #101010 ) }
}
:root{--link:#00f}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []Token{{"ink", "#000000", "#ffffff"}, {"hairline", "#cccccc", "#cccccc"}, {"paper", "#ffffff", "#101010"}, {"link", "#0000ff", "#0000ff"}}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%+v, want %+v", got[i], want[i])
		}
	}
}

func TestWhatIsNoTokenIsRefusedWithItsLine(t *testing.T) {
	for sheet, says := range map[string]string{
		":root {\n --ink: red;\n}":                                  "line 2",
		":root { --nosuch: #fff }":                                  "--nosuch",
		":root { --serif: Georgia }":                                "--serif",
		":root { color: #fff }":                                     "line 1",
		"body { --ink: #fff }":                                      "body",
		":root, body { --ink: #fff }":                               "body",
		"@import url(https://example.org/x.css);":                   "@import",
		"@media print { :root { --ink: #fff } }":                    "@media",
		"@layer base { :root { --ink: #fff } }":                     "@layer",
		":root { --ink: url(https://example.org/x) }":               "--ink",
		":root { --ink: #fff; background: url(https://a.example) }": "no token",
		":root { --ink: #ffff }":                                    "no colour",
		":root { --ink: light-dark(#fff) }":                         "no colour",
		":root { --ink: var(--paper) }":                             "no colour",
		"\x00":                                                      "",
		"hello":                                                     "",
	} {
		_, err := ParseTokens([]byte(sheet))
		if !errors.Is(err, errs.Invalid) || !strings.Contains(errs.Message(err), says) {
			t.Errorf("%q: %v, want a refusal that says %q", sheet, err, says)
		}
	}
	if _, err := ParseTokens(make([]byte, tokensMost+1)); !errors.Is(err, errs.TooLarge) {
		t.Error(err)
	}
}

func FuzzParseTokens(f *testing.F) {
	for _, s := range []string{":root{--ink:#fff}", "@layer tokens{:root{--ink:light-dark(#000,#fff)}}", "/*", ":root{--ink:", "}}", "@layer tokens", ":root{--ink:#fff;;}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, sheet []byte) {
		got, err := ParseTokens(sheet)
		if err != nil {
			return
		}
		for _, token := range got {
			for _, c := range []string{token.Light, token.Dark} {
				if colour, ok := parseColour(c); !ok || colour.String() != c {
					t.Fatalf("%q has %q", sheet, c)
				}
			}
		}
	})
}

func TestTokensThatCannotBeReadAreRefused(t *testing.T) {
	if err := CheckTokens("", []Token{{"link", "#005a5a", "#7fd4d4"}}); err != nil {
		t.Error(err)
	}
	for _, c := range []struct {
		token Token
		says  []string
	}{
		{Token{"ink", "#999999", "#dcdfe3"}, []string{"--ink #999999 on --paper #fcfcfa in light has the contrast 2.77; 4.5 is needed"}},
		{Token{"paper", "#fcfcfa", "#777777"}, []string{"--ink #dcdfe3 on --paper #777777 in dark", "--edge"}},
		{Token{"edge", "#cccccc", "#767c84"}, []string{"3.0 is needed"}},
		{Token{"mark", "#000000", "#463c0a"}, []string{"--ink #1d1f21 on --mark #000000 in light"}},
	} {
		err := CheckTokens("", []Token{c.token})
		for _, says := range c.says {
			if !errors.Is(err, errs.Invalid) || !strings.Contains(err.Error(), says) {
				t.Errorf("%+v: %v, want %q", c.token, err, says)
			}
		}
	}
}

// TestTokensAreReadWithTheThemeInUse: the same colour can be read on the paper
// of one theme and not on that of another, and a journal answers for its own
// colours only.
func TestTokensAreReadWithTheThemeInUse(t *testing.T) {
	night := theme(t, map[string]string{"css/tokens.css": `@layer tokens { :root { --paper: #202124; --surface: light-dark(#202124, #202124); --ok: #333333; } }`})
	v, err := New(night)
	if err != nil {
		t.Fatal(err)
	}
	dark, light := []Token{{"link", "#005a5a", "#005a5a"}}, []Token{{"ok", "#7fd4d4", "#7fd4d4"}}
	for name, c := range map[string]struct {
		err  error
		says string
	}{
		"dark on dark":           {v.CheckTokens(dark), "--link #005a5a on --paper #202124 in light"},
		"the same by its folder": {CheckTokens(night, dark), "--link #005a5a on --paper #202124 in light"},
		"light on dark":          {CheckTokens(night, light), ""},
		"light on light":         {CheckTokens("", light), "--ok #7fd4d4 on --paper #fcfcfa in light"},
		"nothing of its own":     {CheckTokens(night, nil), ""},
		"no theme":               {CheckTokens("/no/such/folder", light), "/no/such/folder"},
	} {
		if (c.err == nil) != (c.says == "") || c.err != nil && !strings.Contains(c.err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, c.err, c.says)
		}
	}
	if err := v.CheckTokens(dark); strings.Contains(err.Error(), "--ok") {
		t.Errorf("the journal is told what the theme does wrong: %v", err)
	}
}

func TestLookIsASheetOfItsOwn(t *testing.T) {
	v := plain(t)
	a, err := v.LookSheet(Look{Accent: "#8a1c2b", Serif: "Own Serif", Sans: "Source Serif 4",
		Tokens: []Token{{"link", "#005a5a", "#7fd4d4"}}, Fonts: []Font{{Family: "Own Serif", Weight: "200 900", URL: "/j/look/font.woff2"}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`@font-face{font-family:"Own Serif";font-style:normal;font-weight:200 900;`, "src:url(/j/look/font.woff2)",
		"--link:light-dark(#005a5a,#7fd4d4)", "--accent:light-dark(#8a1c2b,", `--serif:"Own Serif","Source Serif 4",`, `--sans:"Source Serif 4","Source Sans 3"`} {
		if !strings.Contains(string(a.Bytes), want) {
			t.Errorf("no %s in %s", want, a.Bytes)
		}
	}
	if !strings.HasPrefix(a.Path, "/assets/look.") || a.Gzip == nil {
		t.Error(a.Path)
	}
	same(t, a)
	for name, l := range map[string]Look{"nothing": {}, "no colour": {Accent: "red;}body{"}, "no family": {Serif: `a";}body{`}, "no token": {Tokens: []Token{{"ink};", "#000000", "#ffffff"}}},
		"no weight": {Fonts: []Font{{Family: "A", Weight: "1;}", URL: "/x"}}}, "no address": {Fonts: []Font{{Family: "A", URL: "/x)"}}}} {
		if a, err := v.LookSheet(l); err != nil || a != nil && strings.Contains(string(a.Bytes), "body") || name != "no weight" && name != "no address" && a != nil {
			t.Errorf("%s: %v %v", name, a, err)
		}
	}
}

// TestAccentIsMadeForThePaperThatTheJournalHas: its own, or the theme's.
func TestAccentIsMadeForThePaperThatTheJournalHas(t *testing.T) {
	v, err := New(theme(t, map[string]string{"css/tokens.css": ":root { --paper: light-dark(#202020, #101010); --serif: Georgia, serif; }"}))
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []Look{{Accent: "#8a1c2b"}, {Accent: "#8a1c2b", Tokens: []Token{{"paper", "#333333", "#000000"}}}} {
		a, err := v.LookSheet(l)
		if err != nil {
			t.Fatal(err)
		}
		m := themeToken.FindAllStringSubmatch(string(a.Bytes), -1)
		last := m[len(m)-1]
		light, _ := parseColour(last[2])
		if paper := v.colours.with(l.Tokens)["paper"].light; last[1] != "accent" || contrast(light, paper) < enough {
			t.Errorf("%s has %.2f on %s", light, contrast(light, paper), paper)
		}
	}
}
