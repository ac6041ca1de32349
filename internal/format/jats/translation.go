package jats

import (
	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/pid"
)

// translation reads a translated article.
func (d *decoder) translation(e *elem) []journal.Document {
	doc := journal.Document{Lang: d.here}
	var behind []article.Node
	for stub := range e.each("front-stub", "front") {
		stub.took = true
		meta := stub
		if m := stub.child("article-meta"); m != nil {
			meta = m.take()
		}
		behind = append(behind, d.translatedMeta(meta)...)
	}
	doc.Body = d.body(e)
	for back := range e.each("back") {
		back.took = true
		doc.Back, doc.Notes = d.notes(d.flow(back))
	}
	for group := range e.each("floats-group") {
		group.took = true
		doc.Body = append(doc.Body, d.flow(group)...)
	}
	doc.Back = append(doc.Back, behind...)
	doc.Back = append(doc.Back, d.extraNotes()...)
	if len(doc.Body)+len(doc.Back)+len(doc.Notes) == 0 {
		return nil
	}
	return []journal.Document{doc}
}

// extraNotes are the footnotes that titles and contributors brought along.
func (d *decoder) extraNotes() []article.Node {
	if len(d.extra) == 0 {
		return nil
	}
	notes := d.extra
	d.extra = nil
	return []article.Node{{Kind: article.NoteList, Role: "author-notes", Kids: notes}}
}

// translatedMeta adds what is said in another language to the record.
func (d *decoder) translatedMeta(meta *elem) []article.Node {
	a := &d.out.Article
	var behind []article.Node
	for k := range meta.each() {
		switch k.name {
		case "article-id":
			if doi, ok := pid.DOI(k.peek()); ok {
				k.takeAll()
				if !pid.SameDOI(doi, a.DOI) {
					a.Related = append(a.Related, journal.Related{Relation: "translation", DOI: doi})
				}
			}
		case "article-categories":
			d.translatedSection(k)
		case "title-group":
			d.titles(k, d.here)
		case "abstract", "trans-abstract":
			d.addAbstract(k)
		case "kwd-group":
			d.keywords(k)
		case "author-notes":
			behind = append(behind, d.authorNotes(k)...)
		case "permissions":
			k.took = true
			d.permissions(k)
		case "related-article", "related-object":
			d.related(k, first(k.at("related-article-type"), k.at("link-type"), k.name))
		case "funding-group":
			d.translatedFunding(k)
		case "history":
			d.sameHistory(k)
		case "counts":
			k.takeAll()
		}
	}
	d.translatedPeople(meta)
	return behind
}

// translatedFunding adds the statement in another language; the awards are
// those of the article.
func (d *decoder) translatedFunding(e *elem) {
	a := &d.out.Article
	e.took = true
	for s := range e.each("funding-statement") {
		a.FundingStatement = append(a.FundingStatement, d.text(s))
	}
	known := map[string]bool{}
	for _, f := range a.Funding {
		known[f.Funder] = true
		for _, award := range f.Awards {
			known[award] = true
		}
	}
	for group := range e.each("award-group") {
		same := true
		for k := range group.each("funding-source", "award-id") {
			same = same && known[k.peek()]
		}
		if same {
			group.takeAll()
		}
	}
}

// sameHistory takes the dates that the article has too.
func (d *decoder) sameHistory(e *elem) {
	known := map[journal.When]bool{}
	for _, w := range d.out.Article.History {
		known[w] = true
	}
	e.took = true
	for k := range e.each("date") {
		if when := date(k); when == "" || !known[journal.When{Event: k.at("date-type"), Date: when}] {
			k.took = false
			for part := range k.each() {
				part.took = false
			}
		}
	}
}

func (d *decoder) translatedSection(e *elem) {
	a := &d.out.Article
	group := e.child("subj-group")
	subject := group.child("subject")
	if subject == nil || len(a.Section) == 0 || sameLanguage(a.Section, d.here) {
		return
	}
	e.took, group.took = true, true
	a.Section = append(a.Section, d.text(subject))
}

// translatedPeople compares the people and institutions of a translation with
// those of the article, one by one. Where they are as many, the names in the
// other language join them; where they are not, nothing is taken.
func (d *decoder) translatedPeople(meta *elem) {
	a := &d.out.Article
	var affs []*elem
	var walk func(*elem)
	walk = func(e *elem) {
		for k := range e.each() {
			switch k.name {
			case "aff":
				affs = append(affs, k)
			case "contrib":
				walk(k)
			case "contrib-group", "aff-alternatives":
				k.took = true
				walk(k)
			}
		}
	}
	walk(meta)
	if len(affs) == len(a.Affiliations) {
		for i, k := range affs {
			form := d.affiliation(k)
			d.affs[k] = i
			if name := form.Names[0]; !sameLanguage(a.Affiliations[i].Names, name.Lang) && name.Plain != a.Affiliations[i].Names[0].Plain {
				a.Affiliations[i].Names = append(a.Affiliations[i].Names, name)
			}
		}
	}
	people := inOrderOfRecord(meta)
	if len(people) != len(a.Contributors) {
		return
	}
	for i := range people {
		d.translatedPerson(people[i].e, &a.Contributors[i])
	}
}

func (d *decoder) translatedPerson(e *elem, c *journal.Contributor) {
	forms := d.names(e)
	if len(forms) == 0 || len(c.Names) == 0 {
		return
	}
	e.took = true
	if !sameName(c.Names, forms[0].Literal) {
		forms[0].Lang = first(forms[0].Lang, d.here)
		c.Names = append(c.Names, forms[0])
	}
	for k := range e.each() {
		switch k.name {
		case "contrib-id":
			if orcid, ok := pid.ORCID(k.peek()); ok && (c.ORCID == "" || c.ORCID == orcid) {
				c.ORCID = orcid
				k.takeAll()
			}
		case "email":
			d.email(k, c)
		case "bio":
			c.Bio = append(c.Bio, prose(d.here, d.headed(k, article.Section).Kids))
		case "xref":
			if d.ids[k.at("rid")] != nil {
				k.takeAll() // the same mark as in the article
			}
		}
	}
}

func sameName(names []journal.Name, literal string) bool {
	for _, n := range names {
		if n.Literal == literal {
			return true
		}
	}
	return false
}
