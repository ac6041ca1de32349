package finding

import (
	"context"
	"slices"
	"strings"
	"sync"

	"offprint/internal/journal"
	"offprint/internal/query"
	"offprint/internal/search"
)

const (
	// mostPassages is how many passages of an article are shown.
	mostPassages = 2
	// passageWidth is how many letters a passage has, about two lines.
	passageWidth = 170
	// mostTexts is how many full texts are read for the passages of one page.
	mostTexts = 12
	// mostText is how many bytes of a full text are looked through.
	mostText = 200 << 10
	// pieceSize is how many bytes of it are looked through at once.
	pieceSize = 8 << 10
	// mostReferences is how many entries of a list are looked through.
	mostReferences = 1000
)

// Passage is a piece of an article that shows why it was found.
type Passage struct {
	// Part is where it stands: query.Author, Abstract, Keyword, Reference or
	// FullText.
	Part query.Field
	Lang string // BCP 47, or ""
	// Reference is the number of the entry, for those of the list of references.
	Reference int
	Runs      []search.Run
	// Before and After say that the text goes on there.
	Before, After bool
}

// Text is the passage without its marks.
func (p *Passage) Text() string {
	text := ""
	for _, r := range p.Runs {
		text += r.Text
	}
	return text
}

// Marked reports whether something in it was found.
func (p *Passage) Marked() bool { return marked(p.Runs) }

// Snippet is the first passage as plain text, "" if there is none.
func (a *Article) Snippet() string {
	if len(a.Passages) == 0 {
		return ""
	}
	p := &a.Passages[0]
	text := p.Text()
	if p.Before {
		text = "… " + text
	}
	if p.After {
		text += " …"
	}
	return text
}

func marked(runs []search.Run) bool {
	for _, r := range runs {
		if r.Marked {
			return true
		}
	}
	return false
}

// part is a text of an article in which passages are looked for.
type part struct {
	of        query.Field
	lang      string
	reference int
	text      string
}

// Explain sets the passages of all articles. They come from the first of these in
// which something was found: the abstracts, names of authors that lists do not
// show, the keywords, the references, the full texts. Where the query asks the
// references they come first. An article that was found by its title or author
// alone shows the beginning of its abstract.
func (f *Finder) Explain(ctx context.Context, found *Found, q query.Query) error {
	terms := q.Terms()
	m := found.Marker()
	cited := slices.ContainsFunc(terms, func(t query.Node) bool { return t.Field == query.Reference })
	unread := make([]bool, len(found.Articles)) // whose full text is left to look in
	var wait sync.WaitGroup
	for i := range found.Articles {
		if len(terms) > 0 {
			wait.Go(func() { unread[i] = !found.Articles[i].explain(m, cited) })
		}
	}
	wait.Wait()
	var list []*Article
	for i := range found.Articles {
		if a := &found.Articles[i]; unread[i] && len(a.Record.Documents) > 0 && len(list) < mostTexts {
			list = append(list, a)
		}
	}
	if err := f.explainByText(ctx, m, list); err != nil {
		return err
	}
	for i := range found.Articles {
		if a := &found.Articles[i]; len(a.Passages) == 0 {
			a.begin()
		}
	}
	return nil
}

// explain looks for passages in what the record holds, in the references first if
// they are cited in the query, and reports whether it is explained why the article
// was found.
func (a *Article) explain(m *search.Marker, cited bool) bool {
	if cited && a.look(m, query.Reference) {
		return true
	}
	return a.look(m, query.Abstract) || a.shows(m) || a.look(m, query.Author, query.Keyword) || !cited && a.look(m, query.Reference)
}

// look looks for passages in some fields, a piece after the other and no further
// than it must, and reports whether there are any.
func (a *Article) look(m *search.Marker, fields ...query.Field) bool {
	var parts []part
	for _, field := range fields {
		parts = append(parts, partsOf(m, &a.Record, field)...)
	}
	for len(parts) > 0 && len(a.Passages) == 0 {
		n, size := 0, 0
		for n < len(parts) && (n == 0 || size < pieceSize) {
			size += len(parts[n].text)
			n++
		}
		a.Passages = passages(m, parts[:n])
		parts = parts[n:]
	}
	return len(a.Passages) > 0
}

// shows reports whether what every list shows of the article has something that
// was found: the title, the names of the authors.
func (a *Article) shows(m *search.Marker) bool {
	if marked(m.Mark(a.Record.Heading().Plain)) {
		return true
	}
	for _, c := range a.Record.By("author") {
		if marked(m.Mark(c.Names[0].Shown())) {
			return true
		}
	}
	return false
}

// explainByText looks in the full texts of articles.
func (f *Finder) explainByText(ctx context.Context, m *search.Marker, list []*Article) error {
	var refs []journal.DocumentRef
	for _, a := range list {
		refs = append(refs, a.Record.Documents...)
	}
	if len(refs) == 0 {
		return nil
	}
	texts, err := f.plainTexts(ctx, refs)
	if err != nil {
		return err
	}
	var wait sync.WaitGroup
	for _, a := range list {
		wait.Go(func() {
			for _, ref := range a.Record.Documents {
				if a.Passages = passagesOfText(m, ref.Lang, texts[ref.SHA256]); len(a.Passages) > 0 {
					return
				}
			}
		})
	}
	wait.Wait()
	return nil
}

// passagesOfText looks through a full text piece by piece, no further than it
// must.
func passagesOfText(m *search.Marker, lang, text string) []Passage {
	for len(text) > 0 {
		n := pieceOf(text, pieceSize)
		if out := passages(m, []part{{of: query.FullText, lang: lang, text: text[:n]}}); len(out) > 0 {
			return out
		}
		text = text[n:]
	}
	return nil
}

// pieceOf is how much of a text is looked through, to the border of a letter.
func pieceOf(text string, most int) int {
	if len(text) <= most {
		return len(text)
	}
	for most > 0 && text[most]&0xc0 == 0x80 {
		most--
	}
	return most
}

// passages are the pieces of some texts in which most was found.
func passages(m *search.Marker, parts []part) (out []Passage) {
	texts := make([]string, len(parts))
	for i := range parts {
		texts[i] = parts[i].text
	}
	for _, s := range m.Snippets(texts, mostPassages, passageWidth) {
		p := &parts[s.Of]
		out = append(out, Passage{Part: p.of, Lang: p.lang, Reference: p.reference, Runs: s.Runs, Before: s.Before, After: s.After})
	}
	return out
}

// partsOf are the texts of a part of an article.
func partsOf(m *search.Marker, rec *journal.Article, field query.Field) (out []part) {
	switch field {
	case query.Abstract:
		for i := range rec.Abstracts {
			out = append(out, part{of: field, lang: rec.Abstracts[i].Lang, text: oneLine(rec.Abstracts[i].Plain)})
		}
	case query.Reference:
		for i := range rec.References[:min(len(rec.References), mostReferences)] {
			r := &rec.References[i]
			text := r.Printed.Plain
			if text == "" {
				text = r.Key
			}
			out = append(out, part{of: field, lang: r.Printed.Lang, reference: r.Number, text: text})
		}
	case query.Author:
		for i := range rec.Contributors {
			names := rec.Contributors[i].Names
			if len(names) == 0 || marked(m.Mark(names[0].Shown())) {
				continue // it is seen in the list of authors
			}
			for _, n := range names[1:] {
				out = append(out, part{of: field, lang: n.Lang, text: n.Shown()})
			}
		}
	case query.Keyword:
		for _, k := range rec.Keywords {
			for _, w := range k.Words {
				out = append(out, part{of: field, lang: k.Lang, text: w})
			}
		}
	}
	return out
}

// oneLine is a text without its paragraphs.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// begin makes the beginning of the abstract the passage of an article.
func (a *Article) begin() {
	t := a.Record.AbstractIn(a.Record.Language)
	if t.Plain == "" {
		return
	}
	text := oneLine(t.Plain)
	letters := []rune(text)
	p := Passage{Part: query.Abstract, Lang: t.Lang, Runs: []search.Run{{Text: text}}}
	if len(letters) > passageWidth {
		n := passageWidth
		for n > passageWidth/2 && letters[n] != ' ' {
			n--
		}
		if n == passageWidth/2 {
			n = passageWidth
		}
		p.Runs[0].Text, p.After = string(letters[:n]), true
	}
	a.Passages = []Passage{p}
}
