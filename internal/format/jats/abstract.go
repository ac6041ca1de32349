package jats

import (
	"strings"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/script"
)

// usual are titles of abstracts that only say what it is, folded; the page has
// its own words for them.
var usual = func() map[string]bool {
	set := map[string]bool{}
	for _, s := range strings.Split("abstract|summary|resumo|resumen|resume|zusammenfassung|riassunto|sommario|abstrak|ozet|rezumat|"+
		"аннотация|резюме|реферат|анотація|要旨|抄録|摘要|초록|ملخص|چکیده", "|") {
		set[script.Fold(s)] = true
	}
	return set
}()

// abstract reads an abstract of any kind. A title of its own stays with it as
// its heading.
func (d *decoder) abstract(e *elem) journal.Abstract {
	outer := d.here
	if lang := langTag(e.at("lang")); lang != "" {
		d.here = lang
	}
	n := d.headed(e, article.Section)
	nodes := n.Kids
	if len(nodes) > 0 && nodes[0].Kind == article.Title && usual[strings.Trim(script.Fold(article.Plain(nodes[0].Kids)), " .:")] {
		nodes = nodes[1:]
	}
	out := journal.Abstract{Text: prose(d.here, nodes), Role: e.at("abstract-type")}
	d.here = outer
	return out
}

// addAbstract reads an abstract into the record, once: a translation in an
// article of its own may repeat what the article has.
func (d *decoder) addAbstract(e *elem) {
	next := d.abstract(e)
	if d.isNew("abstract", next.Lang, next.Role, next.Plain) {
		d.out.Article.Abstracts = append(d.out.Article.Abstracts, next)
	}
}

// isNew reports whether something is met for the first time.
func (d *decoder) isNew(what ...string) bool {
	key := strings.Join(what, "\x00")
	if d.seen[key] {
		return false
	}
	d.seen[key] = true
	return true
}

// keywords reads a group of keywords. A group of another kind than keywords
// (a classification, the organisms studied) gives subjects.
func (d *decoder) keywords(e *elem) {
	a := &d.out.Article
	e.took = true
	e.child("title").takeAll()
	e.child("label").takeAll()
	kind := strings.ToLower(e.at("kwd-group-type"))
	words := journal.Keywords{Lang: first(langTag(e.at("lang")), d.here)}
	plain := kind == "" || strings.Contains(kind, "author") || strings.Contains(kind, "keyword") || strings.Contains(kind, "kwd")
	for k := range e.each("kwd", "compound-kwd", "nested-kwd") {
		s := k.line()
		switch {
		case s == "":
		case plain && d.isNew("keyword", words.Lang, s):
			words.Words = append(words.Words, s)
		case !plain:
			a.Subjects = append(a.Subjects, journal.Subject{Scheme: kind, Code: s})
		}
	}
	for i := range a.Keywords {
		if a.Keywords[i].Lang == words.Lang {
			a.Keywords[i].Words = append(a.Keywords[i].Words, words.Words...)
			return
		}
	}
	if len(words.Words) > 0 {
		a.Keywords = append(a.Keywords, words)
	}
}
