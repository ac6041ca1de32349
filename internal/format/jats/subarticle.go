package jats

import (
	"strings"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/pid"
)

// subArticle reads an article inside the article. A translation gives its
// titles, abstracts and keywords to the record and is a document of its own;
// a review, a decision or an answer is a section behind the text.
func (d *decoder) subArticle(e *elem) []journal.Document {
	e.took = true
	outer := d.here
	if lang := langTag(e.at("lang")); lang != "" {
		d.here = lang
	}
	kind := first(e.at("article-type"), e.at("response-type"), e.name)
	var documents []journal.Document
	if kind == "translation" && d.here != outer {
		documents = d.translation(e)
	} else {
		section := d.annex(e, kind)
		if d.here != outer {
			section.Lang = d.here
		}
		d.main.Back = append(d.main.Back, section)
	}
	for sub := range e.each("sub-article", "response") {
		documents = append(documents, d.subArticle(sub)...)
	}
	d.here = outer
	return documents
}

// annex is a section with the title, the people and the text of a review or
// another part of the discussion of an article.
func (d *decoder) annex(e *elem, kind string) article.Node {
	n := article.Node{Kind: article.Section, ID: e.id(), Role: kind}
	var behind []article.Node
	for stub := range e.each("front-stub", "front") {
		stub.took = true
		meta := stub
		if m := stub.child("article-meta"); m != nil {
			meta = m.take()
		}
		behind = append(behind, d.annexMeta(meta, &n)...)
	}
	n.Kids = append(n.Kids, d.body(e)...)
	for back := range e.each("back") {
		back.took = true
		n.Kids = append(n.Kids, d.flow(back)...)
	}
	for group := range e.each("floats-group") {
		group.took = true
		n.Kids = append(n.Kids, d.flow(group)...)
	}
	n.Kids = append(n.Kids, behind...)
	return n
}

func (d *decoder) annexMeta(meta *elem, n *article.Node) []article.Node {
	var behind []article.Node
	for k := range meta.each() {
		switch k.name {
		case "article-id":
			if doi, ok := pid.DOI(k.peek()); ok && n.DOI == "" {
				n.DOI = doi
				k.takeAll()
			}
		case "title-group":
			k.took = true
			if title := k.child("article-title"); title != nil {
				title.took = true
				n.Kids = append(n.Kids, article.Node{Kind: article.Title, Kids: d.mixed(title)})
			}
		case "contrib-group":
			k.took = true
			for c := range k.each("contrib") {
				n.Kids = append(n.Kids, d.signed(c)...)
			}
		case "abstract":
			section := d.headed(k, article.Section)
			section.Role = "abstract"
			behind = append(behind, section)
		case "author-notes":
			behind = append(behind, d.authorNotes(k)...)
		case "related-article", "related-object":
			d.related(k, first(k.at("related-article-type"), k.at("link-type"), k.name))
		case "counts":
			k.takeAll()
		case "permissions":
			k.took = true
			d.permissions(k)
		case "custom-meta-group":
			k.took = true
			n.Kids = append(n.Kids, d.facts(k))
		}
	}
	return behind
}

// facts are what the source says of an annex in pairs, such as the
// recommendation of a reviewer.
func (d *decoder) facts(e *elem) article.Node {
	n := article.Node{Kind: article.Definitions, Role: e.name}
	for k := range e.each("custom-meta") {
		k.took = true
		for part := range k.each("meta-name", "meta-value") {
			kind := article.Term
			if part.name == "meta-value" {
				kind = article.Definition
			}
			part.took = true
			n.Kids = append(n.Kids, article.Node{Kind: kind, Kids: d.value(part, kind)})
		}
	}
	return n
}

// value is the words of a name or the blocks of what is said of it.
func (d *decoder) value(e *elem, kind article.Kind) []article.Node {
	if kind == article.Definition {
		return d.flow(e)
	}
	return d.mixed(e)
}

// signed is the line that says who wrote an annex: name, office, institution
// and ORCID.
func (d *decoder) signed(e *elem) []article.Node {
	e.took = true
	var words []string
	for _, n := range d.names(e) {
		words = append(words, n.Literal)
		break
	}
	for k := range e.each("role", "degrees") {
		words = append(words, k.line())
	}
	for k := range e.each("aff") {
		words = append(words, d.place(k)...)
	}
	for k := range e.each("xref") {
		for _, rid := range strings.Fields(k.at("rid")) {
			switch target := d.ids[rid]; {
			case target == nil:
			case target.name == "aff":
				words = append(words, d.place(target)...)
				k.takeAll()
			default:
				k.takeAll() // what it leads to stands in the annex
			}
		}
	}
	kids := []article.Node{article.Str(strings.Join(words, ", "))}
	for k := range e.each("contrib-id") {
		if orcid, ok := pid.ORCID(k.peek()); ok {
			k.takeAll()
			address := "https://orcid.org/" + orcid
			kids = append(kids, article.Str(" "), article.Node{Kind: article.Link, Target: address, Kids: []article.Node{article.Str(address)}})
		}
	}
	if len(words) == 0 {
		return nil
	}
	return []article.Node{{Kind: article.Attribution, Role: e.at("contrib-type"), Kids: tidy(kids)}}
}

// maxPlaces bounds the characters of institutions that are written again and
// again into the lines that say who wrote what.
const maxPlaces = 1 << 20

// place is an institution with its city and country.
func (d *decoder) place(e *elem) []string {
	if d.places > maxPlaces {
		return nil
	}
	aff := d.affiliation(e)
	d.places += len(aff.Names[0].Plain) + 1
	var out []string
	for _, s := range []string{aff.Names[0].Plain, aff.City, aff.Country} {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
