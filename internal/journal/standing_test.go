package journal

import "testing"

func TestRetractedTitleHasTheMarkOnce(t *testing.T) {
	for title, want := range map[string]string{
		"On measures":                    "RETRACTED: On measures",
		"Retracted: On measures":         "Retracted: On measures",
		"[RETRACTED ARTICLE] On":         "[RETRACTED ARTICLE] On",
		"Retracted votes in parliaments": "RETRACTED: Retracted votes in parliaments",
		"":                               "",
	} {
		p := &Publication{Standing: Retracted, Record: Article{Titles: []Text{T("en", title)}}}
		if got := p.Heading().Plain; got != want {
			t.Errorf("%q is shown as %q, want %q", title, got, want)
		}
		p.Standing = Corrected
		if got := p.Heading().Plain; got != title {
			t.Errorf("corrected: %q is shown as %q", title, got)
		}
	}
}

func TestMarkedTitleKeepsItsMarkup(t *testing.T) {
	title := Text{Lang: "en", Plain: "On x", Rich: T("en", "On x").Nodes()}
	p := &Publication{Standing: Retracted}
	if got := p.Titled(title); len(got.Rich) != 2 || got.Rich[0].Text != "RETRACTED: " || len(title.Rich) != 1 {
		t.Errorf("%+v of %+v", got, title)
	}
}

func TestNamesOfWhichOnlyInitialsAreKnownAreNotFull(t *testing.T) {
	for _, c := range []struct {
		name Name
		full bool
	}{
		{Name{Literal: "Pyotr Yolkin"}, true},
		{Name{Literal: "P. Yolkin"}, false},
		{Name{Literal: "Yolkin P. A."}, false},
		{Name{Literal: "García Márquez G."}, false},
		{Name{Literal: "Yolkin PA"}, false},
		{Name{Literal: "Плотников А.А."}, false},
		{Name{Literal: "Plato"}, false},
		{Name{Literal: "van Dijk"}, false},
		{Name{Literal: "Yolkin, Pyotr", Family: "Yolkin", Given: "Pyotr"}, true},
		{Name{Literal: "Yolkin P.", Family: "Yolkin", Given: "P."}, false},
		{Name{Literal: "Yolkin", Family: "Yolkin"}, false},
		{Name{Literal: "山田太郎"}, true},
		{Name{Literal: "王明", Family: "王", Given: "明"}, true},
		{Name{Literal: "Ёлкин Пётр Иванович", Family: "Ёлкин", Given: "Пётр Иванович"}, true},
	} {
		if got := c.name.Full(); got != c.full {
			t.Errorf("%+v is full: %v, want %v", c.name, got, c.full)
		}
	}
}

func TestSamePrintingDiffersInCaseUnicodeAndSpaceOnly(t *testing.T) {
	same := [][2]string{{"Ёлкин  Пётр", "ЁЛКИН ПЁТР"}, {"e\u0301tude", "étude"}, {"Straße", "STRASSE"}, {"ＡＢ", "ab"}, {"a\u00a0b", " a b\n"}}
	for _, c := range same {
		if Same(c[0]) != Same(c[1]) {
			t.Errorf("%q and %q differ", c[0], c[1])
		}
	}
	for _, c := range [][2]string{{"Елкин", "Ёлкин"}, {"etude", "étude"}, {"Yolkin", "Ёлкин"}, {"a-b", "a b"}} {
		if Same(c[0]) == Same(c[1]) {
			t.Errorf("%q and %q are taken for the same", c[0], c[1])
		}
	}
}
