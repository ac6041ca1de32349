package jats

import (
	"strings"

	"offprint/internal/article"
	"offprint/internal/journal"
)

// journalMeta writes what is said of the journal. An identifier and an ISSN
// are required; where the journal has none, they are empty.
func (w *encoder) journalMeta() *elem {
	j := &w.pub.Journal
	e := tag("journal-meta")
	for _, id := range j.IDs {
		e.add(say("journal-id", id.Value).set("journal-id-type", id.Kind))
	}
	if len(e.kids) == 0 {
		e.add(tag("journal-id", text(j.Path)...))
	}
	group := tag("journal-title-group")
	for i, t := range j.Titles {
		title := tag("journal-title", run(t.Plain)).set("xml:lang", t.Lang)
		if i > 0 {
			title = tag("trans-title-group", tag("trans-title", run(t.Plain))).set("xml:lang", t.Lang)
		}
		group.add(title)
	}
	if group.add(say("abbrev-journal-title", j.Abbrev)); len(group.kids) > 0 {
		e.add(group)
	}
	e.add(say("issn", j.ISSNPrint).set("publication-format", "print"), say("issn", j.ISSNOnline).set("publication-format", "electronic"))
	if j.ISSNPrint == "" && j.ISSNOnline == "" {
		e.add(tag("issn"))
	}
	return e.add(publisher(j))
}

func publisher(j *journal.Journal) *elem {
	if len(j.Publisher) == 0 && j.Place == "" {
		return nil
	}
	e := tag("publisher")
	for i, t := range j.Publisher {
		e.add(tag("publisher-name", run(t.Plain)).set("xml:lang", t.Lang))
		if i == 0 {
			e.add(say("publisher-loc", j.Place))
		}
	}
	if len(j.Publisher) == 0 {
		e.add(tag("publisher-name"), say("publisher-loc", j.Place))
	}
	return e
}

// articleMeta writes what is said of the article, in the order of the model.
func (w *encoder) articleMeta(back *backMatter) *elem {
	a := w.a
	e := tag("article-meta", w.identifiers()...)
	e.add(w.categories(), w.titles(back.extra))
	e.add(w.people()...)
	e.add(w.authorNotes(back.authors))
	e.add(w.pubDates()...)
	e.add(w.place()...)
	products := 0
	for products < len(a.Related) && a.Related[products].Relation == "product" {
		e.add(product(&a.Related[products]))
		products++
	}
	e.add(w.history(), w.versions(), w.permissions())
	e.add(w.selfURIs()...)
	for i := range a.Related[products:] {
		e.add(w.relatedArticle(&a.Related[products+i]))
	}
	e.add(w.abstracts()...)
	for _, k := range a.Keywords {
		e.add(w.keywords(k))
	}
	return e.add(w.funding(), w.customMeta())
}

// identifiers are the DOI and the others; JATS names the usual ones.
func (w *encoder) identifiers() []*elem {
	out := []*elem{doi("article-id", w.a.DOI)}
	var versions []*elem
	for _, id := range w.a.IDs {
		if id.Kind == "article-version" {
			versions = append(versions, say("article-version", id.Value))
			continue
		}
		kind, use := id.Kind, ""
		if rest, ok := strings.CutPrefix(kind, "publisher-id:"); ok {
			kind, use = "publisher-id", rest
		}
		out = append(out, typed(say("article-id", id.Value), "pub-id-type", kind).set("specific-use", use))
	}
	switch {
	case len(versions) > 1:
		return append(out, tag("article-version-alternatives", versions...))
	case len(versions) == 1:
		return append(out, versions[0])
	case w.pub.Version > 1:
		return append(out, say("article-version", itoa(w.pub.Version)))
	}
	return out
}

// closed are the attributes whose values JATS 1.3 lists.
var closed = map[string]string{
	"pub-id-type": ` accession archive ark art-access-id arxiv coden doaj doi handle index isbn manuscript medline mr other pii
 pmcid pmid publisher-id sici std-designation zbl `,
	"fn-type": ` abbr coi-statement com con conflict corresp current-aff deceased edited-by equal financial-disclosure on-leave
 other participating-researchers present-address presented-at presented-by previously-at study-group-members supplementary-material supported-by `,
	"ref-type": ` aff app author-notes award bibr bio boxed-text chem collab contrib corresp disp-formula fig fn kwd list other plate
 scheme sec statement supplementary-material table table-fn `,
}

// typed sets an attribute of a closed list; what is not in it is "custom" with
// the type beside it.
func typed(e *elem, name, value string) *elem {
	switch {
	case value == "":
		return e
	case strings.Contains(closed[name], " "+value+" "), strings.Contains(closed[name], "\n"+value+" "):
		return e.set(name, value)
	}
	return e.set(name, "custom").set("custom-type", value)
}

func (w *encoder) categories() *elem {
	a := w.a
	e := tag("article-categories")
	heading := "heading"
	for _, s := range a.Subjects {
		switch s.Scheme {
		case "heading", "section", "display-channel", "toc-heading":
			heading = "toc-heading"
		}
	}
	for _, t := range a.Section {
		e.add(tag("subj-group", tag("subject", w.prose(t)...)).set("subj-group-type", heading).set("xml:lang", t.Lang))
	}
	for i := 0; i < len(a.Subjects); {
		scheme := a.Subjects[i].Scheme
		group := tag("subj-group").set("subj-group-type", scheme)
		for ; i < len(a.Subjects) && a.Subjects[i].Scheme == scheme; i++ {
			group.add(say("subject", a.Subjects[i].Code))
		}
		e.add(group)
	}
	if len(e.kids) == 0 {
		return nil
	}
	return e
}

// titles writes the titles in all languages, each with its subtitle.
func (w *encoder) titles(extra *article.Node) *elem {
	a := w.a
	e := tag("title-group")
	if len(a.Titles) == 0 {
		return e.add(tag("article-title"), w.titleNotes(extra))
	}
	groups := map[string]*elem{}
	e.add(tag("article-title", w.prose(a.Titles[0])...).set("xml:lang", w.differs(a.Titles[0].Lang)))
	var others []*elem
	for _, t := range a.Titles[1:] {
		group := tag("trans-title-group", tag("trans-title", w.prose(t)...)).set("xml:lang", t.Lang)
		others = append(others, group)
		if groups[t.Lang] == nil {
			groups[t.Lang] = group
		}
	}
	for _, t := range a.Subtitles {
		if group := groups[t.Lang]; group != nil && t.Lang != a.Titles[0].Lang {
			group.add(tag("trans-subtitle", w.prose(t)...))
			continue
		}
		e.add(tag("subtitle", w.prose(t)...).set("xml:lang", w.differs(t.Lang)))
	}
	return e.add(others...).add(w.titleNotes(extra))
}

// titlesIn is the title group of a translation.
func (w *encoder) titlesIn(lang string, extra *article.Node) *elem {
	for _, t := range w.a.Titles {
		if t.Lang != lang || !plainWords(t.Rich) {
			continue
		}
		e := tag("title-group", tag("article-title", w.prose(t)...))
		for _, s := range w.a.Subtitles {
			if s.Lang == lang && plainWords(s.Rich) {
				e.add(tag("subtitle", w.prose(s)...))
			}
		}
		return e.add(w.titleNotes(extra))
	}
	if extra != nil {
		return tag("title-group", tag("article-title"), w.titleNotes(extra))
	}
	return nil
}

func (w *encoder) titleNotes(extra *article.Node) *elem {
	if extra == nil {
		return nil
	}
	return tag("fn-group", w.nodes(extra.Kids)...)
}

// differs is a language where it is not the one around it.
func (w *encoder) differs(lang string) string {
	if lang == w.here {
		return ""
	}
	return lang
}

// authorNotes writes the notes on the authors.
func (w *encoder) authorNotes(n *article.Node) *elem {
	if n == nil {
		return nil
	}
	e := w.id(tag("author-notes"), n.ID)
	for i := range n.Kids {
		k := &n.Kids[i]
		if k.Kind != article.Footnote || k.Role != "corresp" {
			e.add(w.node(k)...)
			continue
		}
		note := w.carry(tag("corresp"), k)
		if k.Label != "" {
			note.add(say("label", k.Label))
		}
		if len(k.Kids) == 1 && bare(&k.Kids[0]) {
			e.add(note.add(w.nodes(k.Kids[0].Kids)...))
		} else {
			e.add(note.add(w.nodes(k.Kids)...))
		}
	}
	return e
}

// bare reports whether a paragraph says nothing but its words.
func bare(n *article.Node) bool {
	return n.Kind == article.Paragraph && n.ID == "" && n.Lang == "" && n.Dir == "" && n.Role == ""
}

// prose is a text of the record: its markup, else its characters.
func (w *encoder) prose(t journal.Text) []*elem {
	outer := w.here
	w.here = first(t.Lang, outer)
	nodes := w.nodes(t.Nodes())
	w.here = outer
	return nodes
}

// abstracts writes those in the language of the article as abstract, those in
// others as trans-abstract, as far as that keeps their order.
func (w *encoder) abstracts() []*elem {
	list := w.a.Abstracts
	own := len(list)
	for own > 0 && list[own-1].Lang != w.a.Language {
		own--
	}
	var out []*elem
	for i := range list {
		name := "abstract"
		if i >= own {
			name = "trans-abstract"
		}
		out = append(out, w.abstract(name, &list[i]))
	}
	return out
}

func (w *encoder) abstract(name string, x *journal.Abstract) *elem {
	e := tag(name).set("abstract-type", x.Role).set("xml:lang", w.differs(x.Lang))
	return e.add(w.prose(x.Text)...)
}

func (w *encoder) keywords(k journal.Keywords) *elem {
	e := tag("kwd-group").set("kwd-group-type", "author").set("xml:lang", w.differs(k.Lang))
	for _, word := range k.Words {
		e.add(say("kwd", word))
	}
	if len(e.kids) == 0 {
		return nil
	}
	return e
}
