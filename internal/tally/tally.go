// Package tally turns what readers were answered into counts, by the rules of
// the COUNTER Code of Practice, Release 5.1. It is pure: bytes and events go in,
// numbers come out, the same ones every time.
//
// Terms. An Event is one successful answer to a reader. An investigation is any
// look at an article or at information about it; a request is a look at its full
// text, and is an investigation too. A visitor is a number that stands for one
// reader on one day and says nothing of who that is. A session is a visitor in
// one hour of the day. A block is many events in few bytes.
//
//	rules := tally.NewRules(tally.OfficialRobots())
//	day, err := rules.CountDay("2026-03-01", blocks)
//	// day.Rows[0].Counts.UniqueRequests
//
// The package keeps nothing, asks no clock, and knows neither articles nor
// requests of HTTP.
package tally

import (
	"cmp"
	"time"
)

// What an event is of.
type What uint8

const (
	Investigation What = iota // of an article
	Request                   // of an article's full text
	IssueView                 // of an issue's contents
	JournalView               // of a journal's own pages
	Search                    // that a person began
	whats
)

// Method is how content was accessed (Code of Practice, 5.1, section 3.3.7).
type Method uint8

const (
	Regular Method = iota
	TDM            // for text and data mining
	methods
)

// Form is in which way something was opened. It is no term of the Code, whose
// investigations are all of them.
type Form uint8

const (
	Page   Form = iota // also what logs hold that do not tell
	File               // kept or read elsewhere: PDF, EPUB, XML, a supplement
	Record             // only what tells of it: BibTeX, RIS
	forms
)

// Origin is where a reader's network is, as far as the operator's list of
// networks says so (see Networks).
type Origin struct {
	Country     string // ISO 3166-1, two letters
	Institution string
}

// Event is one successful answer to a reader.
type Event struct {
	At      int64  // milliseconds since 1970, UTC
	Visitor uint64 // keyed by its day
	// Before is the visitor by the key of the day before, for the events of the
	// first seconds after midnight (see DoubleClick); else 0.
	Before  uint64
	Link    uint32 // stands for the address that was asked
	Item    string // id of the article, issue or journal
	Journal string // id
	What    What
	Method  Method
	Form    Form
	Origin  Origin
	Agent   string // what the reader's program calls itself, at most AgentLength bytes
}

const (
	// DoubleClick is the time within which two requests of one address by one
	// reader are one action; the last of them counts (section 7.2).
	DoubleClick = 30 * time.Second
	// AgentLength is how much of an agent is kept and compared.
	AgentLength = 512
	// MostPerMinute is how many events one visitor may cause in a minute of the
	// clock and still be a person.
	MostPerMinute = 500
)

// Class groups what is counted together.
type Class string

const (
	OfArticle Class = "article"
	OfIssue   Class = "issue"
	OfJournal Class = "journal"
	OfSearch  Class = "search"
)

func (w What) class() Class {
	switch w {
	case IssueView:
		return OfIssue
	case JournalView:
		return OfJournal
	case Search:
		return OfSearch
	}
	return OfArticle
}

// Counts are what the Code calls Total_Item_Investigations,
// Total_Item_Requests, Unique_Item_Investigations and Unique_Item_Requests. Of
// issues, journals and searches only the investigations are counted.
type Counts struct {
	Investigations, Requests             int64
	UniqueInvestigations, UniqueRequests int64
}

// Plus is the sum of both.
func (c Counts) Plus(d Counts) Counts {
	return Counts{c.Investigations + d.Investigations, c.Requests + d.Requests,
		c.UniqueInvestigations + d.UniqueInvestigations, c.UniqueRequests + d.UniqueRequests}
}

// Minus is the difference.
func (c Counts) Minus(d Counts) Counts {
	return c.Plus(Counts{-d.Investigations, -d.Requests, -d.UniqueInvestigations, -d.UniqueRequests})
}

// Openings are the investigations of an article by their form; those of records
// are neither.
type Openings struct{ Views, Downloads int64 }

// Plus is the sum of both.
func (o Openings) Plus(p Openings) Openings {
	return Openings{o.Views + p.Views, o.Downloads + p.Downloads}
}

// Minus is the difference.
func (o Openings) Minus(p Openings) Openings { return o.Plus(Openings{-p.Views, -p.Downloads}) }

// OriginKind says what of readers' origins is counted.
type OriginKind string

const (
	ByCountry     OriginKind = "country"
	ByInstitution OriginKind = "institution"
)

// OriginPlace is a journal's readers of one origin.
type OriginPlace struct {
	Journal string
	Kind    OriginKind
	Name    string // of the country or the institution, "" where it is not known
}

// Compare orders places.
func (p OriginPlace) Compare(q OriginPlace) int {
	return cmp.Or(cmp.Compare(p.Journal, q.Journal), cmp.Compare(p.Kind, q.Kind), cmp.Compare(p.Name, q.Name))
}

// OriginCounts are what readers of an origin did with a journal's articles.
type OriginCounts struct{ Investigations, Requests, Sessions int64 }

// Plus is the sum of both.
func (c OriginCounts) Plus(d OriginCounts) OriginCounts {
	return OriginCounts{c.Investigations + d.Investigations, c.Requests + d.Requests, c.Sessions + d.Sessions}
}

// Minus is the difference.
func (c OriginCounts) Minus(d OriginCounts) OriginCounts {
	return c.Plus(OriginCounts{-d.Investigations, -d.Requests, -d.Sessions})
}

// OriginRow is the counts of an origin on a day.
type OriginRow struct {
	OriginPlace
	OriginCounts
}

// Place is what counts belong to.
type Place struct {
	Item    string
	Journal string
	Class   Class
	Method  Method
}

// Row is the counts of a place on a day.
type Row struct {
	Place
	Counts
	Openings
}

// Compare orders places.
func (p Place) Compare(q Place) int {
	return cmp.Or(cmp.Compare(p.Item, q.Item), cmp.Compare(p.Class, q.Class), cmp.Compare(p.Journal, q.Journal), cmp.Compare(p.Method, q.Method))
}

// Reason is why an event is not counted.
type Reason string

const (
	ByRobot       Reason = "robot"        // the agent is on the list
	ByCrowd       Reason = "crowd"        // more than MostPerMinute
	ByDoubleClick Reason = "double-click" // the same address again within DoubleClick
)
