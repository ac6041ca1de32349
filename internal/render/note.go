package render

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"offprint/internal/article"
)

// note is a footnote that is collected into the list of notes.
type note struct {
	node  *article.Node
	label string
	marks []string // ids of the places that refer to it
}

// numbered is the next id of a series: c1, c2 …
func (d *drawer) numbered(series string, count *int) string {
	for {
		*count++
		id := d.opt.Prefix + series + strconv.Itoa(*count)
		if !d.used[id] {
			d.used[id] = true
			return id
		}
	}
}

// noteMark draws the mark of a footnote that stands in the text and puts the
// note itself on the list.
func (d *drawer) noteMark(n *article.Node) {
	if d.bare {
		return
	}
	i := d.collect(n)
	label := d.notes[i].label
	if d.link || d.opt.NoLinks {
		d.raw("<sup>")
		d.text(label)
		d.raw("</sup>")
		return
	}
	mark := d.numbered("n", &d.marks)
	d.notes[i].marks = append(d.notes[i].marks, mark)
	d.linked[d.given[n]] = n.ID
	if !d.raised {
		d.raw("<sup>")
	}
	d.raw(`<a class="note" id="`, mark, `" href="#`, d.given[n], `" aria-label="`, escape(d.word("note")+" "+label), `">`)
	d.text(label)
	d.raw("</a>")
	if !d.raised {
		d.raw("</sup>")
	}
}

// noteBehind is the footnote that stands right behind a reference to it: the
// reference is its mark, and it needs no second one.
func noteBehind(after []article.Node, target string) *article.Node {
	for i := range after {
		switch n := &after[i]; {
		case n.Kind == article.Text && strings.TrimSpace(n.Text) == "":
		case n.Kind == article.Footnote && n.ID != "" && n.ID == target:
			return n
		default:
			return nil
		}
	}
	return nil
}

// noteLink draws a cross-reference to a note. A note outside the text takes
// its place on the list by the first reference to it.
func (d *drawer) noteLink(n, target *article.Node, words string) {
	mark := d.numbered("n", &d.marks)
	if i, ok := d.noted[target]; ok || d.outside[target] {
		if !ok {
			i = d.collect(target)
		}
		d.notes[i].marks = append(d.notes[i].marks, mark)
		words = first(words, d.notes[i].label)
	}
	words = first(words, target.Label, "*")
	heard := d.word("note") + " " + words
	d.raw(`<a class="note" id="`, mark, `" href="#`, d.given[target], `" aria-label="`, escape(heard), `">`)
	d.link = true
	// A bare mark is raised, as print does.
	raise := !d.raised && utf8.RuneCountInString(words) <= 4 && !superscript(n.Kids)
	if raise {
		d.raw("<sup>")
	}
	if len(n.Kids) == 0 {
		d.text(words)
	}
	d.phrases(n.Kids)
	if raise {
		d.raw("</sup>")
	}
	d.link = false
	d.raw("</a>")
}

func superscript(nodes []article.Node) bool {
	for i := range nodes {
		if nodes[i].Kind == article.Sup || superscript(nodes[i].Kids) {
			return true
		}
	}
	return false
}

// await takes the notes that stand outside the text.
func (d *drawer) await(notes []article.Node) {
	d.waiting, d.outside = notes, make(map[*article.Node]bool, len(notes))
	for i := range notes {
		d.outside[&notes[i]] = true
	}
}

// collect puts a note on the list, once, with its printed label or its number.
func (d *drawer) collect(n *article.Node) int {
	if i, ok := d.noted[n]; ok {
		return i
	}
	if d.given[n] == "" {
		d.given[n] = d.unique("fn")
	}
	i := len(d.notes)
	d.notes = append(d.notes, note{node: n, label: first(n.Label, strconv.Itoa(i+1))})
	d.noted[n] = i
	return i
}

// drawNotes draws the notes met in the text since it was called last, in the
// order of their marks; with rest also those that nothing refers to. Notes met
// inside notes join the end.
func (d *drawer) drawNotes(rest bool) string {
	ofSection := d.sectional
	d.sectional = false // a section inside a note ends with no notes
	defer func() { d.sectional = ofSection }()
	items := d.aside(func() {
		for {
			if d.drawn == len(d.notes) && rest {
				for j := range d.waiting {
					d.collect(&d.waiting[j])
				}
				rest = false
			}
			if d.drawn >= len(d.notes) {
				return
			}
			i := d.drawn
			d.drawn++
			d.noteItem(d.notes[i].node, d.notes[i].label, i)
		}
	})
	switch {
	case items == "":
		return ""
	case ofSection:
		return `<div class="section-notes" role="group" aria-label="` + escape(d.word("notes")) + `"><ol class="notes">` + items + "</ol></div>"
	}
	return `<ol class="notes">` + items + "</ol>"
}

// What refers to a note may follow it, so the links back are set in when all is
// drawn. Text cannot hold the mark: escape replaces U+0000.
const backMark = "\x00"

// backLinks puts the links back to the text in their places.
func (d *drawer) backLinks(s string) string {
	if !strings.Contains(s, backMark) {
		return s
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, backMark)
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		index, after, _ := strings.Cut(rest, backMark)
		if i, err := strconv.Atoi(index); err == nil && i < len(d.notes) {
			b.WriteString(d.backsOf(&d.notes[i]))
		}
		s = after
	}
}

func (d *drawer) backsOf(n *note) string {
	var b strings.Builder
	for j, mark := range n.marks {
		heard := d.word("back") + ", " + d.word("note") + " " + n.label
		if len(n.marks) > 1 {
			heard += " (" + strconv.Itoa(j+1) + ")"
		}
		b.WriteString("\u00a0" + `<a class="back" href="#` + mark + `" aria-label="` + escape(heard) + `">↩</a>`)
	}
	return b.String()
}

// noteItem draws one note; i is its place on the list of notes, -1 for a note
// that stands elsewhere.
func (d *drawer) noteItem(n *article.Node, label string, i int) {
	outer := d.open("li", n)
	if label != "" {
		d.raw(`<span class="label">`)
		d.text(label)
		d.raw("</span> ")
	}
	d.paragraphs(n.Kids)
	if i >= 0 {
		d.raw(backMark, strconv.Itoa(i), backMark)
	}
	d.shut("li", outer)
}

// paragraphs draws the content of an item: a single paragraph as a bare line.
func (d *drawer) paragraphs(nodes []article.Node) {
	if len(nodes) == 1 && nodes[0].Kind == article.Paragraph && nodes[0].Role == "" {
		n := &nodes[0]
		for i := range n.Kids {
			if n.Kids[i].Kind.IsBlock() {
				d.blocks(nodes)
				return
			}
		}
		d.phrasesIn(n)
		return
	}
	d.blocks(nodes)
}

// noteList draws notes that stand under a heading of their own.
func (d *drawer) noteList(n *article.Node) {
	word := ""
	if n.Role == "author-notes" {
		word = "author-notes"
	}
	outer := d.open("section", n)
	above := d.depth
	d.heading(n, word)
	var items []*article.Node
	title := titleOf(n)
	for i := range n.Kids {
		switch k := &n.Kids[i]; {
		case k == title:
		case k.Kind == article.Footnote:
			items = append(items, k)
		default:
			d.block(k)
		}
	}
	d.noteItems(items, "notes")
	d.depth = above
	d.shut("section", outer)
}

// noteItems draws notes where they stand, without numbers that the source does
// not give.
func (d *drawer) noteItems(items []*article.Node, class string) {
	if len(items) == 0 {
		return
	}
	d.raw(`<ul class="`, class, `">`)
	for _, n := range items {
		d.noteItem(n, strings.TrimSpace(n.Label), -1)
	}
	d.raw("</ul>")
}
