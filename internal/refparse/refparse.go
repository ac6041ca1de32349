// Package refparse reads the entries of reference lists: what an author, an
// editor and a style printed as one string becomes a journal.Reference with its
// parts, and each part carries how sure it is.
//
// Terms: an entry is one item of a list; its label is the number before it, its
// key the name that the text cites it by ("FRUS 1951a"); its body is the rest,
// which is kept as printed. A field that was read is a part of the body, letter
// for letter.
//
//	r := refparse.Parse("Hara, K. (1998). Japanese-Soviet/Russian Relations since 1945. London. Routledge.")
//	r.Authors[0].Family, r.Place, r.Publisher // "Hara", "London", "Routledge"
//	r.Confidence["publisher"]                 // between 0 and 1
//
// It must not invent: what is not certain enough stays in the body and in no
// field, nothing is corrected, completed or translated. It asks nobody and reads
// no files: the same string gives the same answer on every machine.
package refparse

import (
	"strings"

	"offprint/internal/journal"
)

// Version is raised with every change of what Parse and Complete answer.
const Version = 9

// Parse reads one entry, with or without a number and a key before it. Number,
// the position in the list, is left to the caller.
func Parse(printed string) journal.Reference {
	var r journal.Reference
	body := strings.TrimSpace(printed)
	if n, rest, _, ok := CutNumber(body); ok && n > 0 {
		r.Label, body = label(body, rest), rest
	}
	if key, rest, ok := CutKey(body); ok {
		r.Key, body = key, rest
	}
	r.Printed = journal.T("", body)
	return Complete(r)
}

// label is the number as printed, without brackets and full stop.
func label(body, rest string) string {
	return strings.Trim(strings.TrimSuffix(body, rest), "[]().． \t\u00a0")
}

// Complete reads the body of r, its Printed text, into the fields that are
// empty. What r has already, because its source marks it, stays and is believed.
func Complete(r journal.Reference) journal.Reference {
	body := r.Printed.Plain
	if len(body) > maxBody {
		// no reference: only what is found anywhere
		x := &reader{s: body[:runeStart(body, maxBody)], r: &journal.Reference{}, found: map[string]float64{}}
		if doi, ok := findDOI(x.s); ok {
			x.set("doi", &x.r.DOI, doi, 0.5)
		}
		return merge(r, x)
	}
	x := newReader(body)
	x.key = r.Key
	x.read()
	x.readKey()
	return merge(r, x)
}

// readKey takes the year from the key of a list with keys, where the body has
// none.
func (x *reader) readKey() {
	if x.key == "" || x.r.Issued != "" {
		return
	}
	last := x.key[strings.LastIndexAny(x.key, " \u00a0")+1:]
	if len(last) >= 4 && IsYear(last[:4]) && len(last) <= 5 {
		x.setDate("issued", &x.r.Issued, journal.Date(last[:4]), 0.7)
	}
}
