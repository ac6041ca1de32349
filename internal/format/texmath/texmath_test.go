package texmath

import (
	"errors"
	"flag"
	"os"
	"strings"
	"testing"

	"offprint/internal/mathml"
)

var update = flag.Bool("update", false, "write the golden file")

const golden = "testdata/formulas.txt"

// The golden file has pairs of lines, TeX and MathML, with an empty line
// between.
func TestFormulasAreConvertedAsInTheGoldenFile(t *testing.T) {
	b, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	n := 0
	for _, block := range strings.Split(strings.TrimSpace(string(b)), "\n\n") {
		tex, want, _ := strings.Cut(block, "\n")
		got, err := Convert(tex, false)
		if err != nil {
			got = err.Error()
		}
		n++
		out.WriteString(tex + "\n" + got + "\n\n")
		if got != strings.TrimSpace(want) && !*update {
			t.Errorf("%s\n got %s\nwant %s", tex, got, want)
		}
		if err == nil {
			if _, ok := mathml.Clean(got); !ok {
				t.Errorf("%s: the markup is not sound: %s", tex, got)
			}
		}
	}
	if *update {
		if err := os.WriteFile(golden, []byte(strings.TrimSpace(out.String())+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if n < 60 {
		t.Errorf("there are only %d formulas", n)
	}
}

func TestDelimitersAreNoPartOfTheFormula(t *testing.T) {
	want := "<math><mi>x</mi></math>"
	for _, tex := range []string{"x", "$x$", "$$x$$", `\(x\)`, `\[x\]`, " $ x $ "} {
		if got, err := Convert(tex, false); got != want || err != nil {
			t.Errorf("%s: %s, %v", tex, got, err)
		}
	}
	if got, _ := Convert("x", true); got != `<math display="block"><mi>x</mi></math>` {
		t.Errorf("display: %s", got)
	}
}

func TestWhatIsNotUnderstoodIsNamed(t *testing.T) {
	for tex, says := range map[string]string{
		`\foo x`: `\foo`, `{x`: "ends before", `x}`: "}", `\frac{1}`: "argument is due", `\left( x`: `\right`, `\begin{pmatrix}1`: "pmatrix",
		`\begin{tikz}\end{tikz}`: "tikz", "x^1^2": "superscripts", "": "empty", `\text{a \foo}`: `\foo`, "a & b": "&", "a\x0f": "cannot hold", "\xff": "cannot hold", `\left x \right)`: "delimiter",
		strings.Repeat("{", 100) + strings.Repeat("}", 100): "too deep", strings.Repeat("x", 100_000): "too long", `\newcommand{\a}{b}`: `\newcommand`,
	} {
		got, err := Convert(tex, false)
		var problem *Error
		if got != "" || !errors.As(err, &problem) || !strings.Contains(err.Error(), says) {
			t.Errorf("%.40s: %.60q, %v; want an error that says %q", tex, got, err, says)
		}
	}
}

func FuzzConvert(f *testing.F) {
	if b, err := os.ReadFile(golden); err == nil {
		for _, block := range strings.Split(string(b), "\n\n") {
			tex, _, _ := strings.Cut(block, "\n")
			f.Add(tex)
		}
	}
	f.Fuzz(func(t *testing.T, tex string) {
		got, err := Convert(tex, true)
		if err != nil {
			var problem *Error
			if !errors.As(err, &problem) {
				t.Fatalf("%v is not of this package", err)
			}
			return
		}
		if _, ok := mathml.Clean(got); !ok {
			t.Fatalf("%q gives markup that is not sound: %s", tex, got)
		}
		if len(got) > 400*len(tex)+1000 {
			t.Fatalf("%d bytes of TeX become %d", len(tex), len(got))
		}
	})
}
