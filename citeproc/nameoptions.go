package citeproc

import "strconv"

// nameOptions are the inheritable attributes of names as they stand on one
// element (specification, "Inheritable Name Options").
type nameOptions map[string]string

var nameAttributes = []string{"and", "delimiter-precedes-et-al", "delimiter-precedes-last", "et-al-min",
	"et-al-use-first", "et-al-use-last", "et-al-subsequent-min", "et-al-subsequent-use-first", "initialize",
	"initialize-with", "name-as-sort-order", "sort-separator"}

// readNameOptions reads them from cs:style, cs:citation, cs:bibliography or
// cs:key, where some have a longer name, or (inherited is false) from cs:name.
func readNameOptions(a map[string]string, inherited bool) nameOptions {
	var out nameOptions
	put := func(name, attribute string) {
		if v, ok := a[attribute]; ok {
			if out == nil {
				out = nameOptions{}
			}
			out[name] = v
		}
	}
	for _, name := range nameAttributes {
		put(name, name)
	}
	if !inherited {
		put("form", "form")
		put("delimiter", "delimiter")
		return out
	}
	put("form", "name-form")
	put("delimiter", "name-delimiter")
	put("names-delimiter", "names-delimiter")
	put("et-al-min", "names-min")
	put("et-al-use-first", "names-use-first")
	put("et-al-use-last", "names-use-last")
	return out
}

// nameStyle is what the options come to in one place.
type nameStyle struct {
	and                    string
	delimiter              string
	beforeEtAl, beforeLast string
	min, first             int // et al.
	laterMin, laterFirst   int // et al. in subsequent citations
	last                   bool
	form                   string
	initialize             bool
	initials               *string
	order, separator       string
	namesDelimiter         string
}

func resolveNames(layers ...nameOptions) nameStyle {
	get := func(name, otherwise string) string {
		for k := len(layers) - 1; k >= 0; k-- {
			if v, ok := layers[k][name]; ok {
				return v
			}
		}
		return otherwise
	}
	n := func(name string, otherwise int) int {
		if v, err := strconv.Atoi(get(name, "")); err == nil && v >= 0 {
			return v
		}
		return otherwise
	}
	s := nameStyle{
		and: get("and", ""), delimiter: get("delimiter", ", "), beforeEtAl: get("delimiter-precedes-et-al", "contextual"),
		beforeLast: get("delimiter-precedes-last", "contextual"), min: n("et-al-min", 0), first: n("et-al-use-first", -1),
		last: get("et-al-use-last", "") == "true", form: get("form", "long"), initialize: get("initialize", "") != "false",
		order: get("name-as-sort-order", ""), separator: get("sort-separator", ", "), namesDelimiter: get("names-delimiter", ""),
	}
	s.laterMin, s.laterFirst = n("et-al-subsequent-min", s.min), n("et-al-subsequent-use-first", s.first)
	for k := len(layers) - 1; k >= 0; k-- {
		if v, ok := layers[k]["initialize-with"]; ok {
			s.initials = &v
			break
		}
	}
	return s
}
