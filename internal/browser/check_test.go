package browser

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestChecksFindWhatIsWrong: a check that finds nothing anywhere would pass
// every page.
func TestChecksFindWhatIsWrong(t *testing.T) {
	d := site(t)
	b := open(t, d)
	b.screen(320, 600, 1)
	b.visit(d.URL + "/demo/")
	if what := eval[string](b, wide); what != "" {
		t.Fatalf("before anything is wrong: %s", what)
	}
	eval[bool](b, `(() => {
		const main = document.querySelector("main");
		main.insertAdjacentHTML("beforeend", '<p id="broad">x</p><p id="short">x x x x x x x x x x x x x x x x x</p><img src="/assets/x" id="mute"><a href="/demo/" id="blind">x</a>');
		document.getElementById("broad").style.width = "900px";
		const short = document.getElementById("short");
		short.style.height = "8px"; short.style.overflow = "hidden"; short.style.width = "20px";
		const blind = document.getElementById("blind");
		blind.style.outline = "none"; blind.focus();
		return true;
	})()`)
	if what := eval[string](b, wide); !strings.Contains(what, "broad") {
		t.Errorf("a paragraph of 900 pixels is not found: %q", what)
	}
	if hidden := eval[[]string](b, cut); !slices.ContainsFunc(hidden, func(s string) bool { return strings.Contains(s, "short") }) {
		t.Errorf("text that its box hides is not found: %q", hidden)
	}
	if f := eval[focus](b, focused); f.Seen || !strings.Contains(f.HTML, "blind") {
		t.Errorf("a focus that is not seen is taken for one: %+v", f)
	}
	source, err := os.ReadFile(tool(t, "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	found := axe(b, string(source))
	if !slices.ContainsFunc(found, func(f finding) bool { return f.ID == "image-alt" && strings.Contains(f.Where, "mute") }) {
		t.Errorf("axe does not find an image without text: %v", found)
	}
}
