package web

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"sync"

	"offprint/internal/article"
	"offprint/internal/intext"
	"offprint/internal/render"
	"offprint/internal/view"
)

// drawnText is the full text of an article page, or two side by side, as HTML.
type drawnText struct {
	body, back, notes template.HTML
	rows              []view.Row // of two texts
	contents          []view.Entry
	cited             map[string][]view.Place // by the targets of cross-references
	lang, other       string
	math, extracted   bool
	reviews           int // review parts of the first
}

// drawTexts draws the texts with the citations of the list that are found in them.
func drawTexts(texts []*article.Document, list *intext.List, opt render.Options) (*drawnText, error) {
	d := &drawnText{}
	if len(texts) == 0 {
		return d, nil
	}
	linked := list.Link(texts[0])
	first, err := render.Document(&linked, opt)
	if err != nil {
		return nil, err
	}
	d.cited = citedAt(&first, list.Places(&linked), texts[0].Lang)
	d.body, d.back, d.notes, d.math = first.Body, first.Back, first.Notes, first.HasMath
	d.lang, d.extracted = texts[0].Lang, texts[0].Extracted
	for _, h := range first.Contents {
		d.contents = append(d.contents, view.Entry{ID: h.ID, Text: view.Run{Lang: h.Lang, HTML: h.HTML}, Level: h.Level})
	}
	article.Walk(texts[0].Back, func(n *article.Node) bool {
		if n.Kind == article.Section && reviewParts[n.Role] {
			d.reviews++
		}
		return n.Kind == article.Section
	})
	if len(texts) > 1 {
		second := list.Link(texts[1])
		err = d.beside(&first, &second, opt)
	}
	return d, err
}

// Sentences at the references repeat what the text says. All of a page have about
// lettersSaid letters, so that a list of many references stays light.
const (
	longestSaid  = 200
	shortestSaid = 60
	lettersSaid  = 20_000
)

// citedAt are the places that cite each reference, with their sentences. One that
// was said at the place before is not said again.
func citedAt(page *render.Page, places []intext.Place, lang string) map[string][]view.Place {
	said := make(map[*article.Node]*intext.Place, len(places))
	for i := range places {
		said[places[i].Node] = &places[i]
	}
	letters := min(longestSaid, max(shortestSaid, lettersSaid/max(1, len(places))))
	out := make(map[string][]view.Place, len(page.Cited))
	for id, marks := range page.Cited {
		before := ""
		for _, mark := range marks {
			v := view.Place{URL: "#" + mark}
			if p := said[page.Places[mark]]; p != nil && p.Sentence != before {
				before = p.Sentence
				v.Sentence = view.Plain(cmp.Or(p.Lang, lang), p.Short(letters))
			}
			out[id] = append(out[id], v)
		}
	}
	return out
}

// beside sets a second text beside the first, section by section where both
// have as many.
func (d *drawnText) beside(first *render.Page, other *article.Document, opt render.Options) error {
	opt.Prefix, opt.PartURL = "other-", nil
	second, err := render.Document(other, opt)
	if err != nil {
		return err
	}
	left, right := append(slices.Clone(first.Parts), first.Back+first.Notes), append(slices.Clone(second.Parts), second.Back+second.Notes)
	if len(left) != len(right) {
		left, right = []template.HTML{first.Body, first.Back + first.Notes}, []template.HTML{second.Body, second.Back + second.Notes}
	}
	for i := range left {
		d.rows = append(d.rows, view.Row{Text: left[i], Other: right[i]})
	}
	d.other, d.math = other.Lang, d.math || second.HasMath
	d.back, d.notes = "", ""
	return nil
}

func (d *drawnText) size() int {
	n := len(d.body) + len(d.back) + len(d.notes)
	for _, r := range d.rows {
		n += len(r.Text) + len(r.Other)
	}
	return n
}

const (
	// keptFrom is the size of a drawn text that is worth keeping: reading and
	// drawing a smaller one takes less than drawing the rest of its page.
	keptFrom = 256 << 10
	// keptMost is how many bytes all that are kept have at most.
	keptMost = 16 << 20
)

// drawnTexts keeps the large texts that were drawn last. Their pages are drawn
// again whenever something beside the text has changed, a related article or
// the address of an author; the text of one version never changes. It is safe
// for use by several goroutines.
type drawnTexts struct {
	mu   sync.Mutex
	list []keptText // the one used last at the end
	size int
}

type keptText struct {
	key  string
	text *drawnText
}

// drawnKey names all that a drawn text is made of: the version, the texts, what was
// read of the references, the renditions of its figures, and where its links lead.
func drawnKey(v *visit, a *reading) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\x00%d\x00%s\x00%s\x00%s\x00%s", a.pub.ID, a.pub.Version, a.pub.Slug, v.prefix, v.plain, v.lang)
	for _, ref := range a.shown {
		b.WriteString("\x00" + ref.SHA256)
	}
	if refs, err := json.Marshal(a.refs); err == nil {
		fmt.Fprintf(&b, "\x00%x", sha256.Sum256(refs))
	}
	for _, f := range a.pub.Record.Files {
		if p, ok := a.pictures[f.SHA256]; ok {
			fmt.Fprintf(&b, "\x00%s %+v", f.Name, p)
		}
	}
	return b.String()
}

// drawn is the text that is kept under a key, nil when there is none.
func (t *drawnTexts) drawn(key string) *drawnText {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := slices.IndexFunc(t.list, func(k keptText) bool { return k.key == key })
	if i < 0 {
		return nil
	}
	k := t.list[i]
	t.list = append(slices.Delete(t.list, i, i+1), k)
	return k.text
}

// keep keeps a text, if it is large, and lets go of those used longest ago.
// Nobody writes into it after that.
func (t *drawnTexts) keep(key string, d *drawnText) {
	n := d.size()
	if n < keptFrom || n > keptMost {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if slices.ContainsFunc(t.list, func(k keptText) bool { return k.key == key }) {
		return
	}
	t.list, t.size = append(t.list, keptText{key, d}), t.size+n
	for t.size > keptMost {
		t.size -= t.list[0].text.size()
		t.list = slices.Delete(t.list, 0, 1)
	}
}
