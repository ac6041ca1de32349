package landing

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"offprint/internal/script"
)

// maxOpen bounds how many open elements are remembered; deeper ones are read
// as if they had no tags.
const maxOpen = 512

// element is an open element.
type element struct {
	name    atom.Atom
	outside bool // in the frame of the site
	main    bool // in the main part of the page
	skip    bool // not shown
	link    bool
	heading int
	href    string
}

// meta is a meta element, or a statement of another kind brought to its form.
type meta struct {
	key   string // lower case
	value string
	lang  string
	no    int
}

// reader turns HTML into lines, one token after the other: no tree is built, so time
// and memory are linear and nesting costs nothing.
type reader struct {
	lines   []line
	metas   []meta
	jsonld  []string
	title   string // of the document
	lang    string // of the document
	feeds   []string
	hasMain bool

	open    []element
	no      int
	plain   []byte
	marked  []byte
	inline  bool // marked differs from plain
	letters int  // bytes of plain besides spaces and marks between links
	inLink  int  // of these, how many stand in links
	href    string
	gap     bool
	lineNo  int
	state   element // of the line that is being built
}

// readHTML reads a page in HTML: first what its tags say, then its visible
// text for the rest.
func (p *page) readHTML(text string) {
	r := reader{gap: true, no: 1}
	r.read(text)
	if p.full(max(len(r.lines), len(r.metas)), maxLines, "lines") {
		return
	}
	p.printed = map[string]bool{}
	p.took(r.title)
	p.htmlLang = languageTag(r.lang)
	for _, block := range r.jsonld {
		r.metas = append(r.metas, linkedData(block)...)
	}
	p.takeMetas(r.metas)
	p.feedTitle(r.feeds)
	if r.hasMain {
		for i := range r.lines {
			r.lines[i].outside = r.lines[i].outside || !r.lines[i].main
		}
	}
	p.issueFirst = headedByIssue(r.lines)
	p.translatedHeading(r.lines)
	p.readLines(r.lines)
	p.htmlTitle(r.title)
	p.titledJournal(r.title)
}

// headedByIssue: the first heading of the page proper is an issue, or two
// headings are.
func headedByIssue(lines []line) bool {
	headings, issues := 0, 0
	for _, l := range lines {
		if l.heading == 0 || l.outside {
			continue
		}
		headings++
		if b, ok := placeIn(l.text); ok && strings.Trim(l.text[:b.at], " .,;:(") == "" {
			if issues++; headings == 1 || issues > 1 {
				return true
			}
		}
	}
	return false
}

// translatedHeading takes the heading directly below the one that repeats the
// title: the title in another language.
func (p *page) translatedHeading(lines []line) {
	if len(p.r.Article.Titles) != 1 {
		return
	}
	title := p.r.Article.Titles[0]
	for i := 0; i+1 < len(lines); i++ {
		if lines[i].heading == 0 || lines[i+1].heading == 0 || plainKey(lines[i].text) != plainKey(title.Plain) {
			continue
		}
		next := lines[i+1]
		_, _, _, isLabel := p.labelLine(next)
		if lang := script.Language(next.text); !isLabel && lang != "" && lang != firstOf(title.Lang, script.Language(title.Plain)) {
			p.addTitle(lang, next.best(), lineNo(next.no))
		}
		return
	}
}

// titledJournal takes the journal's name from behind the title of the document,
// where nothing else names it and the recommended citation has it too.
func (p *page) titledJournal(title string) {
	if len(p.r.Journal.Titles) > 0 || len(p.r.Article.Titles) == 0 {
		return
	}
	for _, sep := range []string{" | ", " — ", " – ", " :: "} {
		head, tail, found := strings.Cut(title, sep)
		if found && plainKey(head) == plainKey(p.r.Article.Titles[0].Plain) && tail != "" && strings.Contains(matchKey(p.r.Article.Citation), matchKey(tail)) {
			p.addJournalTitle("", tail)
			return
		}
	}
}

// htmlTitle falls back on the title of the document, without the name of the
// site behind a bar or dash, where the page has other signs of an article.
func (p *page) htmlTitle(title string) {
	if len(p.r.Article.Titles) > 0 || p.signs == 0 || title == "" {
		return
	}
	title = clean(title)
	for _, sep := range []string{" | ", " — ", " – ", " :: "} {
		if head, tail, found := strings.Cut(title, sep); found && p.isJournal(tail) {
			title = head
		}
	}
	p.addTitle("", title, "the title of the document")
}

// feedTitle takes the journal's name from the titles of its feeds where no tag
// names it: what stands before the comma in all of them.
func (p *page) feedTitle(feeds []string) {
	if len(p.r.Journal.Titles) > 0 || len(feeds) < 2 {
		return
	}
	name, _, found := strings.Cut(feeds[0], ", ")
	for _, f := range feeds[1:] {
		found = found && strings.HasPrefix(f, name+", ")
	}
	if found {
		p.addJournalTitle("", name)
	}
}

func (r *reader) read(text string) {
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(0)
	for {
		tt := z.Next()
		if tt == html.ErrorToken || len(r.lines) >= maxLines || len(r.metas) >= maxLines {
			break
		}
		newlines := countNewlines(z.Raw())
		switch tt {
		case html.TextToken:
			r.text(z)
		case html.StartTagToken, html.SelfClosingTagToken:
			r.start(z, tt == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := z.TagName()
			r.end(atom.Lookup(name))
		}
		r.no += newlines
	}
	r.flush(true)
}

func countNewlines(b []byte) int {
	n := 0
	for _, c := range b {
		if c == '\n' {
			n++
		}
	}
	return n
}

func (r *reader) top() element {
	if len(r.open) == 0 {
		return element{}
	}
	return r.open[len(r.open)-1]
}

// text adds characters to the line; white space collapses.
func (r *reader) text(z *html.Tokenizer) {
	top := r.top()
	switch {
	case top.name == atom.Title && r.title == "":
		r.title = clean(string(z.Text()))
		return
	case top.name == atom.Script && top.link: // JSON-LD
		r.jsonld = append(r.jsonld, string(z.Text()))
		return
	case top.skip:
		return
	}
	b := z.Text()
	no := r.no
	for len(b) > 0 {
		i := 0
		for i < len(b) && !isSpace(b[i]) {
			i++
		}
		if i > 0 {
			if len(r.plain) == 0 {
				r.lineNo, r.state = no, top
			}
			r.add(b[:i], top)
			b = b[i:]
			continue
		}
		for i < len(b) && isSpace(b[i]) {
			if b[i] == '\n' {
				no++
			}
			i++
		}
		if n := len(r.plain); n > 0 && r.plain[n-1] != ' ' {
			r.add([]byte{' '}, top)
		}
		b = b[i:]
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

func (r *reader) add(b []byte, top element) {
	r.plain = append(r.plain, b...)
	r.marked = append(r.marked, b...)
	if b[0] != ' ' && string(b) != "\u00a0" && string(b) != "," && string(b) != "|" {
		r.letters += len(b)
		if top.link {
			r.inLink += len(b)
		}
	}
	if top.link {
		if r.href == "" {
			r.href = top.href
		}
	}
}

// flush ends the line. gap: what follows stands apart.
func (r *reader) flush(gap bool) {
	text := strings.TrimFunc(string(r.plain), blank)
	if text != "" && len(r.lines) < maxLines {
		l := line{no: r.lineNo, text: text, gap: r.gap, outside: r.state.outside, main: r.state.main, heading: r.state.heading, href: r.href,
			link: r.inLink > 0 && r.inLink == r.letters}
		if r.inline {
			l.marked = strings.TrimSpace(string(r.marked))
		}
		r.lines = append(r.lines, l)
		r.gap = false
	}
	r.gap = r.gap || gap
	r.plain, r.marked, r.inline, r.inLink, r.letters, r.href = r.plain[:0], r.marked[:0], false, 0, 0, ""
}

// How elements divide the text.
var (
	apart = atomSet(atom.P, atom.Div, atom.Section, atom.Article, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol,
		atom.Table, atom.Tr, atom.Blockquote, atom.Dl, atom.Dt, atom.Header, atom.Footer, atom.Nav, atom.Main, atom.Aside, atom.Form, atom.Fieldset,
		atom.Hr, atom.Pre, atom.Figure, atom.Details, atom.Summary, atom.Body, atom.Head, atom.Center)
	breaks = atomSet(atom.Br, atom.Li, atom.Td, atom.Th, atom.Dd, atom.Option, atom.Legend, atom.Caption)
	hidden = atomSet(atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Select, atom.Textarea, atom.Button, atom.Iframe, atom.Object, atom.Audio, atom.Video, atom.Map)
	frame  = atomSet(atom.Nav, atom.Footer, atom.Aside)
	voids  = atomSet(atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr)
	// bare are elements whose attributes say nothing here.
	bare = atomSet(atom.Img, atom.Br, atom.Input, atom.Font, atom.B, atom.I, atom.Em, atom.Strong, atom.Sup, atom.Sub, atom.Tr, atom.Hr, atom.Option,
		atom.Nobr, atom.P, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Code, atom.Small, atom.Style, atom.Svg, atom.Button, atom.Label)
	styled = map[atom.Atom]string{atom.Sup: "sup", atom.Sub: "sub", atom.I: "i", atom.Em: "i"}
	ranks  = map[atom.Atom]int{atom.H1: 1, atom.H2: 2, atom.H3: 3, atom.H4: 4, atom.H5: 5, atom.H6: 6}
)

func atomSet(list ...atom.Atom) map[atom.Atom]bool {
	set := make(map[atom.Atom]bool, len(list))
	for _, a := range list {
		set[a] = true
	}
	return set
}

func (r *reader) start(z *html.Tokenizer, selfClosing bool) {
	nameBytes, hasAttr := z.TagName()
	name := atom.Lookup(nameBytes)
	attrs := attributes{}
	if hasAttr && !bare[name] {
		attrs.read(z)
	}
	switch name {
	case atom.Meta:
		r.meta(attrs)
	case atom.Link:
		r.linkElement(attrs)
	case atom.Html:
		r.lang = attrs.lang
	}
	switch {
	case apart[name]:
		r.flush(true)
	case breaks[name]:
		r.flush(false)
	}
	if voids[name] || selfClosing && name == 0 {
		return
	}
	if name == atom.Span && attrs.isCell() {
		r.flush(false)
	}
	e := r.top()
	e.name = name
	e.skip = e.skip || hidden[name] || name == atom.Title
	e.outside = e.outside || frame[name] || attrs.isFrame(name)
	if name == atom.Main || attrs.role == "main" {
		e.main, r.hasMain, e.outside = true, true, false
	}
	if rank := ranks[name]; rank > 0 {
		e.heading = rank
	}
	if name == atom.A {
		e.link, e.href = true, attrs.href
		if strings.Contains(attrs.rel, "license") && attrs.href != "" {
			r.metas = append(r.metas, meta{key: "rel:license", value: attrs.href, no: r.no})
		}
	}
	if name == atom.Script {
		e.link = strings.EqualFold(attrs.typ, "application/ld+json")
	}
	if tag := styled[name]; tag != "" && !e.skip {
		r.inline = true
		r.marked = append(r.marked, "<"+tag+">"...)
	}
	if len(r.open) < maxOpen {
		r.open = append(r.open, e)
	}
}

// end closes the nearest open element of that name; others that were left open
// inside it close with it.
func (r *reader) end(name atom.Atom) {
	if tag := styled[name]; tag != "" && !r.top().skip {
		r.marked = append(r.marked, "</"+tag+">"...)
	}
	switch {
	case apart[name]:
		r.flush(true)
	case breaks[name] && name != atom.Br:
		r.flush(false)
	}
	for i := len(r.open) - 1; i >= 0 && i >= len(r.open)-64; i-- {
		if r.open[i].name == name {
			r.open = r.open[:i]
			return
		}
		// A cell does not end with an end tag of something outside its table.
		if r.open[i].name == atom.Table && name != atom.Table && !apart[name] {
			return
		}
	}
}

// meta keeps a meta element.
func (r *reader) meta(a attributes) {
	key := a.name
	if key == "" {
		key = a.property
	}
	if key == "" || strings.TrimSpace(a.content) == "" {
		return
	}
	r.metas = append(r.metas, meta{key: strings.ToLower(strings.TrimSpace(key)), value: strings.TrimSpace(a.content), lang: languageTag(a.lang), no: r.no})
}

func (r *reader) linkElement(a attributes) {
	switch rel := strings.ToLower(a.rel); {
	case rel == "canonical", rel == "license":
		r.metas = append(r.metas, meta{key: "rel:" + rel, value: a.href, no: r.no})
	case rel == "alternate" && (strings.Contains(a.typ, "rss") || strings.Contains(a.typ, "atom")) && a.title != "":
		r.feeds = append(r.feeds, clean(a.title))
	}
}

// attributes are the ones that matter.
type attributes struct {
	name, property, content, lang, rel, href, typ, title, role, class, id string
}

func (a *attributes) read(z *html.Tokenizer) {
	for more := true; more; {
		var k, v []byte
		k, v, more = z.TagAttr()
		switch string(k) {
		case "name":
			a.name = string(v)
		case "property":
			a.property = string(v)
		case "content":
			a.content = string(v)
		case "lang", "xml:lang":
			a.lang = string(v)
		case "rel":
			a.rel = string(v)
		case "href":
			a.href = string(v)
		case "type":
			a.typ = string(v)
		case "title":
			a.title = string(v)
		case "role":
			a.role = string(v)
		case "class":
			a.class = string(v)
		case "id":
			a.id = string(v)
		}
	}
}

// isCell: a span whose class says that it is a datum of its own; style sheets
// set such spans apart.
func (a *attributes) isCell() bool {
	for c := range strings.FieldsSeq(a.class) {
		switch c {
		case "name", "affiliation", "orcid", "author", "email", "date", "rorImage":
			return true
		}
	}
	return false
}

// frameWords are parts of class names and ids of a site's frame.
var frameWords = []string{"breadcrumb", "sidebar", "navbar", "navigation", "menu", "footer", "cookie", "pagination", "social", "login", "toolbar", "skip_to", "skip-to", "banner", "leftcol", "rightcol"}

// isFrame reports whether an element is part of the frame by its role, class or
// id.
func (a *attributes) isFrame(name atom.Atom) bool {
	switch a.role {
	case "navigation", "banner", "contentinfo", "search", "complementary":
		return true
	}
	if name == atom.Form {
		return !strings.Contains(strings.ToLower(a.id+a.name), "aspnet") && a.id != "form1"
	}
	if a.class == "" && a.id == "" || name == atom.Body || name == atom.Html {
		return false
	}
	if a.id == "header" || a.id == "nav" || a.id == "left" || a.id == "right" {
		return true
	}
	names := strings.ToLower(a.class + " " + a.id)
	return containsAny(names, frameWords...)
}
