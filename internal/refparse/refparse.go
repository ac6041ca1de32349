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
const Version = 1

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
	set := func(field string, sure float64) {
		if r.Confidence == nil {
			r.Confidence = map[string]float64{}
		}
		r.Confidence[field] = sure
	}
	if r.DOI == "" {
		if doi, ok := findDOI(body); ok {
			r.DOI = doi
			set("doi", 0.99)
		}
	}
	if r.URL == "" {
		if r.URL = Address(body); r.URL != "" {
			set("url", 0.99)
		}
	}
	if r.URL == "" && r.URLRemnant == "" {
		if r.URLRemnant = Remnant(body); r.URLRemnant != "" {
			set("url_remnant", 0.9)
		}
	}
	if r.Accessed == "" {
		if r.Accessed = Accessed(body); r.Accessed != "" {
			set("accessed", 0.98)
		}
	}
	if r.LanguageNote == "" {
		if lang, note := LanguageNote(body); lang != "" {
			r.LanguageNote = strings.TrimSpace(note[1 : len(note)-1])
			set("language_note", 0.98)
		}
	}
	return r
}
