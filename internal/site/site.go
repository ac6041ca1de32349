// Package site is what the faces of an installation have in common: which
// journal a request is for, and which addresses a face answers.
//
//	routes := []site.Route{{Method: "GET", Pattern: "/oai", Name: "oai", In: site.Everywhere, Answer: r.oai}}
//
// An Ask is a request whose address was understood; a Route is an address below
// that of a journal or of the installation. The face that owns the map of
// addresses sends requests to the routes of the others, so that no two faces
// need to know each other. The package answers nothing itself.
package site

import (
	"net/http"

	"offprint/internal/journal"
	"offprint/internal/locale"
)

// Ask is a request whose address was understood.
type Ask struct {
	Journal *journal.Journal // nil for the whole installation
	Origin  string           // "https://example.org", of canonical addresses
	Prefix  string           // "/rjr", or "" on a journal's own host and for the installation
	Params  map[string]string
}

// At is the absolute address of something below the journal or the installation.
func (a *Ask) At(rest string) string { return a.Origin + a.Prefix + rest }

// Scope is a name of what is asked, "" for the whole installation.
func (a *Ask) Scope() string {
	if a.Journal == nil {
		return ""
	}
	return a.Journal.Path
}

// JournalID is the id of the journal, "" for the whole installation.
func (a *Ask) JournalID() string {
	if a.Journal == nil {
		return ""
	}
	return a.Journal.ID
}

// PlainLanguage is the language of a journal's addresses without a language: the
// first of its own that the interface speaks.
func PlainLanguage(j *journal.Journal) string {
	if j != nil {
		for _, l := range j.Languages {
			if locale.Speaks(l) {
				return locale.For(l).Tag()
			}
		}
	}
	return "en"
}

// Where a route is.
type Where int

const (
	InJournal  Where = 1 << iota // below the address of a journal
	AtRoot                       // at the root of the installation
	Everywhere = InJournal | AtRoot
)

// Route is an address and what answers it. In a pattern, {name} stands for one
// part of the path.
type Route struct {
	Method  string
	Pattern string
	Name    string // in the log and the metrics
	In      Where
	Answer  func(*Ask, http.ResponseWriter, *http.Request) error
}
