package web

import (
	"cmp"
	"net/url"
	"strconv"

	"offprint/internal/intext"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/script"
	"offprint/internal/view"
)

// refAnchors are the addresses of references on their page: the key, for the first
// that has it, else the number.
func refAnchors(list []journal.Reference) []string {
	out := make([]string, len(list))
	taken := map[string]bool{}
	for i := range list {
		if out[i] = keyAnchor(&list[i]); out[i] == "" || taken[out[i]] {
			out[i] = "ref-" + strconv.Itoa(list[i].Number)
		}
		taken[out[i]] = true
	}
	return out
}

// keyAnchor is the address made from the key of a reference: "FRUS 1951a" is
// ref-frus-1951a. Empty without a key that Latin letters can write, and for a
// key that would look like a number.
func keyAnchor(r *journal.Reference) string {
	slug := script.Slug(r.Key, 80)
	if slug == "" {
		return ""
	}
	if _, err := strconv.Atoi(slug); err == nil {
		return ""
	}
	return "ref-" + slug
}

// refName is what is heard instead of a bare number.
func refName(lang string, r *journal.Reference) string {
	l := locale.For(lang)
	if r.Key != "" {
		return l.T("reference.keyed", r.Number, r.Key)
	}
	return l.T("reference.numbered", r.Number)
}

// newReferences are the entries of the list. The first entry with a key has
// its address; a second one with the same key has only its number's. lang is
// the language of the article, cited are the places by the targets of
// cross-references.
func newReferences(list []journal.Reference, lang string, cited map[string][]view.Place) []view.Reference {
	out := make([]view.Reference, len(list))
	ids, anchors := intext.IDs(list), refAnchors(list)
	group := ""
	for i := range list {
		r := &list[i]
		v := view.Reference{Number: r.Number, Key: r.Key, URL: safeURL(r.URL), DOI: r.DOI}
		if anchors[i] == keyAnchor(r) {
			v.ID = anchors[i]
		}
		if len(r.Printed.Rich) > 0 {
			v.Printed = run(r.Printed)
			if v.Printed.Lang == "" {
				v.Printed.Lang = scriptLang(r.Printed.Plain, lang)
			}
		} else {
			v.Printed = view.Linked(cmp.Or(r.Printed.Lang, scriptLang(r.Printed.Plain, lang)), r.Printed.Plain)
		}
		if r.Group != group {
			v.Group, group = r.Group, r.Group
		}
		v.Cited = cited[ids[i]]
		out[i] = v
	}
	return out
}

func pathEscape(name string) string { return url.PathEscape(name) }
