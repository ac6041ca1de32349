package jats

import (
	"io"
	"slices"
	"strings"

	"offprint/internal/article"
	"offprint/internal/journal"
)

// Encode writes an article as JATS Journal Publishing 1.3 (ANSI/NISO
// Z39.96-2021) in UTF-8: the record, the full texts in the order of the record
// and the references. The same input gives the same bytes, which Decode reads
// as the same record and texts. address is the absolute address of the
// article's page, "" leaves it out. The error is that of w.
//
// The first document is the text of the article where it is in the article's
// language; the others are translations in sub-articles.
func Encode(w io.Writer, p *journal.Publication, documents []journal.Document, address string) error {
	e := &encoder{pub: p, a: &p.Record, address: address, known: map[string]bool{}, given: map[string]bool{}}
	e.survey(documents)
	root := e.article(documents)
	fit(root)
	return write(w, root)
}

// encoder holds what the parts of one document share.
type encoder struct {
	pub     *journal.Publication
	a       *journal.Article
	address string
	known   map[string]bool // identifiers that a reference can lead to
	given   map[string]bool // those that are written already
	corresp map[string]bool // notes that are words about correspondence
	here    string          // language of what is being written
}

// survey finds the identifiers that are in the record and the texts.
func (w *encoder) survey(documents []journal.Document) {
	w.corresp = map[string]bool{}
	see := func(nodes []article.Node) {
		article.Walk(nodes, func(n *article.Node) bool {
			if n.ID != "" {
				w.known[n.ID] = true
			}
			if n.Kind == article.Footnote && n.Role == "corresp" {
				w.corresp[n.ID] = true
			}
			return true
		})
	}
	for i := range documents {
		see(documents[i].Body)
		see(documents[i].Back)
		see(documents[i].Notes)
	}
	for _, r := range w.a.References {
		w.known[r.ID] = true
		see(r.Printed.Rich)
	}
	for _, x := range w.a.Abstracts {
		see(x.Rich)
	}
	for _, aff := range w.a.Affiliations {
		w.known[aff.ID] = true
	}
}

// id gives an identifier to an element, once in a document.
func (w *encoder) id(e *elem, id string) *elem {
	if id != "" && !w.given[id] {
		w.given[id] = true
		e.set("id", toName(id))
	}
	return e
}

// rids are the identifiers of a cross-reference that lead somewhere.
func (w *encoder) rids(target string) string {
	var out []string
	for _, id := range strings.Fields(target) {
		if w.known[id] {
			out = append(out, toName(id))
		}
	}
	return strings.Join(out, " ")
}

func (w *encoder) article(documents []journal.Document) *elem {
	a := w.a
	w.here = a.Language
	root := tag("article").set("article-type", a.Type).set("dtd-version", "1.3").set("xml:lang", a.Language)
	main := journal.Document{}
	if len(documents) > 0 && (documents[0].Lang == a.Language || a.Language == "") {
		main, documents = documents[0], documents[1:]
	}
	back := divide(main.Back)
	front := tag("front", w.journalMeta(), w.articleMeta(&back))
	if len(back.behind) > 0 {
		front.add(tag("notes", w.nodes(back.behind)...).set("specific-use", wrapping))
	}
	root.add(front)
	body, floats := w.body(main.Body)
	root.add(body, w.back(back.core, main.Notes, w.references()), floats)
	for i := range back.annexes {
		root.add(w.annex(&back.annexes[i]))
	}
	for i := range documents {
		root.add(w.translation(&documents[i]))
	}
	return root
}

// backMatter is what stands behind a text, by the place that JATS has for it.
type backMatter struct {
	core    []article.Node // in back
	authors *article.Node  // notes on the authors
	behind  []article.Node // other notes of the front matter
	extra   *article.Node  // notes that belong to titles and names
	annexes []article.Node // reviews, decisions, answers: articles of their own
}

// divide takes apart what a reader puts together, from its end.
func divide(nodes []article.Node) backMatter {
	var b backMatter
	end := len(nodes)
	for end > 0 && isAnnex(&nodes[end-1]) {
		end--
	}
	nodes, b.annexes = nodes[:end], nodes[end:]
	at := slices.IndexFunc(nodes, isAuthorNotes)
	if at < 0 {
		b.core = nodes
		return b
	}
	b.core, b.authors, b.behind = nodes[:at], &nodes[at], nodes[at+1:]
	if n := len(b.behind); n > 0 && isAuthorNotes(b.behind[n-1]) && b.behind[n-1].ID == "" && allNotes(b.behind[n-1].Kids) {
		b.extra, b.behind = &b.behind[n-1], b.behind[:n-1]
	}
	return b
}

func isAuthorNotes(n article.Node) bool {
	return n.Kind == article.NoteList && n.Role == "author-notes" && n.Label == "" && len(n.Kids) > 0
}

func allNotes(nodes []article.Node) bool {
	return !slices.ContainsFunc(nodes, func(n article.Node) bool { return n.Kind != article.Footnote })
}

// annexes are the article types of parts of a discussion (JATS, article-type;
// JATS4R, Peer review materials).
var annexes = strings.Fields(`reviewer-report referee-report decision-letter editor-report author-comment reply response
	aggregated-review-documents peer-review review-report discussion addendum article-commentary letter`)

func isAnnex(n *article.Node) bool {
	return n.Kind == article.Section && n.Label == "" && n.Alt == "" && slices.Contains(annexes, n.Role)
}

// body writes a text. Figures and the like behind the last section are those
// that the source keeps apart from its text.
func (w *encoder) body(nodes []article.Node) (body, floats *elem) {
	end := len(nodes)
	for end > 0 && floating(&nodes[end-1]) {
		end--
	}
	if end == 0 || nodes[end-1].Kind != article.Section {
		end = len(nodes)
	}
	if end > 0 {
		body = tag("body", w.nodes(nodes[:end])...)
	}
	if end < len(nodes) {
		floats = tag("floats-group", w.nodes(nodes[end:])...)
	}
	return body, floats
}

func floating(n *article.Node) bool {
	switch n.Kind {
	case article.Box, article.Figure, article.FigureGroup, article.Image, article.Media, article.TableWrap, article.Supplementary:
		return n.Role != "disp-formula-group"
	}
	return false
}

// back writes what stands behind a text: its own parts, the references, the
// notes.
func (w *encoder) back(nodes, notes []article.Node, references []*elem) *elem {
	back := tag("back")
	for i := 0; i < len(nodes); i++ {
		switch n := &nodes[i]; n.Kind {
		case article.Appendix:
			group := tag("app-group")
			for ; i < len(nodes) && nodes[i].Kind == article.Appendix; i++ {
				group.add(w.titled(tag("app"), &nodes[i], "content-type"))
			}
			i--
			back.add(group)
		case article.Acknowledged:
			back.add(w.titled(tag("ack"), n, "content-type"))
		default:
			back.add(w.node(n)...)
		}
	}
	back.add(references...)
	if len(notes) > 0 {
		back.add(tag("fn-group", w.nodes(notes)...).set("content-type", textNotes))
	}
	if len(back.kids) == 0 {
		return nil
	}
	return back
}

// annex writes a part of the discussion as an article of its own.
func (w *encoder) annex(n *article.Node) *elem {
	outer := w.here
	e := w.id(tag("sub-article").set("article-type", n.Role).set("xml:lang", n.Lang), n.ID)
	w.here = first(n.Lang, outer)
	stub := tag("front-stub", doi("article-id", n.DOI))
	kids := n.Kids
	if len(kids) > 0 && kids[0].Kind == article.Title && kids[0].Lang == "" {
		stub.add(tag("title-group", tag("article-title", w.nodes(kids[0].Kids)...)))
		kids = kids[1:]
	}
	e.add(stub)
	if len(kids) > 0 {
		e.add(tag("body", w.nodes(kids)...))
	}
	w.here = outer
	return e
}

// translation writes a text in another language with its titles, abstracts and
// keywords, which the article's own front matter has too.
func (w *encoder) translation(doc *journal.Document) *elem {
	outer := w.here
	w.here = doc.Lang
	back := divide(doc.Back)
	core := append(slices.Clone(back.core), back.behind...)
	core = append(core, back.annexes...)
	e := tag("sub-article").set("article-type", "translation").set("xml:lang", doc.Lang)
	stub := tag("front-stub", w.titlesIn(doc.Lang, back.extra), w.authorNotes(back.authors))
	for i := range w.a.Abstracts {
		if x := &w.a.Abstracts[i]; x.Lang == doc.Lang && x.Role == "" && plainWords(x.Rich) {
			stub.add(w.abstract("abstract", x))
		}
	}
	for _, k := range w.a.Keywords {
		if k.Lang == doc.Lang {
			stub.add(w.keywords(k))
		}
	}
	e.add(stub)
	body, floats := w.body(doc.Body)
	e.add(body, w.back(core, doc.Notes, nil), floats)
	w.here = outer
	return e
}

// plainWords reports whether nodes can be written twice: identifiers cannot.
func plainWords(nodes []article.Node) bool {
	plain := true
	article.Walk(nodes, func(n *article.Node) bool {
		plain = plain && n.ID == ""
		return plain
	})
	return plain
}

// doi writes a DOI as an identifier, nil where there is none.
func doi(name, value string) *elem { return say(name, value).set("pub-id-type", "doi") }
