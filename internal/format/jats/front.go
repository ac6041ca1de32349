package jats

import (
	"strconv"
	"strings"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/pid"
)

// front reads what stands before the text. It returns what of it is text and
// follows the body: notes on the authors, statements.
func (d *decoder) front(e *elem) []article.Node {
	e.took = true
	if meta := e.child("journal-meta"); meta != nil {
		d.journal(meta)
	}
	meta := e.child("article-meta")
	if meta == nil {
		meta = e
	}
	behind := d.meta(meta)
	for notes := range e.each("notes") {
		behind = append(behind, d.node(notes)...)
	}
	return behind
}

func (d *decoder) journal(e *elem) {
	j := &d.out.Journal
	e.took = true
	for k := range e.each() {
		switch k.name {
		case "journal-id":
			if s := k.line(); s != "" {
				j.IDs = append(j.IDs, journal.ID{Kind: first(k.at("journal-id-type"), "journal-id"), Value: s})
			}
		case "journal-title-group":
			k.took = true
			for t := range k.each() {
				d.journalTitle(t)
			}
		case "journal-title", "abbrev-journal-title", "trans-title-group", "journal-subtitle":
			d.journalTitle(k)
		case "issn":
			d.issn(k)
		case "issn-l":
			if s, ok := pid.ISSN(k.peek()); ok {
				k.takeAll()
				j.IDs = append(j.IDs, journal.ID{Kind: "issn-l", Value: s})
			}
		case "publisher":
			k.took = true
			for name := range k.each("publisher-name") {
				if s := name.line(); s != "" {
					j.Publisher = append(j.Publisher, journal.T(langTag(name.at("lang")), s))
				}
			}
			for place := range k.each("publisher-loc") {
				j.Place = join(j.Place, place.line(), "; ")
			}
		}
	}
}

func (d *decoder) journalTitle(e *elem) {
	j := &d.out.Journal
	switch e.name {
	case "journal-title":
		lang := langTag(e.at("lang"))
		j.Titles = append(j.Titles, journal.T(lang, e.line()))
	case "trans-title-group":
		e.took = true
		if t := e.child("trans-title"); t != nil {
			j.Titles = append(j.Titles, journal.T(langTag(first(t.at("lang"), e.at("lang"))), t.line()))
		}
	case "abbrev-journal-title":
		if s := e.peek(); j.Abbrev == "" || s == j.Abbrev {
			j.Abbrev = e.line()
		}
	}
}

// issn tells the ISSNs apart by medium. One with a wrong check digit (ISO
// 3297) is not taken.
func (d *decoder) issn(e *elem) {
	j := &d.out.Journal
	s, ok := pid.ISSN(e.peek())
	if !ok {
		e.took = len(e.kids) == 0
		return
	}
	e.takeAll()
	switch kind := first(e.at("publication-format"), e.at("pub-type")); kind {
	case "ppub", "print", "paper":
		j.ISSNPrint = s
	case "epub", "electronic", "online", "online-only", "web":
		j.ISSNOnline = s
	default:
		j.IDs = append(j.IDs, journal.ID{Kind: first(kind, "issn"), Value: s})
	}
}

// meta reads article-meta.
func (d *decoder) meta(e *elem) []article.Node {
	a := &d.out.Article
	e.took = true
	d.publication(e)
	d.issue(e)
	d.affiliations(e)
	d.contributors(e)
	var behind []article.Node
	for k := range e.each() {
		switch k.name {
		case "article-id":
			d.articleID(k)
		case "article-version-alternatives":
			k.took = true
			for v := range k.each("article-version") {
				a.IDs = append(a.IDs, journal.ID{Kind: "article-version", Value: v.line()})
			}
		case "article-version":
			a.IDs = append(a.IDs, journal.ID{Kind: "article-version", Value: k.line()})
		case "article-categories":
			d.categories(k)
		case "title-group":
			d.titles(k, a.Language)
		case "author-notes":
			behind = append(behind, d.authorNotes(k)...)
		case "history", "pub-history":
			d.history(k)
		case "permissions":
			k.took = true
			d.permissions(k)
		case "self-uri":
			d.selfURI(k)
		case "related-article", "related-object":
			d.related(k, first(k.at("related-article-type"), k.at("link-type"), k.name))
		case "product":
			d.product(k)
		case "abstract", "trans-abstract":
			d.addAbstract(k)
		case "kwd-group":
			d.keywords(k)
		case "funding-group", "support-group":
			d.funding(k)
		case "counts":
			k.takeAll() // they count what is there
		case "supplementary-material":
			behind = append(behind, d.supplement(k))
		case "custom-meta-group", "custom-meta-wrap":
			behind = append(behind, d.customMeta(k)...)
		}
	}
	d.permissions(e) // before JATS these stood in article-meta itself
	return behind
}

func (d *decoder) articleID(e *elem) {
	a := &d.out.Article
	kind := first(e.typed("pub-id-type"), "other")
	if doi, ok := pid.DOI(e.peek()); ok && kind == "doi" && a.DOI == "" {
		a.DOI = doi
		e.takeAll()
		return
	}
	if s := e.peek(); s != "" {
		if use := e.at("specific-use"); use != "" && kind == "publisher-id" {
			kind += ":" + use
		}
		a.IDs = append(a.IDs, journal.ID{Kind: kind, Value: e.line()})
	}
}

// issue reads volume, issue and pages.
func (d *decoder) issue(e *elem) {
	a := &d.out.Article
	in := journal.Issue{}
	for k := range e.each() {
		switch k.name {
		case "volume":
			in.Volume = join(in.Volume, k.line(), " ")
		case "issue":
			in.Number = join(in.Number, k.line(), " ")
		case "issue-title":
			in.Titles = append(in.Titles, d.text(k))
		case "fpage":
			a.Pages.First = k.line()
		case "lpage":
			a.Pages.Last = k.line()
		case "elocation-id":
			a.Pages.Article = k.line()
		}
	}
	// A supplement belongs to the number of the issue, as it is printed.
	if s := e.child("supplement"); s != nil {
		words := s.line()
		if !strings.Contains(strings.ToLower(words), "suppl") {
			words = "Suppl. " + words
		}
		in.Number = join(in.Number, words, " ")
	}
	if r := e.child("page-range"); r != nil && pagesSay(a.Pages, r.peek()) {
		r.takeAll()
	}
	if in.Volume == "" && in.Number == "" && len(in.Titles) == 0 {
		return
	}
	in.Year = a.Published.Year()
	for k := range e.each("pub-date") {
		if event, _ := dateKind(k); event == "collection" || event == "published-print" {
			if y := date(k).Year(); y > 0 {
				in.Year = y
			}
		}
	}
	a.Issue = &in
}

// pagesSay reports whether a printed range is the pages already known.
func pagesSay(p journal.Pages, printed string) bool {
	printed = strings.NewReplacer("-", "–", "—", "–", " ", "").Replace(printed)
	return printed == "" || printed == p.String() || printed == p.First+"–"+p.Last
}

// categories reads the headings above an article. The journal's own heading,
// which also stands in its table of contents, is the section; other groups are
// subjects by the name of their scheme.
func (d *decoder) categories(e *elem) {
	a := &d.out.Article
	e.took = true
	rank := func(g *elem) int {
		switch g.at("subj-group-type") {
		case "toc-heading":
			return 4
		case "display-channel":
			return 3
		case "heading", "section":
			return 2
		case "":
			return 1
		}
		return 0
	}
	best := 0
	for g := range e.each("subj-group") {
		best = max(best, rank(g))
	}
	for g := range e.each("subj-group") {
		lang := first(langTag(g.at("lang")), d.here)
		if best > 0 && rank(g) == best && d.isNew("section", lang) {
			g.took = true
			subject := g.child("subject")
			if subject != nil {
				text := d.text(subject)
				text.Lang = lang
				a.Section = append(a.Section, text)
			}
			for k := range g.each("subject", "subj-group", "compound-subject") {
				if k != subject {
					d.subjects(k, "subject", "")
				}
			}
			continue
		}
		d.subjects(g, first(g.at("subj-group-type"), "subject"), "")
	}
}

func sameLanguage(texts []journal.Text, lang string) bool {
	for _, t := range texts {
		if t.Lang == lang {
			return true
		}
	}
	return false
}

// subjects reads a tree of subjects; the path to each leaf is its code.
func (d *decoder) subjects(e *elem, scheme, above string) {
	a := &d.out.Article
	switch e.name {
	case "subject", "compound-subject":
		if s := e.line(); s != "" {
			a.Subjects = append(a.Subjects, journal.Subject{Scheme: scheme, Code: join(above, s, "/")})
		}
	case "subj-group":
		e.took = true
		nested := e.child("subj-group") != nil
		for k := range e.each("subject", "compound-subject", "subj-group") {
			if k.name != "subj-group" && nested {
				above = join(above, k.line(), "/")
				continue
			}
			d.subjects(k, scheme, above)
		}
	}
}

// titles reads a title group: the title, its subtitles and their translations.
func (d *decoder) titles(e *elem, lang string) {
	a := &d.out.Article
	e.took = true
	add := func(k *elem, lang string) {
		t := d.title(k)
		if k.at("lang") == "" && lang != "" {
			t.Lang = lang
		}
		switch subtitle := strings.HasSuffix(k.name, "subtitle"); {
		case t.Plain == "" && len(t.Rich) == 0:
		case !d.isNew("title", strconv.FormatBool(subtitle), t.Lang, t.Plain):
		case subtitle:
			a.Subtitles = append(a.Subtitles, t)
		default:
			a.Titles = append(a.Titles, t)
		}
	}
	for k := range e.each() {
		switch k.name {
		case "article-title", "subtitle":
			add(k, lang)
		case "trans-title", "trans-subtitle":
			add(k, langTag(k.at("lang")))
		case "trans-title-group":
			k.took = true
			for t := range k.each("trans-title", "trans-subtitle") {
				add(t, langTag(k.at("lang")))
			}
		case "fn-group":
			k.took = true
			for n := range k.each("fn") {
				d.extra = append(d.extra, d.note(n))
			}
		}
	}
}

// pair takes what the record has a place for.
func (d *decoder) pair(name string, value *elem) bool {
	a := &d.out.Article
	switch {
	case value == nil:
		return false
	case name == metaCitation && a.Citation == "":
		a.Citation = value.line()
	case name == metaElocation && a.Pages.Article == "":
		a.Pages.Article = value.line()
	default:
		return false
	}
	return true
}

// customMeta keeps a statement on the availability of data, which readers look
// for, as a section behind the text.
func (d *decoder) customMeta(e *elem) []article.Node {
	var out []article.Node
	if e.name == "custom-meta-group" || e.name == "custom-meta-wrap" {
		for k := range e.each("custom-meta") {
			name, value := k.child("meta-name"), k.child("meta-value")
			if d.pair(name.peek(), value) {
				e.took = true
				k.takeAll()
				continue
			}
			if value == nil || !strings.Contains(strings.ToLower(k.id()+" "+name.peek()), "availab") {
				continue
			}
			e.took, k.took = true, true
			title := d.text(name)
			value.took = true
			out = append(out, article.Node{Kind: article.Section, ID: k.id(), Role: "data-availability", Kids: append(
				[]article.Node{{Kind: article.Title, Kids: title.Nodes()}}, d.flow(value)...)})
		}
	}
	return out
}
