package citeproc

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Style is a compiled style. It is not changed after ParseStyle and may be
// used by many goroutines at once.
type Style struct {
	ID      string // cs:info/cs:id, an address
	Title   string
	Updated string
	Parent  string // the address of the style that a dependent style stands for
	Locale  string // default-locale, or ""
	InNotes bool   // class="note": citations stand in notes

	locales      []*Locale
	macros       map[string]*macro
	citation     *section
	bibliography *section
	names        nameOptions

	demoteParticle string // never, sort-only, display-and-sort
	hyphenInitials bool
	pageRange      string
	usesSuffix     bool // a variable year-suffix stands in the style
	usesNumber     bool // the citation number stands in the style
	usesCondition  bool // disambiguate="true" stands in the style
}

// section is cs:citation or cs:bibliography.
type section struct {
	layout *instruction
	sort   []sortKey
	names  nameOptions

	// citation
	addNames, addGiven, addSuffix, sorted   bool
	givenRule                               string
	collapse                                string
	groupDelimiter                          *string
	suffixDelimiter, afterCollapseDelimiter *string
	nearNote                                int

	// bibliography
	hangingIndent    bool
	secondFieldAlign string
	substitute       *string // subsequent-author-substitute
	substituteRule   string
	entrySpacing     int
	lineSpacing      int
}

type sortKey struct {
	variable   string
	macro      *macro
	descending bool
	names      nameOptions
}

type macro struct {
	name string
	body *instruction
	state
}

// state of a macro while the style is compiled.
type state uint8

const (
	fresh state = iota
	compiling
	compiled
)

// ErrNoStyle is the cause when a file is XML but no CSL style.
var ErrNoStyle = errors.New("no CSL style")

// ErrDependent is the cause when a style only names its parent: it has no rules
// of its own, and the parent's file is needed.
var ErrDependent = errors.New("a dependent style without rules of its own")

// ParseStyle reads a CSL 1.0 style and compiles it. A style without a layout
// for citations, with an unknown macro or with macros that call each other in a
// circle is refused; unknown elements and attributes are passed over, as the
// specification demands of a processor.
func ParseStyle(r io.Reader) (*Style, error) {
	root, err := readXML(r)
	if err != nil {
		return nil, fmt.Errorf("citeproc: style: %w", err)
	}
	s, err := compileStyle(root)
	if err != nil {
		return nil, fmt.Errorf("citeproc: style: %w", err)
	}
	return s, nil
}

func compileStyle(root *element) (*Style, error) {
	if root.name != "style" {
		return nil, fmt.Errorf("%w: the root is <%s>, not <style>", ErrNoStyle, root.name)
	}
	s := &Style{
		Locale: root.attr["default-locale"], InNotes: root.attr["class"] == "note",
		macros:         map[string]*macro{},
		demoteParticle: root.attr["demote-non-dropping-particle"],
		hyphenInitials: root.attr["initialize-with-hyphen"] != "false",
		pageRange:      root.attr["page-range-format"],
		names:          readNameOptions(root.attr, true),
	}
	if s.demoteParticle == "" {
		s.demoteParticle = "display-and-sort"
	}
	if info := root.child("info"); info != nil {
		s.readInfo(info)
	}
	c := &compiler{style: s, sources: map[string]*element{}}
	for _, k := range root.kids {
		switch k.name {
		case "macro":
			c.sources[k.attr["name"]] = k
		case "locale":
			s.locales = append(s.locales, readLocale(k))
		}
	}
	citation := root.child("citation")
	if citation == nil || citation.child("layout") == nil {
		if s.Parent != "" {
			return nil, fmt.Errorf("%w: it stands for %s", ErrDependent, s.Parent)
		}
		return nil, fmt.Errorf("%w: it has no layout of citations", ErrNoStyle)
	}
	s.citation = c.section(citation)
	if b := root.child("bibliography"); b != nil && b.child("layout") != nil {
		s.bibliography = c.section(b)
	}
	c.settleNames()
	return s, c.err
}

func (s *Style) readInfo(info *element) {
	for _, k := range info.kids {
		text := strings.TrimSpace(k.text)
		switch k.name {
		case "id":
			s.ID = text
		case "title":
			s.Title = text
		case "updated":
			s.Updated = text
		case "link":
			if k.attr["rel"] == "independent-parent" {
				s.Parent = k.attr["href"]
			}
		}
	}
}

// HasBibliography reports whether the style has a list of references.
func (s *Style) HasBibliography() bool { return s.bibliography != nil }

func (c *compiler) section(e *element) *section {
	a := e.attr
	out := &section{
		names:    readNameOptions(a, true),
		addNames: a["disambiguate-add-names"] == "true",
		addGiven: a["disambiguate-add-givenname"] == "true", addSuffix: a["disambiguate-add-year-suffix"] == "true",
		givenRule: a["givenname-disambiguation-rule"], collapse: a["collapse"],
		groupDelimiter: optional(a, "cite-group-delimiter"), suffixDelimiter: optional(a, "year-suffix-delimiter"),
		afterCollapseDelimiter: optional(a, "after-collapse-delimiter"),
		nearNote:               number(a["near-note-distance"], 5),
		hangingIndent:          a["hanging-indent"] == "true", secondFieldAlign: a["second-field-align"],
		substitute: optional(a, "subsequent-author-substitute"), substituteRule: a["subsequent-author-substitute-rule"],
		entrySpacing: number(a["entry-spacing"], 1), lineSpacing: number(a["line-spacing"], 1),
	}
	if out.givenRule == "" {
		out.givenRule = "by-cite"
	}
	if out.substituteRule == "" {
		out.substituteRule = "complete-all"
	}
	if s := e.child("sort"); s != nil {
		out.sorted = true
		for _, k := range s.kids {
			if k.name != "key" {
				continue
			}
			key := sortKey{variable: k.attr["variable"], descending: k.attr["sort"] == "descending", names: readNameOptions(k.attr, true)}
			if name := k.attr["macro"]; name != "" {
				key.macro = c.macro(name)
			}
			out.sort = append(out.sort, key)
		}
	}
	out.layout = c.layout(e.child("layout"))
	return out
}

func optional(a map[string]string, name string) *string {
	if v, ok := a[name]; ok {
		return &v
	}
	return nil
}

func number(s string, otherwise int) int {
	if n, err := strconv.Atoi(s); err == nil && n >= 0 && n < 1000 {
		return n
	}
	return otherwise
}
