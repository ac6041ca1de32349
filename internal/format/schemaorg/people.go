package schemaorg

import (
	"strings"

	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// properties are those of a creative work by the roles of the record.
var properties = map[string]string{"": "author", "author": "author", "editor": "editor", "guest-editor": "editor", "translator": "translator"}

func people(o object, rec *journal.Article) {
	by := map[string][]any{}
	for i := range rec.Contributors {
		c := &rec.Contributors[i]
		property := properties[c.Role]
		if property == "" {
			property = "contributor"
		}
		if one := person(rec, c); one != nil {
			by[property] = append(by[property], one)
		}
	}
	for property, list := range by {
		o.put(property, list)
	}
}

// person is a contributor by the name in the language of the article, with the forms in
// other languages beside it.
func person(rec *journal.Article, c *journal.Contributor) object {
	n := c.NameIn(rec.Language)
	name := script.Line(n.Shown())
	if name == "" {
		return nil
	}
	o := typed("Person")
	if c.Collective {
		o = typed("Organization")
	} else {
		o.put("familyName", n.Family).put("givenName", n.Given).put("honorificSuffix", n.Suffix)
	}
	o.put("name", name)
	var others []any
	for _, other := range c.Names {
		if s := script.Line(other.Shown()); s != "" && s != name {
			others = append(others, s)
		}
	}
	o.put("alternateName", others)
	if orcid, ok := pid.ORCID(c.ORCID); ok {
		o.put("@id", "https://orcid.org/"+orcid).put("identifier", "https://orcid.org/"+orcid)
	}
	if c.Collective { // a body has no affiliation but may be part of another
		return o.put("memberOf", affiliations(rec, c))
	}
	return o.put("affiliation", affiliations(rec, c))
}

func affiliations(rec *journal.Article, c *journal.Contributor) []any {
	var out []any
	for _, f := range rec.AffiliationsOf(c) {
		o := typed("Organization").put("name", texts(f.Names, rec.Language)).put("alternateName", f.Acronym)
		if ror, ok := pid.ROR(f.ROR); ok {
			o.put("@id", "https://ror.org/"+ror)
		}
		country := f.CountryCode
		if country == "" {
			country = f.Country
		}
		if script.Line(f.City) != "" || script.Line(country) != "" {
			o.put("address", typed("PostalAddress").put("addressLocality", f.City).put("addressCountry", country))
		}
		if len(o) > 1 {
			out = append(out, o)
		}
	}
	if s := script.Line(c.AffiliationPrinted); len(out) == 0 && s != "" {
		out = append(out, typed("Organization").put("name", s))
	}
	return out
}

// grants are the awards by their funders; a funder without an award is one of a grant
// that has no number.
func grants(rec *journal.Article) []any {
	var out []any
	for i := range rec.Funding {
		f := &rec.Funding[i]
		funder := typed("Organization").put("name", f.Funder)
		if ror, ok := pid.ROR(f.ID); ok {
			funder.put("@id", "https://ror.org/"+ror)
		} else if doi, ok := pid.DOI(f.ID); ok && strings.HasPrefix(doi, "10.13039/") {
			funder.put("@id", "https://doi.org/"+doi)
		}
		if len(funder) == 1 {
			continue
		}
		awards := f.Awards
		if len(awards) == 0 {
			awards = []string{""}
		}
		for _, award := range awards {
			out = append(out, typed("Grant").put("identifier", award).put("funder", funder))
		}
	}
	return out
}
