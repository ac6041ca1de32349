package web

import (
	"fmt"
	"html/template"
	"strings"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/store"
)

func drawnOf(size int) *drawnText { return &drawnText{body: template.HTML(strings.Repeat("x", size))} }

func TestLargeTextsAreKeptAsLongAsTheyAreUsed(t *testing.T) {
	var kept drawnTexts
	kept.keep("small", drawnOf(keptFrom-1))
	kept.keep("too large", drawnOf(keptMost+1))
	if kept.drawn("small") != nil || kept.drawn("too large") != nil || kept.size != 0 {
		t.Error("a text is kept that should not be")
	}
	first := drawnOf(keptMost / 4)
	for i := range 6 {
		kept.keep("first", first)
		kept.keep(fmt.Sprint(i), drawnOf(keptMost/4))
		if kept.drawn("first") != first {
			t.Fatalf("after %d others the text that is used is gone", i+1)
		}
		if kept.size > keptMost {
			t.Fatalf("%d bytes are kept", kept.size)
		}
	}
	if kept.drawn("0") != nil || kept.drawn("5") == nil {
		t.Error("not those used longest ago went")
	}
}

// TestDrawnTextIsKnownByAllThatItIsMadeOf: whatever changes what is drawn
// changes the key.
func TestDrawnTextIsKnownByAllThatItIsMadeOf(t *testing.T) {
	make := func(change func(*visit, *reading)) string {
		v := &visit{prefix: "/rjr", lang: "en", plain: "en"}
		pub := &journal.Publication{ID: "1", Slug: "panov-2020", Version: 1}
		pub.Record.Files = []journal.File{{Name: "f.png", Role: "figure", SHA256: "aa"}}
		a := &reading{pub: pub, shown: []journal.DocumentRef{{Lang: "en", SHA256: "bb"}}, pictures: map[string]store.Picture{"aa": {Width: 10}}}
		change(v, a)
		return drawnKey(v, a)
	}
	seen := map[string]bool{}
	for i, change := range []func(*visit, *reading){
		func(*visit, *reading) {},
		func(v *visit, _ *reading) { v.prefix = "" },
		func(v *visit, _ *reading) { v.lang = "ru" },
		func(v *visit, _ *reading) { v.plain = "ru" },
		func(_ *visit, a *reading) { a.pub.ID = "2" },
		func(_ *visit, a *reading) { a.pub.Version = 2 },
		func(_ *visit, a *reading) { a.pub.Slug = "other" },
		func(_ *visit, a *reading) { a.shown[0].SHA256 = "cc" },
		func(_ *visit, a *reading) { a.shown = append(a.shown, journal.DocumentRef{Lang: "ru", SHA256: "cc"}) },
		func(_ *visit, a *reading) { a.pictures["aa"] = store.Picture{Width: 20} },
		func(_ *visit, a *reading) {
			a.pictures["aa"] = store.Picture{Width: 10, Renditions: []store.Rendition{{SHA256: "dd", Width: 5}}}
		},
		func(_ *visit, a *reading) { a.pub.Record.Files[0].Name = "g.png" },
	} {
		key := make(change)
		if seen[key] {
			t.Errorf("change %d leaves the key as another has it", i)
		}
		seen[key] = true
	}
}
