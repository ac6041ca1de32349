package web

import (
	"cmp"
	"net/url"
	"strconv"

	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/script"
	"offprint/internal/view"
)

// refAnchor is the address of a reference on its page: its key, else its
// number.
func refAnchor(r *journal.Reference) string {
	if key := keyAnchor(r); key != "" {
		return key
	}
	return "ref-" + strconv.Itoa(r.Number)
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
// the language of the article.
func newReferences(list []journal.Reference, lang string, cited map[string][]string) []view.Reference {
	out := make([]view.Reference, len(list))
	taken := map[string]bool{}
	group := ""
	for i := range list {
		r := &list[i]
		v := view.Reference{Number: r.Number, Key: r.Key, URL: safeURL(r.URL), DOI: r.DOI}
		if id := keyAnchor(r); id != "" && !taken[id] {
			taken[id], v.ID = true, id
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
		for _, c := range cited[r.ID] {
			v.Cited = append(v.Cited, "#"+c)
		}
		out[i] = v
	}
	return out
}

func pathEscape(name string) string { return url.PathEscape(name) }
