// Package kbart writes the holdings of a publisher as libraries and link
// resolvers load them: Knowledge Bases And Related Tools, NISO RP-9-2014, one line
// of tab-separated values for each journal.
//
//	w := kbart.NewWriter(out)
//	err := w.Title(&journal, oldestIssue, "https://example.org/rjr/")
//
// Embargoes do not occur: everything that is published is open.
package kbart

import (
	"io"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// Media is the media type of the list.
const Media = "text/tab-separated-values; charset=utf-8"

var columns = []string{"publication_title", "print_identifier", "online_identifier", "date_first_issue_online", "num_first_vol_online", "num_first_issue_online",
	"date_last_issue_online", "num_last_vol_online", "num_last_issue_online", "title_url", "first_author", "title_id", "embargo_info", "coverage_depth", "notes",
	"publisher_name", "publication_type", "date_monograph_published_print", "date_monograph_published_online", "monograph_volume", "monograph_edition", "first_editor",
	"parent_publication_title_id", "preceding_publication_title_id", "access_type"}

// Writer writes a list.
type Writer struct {
	w   io.Writer
	err error
}

// NewWriter begins a list with the names of its columns.
func NewWriter(w io.Writer) *Writer {
	k := &Writer{w: w}
	k.line(columns)
	return k
}

func (k *Writer) line(values []string) {
	for i, v := range values {
		values[i] = script.Line(v) // neither tabs nor line breaks
	}
	if k.err == nil {
		_, k.err = io.WriteString(k.w, strings.Join(values, "\t")+"\n")
	}
}

// Title writes one journal: first is the oldest issue that is online, nil where there
// is none. The columns of the last issue stay empty, which says that the coverage goes
// on to the present (sections 6.6.8 to 6.6.10): no mark in the record tells a journal
// that has ceased from one that goes on.
func (k *Writer) Title(j *journal.Journal, first *journal.Issue, address string) error {
	v := make([]string, len(columns))
	v[0], v[1], v[2] = j.Title(j.Language()).Plain, j.ISSNPrint, j.ISSNOnline
	v[3], v[4], v[5] = held(first)
	v[9], v[11], v[13] = address, j.Path, "fulltext"
	v[15], v[16], v[24] = journal.In(j.Publisher, j.Language()).Plain, "serial", "F"
	k.line(v)
	return k.err
}

func held(is *journal.Issue) (date, volume, number string) {
	if is == nil {
		return "", "", ""
	}
	date = string(is.Published)
	if is.Published.Year() != is.Year && is.Year > 0 {
		date = string(journal.YearDate(is.Year))
	}
	return date, is.Volume, is.Number
}
