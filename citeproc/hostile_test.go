package citeproc

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

func styleOf(body string) string {
	return `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">` + body + `</style>`
}

func TestBadStylesAreRefusedWithAReason(t *testing.T) {
	for name, c := range map[string]struct{ style, want string }{
		"empty":           {"", "no XML element"},
		"no XML":          {"hello", "no XML element"},
		"broken":          {"<style><citation>", "not closed"},
		"crossed":         {"<a><b></a></b>", "closes nothing"},
		"another XML":     {"<html><body/></html>", "the root is <html>, not <style>"},
		"no layout":       {styleOf(`<citation/>`), "no layout of citations"},
		"dependent":       {styleOf(`<info><link rel="independent-parent" href="http://example.org/apa"/></info>`), "stands for http://example.org/apa"},
		"missing macro":   {styleOf(`<citation><layout><text macro="x"/></layout></citation>`), `no macro "x"`},
		"endless macro":   {styleOf(`<macro name="a"><group><text macro="b"/></group></macro><macro name="b"><text macro="a"/></macro><citation><layout><text macro="a"/></layout></citation>`), "calls itself"},
		"too deep":        {styleOf(`<citation><layout>` + strings.Repeat("<group>", 5000) + strings.Repeat("</group>", 5000) + `</layout></citation>`), "nested deeper"},
		"too many":        {styleOf(`<citation><layout>` + strings.Repeat("<text/>", maxElements) + `</layout></citation>`), "more than"},
		"too long":        {styleOf(strings.Repeat(" ", maxBytes)), "longer than"},
		"entity":          {`<!DOCTYPE style [<!ENTITY a "aaaa">]>` + styleOf(`<citation><layout><text value="&a;"/></layout></citation>`), "no well-formed XML"},
		"two roots":       {"<style/><style/>", "more than one root"},
		"unclosed string": {`<style version="1.0`, "no well-formed XML"},
	} {
		if _, err := ParseStyle(strings.NewReader(c.style)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	if _, err := ParseStyle(strings.NewReader(styleOf(""))); !errors.Is(err, ErrNoStyle) {
		t.Errorf("%v is not ErrNoStyle", err)
	}
	if _, err := ParseLocale(strings.NewReader(styleOf(""))); err == nil {
		t.Error("a style is no locale")
	}
}

// Twenty macros that each call the one before ten times would print 10²⁰ texts.
func TestMacrosThatMultiplyComeToAnEnd(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<macro name="m0"><text value="x"/></macro>`)
	for k := 1; k < 20; k++ {
		fmt.Fprintf(&b, `<macro name="m%d">%s</macro>`, k, strings.Repeat(fmt.Sprintf(`<text macro="m%d"/>`, k-1), 10))
	}
	b.WriteString(`<citation><layout><text macro="m19"/></layout></citation>`)
	s, err := ParseStyle(strings.NewReader(styleOf(b.String())))
	if err != nil {
		t.Fatal(err)
	}
	p, err := New(s, Options{})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if err := p.SetItems(ownItems(t)); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Cite([]Cite{{ID: "sea"}}); !errors.Is(err, ErrTooMuch) {
		t.Errorf("%v, want ErrTooMuch", err)
	}
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("it took %v", d)
	}
}

// Many references that look alike are the hard case of disambiguation.
func TestManyItemsThatLookAlikeAreDoneInTime(t *testing.T) {
	s, err := ParseStyle(strings.NewReader(styleOf(`<citation et-al-min="2" et-al-use-first="1" disambiguate-add-names="true" disambiguate-add-givenname="true" disambiguate-add-year-suffix="true"><layout><names variable="author"><name form="short" initialize-with="."/></names><date variable="issued"><date-part name="year"/></date></layout></citation>`)))
	if err != nil {
		t.Fatal(err)
	}
	var items []*Item
	for k := range 300 {
		items = append(items, &Item{ID: fmt.Sprint(k), Type: "book", Text: map[string]string{}, Dates: map[string]Date{"issued": {Start: Day{Year: 2000}}},
			Names: map[string][]Name{"author": {{Family: "Doe", Given: "Jo"}, {Family: "Roe", Given: "Al"}, {Family: "Poe", Given: "Ed"}}}})
	}
	p, err := New(s, Options{Locale: ownLocales(t)})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if err := p.SetItems(items); err != nil {
		t.Fatal(err)
	}
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("it took %v", d)
	}
	got := map[string]bool{}
	for _, item := range items {
		s, err := p.Cite([]Cite{{ID: item.ID}})
		if err != nil || got[s] {
			t.Fatalf("%s: %q is there twice, or %v", item.ID, s, err)
		}
		got[s] = true
	}
}

func TestDataNeverBecomesMarkup(t *testing.T) {
	s, err := ParseStyle(strings.NewReader(styleOf(`<citation><layout prefix="&lt;b&gt;"><names variable="author" suffix=" "/><text variable="title"/><text variable="URL" prefix=" "/><text variable="note" prefix=" "/></layout></citation>`)))
	if err != nil {
		t.Fatal(err)
	}
	const bad = `<script>alert(1)</script><img src=x onerror="x"><span style="position:fixed">&amp;"'`
	p, err := New(s, Options{Locale: ownLocales(t)})
	if err != nil {
		t.Fatal(err)
	}
	item := &Item{ID: bad, Text: map[string]string{"title": bad, "URL": bad, "note": bad}, Names: map[string][]Name{"author": {{Family: bad, Given: bad}}}}
	if err := p.SetItems([]*Item{item}); err != nil {
		t.Fatal(err)
	}
	got, err := p.Cite([]Cite{{ID: bad, Prefix: bad, Suffix: bad}})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(got, "<") || !strings.Contains(got, "&#60;script&#62;") {
		t.Errorf("got %s", got)
	}
}

func TestItemsThatAreNoItemsAreRefused(t *testing.T) {
	for _, s := range []string{"", "x", "[", `"text"`, "[1]", `[{"id":}]`} {
		if list, err := DecodeItems(strings.NewReader(s)); err == nil {
			t.Errorf("%q: %v", s, list)
		}
	}
	list, err := DecodeItems(strings.NewReader(`{"id":7,"title":null,"volume":12,"author":[{"family":"A"}],"issued":"2019-03","x":[1,2],"y":{"z":1},"title-translated":"T"}`))
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	i := list[0]
	if i.ID != "7" || i.Text["volume"] != "12" || i.Names["author"][0].Family != "A" || i.Dates["issued"].Start != (Day{Year: 2019, Month: 3}) || i.Text["title-translated"] != "T" {
		t.Errorf("%+v", i)
	}
}

func TestDatesAsPeopleWriteThem(t *testing.T) {
	for s, want := range map[string]Date{
		"2003-04-05":                {Start: Day{Year: 2003, Month: 4, Day: 5}},
		"2003-04":                   {Start: Day{Year: 2003, Month: 4}},
		"2003-04~":                  {Start: Day{Year: 2003, Month: 4}, Circa: true},
		"2001-21":                   {Start: Day{Year: 2001, Season: 1}},
		"1984-xx":                   {Start: Day{Year: 1984}},
		"-0043":                     {Start: Day{Year: -43}},
		"2001/2003":                 {Start: Day{Year: 2001}, End: Day{Year: 2003}, Range: true},
		"2001/..":                   {Start: Day{Year: 2001}, Range: true},
		"5 April 2003":              {Start: Day{Year: 2003, Month: 4, Day: 5}},
		"April 5, 2003":             {Start: Day{Year: 2003, Month: 4, Day: 5}},
		"4/5/2003":                  {Start: Day{Year: 2003, Month: 4, Day: 5}},
		"31/12/1999":                {Start: Day{Year: 1999, Month: 12, Day: 31}},
		"Spring 1999 - Summer 2001": {Start: Day{Year: 1999, Season: 1}, End: Day{Year: 2001, Season: 2}, Range: true},
		"circa 1880":                {Start: Day{Year: 1880}, Circa: true},
		"44 BC":                     {Start: Day{Year: -44}},
		"in press":                  {Literal: "in press"},
		"":                          {},
	} {
		if got := ParseDate(s); got != want {
			t.Errorf("%q: %+v, want %+v", s, got, want)
		}
	}
}
