package locale

import "testing"

func TestCodesOfLanguages(t *testing.T) {
	for _, c := range []struct{ tag, two, three, books string }{
		{"en", "en", "eng", "eng"}, {"de-CH", "de", "deu", "ger"}, {"zh-Hant", "zh", "zho", "chi"}, {"ru-Latn", "ru", "rus", "rus"},
		{"sah", "", "sah", "sah"}, {"", "", "", ""}, {"not a tag", "", "", ""}, {"und", "", "", ""}, {"pt_BR", "pt", "por", "por"},
	} {
		if a, b, d := Alpha2(c.tag), Alpha3(c.tag), Bibliographic(c.tag); a != c.two || b != c.three || d != c.books {
			t.Errorf("%q: %q %q %q, want %q %q %q", c.tag, a, b, d, c.two, c.three, c.books)
		}
	}
}
