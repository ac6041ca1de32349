package mathml

import (
	"strings"
	"testing"
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

func TestWhatIsNoFormulaIsRefused(t *testing.T) {
	for _, in := range []string{"", "x", "<p>x</p>", "<math>", "<math></math><math></math>", "<math></mi></math>",
		"<math><math/></math", "<!DOCTYPE x><math/>", "<math>&nosuch;</math>", strings.Repeat("<math>", 5000)} {
		if got, ok := Clean(in); ok {
			t.Errorf("Clean(%.40q) = %q, want a refusal", in, got)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add(`<math><mi mathvariant="bold">x</mi><mfenced><mn>1</mn></mfenced></math>`)
	f.Add(`<math><mtext><script>alert(1)</script></mtext></math>`)
	f.Fuzz(func(t *testing.T, in string) {
		out, ok := Clean(in)
		if !ok {
			return
		}
		again, ok := Clean(out)
		if !ok {
			t.Fatalf("%q came out as %q, which is no formula", in, out)
		}
		if low := strings.ToLower(out); strings.Contains(low, "<script") || strings.Contains(low, "<img") || strings.Contains(low, "<annotation") {
			t.Fatalf("%q came out as %q", in, out)
		}
		if _, ok := Clean(again); !ok {
			t.Fatalf("%q is not stable", again)
		}
	})
}
