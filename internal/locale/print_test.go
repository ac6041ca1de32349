package locale

import (
	"math"
	"strings"
	"testing"
)

func TestDateIsAsExactAsItIsKnown(t *testing.T) {
	for date, want := range map[string][2]string{
		"2020":                 {"2020", "2020"},
		"2020-03":              {"March 2020", "март 2020 г."},
		"2020-03-14":           {"14 March 2020", "14 марта 2020 г."},
		"2020-03-04":           {"4 March 2020", "4 марта 2020 г."},
		"2020-05-09T23:30:00Z": {"9 May 2020", "9 мая 2020 г."},
		"2020-02-29":           {"29 February 2020", "29 февраля 2020 г."},
		"0976-01-01":           {"1 January 0976", "1 января 0976 г."},
	} {
		if got := For("en").Date(date); got != want[0] {
			t.Errorf("en: Date(%q) = %q, want %q", date, got, want[0])
		}
		if got := For("ru").Date(date); got != want[1] {
			t.Errorf("ru: Date(%q) = %q, want %q", date, got, want[1])
		}
	}
}

func TestTextThatIsNoDateStaysAsItIs(t *testing.T) {
	for _, text := range []string{"", "forthcoming", "2020-13", "2020-00", "2020-03-00", "2020-03-32", "2021-02-29", "2020-", "-", "--", "2020-03-14-15",
		"-2020", "+2020", "2020-+3", "2020-03-+4", "2020-03-4x", "весна 2020", "2020/03/14", "99999999999999999999-01", "T", "2020–2021"} {
		for _, l := range all().locales {
			if got := l.Date(text); got != text {
				t.Errorf("%s: Date(%q) = %q", l.name, text, got)
			}
		}
	}
}

func TestEveryLanguageWritesEveryMonth(t *testing.T) {
	for _, l := range all().locales {
		seen := map[string]bool{}
		for _, m := range strings.Fields("01 02 03 04 05 06 07 08 09 10 11 12") {
			for _, date := range []string{"2031-" + m, "2031-" + m + "-17"} {
				got := l.Date(date)
				if seen[got] || !strings.Contains(got, "2031") || strings.Contains(got, "{") || strings.Contains(got, "month") ||
					strings.Contains(got, "17") != (len(date) > 7) {
					t.Errorf("%s: Date(%q) = %q", l.name, date, got)
				}
				seen[got] = true
			}
		}
	}
}

func TestNumbersAreGroupedByThree(t *testing.T) {
	for n, want := range map[int64][2]string{0: {"0", "0"}, 7: {"7", "7"}, 999: {"999", "999"}, 1000: {"1,000", "1\u00a0000"}, 12345: {"12,345", "12\u00a0345"},
		123456: {"123,456", "123\u00a0456"}, 1234567: {"1,234,567", "1\u00a0234\u00a0567"}, -1: {"−1", "−1"}, -123: {"−123", "−123"}, -1234: {"−1,234", "−1\u00a0234"},
		math.MinInt64: {"−9,223,372,036,854,775,808", "−9\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0808"}} {
		if got := For("en").Number(n); got != want[0] {
			t.Errorf("en: Number(%d) = %q, want %q", n, got, want[0])
		}
		if got := For("ru").Number(n); got != want[1] {
			t.Errorf("ru: Number(%d) = %q, want %q", n, got, want[1])
		}
	}
}

func TestNumberKeepsItsDigitsInEveryLanguage(t *testing.T) {
	for _, l := range all().locales {
		got := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, l.Number(1234567890))
		if got != "1234567890" {
			t.Errorf("%s: Number(1234567890) = %q", l.name, l.Number(1234567890))
		}
	}
}

func TestSizeIsInTheUnitThatAPersonReads(t *testing.T) {
	for bytes, want := range map[int64][2]string{0: {"0 B", "0 Б"}, 1: {"1 B", "1 Б"}, 999: {"999 B", "999 Б"}, 1000: {"1.0 kB", "1,0 кБ"}, 1049: {"1.0 kB", "1,0 кБ"},
		1051: {"1.1 kB", "1,1 кБ"}, 9949: {"9.9 kB", "9,9 кБ"}, 9950: {"10 kB", "10 кБ"}, 840_000: {"840 kB", "840 кБ"}, 999_499: {"999 kB", "999 кБ"},
		999_500: {"1.0 MB", "1,0 МБ"}, 2_400_000: {"2.4 MB", "2,4 МБ"}, 1_500_000_000: {"1.5 GB", "1,5 ГБ"}, 3_000_000_000_000: {"3000 GB", "3000 ГБ"}} {
		for i, lang := range []string{"en", "ru"} {
			if got := strings.ReplaceAll(For(lang).Size(bytes), "\u00a0", " "); got != want[i] {
				t.Errorf("%s: Size(%d) = %q, want %q", lang, bytes, got, want[i])
			}
		}
	}
}

func TestCountriesAndLanguagesHaveTheirNames(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{For("en").Country("RU"), "Russia"}, {For("ru").Country("RU"), "Россия"}, {For("ru").Country("JP"), "Япония"},
		{For("en").Country("??"), "??"}, {For("en").Country(""), ""}, {For("en").Country("Russia"), "Russia"},
		{For("en").Language("ru"), "Russian"}, {For("ru").Language("ru"), "русский"}, {For("ru").Language("ja"), "японский"},
		{For("en").Language("not a tag"), "not a tag"}, {For("en").Language(""), ""},
		{Native("ru"), "Русский"}, {Native("en"), "English"}, {Native("not a tag"), "not a tag"},
		{Capital("élan"), "Élan"}, {Capital("я"), "Я"}, {Capital(""), ""}, {Capital("7a"), "7a"}, {Capital("\xff"), "\xff"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	for _, tag := range Supported() {
		if n := Native(tag); n == "" || n == tag {
			t.Errorf("%s has no name of its own: %q", tag, n)
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2020", "2020-03", "2020-03-14", "2020-02-30", "", "T", "-", "2020-3-4T"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, date string) {
		for _, l := range all().locales {
			if got := l.Date(date); got == "" && date != "" || strings.Contains(got, "month.") || strings.Contains(got, "date.") && !strings.Contains(date, "date.") {
				t.Fatalf("%s: Date(%q) = %q", l.name, date, got)
			}
		}
	})
}
