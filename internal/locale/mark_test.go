package locale

import "testing"

func TestSpanishGroupsThousandsFromFiveDigitsOn(t *testing.T) {
	l := For("es")
	for n, want := range map[int64]string{0: "0", 999: "999", 2020: "2020", -2020: "−2020", 12345: "12.345", 1234567: "1.234.567"} {
		if got := l.Number(n); got != want {
			t.Errorf("Number(%d) = %q, want %q", n, got, want)
		}
	}
	if got := For("en").Number(2020); got != "2,020" {
		t.Errorf("English Number(2020) = %q, want a mark from four digits on", got)
	}
}

func TestFirstDayOfTheMonthIsAnOrdinalWhereTheLanguageSaysSo(t *testing.T) {
	for _, c := range []struct{ lang, date, want string }{
		{"fr", "2020-03-01", "1er mars 2020"},
		{"fr", "2020-03-21", "21 mars 2020"},
		{"pt", "2020-03-01", "1º de março de 2020"},
		{"de", "2020-03-01", "1. März 2020"},
		{"es", "2020-03-01", "1 de marzo de 2020"},
		{"en", "2020-03-01", "1 March 2020"},
		{"ru", "2020-03-01", "1 марта 2020 г."},
	} {
		if got := For(c.lang).Date(c.date); got != c.want {
			t.Errorf("%s: Date(%q) = %q, want %q", c.lang, c.date, got, c.want)
		}
	}
}

func TestDatesFollowTheOrderOfEachLanguage(t *testing.T) {
	for lang, want := range map[string][3]string{
		"de": {"14. März 2020", "März 2020", "2020"},
		"es": {"14 de marzo de 2020", "marzo de 2020", "2020"},
		"fr": {"14 mars 2020", "mars 2020", "2020"},
		"id": {"14 Maret 2020", "Maret 2020", "2020"},
		"ja": {"2020年3月14日", "2020年3月", "2020年"},
		"pt": {"14 de março de 2020", "março de 2020", "2020"},
	} {
		l := For(lang)
		got := [3]string{l.Date("2020-03-14"), l.Date("2020-03"), l.Date("2020")}
		if got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}

func TestIndonesianIsNotNamedLikeTheCountry(t *testing.T) {
	if got := Native("id"); got != "Bahasa Indonesia" {
		t.Errorf("Native(id) = %q", got)
	}
	if got := Native("fr"); got != "Français" {
		t.Errorf("Native(fr) = %q", got)
	}
}
