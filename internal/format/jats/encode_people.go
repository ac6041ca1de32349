package jats

import (
	"strings"

	"offprint/internal/journal"
)

// people writes the contributors in their order, a body with its members
// inside, and the institutions behind them.
func (w *encoder) people() []*elem {
	a := w.a
	var out []*elem
	group := tag("contrib-group")
	for i := 0; i < len(a.Contributors); i++ {
		c := &a.Contributors[i]
		e := w.contributor(c)
		body := e.child("collab")
		if body == nil {
			body = e.child("collab-alternatives").child("collab")
		}
		if c.Collective && body != nil {
			members := tag("contrib-group")
			for i+1 < len(a.Contributors) && a.Contributors[i+1].Role == roleMember {
				i++
				members.add(w.contributor(&a.Contributors[i]))
			}
			if len(members.kids) > 0 {
				body.add(members)
			}
		}
		group.add(e)
	}
	if len(group.kids) > 0 {
		out = append(out, group)
	}
	for i := range a.Affiliations {
		out = append(out, w.affiliation(i))
	}
	return out
}

func (w *encoder) contributor(c *journal.Contributor) *elem {
	e := tag("contrib").set("contrib-type", c.Role)
	if c.Corresponding {
		e.set("corresp", "yes")
	}
	if c.ORCID != "" {
		e.add(say("contrib-id", "https://orcid.org/"+c.ORCID).set("contrib-id-type", "orcid"))
	}
	var forms []*elem
	for _, n := range c.Names {
		if c.Collective {
			forms = append(forms, tag("collab", text(n.Literal)...).set("xml:lang", n.Lang))
		} else {
			forms = append(forms, w.name(n))
		}
	}
	switch {
	case len(forms) > 1 && c.Collective:
		e.add(tag("collab-alternatives", forms...))
	case len(forms) > 1:
		e.add(tag("name-alternatives", forms...))
	default:
		e.add(forms...)
	}
	e.add(say("degrees", c.Degree), say("email", c.Email))
	for _, s := range c.Credit {
		e.add(credit(s, c.Role))
	}
	e.add(say("role", c.Position).set("specific-use", "position"))
	if c.Country != "" || c.CountryCode != "" {
		e.add(tag("address", tag("country", text(c.Country)...).set("country", c.CountryCode)))
	}
	for _, bio := range c.Bio {
		e.add(tag("bio", w.prose(bio)...).set("xml:lang", w.differs(bio.Lang)))
	}
	if len(c.Affiliations) == 0 && c.AffiliationPrinted != "" {
		e.add(tag("aff", tag("institution", run(c.AffiliationPrinted)).set("content-type", "original")))
	}
	w.marks(e, c)
	return e
}

// marks are the cross-references from a name to institutions and notes.
func (w *encoder) marks(e *elem, c *journal.Contributor) {
	for _, i := range c.Affiliations {
		if i < 0 || i >= len(w.a.Affiliations) {
			continue
		}
		mark := tag("xref").set("ref-type", "aff").set("rid", w.affiliationID(i))
		if len(w.a.Affiliations) > 1 {
			mark.add(tag("sup", run(itoa(i+1))))
		}
		e.add(mark)
	}
	for _, id := range c.Notes {
		rid := w.rids(id)
		if rid == "" {
			continue
		}
		kind := "fn"
		if w.corresp[id] {
			kind = "corresp"
		}
		e.add(tag("xref").set("ref-type", kind).set("rid", rid))
	}
}

// creditTerms are the fourteen roles of the Contributor Roles Taxonomy
// (ANSI/NISO Z39.104-2022) by their folded names.
var creditTerms = func() map[string]string {
	set := map[string]string{}
	for _, term := range strings.Split(`Conceptualization|Data curation|Formal analysis|Funding acquisition|Investigation|Methodology|
Project administration|Resources|Software|Supervision|Validation|Visualization|Writing – original draft|Writing – review & editing`, "|") {
		term = strings.TrimSpace(term)
		set[creditKey(term)] = term
	}
	return set
}()

func creditKey(s string) string {
	s = strings.NewReplacer("–", "-", "—", "-", " and ", " & ", " ", "").Replace(strings.ToLower(s))
	return s
}

// credit writes a contribution: a role of the taxonomy by its address there,
// another one as it is printed.
func credit(s, role string) *elem {
	e := say("role", s)
	switch term := creditTerms[creditKey(s)]; {
	case term != "":
		slug := strings.ReplaceAll(strings.NewReplacer("– ", "", "& ", "").Replace(strings.ToLower(term)), " ", "-")
		return e.set("vocab", "credit").set("vocab-identifier", "https://credit.niso.org/").set("vocab-term", term).
			set("vocab-term-identifier", "https://credit.niso.org/contributor-roles/"+slug+"/")
	case role != "" && role != "author":
		return e.set("content-type", "credit")
	}
	return e
}

// name writes one form of a name of a person: in parts where they give the
// name as it is shown, else as it is shown with the parts marked in it.
func (w *encoder) name(n journal.Name) *elem {
	if n.Family != "" || n.Given != "" {
		for _, style := range [...]string{"", "eastern"} {
			if n.Literal == "" || inOrder(n, style, first(n.Lang, w.here)) == n.Literal {
				return tag("name", say("surname", n.Family), say("given-names", n.Given), say("suffix", n.Suffix)).
					set("name-style", style).set("xml:lang", n.Lang)
			}
		}
	}
	e := tag("string-name").set("xml:lang", n.Lang)
	return e.add(partsOf(n)...)
}

// partsOf is a name as shown with its parts marked, as far as they are in it.
func partsOf(n journal.Name) []*elem {
	parts := mark(text(n.Literal), "surname", n.Family)
	parts = mark(parts, "given-names", n.Given)
	return mark(parts, "suffix", n.Suffix)
}

// mark puts an element around the first place in runs of characters where a
// value stands as words of its own.
func mark(runs []*elem, name, value string) []*elem {
	if value == "" {
		return runs
	}
	for i, r := range runs {
		if r.name != "" {
			continue
		}
		at := wordsAt(r.text, value)
		if at < 0 {
			continue
		}
		out := append([]*elem{}, runs[:i]...)
		out = append(out, text(r.text[:at])...)
		out = append(out, say(name, value))
		out = append(out, text(r.text[at+len(value):])...)
		return append(out, runs[i+1:]...)
	}
	return runs
}

// affiliationID is the identifier of an institution, one that is made up where
// it has none or where another has the same.
func (w *encoder) affiliationID(i int) string {
	id := w.a.Affiliations[i].ID
	for j := range i {
		if w.a.Affiliations[j].ID == id {
			id = ""
		}
	}
	if id == "" {
		return madeUp + "aff" + itoa(i+1)
	}
	return toName(id)
}

// affiliation writes an institution; its names in several languages are forms
// of it.
func (w *encoder) affiliation(i int) *elem {
	aff := &w.a.Affiliations[i]
	w.given[aff.ID] = true
	names := aff.Names
	if len(names) == 0 {
		names = []journal.Text{{}}
	}
	var forms []*elem
	for n, t := range names {
		e := tag("aff").set("xml:lang", w.differs(t.Lang))
		if n == 0 && len(w.a.Affiliations) > 1 {
			e.add(say("label", itoa(i+1)))
		}
		name := tag("institution", text(t.Plain)...)
		if n > 0 {
			forms = append(forms, e.add(name))
			continue
		}
		if aff.ROR != "" {
			name = tag("institution-wrap", say("institution-id", "https://ror.org/"+aff.ROR).set("institution-id-type", "ror"), name)
		}
		e.add(name, say("institution", aff.Acronym).set("content-type", "acronym"))
		if aff.City != "" {
			e.add(run(", "), say("city", aff.City))
		}
		if aff.Country != "" || aff.CountryCode != "" {
			e.add(run(", "), tag("country", text(aff.Country)...).set("country", aff.CountryCode))
		}
		forms = append(forms, e)
	}
	id := w.affiliationID(i)
	if len(forms) == 1 {
		return forms[0].set("id", id)
	}
	return tag("aff-alternatives", forms...).set("id", id)
}
