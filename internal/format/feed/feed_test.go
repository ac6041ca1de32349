package feed

import (
	"bytes"
	"encoding/json"
	"testing"

	"offprint/internal/journal"
)

func TestEntryIsInOneLanguage(t *testing.T) {
	titles := func(langs ...string) (out []journal.Text) {
		for _, lang := range langs {
			out = append(out, journal.T(lang, "title "+lang))
		}
		return out
	}
	abstracts := func(langs ...string) (out []journal.Abstract) {
		for _, lang := range langs {
			out = append(out, journal.Abstract{Text: journal.T(lang, "abstract "+lang)})
		}
		return out
	}
	keywords := []journal.Keywords{{Lang: "en", Words: []string{"lamp"}}, {Lang: "ru", Words: []string{"лампа"}}}
	for name, c := range map[string]struct {
		rec                      journal.Article
		title, abstract, keyword string
		lang                     string
	}{
		"wanted":           {journal.Article{Language: "ru", Titles: titles("ru", "en"), Abstracts: abstracts("ru", "en")}, "title en", "abstract en", "lamp", "en"},
		"wanted, regional": {journal.Article{Language: "ru", Titles: titles("ru", "en-GB"), Abstracts: abstracts("ru", "en-US")}, "title en-GB", "abstract en-US", "lamp", "en-US"},
		"its own":          {journal.Article{Language: "ru", Titles: titles("ru", "en"), Abstracts: abstracts("ru")}, "title ru", "abstract ru", "лампа", "ru"},
		"the abstract's":   {journal.Article{Language: "ja", Titles: titles("ja", "ru", "en"), Abstracts: abstracts("ru")}, "title ru", "abstract ru", "лампа", "ru"},
		"no abstract":      {journal.Article{Language: "ru", Titles: titles("ru", "en")}, "title en", "", "lamp", "en"},
		"none in common":   {journal.Article{Language: "en", Titles: titles("en"), Abstracts: abstracts("ru")}, "title en", "abstract ru", "lamp", "ru"},
	} {
		c.rec.Keywords = keywords
		e := EntryOf(&journal.Publication{Record: c.rec}, "https://example.org/a", "en")
		if e.Title != c.title || e.Abstract.Plain != c.abstract || e.Keywords[0] != c.keyword {
			t.Errorf("%s: %q with %q and %q", name, e.Title, e.Abstract.Plain, e.Keywords)
		}
		var b bytes.Buffer
		if err := JSON(&b, &Feed{Entries: []Entry{e}}); err != nil {
			t.Fatal(err)
		}
		var got jsonFeed
		if err := json.Unmarshal(b.Bytes(), &got); err != nil || got.Items[0].Language != c.lang {
			t.Errorf("%s: the item's language is %q, want %q (%v)", name, got.Items[0].Language, c.lang, err)
		}
	}
}
