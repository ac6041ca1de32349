package view

import "strconv"

// Error is what a reader sees instead of a page. Words for the status come
// from the catalogue (family "error."); What and Do replace them.
type Error struct {
	Base
	Status int // HTTP status
	What   Run // what happened, one sentence
	Do     Run // what the reader can do, one or two sentences
	// Subject is the title of what is gone, for a withdrawn article; Reason
	// and Date are those of the withdrawal.
	Subject  Run
	Citation Run
	Reason   Run
	Date     Date
	// RequestID lets the operator find the failure in the log.
	RequestID string
	// Links are places to go on from.
	Links []Link
}

func (*Error) template() string { return "error" }

// Code is the status for which the catalogue has words: itself, or that of its
// class.
func (e *Error) Code() string {
	switch e.Status {
	case 400, 403, 404, 405, 406, 409, 410, 413, 414, 429, 500, 503:
		return strconv.Itoa(e.Status)
	}
	if e.Status < 500 {
		return "400"
	}
	return "500"
}

// Preferences is the page of the theme form, for readers who open it by its
// address.
type Preferences struct {
	Base
	// Saved: the choice has just been stored.
	Saved bool
}

func (*Preferences) template() string { return "preferences" }
