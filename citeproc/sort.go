package citeproc

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// sorter puts entries in the order of a section's sort keys.
type sorter struct {
	p    *Processor
	keys []sortKey
	area area
	coll *collate.Collator
	buf  collate.Buffer
}

func (p *Processor) sorter(s *section, a area) *sorter {
	tag, err := language.Parse(p.lang)
	if err != nil {
		tag = language.English
	}
	return &sorter{p: p, keys: s.sort, area: a, coll: collate.New(tag, collate.Loose)}
}

// values are the sort keys of an entry, made comparable.
func (s *sorter) values(e *entry, c *Cite) []sortValue {
	out := make([]sortValue, len(s.keys))
	for k := range s.keys {
		text := s.value(&s.keys[k], e, c)
		out[k] = sortValue{empty: text == "", text: text}
		if text != "" {
			out[k].key = slices.Clone(s.coll.KeyFromString(&s.buf, text))
			s.buf.Reset()
		}
	}
	return out
}

type sortValue struct {
	empty bool
	text  string
	key   []byte
}

func (s *sorter) value(k *sortKey, e *entry, c *Cite) string {
	r := s.p.renderer(e, s.area, c)
	r.sortKey = k
	if k.macro != nil {
		n := &node{kids: r.list(k.macro.body.kids)}
		return sortText(n.plainText())
	}
	v := k.variable
	switch {
	case v == "citation-number":
		return numberKey(itoa(e.number))
	case isDate[v]:
		d, ok := e.item.Dates[v]
		if !ok {
			return ""
		}
		return r.dateKey(d, nil)
	case len(e.people[v]) > 0:
		i := &instruction{kind: kNames, names: &namesSpec{variables: []string{v}, etAlTerm: "et-al"}}
		return sortText(r.names(i).plainText())
	case isNumber[v]:
		return numberKey(r.value(v))
	}
	text := r.value(v)
	if text == "" {
		return ""
	}
	return sortText(r.field(text).plainText())
}

// sortText leaves out what is not heard when titles and names are put in order.
func sortText(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r != '-' && unicode.IsPunct(r) {
			return -1
		}
		return r
	}, s))
}

// compare puts empty values last in both directions.
func (s *sorter) compare(a, b []sortValue) int {
	for k := range s.keys {
		x, y := a[k], b[k]
		switch {
		case x.empty && y.empty:
			continue
		case x.empty:
			return 1
		case y.empty:
			return -1
		}
		c := strings.Compare(string(x.key), string(y.key))
		if c == 0 {
			continue
		}
		if s.keys[k].descending {
			return -c
		}
		return c
	}
	return 0
}

// rankAll puts the entries in the order of the bibliography. Styles that number
// their references number them in that order.
func (p *Processor) rankAll() {
	p.ranked = slices.Clone(p.order)
	if b := p.style.bibliography; b != nil && len(b.sort) > 0 {
		s := p.sorter(b, inBibliography)
		values := make(map[*entry][]sortValue, len(p.ranked))
		for _, e := range p.ranked {
			values[e] = s.values(e, nil)
		}
		slices.SortStableFunc(p.ranked, func(x, y *entry) int { return s.compare(values[x], values[y]) })
	}
	for k, e := range p.ranked {
		e.rank = k
		e.number = k + 1
	}
}
