package jats

import (
	"slices"
	"strings"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/pid"
)

// contributors reads the people and bodies of article-meta into the record.
func (d *decoder) contributors(meta *elem) {
	a := &d.out.Article
	for group := range meta.each("contrib-group") {
		group.took = true
	}
	for _, one := range inOrderOfRecord(meta) {
		a.Contributors = append(a.Contributors, d.contributor(one.e, one.role)...)
	}
	d.sharedAffiliation(meta)
	d.correspondence(meta)
}

// contributor reads one contributor; a body is followed by the members that
// stand inside it. role is what it is where it does not say so.
func (d *decoder) contributor(e *elem, role string) []journal.Contributor {
	e.took = true
	c := journal.Contributor{Role: role, Names: d.names(e), Corresponding: e.at("corresp") == "yes"}
	switch kind := e.at("contrib-type"); kind {
	case "", "person", "group": // what it is made of (Texture), and not what it did
	default:
		if role != roleMember {
			c.Role = kind
		}
	}
	c.Collective = isBody(e)
	d.details(e, &c)
	out := []journal.Contributor{c}
	bodies := e.each("collab")
	if forms := e.child("collab-alternatives"); forms != nil {
		bodies = forms.each("collab")
	}
	for body := range bodies {
		d.details(body, &out[0])
		for group := range body.each("contrib-group") {
			group.took = true
			for k := range group.each("contrib") {
				out = append(out, d.contributor(k, roleMember)...)
			}
		}
	}
	return out
}

// details reads what stands beside the name.
func (d *decoder) details(e *elem, c *journal.Contributor) {
	for k := range e.each() {
		switch k.name {
		case "contrib-id", "uri":
			if orcid, ok := pid.ORCID(k.peek()); ok && (c.ORCID == "" || c.ORCID == orcid) {
				c.ORCID = orcid
				k.takeAll()
			}
		case "degrees":
			c.Degree = join(c.Degree, k.line(), ", ")
		case "role":
			d.contribution(k, c)
		case "email":
			d.email(k, c)
		case "address":
			if mail := k.child("email"); mail != nil {
				k.took = true
				d.email(mail, c)
			}
			if country := k.child("country"); country != nil && c.Country == "" {
				k.took = true
				c.Country, c.CountryCode = country.line(), countryCode(country.at("country"))
			}
		case "bio":
			n := d.headed(k, article.Section)
			c.Bio = append(c.Bio, prose(first(langTag(k.at("lang")), d.here), n.Kids))
		case "aff", "aff-alternatives":
			if i, ok := d.affs[k]; ok {
				c.Affiliations = appendNew(c.Affiliations, i)
			}
		case "fn":
			n := d.note(k)
			d.extra = append(d.extra, n)
			if n.ID != "" {
				c.Notes = append(c.Notes, n.ID)
			}
		case "xref":
			d.mark(k, c)
		}
	}
}

// contribution tells a role of the CRediT taxonomy or another contribution
// from the office of somebody who is not an author.
func (d *decoder) contribution(e *elem, c *journal.Contributor) {
	taxonomy := e.at("vocab") + e.at("content-type") + e.at("vocab-identifier")
	s := e.line()
	switch {
	case s == "":
	case strings.Contains(strings.ToLower(taxonomy), "credit") || c.Role == "author" && e.at("specific-use") == "":
		c.Credit = append(c.Credit, s)
	default:
		c.Position = join(c.Position, s, "; ")
	}
}

// mark reads a mark beside a name, which leads to an affiliation, to the words
// about correspondence or to a note.
func (d *decoder) mark(e *elem, c *journal.Contributor) {
	held := false
	for _, rid := range strings.Fields(e.at("rid")) {
		target := d.ids[rid]
		if target == nil || len(c.Notes)+len(c.Affiliations) > maxMarks {
			continue
		}
		switch target.name {
		case "aff", "aff-alternatives":
			if i, ok := d.affs[target]; ok {
				c.Affiliations = appendNew(c.Affiliations, i)
				held = true
			}
		case "corresp":
			c.Corresponding = true
			c.Notes = appendNew(c.Notes, fromName(rid))
			held = true
		case "fn", "p":
			c.Notes = appendNew(c.Notes, fromName(rid))
			held = true
		case "award-group", "bio", "contrib", "collab":
			held = true // the name itself stands there
		}
	}
	if held {
		e.takeAll()
	}
}

func (d *decoder) email(e *elem, c *journal.Contributor) {
	if s := e.peek(); s != "" && (c.Email == "" || c.Email == s) {
		c.Email = e.line()
	}
}

// correspondence gives the address in a note on correspondence, or in an
// affiliation, to the contributor that it belongs to, where there is one
// address and one contributor.
func (d *decoder) correspondence(meta *elem) {
	a := &d.out.Article
	byNote, byAff := map[string][]int{}, map[int][]int{}
	var corresponding []int
	for i := range a.Contributors {
		c := &a.Contributors[i]
		for _, id := range c.Notes {
			byNote[id] = append(byNote[id], i)
		}
		for _, aff := range c.Affiliations {
			byAff[aff] = append(byAff[aff], i)
		}
		if c.Corresponding {
			corresponding = append(corresponding, i)
		}
	}
	for notes := range meta.each("author-notes") {
		for k := range notes.each("corresp") {
			if id := k.id(); id != "" {
				d.giveEmail(k, byNote[id])
			}
		}
	}
	for i, k := range d.affElems {
		d.giveEmail(k, byAff[i])
	}
	// Where there is only one author to correspond with, the words about
	// correspondence need not be marked as theirs.
	if len(corresponding) == 1 && a.Contributors[corresponding[0]].Email == "" {
		for notes := range meta.each("author-notes") {
			d.giveEmail(notes.child("corresp"), corresponding)
		}
	}
}

// giveEmail gives the only e-mail address inside e to the only contributor
// that it belongs to.
func (d *decoder) giveEmail(e *elem, owners []int) {
	if e == nil || len(owners) != 1 {
		return
	}
	var mails []*elem
	var walk func(*elem)
	walk = func(e *elem) {
		for k := range e.each() {
			if k.name == "email" {
				mails = append(mails, k)
			}
			walk(k)
		}
	}
	walk(e)
	if len(mails) != 1 {
		return
	}
	if one := &d.out.Article.Contributors[owners[0]]; one.Email == "" || one.Email == mails[0].peek() {
		one.Email = mails[0].line()
	}
}

// maxMarks bounds the marks beside one name, which are compared with each
// other.
const maxMarks = 500

func appendNew[T comparable](list []T, n T) []T {
	if slices.Contains(list, n) {
		return list
	}
	return append(list, n)
}
