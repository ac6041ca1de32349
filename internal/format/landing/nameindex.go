package landing

import (
	"strings"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// nameIndex finds the contributors that a name may be another form of.
type nameIndex struct {
	plain map[string][]int // plainKey of the whole name → contributors
	sound map[string][]sounding
}

// sounding is a contributor under the sound of the family name.
type sounding struct {
	contributor int
	initials    string
}

// maxAlike bounds how many contributors of one sound are compared; a page with
// more of them tells nobody apart by initials.
const maxAlike = 500

func (x *nameIndex) add(n journal.Name, contributor int) {
	if x.plain == nil {
		x.plain, x.sound = map[string][]int{}, map[string][]sounding{}
	}
	key := plainKey(n.Literal)
	x.plain[key] = append(x.plain[key], contributor)
	if n.Family == "" {
		return
	}
	if key := soundKey(n.Family); key != "" {
		x.sound[key] = append(x.sound[key], sounding{contributor, initialsOf(n.Given)})
	}
}

// find is the one contributor that has the name: the same literal, or the same
// family name in Latin letters with initials that agree. It is -1 when there
// is none, or more than one.
func (x *nameIndex) find(n journal.Name) int {
	found := -1
	same := func(c int) bool {
		if found < 0 {
			found = c
		}
		return found == c
	}
	alike := x.plain[plainKey(n.Literal)]
	if len(alike) > maxAlike {
		return -1
	}
	for _, c := range alike {
		if !same(c) {
			return -1
		}
	}
	if n.Family == "" || len(x.sound) == 0 {
		return found
	}
	sounds := x.sound[soundKey(n.Family)]
	if len(sounds) > maxAlike {
		return found
	}
	initials := initialsOf(n.Given)
	for _, s := range sounds {
		if agree(s.initials, initials) && !same(s.contributor) {
			return -1
		}
	}
	return found
}

// findContributor finds the author that a name is another form of, -1 when
// there is none, or more than one.
func (p *page) findContributor(n journal.Name) int { return p.names.find(n) }

// indexNames makes the index anew, after contributors were joined.
func (p *page) indexNames() {
	p.names = nameIndex{}
	for i, c := range p.r.Article.Contributors {
		for _, n := range c.Names {
			p.names.add(n, i)
		}
	}
}

// sounds levels the schemes of romanisation: glides are dropped, digraphs
// become one letter.
var sounds = strings.NewReplacer("shch", "w", "shh", "w", "sch", "w", "zh", "q", "kh", "h", "ts", "c", "tc", "c", "tz", "c", "ch", "4", "sh", "6",
	"x", "h", "y", "", "j", "", "i", "", "-", "", "'", "")

// soundKey is a name in Latin letters such that the usual romanisations of one
// Russian name meet. It is made to compare the names of one page.
func soundKey(s string) string {
	slug := sounds.Replace(script.Slug(s, 80))
	b := make([]byte, 0, len(slug))
	for i := range len(slug) {
		if i == 0 || slug[i] != slug[i-1] {
			b = append(b, slug[i])
		}
	}
	return string(b)
}

// initialsOf are the Latin initials of a given name.
func initialsOf(given string) string {
	var b strings.Builder
	for w := range strings.FieldsFuncSeq(given, func(r rune) bool { return r == ' ' || r == '.' || r == '-' || r == '‐' }) {
		slug := script.Slug(w, 4)
		if key := soundKey(slug); key != "" {
			b.WriteByte(key[0])
		} else if slug != "" {
			b.WriteByte(slug[0])
		}
	}
	return b.String()
}

// agree: one is the beginning of the other, and neither is empty.
func agree(a, b string) bool {
	return a != "" && b != "" && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a))
}
