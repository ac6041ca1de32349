package web

import (
	"net/http"
	"time"

	"offprint/internal/tally"
	"offprint/internal/usage"
)

// answered notes what a reader was answered.
func (s *Site) answered(began time.Time, r *http.Request, status int, subject any) {
	if of, ok := subject.(*usage.Subject); ok && s.Usage != nil {
		s.Usage.Note(began, r, status, of)
	}
}

// reading is what somebody reads who is sent the page or file of this request.
func (v *visit) reading(r *http.Request, item string, what tally.What) *usage.Subject {
	return &usage.Subject{Item: item, Journal: v.journal.ID, What: what, Link: usage.LinkOf(v.key(r, textQuery(chosen(r, 2))).Address)}
}

// searching is a search, in a journal or in all.
func (v *visit) searching() *usage.Subject {
	of := &usage.Subject{What: tally.Search}
	if v.journal != nil {
		of.Item, of.Journal = v.journal.ID, v.journal.ID
	}
	return of
}

// what it is to read the page: a full text is a request.
func (a *reading) what() tally.What {
	if len(a.shown) > 0 {
		return tally.Request
	}
	return tally.Investigation
}

// ShowUsage has the pages of an item drawn anew that show its counts.
func (s *Site) ShowUsage(class tally.Class, item string) { s.Cache.Touch(tagUsage(class, item)) }

// tagUsage is the counts of something.
func tagUsage(class tally.Class, item string) string { return "usage:" + string(class) + ":" + item }
