package finding

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"offprint/internal/query"
	"offprint/internal/search"
)

func TestTextsAreForgottenWhenThereAreMany(t *testing.T) {
	var k texts
	big := strings.Repeat("a", keptTexts/10)
	for i := range 100 {
		k.keep(fmt.Sprint(i), big)
		if text, ok := k.take("0"); !ok || text != big {
			t.Fatalf("after %d texts the one that is asked for again and again is lost", i)
		}
	}
	if _, ok := k.take("50"); ok {
		t.Error("a text that nobody asked for is kept")
	}
	if n := len(k.newer) + len(k.older); n > 22 {
		t.Errorf("%d texts of a tenth of the room are kept", n)
	}
}

func TestTextsOfTheFolderAreReadAgain(t *testing.T) {
	k := texts{dir: t.TempDir()}
	text := strings.Repeat("Ice and snow. ", 5000)
	k.write("abcdef", text)
	again := texts{dir: k.dir}
	if got, ok := again.take("abcdef"); !ok || got != text {
		t.Errorf("%v, %d bytes", ok, len(got))
	}
	if _, ok := again.take("abcd00"); ok {
		t.Error("a text that was never written is there")
	}
	if left, _ := filepath.Glob(filepath.Join(k.dir, "*", "half-*")); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
	if err := os.WriteFile(again.path("abcdef"), []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	other := texts{dir: k.dir}
	if got, ok := other.take("abcdef"); ok {
		t.Errorf("a damaged text is read as %.20q", got)
	}
}

func TestPieceEndsAtALetter(t *testing.T) {
	text := strings.Repeat("я", 100)
	for most := range 250 {
		if n := pieceOf(text, most); n > max(most, 0) || n%2 != 0 || most >= len(text) && n != len(text) {
			t.Fatalf("of %d bytes %d are a piece", most, n)
		}
	}
}

func TestSnippetSaysThatTheTextGoesOn(t *testing.T) {
	a := Article{Passages: []Passage{{Part: query.Abstract, Runs: []search.Run{{Text: "a "}, {Text: "lamp", Marked: true}}, Before: true}}}
	if got := a.Snippet(); got != "… a lamp" || !a.Passages[0].Marked() {
		t.Errorf("%q", got)
	}
	if got := (&Article{}).Snippet(); got != "" {
		t.Errorf("without a passage: %q", got)
	}
}
