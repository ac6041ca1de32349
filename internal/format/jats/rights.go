package jats

import (
	"slices"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/pid"
)

// permissions reads copyright and licence, in permissions or, in the oldest
// documents, in article-meta itself.
func (d *decoder) permissions(e *elem) {
	a := &d.out.Article
	statement := e.child("copyright-statement")
	switch {
	case statement != nil:
		a.Copyright = first(a.Copyright, statement.line())
		for k := range e.each("copyright-year", "copyright-holder") {
			k.takeAll() // the statement says both
		}
	case e.child("copyright-holder") != nil || e.child("copyright-year") != nil:
		var words []string
		for k := range e.each("copyright-year", "copyright-holder") {
			if s := k.line(); s != "" {
				words = append(words, s)
			}
		}
		a.Copyright = first(a.Copyright, join("©", strings.Join(words, " "), " "))
	}
	for k := range e.each("license") {
		d.licence(k)
	}
	for k := range e.each("free_to_read") {
		k.takeAll() // everything published here is
	}
}

// licence reads a licence. The words of a second one with the same address, in
// another language as a rule, add nothing to the record.
func (d *decoder) licence(e *elem) {
	a := &d.out.Article
	url := e.href()
	if ref := e.child("license_ref"); url == "" && ref != nil {
		url = ref.peek()
	}
	if url == "" {
		url = commons(e)
	}
	l := journal.LicenceOf(url)
	if l == nil {
		l = &journal.Licence{}
	}
	if had := a.Licence; had != nil {
		if had.URL != "" && had.URL == l.URL {
			e.takeAll()
		}
		return
	}
	e.took = true
	for k := range e.each() {
		switch k.name {
		case "license-p", "p":
			l.Text = join(l.Text, d.text(k).Plain, "\n\n")
		case "license_ref":
			k.takeAll()
		}
	}
	if l.Text == "" && e.hasText() {
		l.Text = e.line()
	}
	if l.URL != "" || l.Text != "" {
		a.Licence = l
	}
}

// commons is the first address of a Creative Commons licence inside e.
func commons(e *elem) string {
	for k := range e.each() {
		if href := k.href(); strings.Contains(href, "creativecommons.org/") {
			return href
		}
		if found := commons(k); found != "" {
			return found
		}
	}
	return ""
}

// funding reads who paid for the work.
func (d *decoder) funding(e *elem) {
	a := &d.out.Article
	e.took = true
	for k := range e.each() {
		switch k.name {
		case "award-group":
			a.Funding = append(a.Funding, d.award(k)...)
		case "funding-source":
			if f := d.funder(k); f.Funder != "" {
				a.Funding = append(a.Funding, f)
			}
		case "funding-statement":
			if t := d.text(k); t.Plain != "" {
				a.FundingStatement = append(a.FundingStatement, t)
			}
		}
	}
}

// maxSources bounds the sources that are each given the awards of their group.
const maxSources = 20

// award reads one award group. Several sources share its awards.
func (d *decoder) award(e *elem) []journal.Fund {
	e.took = true
	var funds []journal.Fund
	var awards, recipients []string
	for k := range e.each() {
		switch k.name {
		case "funding-source":
			if f := d.funder(k); f.Funder != "" || f.ID != "" {
				funds = append(funds, f)
			}
		case "support-source", "institution-wrap":
			if f := d.funder(k); f.Funder != "" {
				funds = append(funds, f)
			}
		case "award-id":
			if s := k.line(); s != "" {
				awards = append(awards, s)
			}
		case "principal-award-recipient", "principal-investigator":
			k.took = true
			recipients = append(recipients, d.people(k)...)
		}
	}
	if len(funds) == 0 && len(awards)+len(recipients) > 0 {
		funds = []journal.Fund{{}}
	}
	for i := range funds[:min(len(funds), maxSources)] {
		funds[i].Awards, funds[i].Recipients = slices.Clone(awards), slices.Clone(recipients)
	}
	return funds
}

// people are the names inside an element as they are printed.
func (d *decoder) people(e *elem) []string {
	var out []string
	for k := range e.each() {
		switch k.name {
		case "name", "string-name", "collab", "institution", "institution-wrap":
			if n := d.name(k); n.Literal != "" {
				out = append(out, n.Literal)
			}
		}
	}
	if len(out) == 0 && e.hasText() {
		out = append(out, e.line())
	}
	return out
}

func (d *decoder) funder(e *elem) journal.Fund {
	e.took = true
	f := journal.Fund{}
	if in := e.child("institution-wrap"); in != nil {
		in.took = true
		e = in
	}
	for k := range e.each("institution-id", "named-content") {
		if f.ID == "" && k.name == "institution-id" {
			f.ID = funderID(k.line())
		}
	}
	var names []string
	for k := range e.each("institution") {
		names = append(names, k.line())
	}
	if len(names) == 0 {
		for _, k := range e.kids {
			if k.name != "institution-id" {
				k.takeAll()
				names = append(names, k.peekRun())
			}
		}
	}
	f.Funder = squeeze(strings.Join(names, " "))
	return f
}

// peekRun is the text of an element or of a run of characters.
func (e *elem) peekRun() string {
	if e.name == "" {
		return e.text
	}
	return e.peek()
}

// funderID writes the identifiers of the Open Funder Registry, which are DOIs,
// and of ROR in their plain form.
func funderID(s string) string {
	if doi, ok := pid.DOI(s); ok {
		return doi
	}
	if ror, ok := pid.ROR(s); ok {
		return ror
	}
	return s
}
