package locale

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// integers are enough whole numbers to meet every rule of CLDR for them.
func integers(yield func(int) bool) {
	for n := range 1101 {
		if !yield(n) {
			return
		}
	}
	for _, n := range []int{10_000, 100_000, 1_000_000, 1_000_001, 10_000_000} {
		if !yield(n) {
			return
		}
	}
}

// cardinals are the plural categories that whole numbers of a language take,
// each with how many different numbers do.
func cardinals(tag language.Tag) map[plural.Form]int {
	out := map[plural.Form]int{}
	for n := range integers {
		out[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)]++
	}
	return out
}

func categoryName(f plural.Form) string {
	for name, form := range categories {
		if form == f {
			return name
		}
	}
	return "?"
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func TestEveryCatalogueIsReadable(t *testing.T) {
	s, err := readShelf(catalogFiles, "catalog")
	if err != nil {
		t.Fatal(err)
	}
	if len(s.tags) < 2 || s.tags[0] != "en" || !slices.IsSorted(s.tags[1:]) {
		t.Errorf("the languages are %v; want English first, the others by their tags", s.tags)
	}
	for _, l := range s.locales {
		for key, m := range l.messages {
			for form, text := range m {
				if strings.TrimSpace(text) == "" && !strings.HasPrefix(key, "mark.") && !strings.HasPrefix(key, "number.") {
					t.Errorf("%s: %s (%s) is empty", l.name, key, categoryName(form))
				}
				if strings.ContainsAny(text, "<>") || strings.Contains(text, "&amp;") {
					t.Errorf("%s: %s (%s) holds markup, which pages show as it is: %q", l.name, key, categoryName(form), text)
				}
			}
		}
	}
}

func TestEveryCatalogueHasTheKeysOfEnglishAndNoOthers(t *testing.T) {
	en := For("en").messages
	for _, l := range all().locales[1:] {
		for _, key := range sortedKeys(en) {
			if l.messages[key] == nil {
				t.Errorf("%s.toml lacks %s: %q", l.name, key, en[key][plural.Other])
			}
		}
		for _, key := range sortedKeys(l.messages) {
			if en[key] == nil {
				t.Errorf("%s.toml has %s, which English does not have", l.name, key)
			}
		}
	}
}

// TestPluralFormsAreThoseOfTheLanguage asks CLDR for the categories that whole
// numbers take: a message that has forms has all of them, and no other one but
// "other", which fractions take.
func TestPluralFormsAreThoseOfTheLanguage(t *testing.T) {
	en := For("en").messages
	for _, l := range all().locales {
		need := cardinals(l.tag)
		for _, key := range sortedKeys(l.messages) {
			m := l.messages[key]
			if len(m) == 1 && (len(en[key]) == 1 || len(need) == 1) {
				continue // a message without a number, or a language without plural
			}
			for form := range need {
				if m[form] == "" {
					t.Errorf("%s: %s lacks the form %q", l.name, key, categoryName(form))
				}
			}
			for form := range m {
				if need[form] == 0 && form != plural.Other {
					t.Errorf("%s: %s has the form %q, which no number of the language takes", l.name, key, categoryName(form))
				}
			}
		}
	}
}

var placeholders = regexp.MustCompile(`\{[^}]*\}?`)

// places are the placeholders of a text, each once, in order.
func places(text string) []string {
	return slices.Compact(slices.Sorted(slices.Values(placeholders.FindAllString(text, -1))))
}

// TestPlaceholdersAreTheSameInEveryLanguage lets a form leave the number out
// only when it is for a single number: "one article" for 1, but not for 21.
func TestPlaceholdersAreTheSameInEveryLanguage(t *testing.T) {
	en := For("en").messages
	form := regexp.MustCompile(`^\{[0-9]\}$`)
	for _, l := range all().locales {
		numbers := cardinals(l.tag)
		for _, key := range sortedKeys(l.messages) {
			want := places(en[key][plural.Other])
			for category, text := range l.messages[key] {
				got := places(text)
				for _, p := range got {
					if !form.MatchString(p) {
						t.Errorf("%s: %s: %q is no placeholder", l.name, key, p)
					}
				}
				if slices.Equal(got, want) || numbers[category] == 1 && slices.Equal(got, slices.DeleteFunc(slices.Clone(want), func(p string) bool { return p == "{0}" })) {
					continue
				}
				t.Errorf("%s: %s (%s) has the placeholders %v, English %v", l.name, key, categoryName(category), got, want)
			}
		}
	}
}

func TestEveryMonthHasItsName(t *testing.T) {
	for _, l := range all().locales {
		for _, family := range []string{"month", "month-alone"} {
			seen := map[string]string{}
			for _, n := range strings.Fields("1 2 3 4 5 6 7 8 9 10 11 12") {
				text := l.messages[family+"."+n][plural.Other]
				if other, twice := seen[text]; twice || text == "" {
					t.Errorf("%s: %s.%s is %q, as is %s", l.name, family, n, text, other)
				}
				seen[text] = n
			}
		}
	}
}

func TestUnreadableCatalogueIsRefusedByName(t *testing.T) {
	good := `[a]
b = "x"
`
	for name, c := range map[string]struct{ file, text, says string }{
		"no TOML":             {"ru.toml", "[a\n", "ru.toml"},
		"no language":         {"nosuchlanguage.toml", good, "language tag"},
		"no English":          {"", "", "en.toml"},
		"unknown form":        {"ru.toml", `[a]` + "\n" + `b = { one = "x", lots = "y", other = "z" }`, `a.b: "lots"`},
		"no other":            {"ru.toml", `[a]` + "\n" + `b = { one = "x" }`, "other"},
		"a number":            {"ru.toml", "[a]\nb = 3\n", "a.b"},
		"a form is a number":  {"ru.toml", "[a]\nb = { other = 3 }\n", "a.b"},
		"no section":          {"ru.toml", `b = "x"` + "\n", "ru.toml"},
		"the same key twice":  {"ru.toml", good + `b = "y"` + "\n", "ru.toml"},
		"a section too deep":  {"ru.toml", "[a.b.c]\nd = \"x\"\n", "a.b"},
		"a list of sections ": {"ru.toml", "[[a]]\nb = \"x\"\n", "ru.toml"},
	} {
		files := fstest.MapFS{"c/" + c.file: {Data: []byte(c.text)}}
		if name != "no English" {
			files["c/en.toml"] = &fstest.MapFile{Data: []byte(good)}
		}
		_, err := readShelf(files, "c")
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want an error that names %s", name, err, c.says)
		}
	}
}
