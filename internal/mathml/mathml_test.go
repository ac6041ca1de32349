package mathml

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestCleanKeepsPresentationAndNothingElse(t *testing.T) {
	for in, want := range map[string]string{
		`<math><mi>x</mi><mo stretchy="false">(</mo></math>`:                                                            `<math><mi>x</mi><mo stretchy="false">(</mo></math>`,
		`<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mn>1</mml:mn></mml:math>`:                        `<math><mn>1</mn></math>`,
		`<math><mfenced open="[" separators=";"><mi>a</mi><mi>b</mi></mfenced></math>`:                                  `<math><mrow><mo fence="true">[</mo><mi>a</mi><mo separator="true">;</mo><mi>b</mi><mo fence="true">)</mo></mrow></math>`,
		`<math><mi mathvariant="bold">x</mi><mi mathvariant="double-struck">R</mi><mi mathvariant="bold">β</mi></math>`: `<math><mi>𝐱</mi><mi>ℝ</mi><mi>𝛃</mi></math>`,
		`<math><mi mathvariant="normal">d</mi></math>`:                                                                  `<math><mi mathvariant="normal">d</mi></math>`,
		`<math><mi href="javascript:alert(1)" onclick="x()">x</mi></math>`:                                              `<math><mi>x</mi></math>`,
		`<math><mtext>a &lt; b</mtext><script>alert(1)</script></math>`:                                                 `<math><mtext>a &lt; b</mtext></math>`,
		`<math><annotation-xml encoding="text/html"><img src="x"/></annotation-xml></math>`:                             `<math></math>`,
		`<math><mi><b>x</b>y</mi></math>`:                                                                               `<math><mi>y</mi></math>`,
		`<math><maction actiontype="toggle"><mi>x</mi></maction></math>`:                                                `<math></math>`,
	} {
		got, ok := Clean(in)
		if !ok || got != want {
			t.Errorf("Clean(%s)\n got %s %v\nwant %s", in, got, ok, want)
		}
	}
}

// TestPaddingKeepsRoomForItsContent: a browser takes "+5pt" for 5pt and draws
// what follows over the content.
func TestPaddingKeepsRoomForItsContent(t *testing.T) {
	for attribute, want := range map[string]string{
		`width="+5pt"`:               `<mpadded><mn>10</mn><mspace width="5pt"></mspace></mpadded>`,
		`width="5pt"`:                `<mpadded width="5pt"><mn>10</mn></mpadded>`,
		`width="+.5em"`:              `<mpadded><mn>10</mn><mspace width=".5em"></mspace></mpadded>`,
		`width="-5pt"`:               `<mpadded><mn>10</mn></mpadded>`,
		`width="+20%"`:               `<mpadded><mn>10</mn></mpadded>`,
		`width="2width"`:             `<mpadded><mn>10</mn></mpadded>`,
		`height="+1pt" depth="-1pt"`: `<mpadded><mn>10</mn></mpadded>`,
		`lspace="-1pt" width="0"`:    `<mpadded lspace="-1pt" width="0"><mn>10</mn></mpadded>`,
	} {
		got, ok := Clean(`<math><mpadded ` + attribute + `><mn>10</mn></mpadded></math>`)
		if !ok || got != "<math>"+want+"</math>" {
			t.Errorf("%s: %s %v", attribute, got, ok)
		}
		if again, ok := Clean(got); !ok || again != got {
			t.Errorf("%s: cleaned again it is %s", attribute, again)
		}
	}
}

func TestWhatIsNoFormulaIsRefused(t *testing.T) {
	for _, in := range []string{"", "x", "<p>x</p>", "<math>", "<math></math><math></math>", "<math></mi></math>",
		"<math><math/></math", "<!DOCTYPE x><math/>", "<math>&nosuch;</math>", strings.Repeat("<math>", 5000)} {
		if got, ok := Clean(in); ok {
			t.Errorf("Clean(%.40q) = %q, want a refusal", in, got)
		}
	}
}

func TestEveryAttributeIsWrittenOnce(t *testing.T) {
	got, ok := Clean(`<math><mo x:stretchy="true" stretchy="false" y:stretchy="true">(</mo><mi mathvariant="bold" mathvariant="italic">x</mi></math>`)
	if want := `<math><mo stretchy="true">(</mo><mi>𝐱</mi></math>`; !ok || got != want {
		t.Errorf("got %s %v, want %s", got, ok, want)
	}
}

func TestAttributesHoldNoMarkupAndNoAddress(t *testing.T) {
	for value, want := range map[string]bool{"": true, "1em": true, "50%": true, "-0.1667em": true, "center left": true, "block": true, "|": true, "⟨": true,
		"javascript:x": true, // written as a keyword that means nothing; no attribute here is an address
		"http://x":     false, "a\"b": false, "a'b": false, "<": false, ">": false, "&": false, "a;b": false, "`": false, `\`: false, strings.Repeat("a", 65): false} {
		if got := Attribute("width", value); got != want {
			t.Errorf("width=%q: %v", value, got)
		}
	}
	for _, name := range []string{"href", "src", "style", "class", "id", "onclick", "xlink:href", "xmlns", "actiontype", "encoding", "Width", ""} {
		if Attribute(name, "x") {
			t.Errorf("%s may stand in a formula", name)
		}
	}
}

func TestDepthIsBounded(t *testing.T) {
	nested := func(n int) string {
		return "<math>" + strings.Repeat("<mrow>", n-1) + strings.Repeat("</mrow>", n-1) + "</math>"
	}
	if got, ok := Clean(nested(maxDepth)); !ok || got != nested(maxDepth) {
		t.Error("the deepest formula is refused")
	}
	if _, ok := Clean(nested(maxDepth + 1)); ok {
		t.Error("a deeper formula is taken")
	}
}

func TestStylesWithGapsTakeTheLettersThatUnicodeHas(t *testing.T) {
	for in, want := range map[string]string{
		`<mi mathvariant="script">BEFHILMRego</mi>`:     "ℬℰℱℋℐℒℳℛℯℊℴ",
		`<mi mathvariant="fraktur">CHIRZ</mi>`:          "ℭℌℑℜℨ",
		`<mi mathvariant="double-struck">CHNPQRZ2</mi>`: "ℂℍℕℙℚℝℤ𝟚",
		`<mi mathvariant="italic">h</mi>`:               "ℎ",
		`<mi mathvariant="bold-italic">Ωω</mi>`:         "𝜴𝝎",
		`<mi mathvariant="monospace">aZ9</mi>`:          "𝚊𝚉𝟿",
		`<mi mathvariant="bold">я+</mi>`:                "я+", // no letter of that style
		`<mi mathvariant="nonsense">x</mi>`:             "x",
	} {
		got, ok := Clean("<math>" + in + "</math>")
		if want := "<math><mi>" + want + "</mi></math>"; !ok || got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// foreign finds what a browser would make of a cleaned formula inside a
// paragraph that is not a formula.
func foreign(t *testing.T, markup string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader("<!doctype html><body><p>" + markup + "</p>"))
	if err != nil {
		t.Fatal(err)
	}
	outside := map[string]bool{"html": true, "head": true, "body": true, "p": true}
	maths := 0
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.CommentNode:
			return "a comment"
		case n.Type != html.ElementNode:
		case n.Namespace == "" && outside[n.Data]:
		case n.Namespace != "math" || !Allowed(n.Data):
			return n.Namespace + " " + n.Data
		case n.Data == "math":
			maths++
			if n.Parent.Data != "p" {
				return "math in " + n.Parent.Data
			}
		}
		if n.Type == html.ElementNode && n.Namespace == "math" {
			for _, a := range n.Attr {
				// The parser gives foreign attributes their case back.
				if !Attribute(strings.ToLower(a.Key), a.Val) {
					return n.Data + " " + a.Key + "=" + a.Val
				}
			}
		}
	}
	if maths != 1 {
		return "not one formula"
	}
	return ""
}

// FuzzClean: what comes out is a formula also for the parser of a browser, it
// does not change when it is cleaned again, and it is not much longer than what
// came in.
func FuzzClean(f *testing.F) {
	f.Add(`<math><mi mathvariant="bold">x</mi><mfenced><mn>1</mn></mfenced></math>`)
	f.Add(`<math><mtext><script>alert(1)</script></mtext></math>`)
	f.Add(`<m:math xmlns:m="x"><m:mfenced open="|" close="" separators=", ;"><m:mi>a</m:mi><m:mi>b</m:mi><m:mi>c</m:mi></m:mfenced></m:math>`)
	f.Add(`<math><mstyle displaystyle="true"><msub><mo>&sum;</mo><mi>&#13;&apos;</mi></msub></mstyle></math>`)
	f.Add(`<math><mtext></p><img src=x></mtext><mglyph/><malignmark/><annotation-xml><p>x</p></annotation-xml></math>`)
	f.Fuzz(func(t *testing.T, in string) {
		out, ok := Clean(in)
		if !ok {
			return
		}
		if len(out) > 100+24*len(in) {
			t.Fatalf("%d bytes became %d", len(in), len(out))
		}
		if what := foreign(t, out); what != "" {
			t.Fatalf("%q came out as %q, which holds %s", in, out, what)
		}
		if again, ok := Clean(out); !ok || again != out {
			t.Fatalf("%q came out as %q and then as %q, %v", in, out, again, ok)
		}
	})
}
