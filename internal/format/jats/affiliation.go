package jats

import (
	"strings"

	"offprint/internal/journal"
	"offprint/internal/pid"
)

// edges are the marks that divide the parts of a printed affiliation.
const edges = " ,;.、，；。"

// affiliations reads every affiliation of article-meta, wherever it stands,
// in the order of the document.
func (d *decoder) affiliations(e *elem) {
	a := &d.out.Article
	for k := range e.each() {
		switch k.name {
		case "aff", "aff-alternatives":
			d.register(k, len(a.Affiliations))
			a.Affiliations = append(a.Affiliations, d.affiliation(k))
		case "contrib-group", "contrib", "collab":
			d.affiliations(k)
		}
	}
}

// register notes which affiliation an element is; the forms of one in several
// languages are one.
func (d *decoder) register(e *elem, i int) {
	d.affElems = append(d.affElems, e)
	d.affs[e] = i
	for k := range e.each("aff") {
		d.affs[k] = i
	}
}

// affiliation reads one institution; alternatives are its names in several
// languages.
func (d *decoder) affiliation(e *elem) journal.Affiliation {
	e.took = true
	if e.name == "aff-alternatives" {
		out := journal.Affiliation{ID: e.id()}
		for k := range e.each("aff") {
			form := d.affiliation(k)
			names := append(out.Names, form.Names...)
			if len(out.Names) == 0 {
				id := out.ID
				if out = form; id != "" {
					out.ID = id
				}
			}
			out.Names = names
			out.CountryCode, out.ROR = first(out.CountryCode, form.CountryCode), first(out.ROR, form.ROR)
		}
		return out
	}
	r := affiliationReader{out: journal.Affiliation{ID: e.id()}, whole: e.child("institution") == nil && e.child("institution-wrap") == nil}
	r.marked, r.named = parted(e), e.at("id") != ""
	r.read(e)
	lang := first(langTag(e.at("lang")), d.here)
	name := strings.Trim(squeeze(r.name.String()), edges)
	if name == "" {
		name = strings.TrimSuffix(r.printed, ".")
	}
	r.out.Names = []journal.Text{journal.T(lang, name)}
	r.out.City = strings.Join(r.city, ", ")
	return r.out
}

// affiliationReader takes an affiliation apart as far as the source marks its
// parts. What stands between marked parts is punctuation; where words stand
// among them, they belong to the name.
type affiliationReader struct {
	out     journal.Affiliation
	name    strings.Builder
	city    []string
	printed string // the whole line, which some put beside the parts
	whole   bool   // there is no institution: all words are the name
	named   bool   // it has an identifier; the label is only its mark
	marked  bool   // the parts are marked and the line is printed beside them
}

// parted reports whether an affiliation gives its line as printed and its
// parts beside it, as SciELO does.
func parted(e *elem) bool {
	for k := range e.each("institution") {
		if k.at("content-type") == "orgname" || k.at("content-type") == "normalized" {
			return true
		}
	}
	return false
}

func (r *affiliationReader) read(e *elem) {
	for _, k := range e.kids {
		switch k.name {
		case "":
			k.took = true
			r.words(k.text)
		case "label":
			if !r.named {
				r.out.ID = first(r.out.ID, k.peek())
			}
			k.takeAll()
		case "sup", "sub":
			if strings.TrimSpace(r.name.String()) == "" {
				k.takeAll() // a mark that was not tagged as a label
				continue
			}
			r.name.WriteString(k.line())
		case "institution-wrap":
			k.took = true
			r.read(k)
		case "institution-id":
			r.identifier(k)
		case "institution":
			r.institution(k)
		case "addr-line", "city", "state", "postal-code", "named-content":
			if k.name == "addr-line" && !k.hasText() {
				k.took = true
				r.read(k) // a line of marked parts
				continue
			}
			if s := strings.Trim(k.line(), edges); s != "" {
				if r.whole && strings.TrimSpace(r.name.String()) == "" {
					r.part(s) // the whole address is all there is
				} else {
					r.city = append(r.city, s)
				}
			}
		case "country":
			r.out.Country = strings.Trim(k.line(), edges)
			r.out.CountryCode = countryCode(k.at("country"))
		case "break":
			k.took = true
			r.name.WriteString(" ")
		case "email", "fax", "phone", "xref", "fn":
			continue
		default:
			r.name.WriteString(k.line())
		}
	}
}

// words are characters outside every part. A single mark of punctuation after
// a part that has left the name is left out too.
func (r *affiliationReader) words(s string) {
	switch t := strings.TrimSpace(s); {
	case r.marked || strings.Trim(t, " ,;.:()、，；。") == "" && (len(r.city) > 0 || r.out.Country != ""):
	default:
		r.name.WriteString(s)
	}
}

func (r *affiliationReader) institution(e *elem) {
	s := e.line()
	switch e.at("content-type") {
	case "original":
		r.printed = s
	case "acronym":
		r.out.Acronym = first(r.out.Acronym, s)
	case "normalized":
		if r.name.Len() == 0 {
			r.part(s)
		}
	default:
		r.part(s)
	}
}

// part adds a part to the name, after a comma where the source has no
// punctuation of its own.
func (r *affiliationReader) part(s string) {
	have := strings.TrimRight(r.name.String(), " \n\t")
	if s == "" {
		return
	}
	switch {
	case have == "" || strings.HasSuffix(have, ",") || strings.HasSuffix(have, ";") || strings.HasSuffix(have, "("):
	case strings.HasPrefix(s, "("):
		r.name.WriteString(" ") // an abbreviation
	default:
		r.name.WriteString(", ")
	}
	r.name.WriteString(s)
}

func (r *affiliationReader) identifier(e *elem) {
	if ror, ok := pid.ROR(e.peek()); ok && (r.out.ROR == "" || r.out.ROR == ror) {
		r.out.ROR = ror
		e.takeAll()
	}
}

func countryCode(s string) string {
	if len(s) == 2 && alphanumeric(strings.ToLower(s)) && s[0] > '9' {
		return strings.ToUpper(s)
	}
	return ""
}

// sharedAffiliation gives the affiliations that stand in a group itself, or
// the only one of the article, to the people that no mark leads anywhere: JATS
// says that such an affiliation holds for all of them.
func (d *decoder) sharedAffiliation(meta *elem) {
	a := &d.out.Article
	for _, c := range a.Contributors {
		if len(c.Affiliations) > 0 {
			return
		}
	}
	if len(a.Affiliations) != 1 {
		return
	}
	for i := range a.Contributors {
		if a.Contributors[i].Role == "author" {
			a.Contributors[i].Affiliations = []int{0}
		}
	}
}
