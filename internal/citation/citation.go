// Package citation is the shelf of citation styles and locales that come with
// Offprint, and prints references in them.
//
//	shelf := citation.Open()
//	style, err := shelf.Style("apa")                                 // compiled once
//	list, err := shelf.List(style, "en-US", citeproc.Text, items)
//
// A style has the name of its official file ("modern-language-association") or a
// short one ("mla"). Where a style has no list of references, as some for notes,
// the citation stands in its place. The files are data of others, unmodified, in
// third_party, but for those in own. The processor is package citeproc. This package
// reads nothing but its own files and knows no journal.
package citation

import (
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"maps"
	"path"
	"sync"

	"offprint/citeproc"
	"offprint/internal/script"
)

//go:embed third_party/csl/styles third_party/csl/locales own
var files embed.FS

// Shelf keeps the styles and locales that were asked for, compiled. It is safe
// for use by many goroutines.
type Shelf struct {
	mu      sync.Mutex
	styles  map[string]*citeproc.Style
	locales map[string]*citeproc.Locale
}

// Open makes an empty shelf; files are read when they are asked for.
func Open() *Shelf {
	return &Shelf{styles: map[string]*citeproc.Style{}, locales: map[string]*citeproc.Locale{}}
}

// Style is the shipped style of a name, or an error that errors.Is finds to be
// ErrUnknown.
func (s *Shelf) Style(name string) (*citeproc.Style, error) {
	known, ok := Find(name)
	if !ok {
		return nil, fmt.Errorf("%w: %q", ErrUnknown, name)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if have := s.styles[known.Name]; have != nil {
		return have, nil
	}
	var style *citeproc.Style
	compile := func(r io.Reader) (err error) {
		style, err = citeproc.ParseStyle(r)
		return err
	}
	open := read
	if known.own {
		open = readOwn
	}
	err := open("styles/"+known.Name+".csl", compile)
	if err != nil {
		return nil, err
	}
	s.styles[known.Name] = style
	return style, nil
}

// Locale is the shipped locale of a tag, or nil.
func (s *Shelf) Locale(tag string) *citeproc.Locale {
	s.mu.Lock()
	defer s.mu.Unlock()
	if have, ok := s.locales[tag]; ok {
		return have
	}
	if !hasLocale(tag) {
		return nil // and not remembered: tags come from outside
	}
	var locale *citeproc.Locale
	if err := read("locales/locales-"+tag+".xml", func(r io.Reader) (err error) {
		locale, err = citeproc.ParseLocale(r)
		return err
	}); err != nil {
		locale = nil
	}
	s.locales[tag] = locale
	return locale
}

// read opens a file of third_party.
func read(name string, use func(io.Reader) error) error {
	f, err := files.Open("third_party/csl/" + name + ".gz")
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	return use(z)
}

// readOwn opens a style of the project.
func readOwn(name string, use func(io.Reader) error) error {
	f, err := files.Open("own/" + path.Base(name))
	if err != nil {
		return err
	}
	defer f.Close()
	return use(f)
}

// Printed is what a style makes of items.
type Printed struct {
	InText  string           // one citation of all items
	Entries []citeproc.Entry // the list of references; with a style for notes alone, one citation of each item
}

// Print prints items in a style. lang is the language of the words around them,
// empty for the style's own; a style that is made for one language keeps it.
func (s *Shelf) Print(style *citeproc.Style, lang string, f citeproc.Format, items []*citeproc.Item) (*Printed, error) {
	return s.print(style, citeproc.Options{Lang: lang, Locale: s.Locale, Format: f}, items)
}

// PrintOne prints an item that stands alone: without the number that it would
// have in a list.
func (s *Shelf) PrintOne(style *citeproc.Style, lang string, f citeproc.Format, item *citeproc.Item) (*Printed, error) {
	return s.print(style, citeproc.Options{Lang: lang, Locale: s.Locale, Format: f, Unnumbered: true}, []*citeproc.Item{item})
}

func (s *Shelf) print(style *citeproc.Style, o citeproc.Options, items []*citeproc.Item) (*Printed, error) {
	p, err := citeproc.New(style, o)
	if err != nil {
		return nil, err
	}
	if err := p.SetItems(told(items)); err != nil {
		return nil, err
	}
	var cites []citeproc.Cite
	for _, item := range items {
		cites = append(cites, citeproc.Cite{ID: item.ID})
	}
	out := &Printed{}
	if len(cites) > 0 {
		if out.InText, err = p.Cite(cites); err != nil {
			return nil, err
		}
	}
	if style.HasBibliography() {
		list, err := p.Bibliography()
		if err != nil {
			return nil, err
		}
		out.Entries = list.Entries
		return out, nil
	}
	for k := range cites {
		text, err := p.Cite(cites[k : k+1])
		if err != nil {
			return nil, err
		}
		out.Entries = append(out.Entries, citeproc.Entry{ID: cites[k].ID, Text: text})
	}
	return out, nil
}

// told are the items with two variables more, which a style of CSL can test and cannot
// find out: "many-authors" where there are four or more, "latin-script" where the title
// is in Latin letters.
func told(items []*citeproc.Item) []*citeproc.Item {
	out := make([]*citeproc.Item, len(items))
	for i, item := range items {
		more := map[string]string{}
		if len(item.Names["author"]) >= 4 {
			more["many-authors"] = "true"
		}
		if script.Of(item.Text["title"]) == "Latn" {
			more["latin-script"] = "true"
		}
		out[i] = item
		if len(more) > 0 {
			one := *item
			maps.Copy(more, item.Text)
			one.Text = more
			out[i] = &one
		}
	}
	return out
}
