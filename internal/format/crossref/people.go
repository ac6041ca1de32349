package crossref

import (
	"regexp"
	"strings"

	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// roles are the roles of the schema by those of JATS; a role that is not here is of
// nobody whom Crossref lists.
var roles = map[string]string{"": "author", "author": "author", "editor": "editor", "guest-editor": "editor", "translator": "translator", "reviewer": "reviewer",
	"assistant-reviewer": "review-assistant", "chair": "chair"}

// nameForm is what the schema takes as a part of a name: no figures, no question mark
// before its last word.
var nameForm = regexp.MustCompile(`^[^\d?]*[^?\s]+[^\d]*$`)

func namePart(s string) (string, bool) {
	s = script.Line(s)
	return s, s != "" && len([]rune(s)) <= 60 && nameForm.MatchString(s) && strings.ContainsFunc(s, isLetter)
}

func isLetter(r rune) bool {
	return r > '@' && r != '_' && !strings.ContainsRune("[]\\^`{|}~", r) && r != '\uFFFD'
}

// named: the contributor has a name that Crossref takes.
func named(c *journal.Contributor) bool {
	return c.Role != "" && roles[c.Role] == "" || len(c.Names) == 0 || strings.ContainsFunc(script.Line(c.Names[0].Shown()), isLetter)
}

func contributors(p *journal.Publication) *xmltree.Element {
	e := xmltree.New("contributors")
	rec := &p.Record
	first := map[string]bool{}
	for i := range rec.Contributors {
		c := &rec.Contributors[i]
		role := roles[c.Role]
		if role == "" || len(c.Names) == 0 {
			continue
		}
		k := contributor(rec, c)
		if k == nil {
			continue
		}
		sequence := "additional"
		if !first[role] {
			first[role], sequence = true, "first"
		}
		e.Add(k.Set("sequence", sequence).Set("contributor_role", role))
	}
	if e.Empty() {
		return nil
	}
	return e
}

// contributor is a person or a body, by the name in the language of the article, with
// the forms in other languages behind it. A name that the schema does not take as that
// of a person is given as printed, like that of a body.
func contributor(rec *journal.Article, c *journal.Contributor) *xmltree.Element {
	if !named(c) {
		return nil
	}
	n := c.NameIn(rec.Language)
	if c.Collective {
		return xmltree.Say("organization", script.Cut(script.Line(n.Shown()), 511))
	}
	e := xmltree.New("person_name").Set("language", language(n.Lang))
	family, hasFamily := namePart(n.Family)
	given, hasGiven := namePart(n.Given)
	whole, hasWhole := namePart(n.Literal)
	switch {
	case hasFamily && hasGiven:
		e.Add(xmltree.Say("given_name", given), xmltree.Say("surname", family))
	case hasFamily:
		e.Add(xmltree.Say("surname", family))
	case hasWhole:
		// The schema has a place for a name that is not divided, but the older
		// readers of Crossref's metadata know a surname only.
		e.Add(xmltree.Say("surname", whole))
	default:
		return xmltree.Say("organization", script.Cut(script.Line(n.Shown()), 511))
	}
	for _, other := range c.Names {
		if s, ok := namePart(other.Shown()); ok && s != script.Line(n.Shown()) {
			e.Add(xmltree.Say("name", s))
		}
	}
	if suffix := script.Line(n.Suffix); len([]rune(suffix)) <= 10 {
		e.Add(xmltree.Say("suffix", suffix))
	}
	e.Add(affiliations(rec, c))
	if orcid, ok := pid.ORCID(c.ORCID); ok {
		e.Add(xmltree.Say("ORCID", "https://orcid.org/"+orcid))
	}
	return e
}

func affiliations(rec *journal.Article, c *journal.Contributor) *xmltree.Element {
	e := xmltree.New("affiliations")
	for _, f := range rec.AffiliationsOf(c) {
		name := script.Cut(script.Line(journal.In(f.Names, rec.Language).Plain), 1024)
		in := xmltree.New("institution", xmltree.Say("institution_name", name))
		if ror, ok := pid.ROR(f.ROR); ok {
			in.Add(xmltree.Say("institution_id", "https://ror.org/"+ror).Set("type", "ror"))
		}
		if in.Empty() {
			continue
		}
		place := script.Line(strings.Trim(f.City+", "+f.Country, ", "))
		if acronym := script.Line(f.Acronym); acronym != "" && len([]rune(acronym)) <= 255 {
			in.Add(xmltree.Say("institution_acronym", acronym))
		}
		if n := len([]rune(place)); n >= 2 && n <= 255 {
			in.Add(xmltree.Say("institution_place", place))
		}
		e.Add(in)
	}
	if printed := script.Cut(script.Line(c.AffiliationPrinted), 1024); e.Empty() && printed != "" {
		e.Add(xmltree.New("institution", xmltree.Say("institution_name", printed)))
	}
	if e.Empty() {
		return nil
	}
	return e
}
