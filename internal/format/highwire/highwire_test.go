package highwire

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

func TestSampleInMetaElements(t *testing.T) {
	p := testrecord.Sample()
	var b bytes.Buffer
	Metas(p, string(p.Address(testrecord.Site)), func(name, lang, content string) { fmt.Fprintf(&b, "%s [%s] %s\n", name, lang, content) })
	testrecord.Golden(t, "sample.txt", b.Bytes())
}

func TestContentsAreOnOneLine(t *testing.T) {
	testrecord.Each(t, func(t *testing.T, c *testrecord.Case) {
		titles := map[string]bool{}
		Metas(c.Pub, c.Address, func(name, lang, content string) {
			if content == "" || strings.ContainsAny(content, "\n\r\t\x00") || !strings.HasPrefix(name, "citation_") {
				t.Errorf("%s is %q", name, content)
			}
			if name == "citation_title" {
				if titles[lang] && lang != "" {
					t.Errorf("two titles in %q", lang)
				}
				titles[lang] = true
			}
		})
	})
}

// TestZoteroTakesPeopleForWhatTheyAre: a person has a first and a last name, a body
// without a comma in its name one name, also where it is the only one.
func TestZoteroTakesPeopleForWhatTheyAre(t *testing.T) {
	person := func(family, given string) journal.Contributor {
		return journal.Contributor{Names: []journal.Name{{Literal: given + " " + family, Family: family, Given: given}}}
	}
	group := func(name string) journal.Contributor {
		return journal.Contributor{Collective: true, Names: []journal.Name{{Literal: name}}}
	}
	lists := []struct {
		people []journal.Contributor
		want   string
	}{
		{[]journal.Contributor{person("van den Berg", "Jan Willem")}, "van den Berg/Jan Willem"},
		{[]journal.Contributor{person("van den Berg", "Jan Willem"), person("Panov", "A. N.")}, "van den Berg/Jan Willem|Panov/A. N."},
		{[]journal.Contributor{person("Панов", "А.Н."), person("折本", "文乃"), group("The Lamp Group")}, "Панов/А. Н.|折本/文乃|The Lamp Group/"},
		{[]journal.Contributor{group("The Lamp Group")}, "The Lamp Group/"},
		{[]journal.Contributor{group("Lamps")}, "Lamps/"},
		{[]journal.Contributor{group("Department of Lamps, University")}, "Department of Lamps/University"}, // a body's own comma divides
	}
	for _, role := range []string{"author", "translator"} {
		pages := make([]testrecord.ZoteroPage, len(lists))
		for i, l := range lists {
			p := &journal.Publication{Record: journal.Article{Language: "en"}}
			for _, c := range l.people {
				c.Role = role
				p.Record.Contributors = append(p.Record.Contributors, c)
			}
			Metas(p, "https://example.org/a", func(name, _, content string) {
				if name == "citation_"+role {
					pages[i].Authors = append(pages[i].Authors, content)
				}
			})
		}
		for i, got := range testrecord.Zotero(t, pages...) {
			var names []string
			for _, c := range got.Creators {
				names = append(names, c.Last+"/"+c.First)
			}
			if strings.Join(names, "|") != lists[i].want {
				t.Errorf("%s: %q, want %q", role, names, lists[i].want)
			}
			// Zotero's translator takes a sole one with a blank on both sides of its comma for two.
			if family, given, _ := strings.Cut(pages[i].Authors[0], ", "); len(pages[i].Authors) == 1 && strings.Contains(family, " ") && strings.Contains(given, " ") {
				t.Errorf("%s: %q is taken for two", role, pages[i].Authors[0])
			}
		}
	}
}

func TestAbstractInTheLanguageOfTheArticleIsFirst(t *testing.T) {
	p := &journal.Publication{Record: journal.Article{Language: "ru-RU", Abstracts: []journal.Abstract{{Text: journal.T("en", "Lamps"), Role: "graphical"}, {Text: journal.T("en", "Lamp")}, {Text: journal.T("ru", "Лампа")}}}}
	var got []string
	Metas(p, "https://example.org/a", func(name, lang, content string) {
		if name == "citation_abstract" {
			got = append(got, lang+" "+content)
		}
	})
	if strings.Join(got, "|") != "ru Лампа|en Lamp" {
		t.Errorf("%q", got)
	}
}
