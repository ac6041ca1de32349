package citeproc

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Options of a Processor.
type Options struct {
	// Lang is the language of the output, a tag like "ru-RU". Empty is the
	// style's own language, and "en-US" if it has none.
	Lang string
	// Locale gives the locale of a tag, or nil when there is none. It is asked
	// for "en-US", for the main dialect of Lang and for Lang.
	Locale func(tag string) *Locale
	Format Format
	// Unnumbered leaves the citation number out of the entries of the
	// bibliography: for a reference that stands alone.
	Unnumbered bool
}

// Processor makes the citations and the bibliography of one document. It is
// not for use by several goroutines at once; making one is cheap.
type Processor struct {
	style  *Style
	words  *words
	lang   string
	format Format
	alone  bool // entries have no number

	entries   map[string]*entry
	order     []*entry // as cited
	ranked    []*entry // in the order of the bibliography
	known     knownNames
	grouping  bool // cites of the same names are put together
	exhausted bool
}

// entry is an item of the document with what was found out about it.
type entry struct {
	item      *Item
	people    map[string][]*person
	order     int // from 0, as cited
	number    int // the citation number
	rank      int
	firstNote int
	settings  settings
}

// ErrTooMuch is returned when a style needs more work for one reference than
// any real style does.
var ErrTooMuch = errors.New("citeproc: the style does not come to an end")

// New makes a processor.
func New(s *Style, o Options) (*Processor, error) {
	if s == nil || s.citation == nil {
		return nil, errors.New("citeproc: no style")
	}
	lang := o.Lang
	if lang == "" {
		lang = s.Locale
	}
	if lang == "" {
		lang = "en-US"
	}
	if d := dialect[lang]; d != "" {
		lang = d
	}
	load := o.Locale
	if load == nil {
		load = func(string) *Locale { return nil }
	}
	return &Processor{style: s, words: s.wordsFor(lang, load), lang: lang, format: o.Format, alone: o.Unnumbered, entries: map[string]*entry{}}, nil
}

// SetItems gives the items of the document in the order in which they are
// cited first. Items of the same ID are one; a later one replaces an earlier.
func (p *Processor) SetItems(items []*Item) error {
	p.entries, p.order = make(map[string]*entry, len(items)), nil
	for _, item := range items {
		e := p.entries[item.ID]
		if e == nil {
			e = &entry{order: len(p.order)}
			p.entries[item.ID] = e
			p.order = append(p.order, e)
		}
		e.item = item
		e.people = make(map[string][]*person, len(item.Names))
		for v, names := range item.Names {
			if list := preparePeople(names, p.style); len(list) > 0 {
				e.people[v] = list
			}
		}
	}
	for k, e := range p.order {
		e.number = k + 1
	}
	p.rankAll()
	if p.disambiguate() {
		p.rankAll() // sort keys may show what was added
	}
	return p.err()
}

func (p *Processor) err() error {
	if p.exhausted {
		return ErrTooMuch
	}
	return nil
}

// Cite is one reference in a citation.
type Cite struct {
	ID             string
	Locator        string
	Label          string // what the locator counts: page, chapter …
	Prefix, Suffix string // text with markup before and after
	SuppressAuthor bool
	AuthorOnly     bool
	Position       Position
	NearNote       bool
	FirstNote      string // the number of the note in which it was cited first
	LocatorDate    string
}

func (c *Cite) label() string {
	switch c.Label {
	case "":
		return "page"
	case "sub verbo":
		return "sub-verbo"
	}
	return c.Label
}

func (c *Cite) date() (Date, bool) {
	if c.LocatorDate == "" {
		return Date{}, false
	}
	d := ParseDate(c.LocatorDate)
	return d, !d.IsZero()
}

// UnmarshalJSON reads a cite as citation managers write it.
func (c *Cite) UnmarshalJSON(b []byte) error {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	*c = Cite{
		ID: scalar(raw["id"]), Locator: strings.TrimSpace(scalar(raw["locator"])), Label: scalar(raw["label"]), Prefix: scalar(raw["prefix"]),
		Suffix: scalar(raw["suffix"]), SuppressAuthor: isTrue(raw["suppress-author"]), AuthorOnly: isTrue(raw["author-only"]),
		NearNote: isTrue(raw["near-note"]), FirstNote: scalar(raw["first-reference-note-number"]), LocatorDate: scalar(raw["locator-date"]),
	}
	if n, ok := plainNumber(scalar(raw["position"])); ok && n <= int(IbidWithLocator) {
		c.Position = Position(n)
	}
	return nil
}

// Citation is a group of cites in one place of the text.
type Citation struct {
	Cites []Cite
	Note  int // the number of the note that it stands in, or 0
}

// UnmarshalJSON reads a citation as word processors write it.
func (c *Citation) UnmarshalJSON(b []byte) error {
	var raw struct {
		Items      []Cite `json:"citationItems"`
		Properties struct {
			Note int `json:"noteIndex"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	c.Cites, c.Note = raw.Items, raw.Properties.Note
	return nil
}

// Unknown is the error about a cite whose item is not among those set.
type Unknown struct{ ID string }

func (u Unknown) Error() string { return fmt.Sprintf("citeproc: there is no item %q", u.ID) }

// Cite prints one citation by itself. Positions are those that the cites say.
func (p *Processor) Cite(cites []Cite) (string, error) {
	list := make([]*Cite, len(cites))
	for k := range cites {
		if p.entries[cites[k].ID] == nil {
			return "", Unknown{cites[k].ID}
		}
		list[k] = &cites[k]
	}
	s := p.cluster(list)
	return s, p.err()
}

// renderer prepares the rendering of an entry.
func (p *Processor) renderer(e *entry, a area, c *Cite) *renderer {
	if c == nil {
		c = &Cite{}
	}
	return &renderer{p: p, entry: e, item: e.item, cite: c, words: p.words, area: a,
		position: c.Position, near: c.NearNote, settings: &e.settings, taken: map[string]bool{}}
}
