package jats

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"offprint/internal/journal"
)

// references writes the reference list; a divided one is a list per heading.
func (w *encoder) references() []*elem {
	refs := w.a.References
	var out []*elem
	for i := 0; i < len(refs); {
		group := refs[i].Group
		list := tag("ref-list")
		if group != "" {
			list.set("specific-use", grouped).add(say("title", group))
		}
		for ; i < len(refs) && refs[i].Group == group; i++ {
			list.add(w.reference(&refs[i]))
		}
		out = append(out, list)
	}
	return out
}

// publicationTypes are the types of JATS for those of CSL: the usual one.
var publicationTypes = map[string]string{
	"article-journal": "journal", "book": "book", "chapter": "chapter", "paper-conference": "confproc", "thesis": "thesis", "webpage": "web",
	"report": "report", "article-newspaper": "newspaper", "article-magazine": "magazine", "patent": "patent", "dataset": "data",
	"software": "software", "article": "preprint", "legislation": "legal-doc", "standard": "standard", "personal_communication": "letter",
	"speech": "speech",
}

// reference writes an entry: as it is printed, with the fields marked that
// stand in it. Where reading that back would not give all fields of the
// record, an element citation beside it has them.
func (w *encoder) reference(r *journal.Reference) *elem {
	e := w.id(tag("ref"), r.ID).add(say("label", first(r.Label, r.Key)))
	mixed := tag("mixed-citation").set("publication-type", publicationTypes[r.Type]).set("xml:lang", r.Printed.Lang)
	mixed.add(w.prose(r.Printed)...)
	plain := mixed.kids
	mixed.kids = tagged(plain, r)
	fields, words := w.says(mixed, r)
	if !words {
		// A mark beside a stray blank would move it.
		mixed.kids = plain
		fields, _ = w.says(mixed, r)
	}
	if !fields {
		mixed = tag("citation-alternatives", w.fieldsOf(r), mixed)
	}
	return e.add(mixed)
}

// says reports whether a citation is read as the fields of a reference, and as
// its words.
func (w *encoder) says(citation *elem, r *journal.Reference) (fields, words bool) {
	d := &decoder{here: w.here, out: &journal.Reading{}}
	var read journal.Reference
	d.fields(citation, &read)
	printed := d.printed([]*elem{citation}, nil, nil, "")
	citation.forget()
	return sameFields(&read, r), printed.Plain == r.Printed.Plain
}

// forget undoes what a reader noted.
func (e *elem) forget() {
	e.took = false
	for _, k := range e.kids {
		k.forget()
	}
}

// fieldsOf is an element citation with all fields of a reference.
func (w *encoder) fieldsOf(r *journal.Reference) *elem {
	e := tag("element-citation").set("publication-type", publicationTypes[r.Type])
	people := func(role string, names []journal.Name) {
		group := tag("person-group").set("person-group-type", role)
		for _, n := range names {
			group.add(w.name(n))
		}
		if len(names) > 0 {
			e.add(group)
		}
	}
	people("author", r.Authors)
	people("editor", r.Editors)
	title := "article-title"
	if r.Type == "chapter" {
		title = "chapter-title"
	}
	e.add(say(title, r.Title), say("trans-title", r.TitleTranslated), say("source", r.Container))
	if r.Issued.Year() > 0 {
		e.add(say("year", itoa(r.Issued.Year())).set("iso-8601-date", string(r.Issued)))
	}
	e.add(say("volume", r.Volume), say("issue", r.Issue), say("fpage", r.Pages.First), say("lpage", r.Pages.Last), say("elocation-id", r.Pages.Article))
	e.add(say("publisher-name", r.Publisher), say("publisher-loc", r.Place))
	if r.Accessed != "" {
		e.add(say("date-in-citation", string(r.Accessed)).set("content-type", "access-date").set("iso-8601-date", string(r.Accessed)))
	}
	for _, id := range r.IDs {
		if id.Kind == "isbn" || id.Kind == "issn" {
			e.add(say(id.Kind, id.Value))
			continue
		}
		e.add(typed(say("pub-id", id.Value), "pub-id-type", id.Kind))
	}
	e.add(doi("pub-id", r.DOI), say("ext-link", r.URL).set("ext-link-type", "uri").set("xlink:href", r.URL))
	e.add(say("comment", r.LanguageNote).set("content-type", "language-note"), say("comment", r.URLRemnant).set("content-type", "url-remnant"))
	if len(e.kids) == 0 {
		e.add(tag("named-content").set("content-type", "none"))
	}
	return e
}

// tagged marks the fields that stand in the printed text, each where it is
// found first behind the one before, in the order in which references have
// them.
func tagged(kids []*elem, r *journal.Reference) []*elem {
	kids = markPeople(kids, r.Authors)
	title := "article-title"
	if r.Type == "chapter" {
		title = "chapter-title"
	}
	for _, f := range [...][2]string{
		{title, r.Title}, {"source", r.Container}, {"trans-title", r.TitleTranslated}, {"publisher-name", r.Publisher},
		{"publisher-loc", r.Place}, {"year", year(r.Issued)}, {"volume", r.Volume}, {"issue", r.Issue},
		{"fpage", r.Pages.First}, {"lpage", r.Pages.Last}, {"elocation-id", r.Pages.Article},
	} {
		kids = mark(kids, f[0], f[1])
	}
	return kids
}

func year(d journal.Date) string {
	if d.Year() == 0 {
		return ""
	}
	return itoa(d.Year())
}

// markPeople marks the names that are printed in one of the usual orders.
func markPeople(kids []*elem, names []journal.Name) []*elem {
	for _, n := range names {
		if n.Family == "" {
			continue
		}
		for _, form := range [...]string{n.Literal, n.Family + ", " + n.Given, n.Family + " " + n.Given, n.Given + " " + n.Family} {
			before := len(kids)
			if kids = mark(kids, "string-name", form); len(kids) == before {
				continue
			}
			for _, k := range kids {
				if k.name == "string-name" && len(k.kids) == 1 && k.kids[0].name == "" && k.kids[0].text == form {
					shown := n
					shown.Literal = form
					k.kids = partsOf(shown)
				}
			}
			break
		}
	}
	return kids
}

// wordsAt is where a value stands in s as words of its own, -1 for nowhere.
func wordsAt(s, value string) int {
	for at := 0; at+len(value) <= len(s); at++ {
		if s[at:at+len(value)] != value {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(s[:at])
		after, _ := utf8.DecodeRuneInString(s[at+len(value):])
		if (at == 0 || !wordly(before)) && (at+len(value) == len(s) || !wordly(after)) {
			return at
		}
	}
	return -1
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// sameFields compares what a reader finds in a citation.
func sameFields(x, y *journal.Reference) bool {
	return slices.Equal(x.Authors, y.Authors) && slices.Equal(x.Editors, y.Editors) && slices.Equal(x.IDs, y.IDs) &&
		x.Type == y.Type && x.Title == y.Title && x.TitleTranslated == y.TitleTranslated && x.Container == y.Container &&
		x.Volume == y.Volume && x.Issue == y.Issue && x.Pages == y.Pages && x.Publisher == y.Publisher && x.Place == y.Place &&
		x.Issued == y.Issued && x.DOI == y.DOI && x.URL == y.URL && x.URLRemnant == y.URLRemnant && x.Accessed == y.Accessed &&
		x.LanguageNote == y.LanguageNote
}
