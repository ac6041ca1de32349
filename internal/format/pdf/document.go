package pdf

import (
	"strings"

	"offprint/internal/article"
)

// Document makes a plain reading view of a file's text: paragraphs, sections
// under the headings that are sure, and notes from the feet of pages.
//
// Headings are the lines that the outline names. Without an outline they are
// short paragraphs in larger type, and numbered or bold ones set apart. What
// merely might be a heading stays a paragraph. Tables, formulas and what is
// written into figures come out as paragraphs of their characters. The first
// and largest heading of the first page, the title, is a Paragraph with the
// Role "title", since the title belongs to the article's record.
//
// The caller marks the text as extracted. Document.Lang is what the file says
// about its language, often nothing.
func Document(f *File) article.Document {
	b := newBuilder(f)
	paragraphs := b.paragraphs()
	headings(f, paragraphs, b.body)
	doc := article.Document{Lang: f.Language}
	var kept []paragraph
	for _, p := range paragraphs {
		if label, text, ok := b.footnote(&p); ok {
			doc.Notes = append(doc.Notes, article.Node{Kind: article.Footnote, Label: label, Kids: []article.Node{textNode(text)}})
			continue
		}
		kept = append(kept, p)
	}
	doc.Body, _ = nest(kept, 0)
	return doc
}

func textNode(text string) article.Node {
	return article.Node{Kind: article.Paragraph, Kids: []article.Node{article.Str(text)}}
}

// nest makes sections of the paragraphs up to the next heading of this depth
// or above it, and says how many paragraphs it used.
func nest(paragraphs []paragraph, depth int) ([]article.Node, int) {
	var out []article.Node
	i := 0
	for i < len(paragraphs) {
		p := &paragraphs[i]
		switch {
		case p.depth == 0:
			n := textNode(p.text)
			if p.title {
				n.Role = "title"
			}
			out = append(out, n)
			i++
		case p.depth <= depth:
			return out, i
		default:
			kids, n := nest(paragraphs[i+1:], p.depth)
			title := article.Node{Kind: article.Title, Kids: []article.Node{article.Str(p.text)}}
			out = append(out, article.Node{Kind: article.Section, Kids: append([]article.Node{title}, kids...)})
			i += 1 + n
		}
	}
	return out, i
}

// paragraph is a run of lines that belong together.
type paragraph struct {
	text  string
	parts []string // of the text, until it is put together
	lines []*Line
	page  int // number of the page it begins on
	// depth of a heading, or 0.
	depth int
	title bool
}

// size of the type, of its first line.
func (p *paragraph) size() float64 { return p.lines[0].Size }

func (p *paragraph) bold() bool {
	for _, l := range p.lines {
		if !l.Bold {
			return false
		}
	}
	return true
}

// builder puts lines together.
type builder struct {
	file  *File
	words map[string]bool
	// body is the size of the type of most of the text, leading the distance
	// of its lines.
	body, leading float64
	edges         map[columnKey]extent
}

type columnKey struct{ page, column int }

// extent is where the lines of a column begin and end.
type extent struct{ left, right float64 }

func newBuilder(f *File) *builder {
	b := &builder{file: f, words: vocabulary(f), edges: map[columnKey]extent{}}
	sizes, gaps := map[float64]int{}, map[float64]int{}
	lefts, rights := map[columnKey]map[float64]int{}, map[columnKey]map[float64]int{}
	count := func(m map[columnKey]map[float64]int, k columnKey, v float64) {
		if m[k] == nil {
			m[k] = map[float64]int{}
		}
		m[k][float64(int(v/2))*2]++
	}
	for i := range f.Pages {
		var before *Line
		for k := range f.Pages[i].Lines {
			l := &f.Pages[i].Lines[k]
			if l.Running || l.Turned {
				continue
			}
			sizes[l.Size] += len(l.Text)
			key := columnKey{i, l.Column}
			count(lefts, key, l.Left)
			count(rights, key, l.Right)
			if before != nil && sameColumn(before, l) && before.Size == l.Size {
				if gap := before.Base - l.Base; gap > 0 && gap < 4*l.Size {
					gaps[float64(int(gap*2))/2] += len(l.Text)
				}
			}
			before = l
		}
	}
	if b.body = commonest(sizes); b.body == 0 {
		b.body = 10
	}
	if b.leading = commonest(gaps); b.leading == 0 {
		b.leading = 1.2 * b.body
	}
	for key, m := range lefts {
		e := extent{left: commonest(m)}
		for right, n := range rights[key] {
			if n > 1 || len(rights[key]) == 1 {
				e.right = max(e.right, right+2)
			}
		}
		b.edges[key] = e
	}
	return b
}

// commonest is the key with the greatest count, of equals the greatest.
func commonest(counts map[float64]int) float64 {
	best, most := 0.0, 0
	for k, n := range counts {
		if n > most || n == most && k > best {
			best, most = k, n
		}
	}
	return best
}

// paragraphs puts the lines of all pages together.
func (b *builder) paragraphs() []paragraph {
	var out []paragraph
	var before *Line
	page := 0
	for i := range b.file.Pages {
		for k := range b.file.Pages[i].Lines {
			l := &b.file.Pages[i].Lines[k]
			if l.Running || l.Turned || l.Text == "" {
				continue
			}
			if before == nil || b.begins(before, l, page, i) {
				out = append(out, paragraph{parts: []string{l.Text}, lines: []*Line{l}, page: i + 1})
			} else {
				p := &out[len(out)-1]
				last := &p.parts[len(p.parts)-1]
				*last = b.end(*last, before, l)
				p.parts = append(p.parts, l.Text)
				p.lines = append(p.lines, l)
			}
			before, page = l, i
		}
	}
	for i := range out {
		out[i].text = strings.Join(out[i].parts, "")
	}
	return out
}

// end is the text of a line as it stands before the line that goes on with it.
func (b *builder) end(text string, before, l *Line) string {
	switch {
	case before.Broken:
		return joined(text, l.Text, b.words)
	case ideographic(lastRune(text)) && ideographic(firstRune(l.Text)):
		return text
	}
	return text + " "
}

// begins reports whether l, on page index to, begins a paragraph after before,
// on page index from.
func (b *builder) begins(before, l *Line, from, to int) bool {
	if step := before.Size - l.Size; step > 0.08*b.body || step < -0.08*b.body {
		return true
	}
	if before.Bold != l.Bold {
		return true
	}
	edge, last := b.edges[columnKey{to, l.Column}], b.edges[columnKey{from, before.Column}]
	indented := l.Left > edge.left+0.8*l.Size && l.Left < edge.left+6*l.Size
	ended := sentenceEnds(before.Text)
	short := before.Right < last.right-0.12*(last.right-last.left)
	if from != to || !sameColumn(before, l) {
		switch {
		case before.Broken || startsSmall(l.Text):
			return false
		case from == to && (before.Column == 0 || l.Column == 0):
			return true // above or below the columns
		}
		return ended && (indented || short)
	}
	gap := before.Base - l.Base
	if gap < 0.4*l.Size && gap > -0.4*l.Size {
		return false // beside it
	}
	normal := b.leading * l.Size / b.body
	if gap < 0 || gap > 1.4*normal {
		return true
	}
	if before.Broken || startsSmall(l.Text) {
		return false
	}
	wasIndented := before.Left > edge.left+0.8*before.Size
	switch {
	case bullet(l.Text), short && ended:
		return true
	case indented && !wasIndented:
		return ended || short
	case l.Left < edge.left-0.8*l.Size && before.Left > l.Left+0.8*l.Size:
		return true // hanging: the first line stands out
	}
	return false
}

// footnote reports whether a paragraph is a note at the foot of a page: in
// smaller type than the text, in the lower half, and with its mark in front.
func (b *builder) footnote(p *paragraph) (label, text string, ok bool) {
	l := p.lines[0]
	height := b.file.Pages[p.page-1].Height
	if p.depth > 0 || l.Size > 0.92*b.body || l.Base > height/2 || len(p.text) < 12 {
		return "", "", false
	}
	label, text = noteMark(p.text)
	return label, strings.TrimSpace(text), label != "" && strings.TrimSpace(text) != ""
}
