package locale

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"
)

// small is a shelf of two languages of which one is not complete.
func small(t *testing.T) *shelf {
	t.Helper()
	s, err := readShelf(fstest.MapFS{
		"c/en.toml": {Data: []byte(`
[n]
articles = { one = "{0} article", other = "{0} articles" }
found = { one = "{1} has {0} hit", other = "{1} has {0} hits" }
[say]
hello = "Hello {0}"
both = "{1}, {0} and {0}"
bare = "no {0} here"
[type]
letter = "Letter"
[number]
group = ","
group-least = "1"
`)},
		"c/ru.toml": {Data: []byte(`
[n]
articles = { one = "{0} статья", few = "{0} статьи", many = "{0} статей", other = "{0} статьи" }
[number]
group = "\u00a0"
group-least = "1"
`)},
		"c/notes.txt": {Data: []byte("no catalogue")},
	}, "c")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPluralFollowsTheNumber(t *testing.T) {
	s := small(t)
	en, ru := s.byTag["en"], s.byTag["ru"]
	for n, want := range map[int64][2]string{
		0: {"0 articles", "0 статей"}, 1: {"1 article", "1 статья"}, 2: {"2 articles", "2 статьи"}, 4: {"4 articles", "4 статьи"},
		5: {"5 articles", "5 статей"}, 11: {"11 articles", "11 статей"}, 12: {"12 articles", "12 статей"}, 14: {"14 articles", "14 статей"},
		20: {"20 articles", "20 статей"}, 21: {"21 articles", "21 статья"}, 22: {"22 articles", "22 статьи"}, 25: {"25 articles", "25 статей"},
		100: {"100 articles", "100 статей"}, 101: {"101 articles", "101 статья"}, 111: {"111 articles", "111 статей"}, 112: {"112 articles", "112 статей"},
		121: {"121 articles", "121 статья"}, 1001: {"1,001 articles", "1 001 статья"}, 1011: {"1,011 articles", "1 011 статей"},
		-1: {"−1 article", "−1 статья"}, -3: {"−3 articles", "−3 статьи"},
		10_000_001: {"10,000,001 articles", "10 000 001 статья"}, 10_000_011: {"10,000,011 articles", "10 000 011 статей"},
		math.MinInt64: {"−9,223,372,036,854,775,808 articles", "−9 223 372 036 854 775 808 статей"},
		math.MaxInt64: {"9,223,372,036,854,775,807 articles", "9 223 372 036 854 775 807 статей"},
	} {
		if got := en.T("n.articles", n); got != want[0] {
			t.Errorf("en, %d: %q, want %q", n, got, want[0])
		}
		if got := strings.ReplaceAll(ru.T("n.articles", n), "\u00a0", " "); got != want[1] {
			t.Errorf("ru, %d: %q, want %q", n, got, want[1])
		}
	}
}

func TestPluralFollowsTheFirstIntegerOfAnyWidth(t *testing.T) {
	en := small(t).byTag["en"]
	for _, one := range []any{int(1), int32(1), int64(1)} {
		if got := en.T("n.found", one, "Tide"); got != "Tide has 1 hit" {
			t.Errorf("%T: %q", one, got)
		}
	}
	if got := en.T("n.found", 2, "1"); got != "1 has 2 hits" {
		t.Errorf("a text that looks like a number was taken for it: %q", got)
	}
	if got := en.T("n.articles", "1"); got != "1 articles" {
		t.Errorf("a text has no plural: %q", got)
	}
}

func TestArgumentsArePutInOnceAndAsTheyAre(t *testing.T) {
	en := small(t).byTag["en"]
	for _, c := range []struct {
		want, key string
		args      []any
	}{
		{"Hello {1} <b>", "say.hello", []any{"{1} <b>", "x"}},
		{"a, {1} and {1}", "say.both", []any{"{1}", "a"}},
		{"no {0} here", "say.bare", nil},
		{"Hello 1,234", "say.hello", []any{1234}},
		{"Hello 2020", "say.hello", []any{"2020"}},
		{"Hello ", "say.hello", []any{""}},
		{"x, {0} and {0}", "say.both", []any{"{0}", "x"}},
	} {
		if got := en.T(c.key, c.args...); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.key, c.args, got, c.want)
		}
	}
}

func TestWhatACatalogueLacksIsEnglishAndThenTheKey(t *testing.T) {
	ru := small(t).byTag["ru"]
	if got := ru.T("say.hello", "Анна"); got != "Hello Анна" {
		t.Errorf("a missing message is %q", got)
	}
	// The English sentence has the English plural, whatever language asks.
	if got := ru.T("n.found", 21, "x"); got != "x has 21 hits" {
		t.Errorf("a missing plural is %q", got)
	}
	if got := ru.T("say.nothing", 1); got != "say.nothing" {
		t.Errorf("an unknown key is %q", got)
	}
	if text, ok := ru.Word("type", "letter"); !ok || text != "Letter" {
		t.Errorf("Word of what English has: %q, %v", text, ok)
	}
	if text, ok := ru.Word("type", "sonnet"); ok {
		t.Errorf("Word of what nobody has: %q", text)
	}
}

func TestNearestLanguageSpeaks(t *testing.T) {
	for tag, want := range map[string]string{"en": "en", "ru": "ru", "ru-RU": "ru", "RU": "ru", "ru_RU": "ru", "ru-Cyrl-KZ": "ru", "en-GB": "en",
		"tlh": "en", "": "en", "!": "en", "und": "en", "x-private": "en", "zh-Hant": "en", "a-very-long-tag-that-is-none": "en"} {
		if got := For(tag).Tag(); got != want {
			t.Errorf("For(%q) speaks %s, want %s", tag, got, want)
		}
	}
	for _, tag := range Supported() {
		if got := For(tag).Tag(); got != tag {
			t.Errorf("For(%q) speaks %s", tag, got)
		}
		if !Speaks(tag) || !Speaks(tag+"-x-any") {
			t.Errorf("%s is not spoken", tag)
		}
	}
	for _, tag := range []string{"tlh", "zh", "", "!", "und"} {
		if Speaks(tag) {
			t.Errorf("%q is spoken", tag)
		}
	}
}

func TestSupportedIsTheCallersOwn(t *testing.T) {
	list := Supported()
	list[0] = "xx"
	if Supported()[0] != "en" {
		t.Error("a caller has changed the list of languages")
	}
}

func TestDirectionFollowsTheScript(t *testing.T) {
	for tag, want := range map[string]string{"en": "ltr", "ru": "ltr", "ja": "ltr", "ar": "rtl", "he": "rtl", "fa-IR": "rtl", "ur": "rtl", "yi": "rtl",
		"ps": "rtl", "dv": "rtl", "az": "ltr", "az-Arab": "rtl", "ar-Latn": "ltr", "uz-Arab": "rtl", "": "ltr", "?": "ltr"} {
		if got := Direction(tag); got != want {
			t.Errorf("Direction(%q) = %s", tag, got)
		}
	}
	if got := For("ru").Dir(); got != "ltr" {
		t.Errorf("Russian is written %s", got)
	}
}
