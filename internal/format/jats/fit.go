package jats

import (
	"slices"
	"strings"
)

// fit makes the content of an element and of all inside it what the models
// allow: words without a paragraph get one, what may not stand where it stands
// is put into a wrapper, and what is required and missing is added.
func fit(e *elem) {
	m, known := contents[e.name]
	if known && !m.mixed && m.places["p"] > 0 || e.name == "def" || e.name == "fn" {
		e.kids = paragraphs(e.kids)
	}
	for _, k := range e.kids {
		if k.name != "" && k.name != "math" {
			fit(k)
		}
	}
	if !known {
		return
	}
	f := fitter{parent: e, model: m}
	e.kids = f.settle(e.kids)
	e.require()
}

// paragraphs puts words that stand among blocks into paragraphs.
func paragraphs(kids []*elem) []*elem {
	var out []*elem
	var run *elem
	for _, k := range kids {
		// Notes that stand alone are blocks.
		if k.name == "" || inlineNames[k.name] && (k.name != "fn" || run != nil) {
			if run == nil {
				run = tag("p")
				out = append(out, run)
			}
			run.add(k)
			continue
		}
		run = nil
		out = append(out, k)
	}
	return out
}

// inlineNames are the elements that stand in a line of words.
var inlineNames = func() map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(expand("@words @cite break hr")) {
		set[name] = true
	}
	delete(set, "alternatives") // of images, which are blocks as a rule
	return set
}()

// fitter settles the children of one element.
type fitter struct {
	parent *elem
	model  model
	out    []*elem
	chain  []string // of the wrapper that was made last
	inner  *elem    // its innermost element
}

func (f *fitter) settle(kids []*elem) []*elem {
	places := f.limits(kids)
	most := 0
	for i, k := range kids {
		if k.name == "" {
			f.inner = nil
			f.out = append(f.out, k)
			continue
		}
		at, allowed := f.model.places[k.name]
		if !allowed || !f.model.mixed && (at < most || at > places[i]) {
			k = standing(k)
			at, allowed = f.model.places[k.name]
		}
		if allowed && (f.model.mixed || at >= most && at <= places[i]) {
			f.inner = nil
			f.out = append(f.out, k)
			most = max(most, at)
			continue
		}
		least, last := most, places[i]
		if f.model.mixed {
			least, last = 0, 1<<30
		}
		most = max(most, f.wrap(k, least, last))
	}
	return f.out
}

// limits are the last places at which each child may stand so that those
// behind it keep theirs. Blocks behind sections can be held by a section.
func (f *fitter) limits(kids []*elem) []int {
	out := make([]int, len(kids))
	last := 1 << 30
	for i := len(kids) - 1; i >= 0; i-- {
		out[i] = last
		at, allowed := f.model.places[kids[i].name]
		if !allowed {
			continue
		}
		if sec, ok := f.model.places["sec"]; ok && at < sec && holds("sec", kids[i].name) {
			at = sec
		}
		last = min(last, at)
	}
	return out
}

// standing is a paragraph in the stead of an element that has its place
// elsewhere.
func standing(k *elem) *elem {
	switch k.name {
	case "break":
		return tag("styled-content").set("style-type", lineBreak)
	case "hr":
		return tag("styled-content").set("style-type", lineRule)
	case "attrib", "title", "subtitle", "label", "speaker", "verse-line", "term", "alt-text":
	default:
		return k
	}
	p := tag("p").set("id", k.at("id")).set("content-type", k.at("content-type")).set("specific-use", standsAs+k.name).set("xml:lang", k.at("lang"))
	p.kids = k.kids
	return p
}

// wrap puts a child into the shortest chain of wrappers whose outermost may
// stand between two places, and returns that place. Where there is none, its
// content takes its place.
func (f *fitter) wrap(k *elem, least, last int) int {
	chain := f.find(k.name, least, last)
	if chain == nil {
		chain = f.find(k.name, 0, 1<<30)
	}
	if chain == nil {
		f.inner = nil
		f.out = append(f.out, k.kids...)
		return 0
	}
	if f.inner != nil && slices.Equal(f.chain, chain) && follows(f.inner, k) {
		f.inner.kids = append(f.inner.kids, k)
		return f.model.places[chain[0]]
	}
	var outer, inner *elem
	for _, name := range chain {
		w := tag(name).set("specific-use", wrapping)
		if name == "sec" {
			w.add(tag("title"))
		}
		if outer == nil {
			outer = w
		} else {
			inner.add(w)
		}
		inner = w
	}
	inner.add(k)
	for w := outer; w != k; w = w.kids[len(w.kids)-1] {
		w.require()
	}
	f.out = append(f.out, outer)
	f.chain, f.inner = chain, inner
	return f.model.places[chain[0]]
}

// follows reports whether a child may stand behind those that an element has.
func follows(e, k *elem) bool {
	m := contents[e.name]
	return m.mixed || m.places[k.name] >= m.places[e.kids[len(e.kids)-1].name]
}

// wrappers are the elements that hold others in place, those that mean least
// first.
var wrappers = [...]string{"p", "styled-content", "sec", "boxed-text", "fn", "list-item", "disp-quote", "table-wrap", "fig", "xref", "verse-group", "statement"}

// find is the shortest chain of wrappers for a child, nil if there is none of
// three.
func (f *fitter) find(child string, least, last int) []string {
	var chains [][]string
	for _, w := range wrappers {
		if at, ok := f.model.places[w]; ok && (f.model.mixed || at >= least && at <= last) {
			chains = append(chains, []string{w})
		}
	}
	for range 3 {
		var longer [][]string
		for _, chain := range chains {
			end := chain[len(chain)-1]
			if holds(end, child) {
				return chain
			}
			for _, w := range wrappers {
				if holds(end, w) {
					longer = append(longer, append(chain[:len(chain):len(chain)], w))
				}
			}
		}
		chains = longer
	}
	return nil
}

func holds(parent, child string) bool {
	_, ok := contents[parent].places[child]
	return ok
}

// require adds what the model demands and the element does not have.
func (e *elem) require() {
	for _, name := range strings.Fields(needs[e.name]) {
		if e.child(name) != nil || name == "title" && e.child("label") != nil {
			continue
		}
		if (name == "p" || name == "verse-line") && e.hasBlock() {
			continue
		}
		filler := tag(name)
		if name != "title" {
			filler.set("specific-use", wrapping)
		}
		filler.require()
		e.put(filler)
	}
}

// hasBlock reports whether there is anything but a head.
func (e *elem) hasBlock() bool {
	for _, k := range e.kids {
		switch k.name {
		case "label", "title", "subtitle", "speaker", "object-id", "attrib", "permissions":
		default:
			return true
		}
	}
	return false
}

// put adds a child at its place.
func (e *elem) put(k *elem) {
	places := contents[e.name].places
	at := 0
	for at < len(e.kids) && e.kids[at].name != "" && places[e.kids[at].name] <= places[k.name] {
		at++
	}
	e.kids = append(e.kids[:at:at], append([]*elem{k}, e.kids[at:]...)...)
}
