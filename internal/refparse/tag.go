package refparse

import (
	"strings"

	"offprint/internal/journal"
)

// tag is what a token of an entry belongs to.
type tag uint8

const (
	tagOther tag = iota
	tagAuthor
	tagTitle
	tagContainer
	tagDate
	tagVolume
	tagIssue
	tagPages
	tagPublisher
	tagPlace
	tagEditor
	tagSeries
	tagNote
	tagID
	tagCount
)

// ruleTags are the tags that the fields read by rules give their tokens.
func (x *reader) ruleTags(tags []tag) {
	clear(tags)
	r := x.r
	from := 0
	mark := func(value string, t tag) {
		if value == "" {
			return
		}
		at := strings.Index(x.s[from:], value)
		if at < 0 {
			if at = strings.Index(x.s, value); at < 0 {
				return
			}
		} else {
			at += from
		}
		for k := x.at(at); k < len(x.t) && x.t[k].from < at+len(value); k++ {
			tags[k] = t
		}
		if t == tagAuthor || t == tagTitle || t == tagContainer {
			from = at + len(value)
		}
	}
	names := func(list []journal.Name, t tag) {
		for _, n := range list {
			mark(n.Literal, t)
		}
	}
	names(r.Authors, tagAuthor)
	mark(r.Title, tagTitle)
	mark(r.Container, tagContainer)
	names(r.Editors, tagEditor)
	names(r.Translators, tagEditor)
	mark(r.Publisher, tagPublisher)
	mark(r.Place, tagPlace)
	mark(r.Series, tagSeries)
	mark(r.VolumeTitle, tagSeries)
	mark(r.Genre, tagNote)
	mark(r.Event, tagNote)
	mark(r.Volume, tagVolume)
	mark(r.Issue, tagIssue)
	mark(r.Pages.First, tagPages)
	mark(r.Pages.Last, tagPages)
	mark(r.Pages.Article, tagPages)
	mark(r.DOI, tagID)
	mark(r.URL, tagID)
	if r.Issued != "" {
		from = 0
		year := string(r.Issued[:4])
		for k := range x.t {
			if x.t[k].kind == number && x.word(k) == year && (x.taken[k] || tags[k] == tagOther) {
				tags[k] = tagDate
				break
			}
		}
	}
}
