// Package errs holds the kinds of failure that every other package speaks of,
// and the problems that are shown to people.
//
// A kind is a sentinel tested with errors.Is:
//
//	if errors.Is(err, errs.NotFound) { … }
//
// A Problem is what a person reads: a key of the catalogue with its arguments,
// never an internal detail. This package imports nothing of the project.
package errs

import (
	"errors"
	"fmt"
	"strings"
)

// The kinds of failure. The address bar, the exit status and the log level
// follow from the kind alone.
var (
	// NotFound: the thing asked for does not exist or is not public.
	NotFound = errors.New("not found")
	// Invalid: what was given cannot be accepted as it is.
	Invalid = errors.New("invalid")
	// Forbidden: the actor may not do this.
	Forbidden = errors.New("forbidden")
	// Conflict: it collides with what is there, or somebody was faster.
	Conflict = errors.New("conflict")
	// TooLarge: a stated limit was passed.
	TooLarge = errors.New("too large")
	// Unavailable: something that is needed does not answer now; try again.
	Unavailable = errors.New("unavailable")
)

// Problem is a failure told to a person: what happened, where, what to do.
type Problem struct {
	// Kind is one of the sentinels of this package.
	Kind error
	// Field names the part of the input, empty when it is the whole.
	Field string
	// Text says, in English, what is wrong and what to do about it.
	// The command line prints it as it is.
	Text string
	// Key and Args address the same message in the catalogues of the
	// interface, where one exists.
	Key  string
	Args []any
}

// Error implements error.
func (p *Problem) Error() string {
	if p.Field == "" {
		return p.Text
	}
	return p.Field + ": " + p.Text
}

// Unwrap lets errors.Is see the kind.
func (p *Problem) Unwrap() error { return p.Kind }

// Newf makes a Problem of the kind with a message for people.
func Newf(kind error, format string, args ...any) *Problem {
	return &Problem{Kind: kind, Text: fmt.Sprintf(format, args...)}
}

// Fieldf makes a Problem about one field of the input.
func Fieldf(kind error, field, format string, args ...any) *Problem {
	return &Problem{Kind: kind, Field: field, Text: fmt.Sprintf(format, args...)}
}

// Wrap prefixes *err, when there is one, with the operation that failed. It is
// made for package boundaries:
//
//	defer errs.Wrap(&err, "store.Article(%q)", id)
func Wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), *err)
	}
}

// Message is the text of err for a person: the Problem inside it if there is
// one, otherwise the whole chain on one line.
func Message(err error) string {
	var p *Problem
	if errors.As(err, &p) {
		return p.Error()
	}
	return strings.Join(strings.Fields(err.Error()), " ")
}
