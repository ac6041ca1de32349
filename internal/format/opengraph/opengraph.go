// Package opengraph makes the Open Graph properties of an article's page, by which
// sites and messengers show a link to it (https://ogp.me/, type "article").
//
//	opengraph.Properties(publication, address, "ru", func(property, content string) { … })
//	// og:title, The Soviet-Japanese Joint Declaration of 1956
//
// A value that is not known has no property. Pictures are the page's to name.
package opengraph

import (
	"golang.org/x/text/language"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// most is how many characters of an abstract a link shows.
const most = 300

// Properties calls add for each property, for a page whose words are in lang.
func Properties(p *journal.Publication, address, lang string, add func(property, content string)) {
	say := func(property, content string) {
		if content = script.Line(content); content != "" {
			add(property, content)
		}
	}
	rec := &p.Record
	say("og:type", "article")
	title := p.HeadingIn(lang)
	say("og:title", title.Plain)
	say("og:url", address)
	say("og:site_name", p.Journal.Title(lang).Plain)
	say("og:description", script.Cut(script.Line(rec.AbstractIn(lang).Plain), most))
	say("og:locale", territory(title.Lang))
	for _, other := range rec.TitleLanguages() {
		if other != title.Lang {
			say("og:locale:alternate", territory(other))
		}
	}
	published := rec.Published.Valid()
	if published == "" {
		published = p.Issued().Valid()
	}
	say("article:published_time", string(published))
	if p.Version > 1 && len(p.Created) >= 10 {
		say("article:modified_time", p.Created)
	}
	for _, c := range rec.By("author") {
		say("article:author", c.NameIn(lang).Shown())
	}
	say("article:section", journal.In(rec.Section, lang).Plain)
	for _, w := range rec.KeywordsIn(lang) {
		say("article:tag", w)
	}
}

// territory is a language as Open Graph wants it, with the country where it is mostly
// spoken: "en_US", "ru_RU"; "" for one that has none.
func territory(tag string) string {
	t, err := language.Parse(tag)
	if err != nil || tag == "" {
		return ""
	}
	base, _, _ := t.Raw()
	region, sure := t.Region()
	if sure == language.No || base.String() == "und" || len(base.String()) != 2 || !region.IsCountry() {
		return ""
	}
	return base.String() + "_" + region.String()
}
