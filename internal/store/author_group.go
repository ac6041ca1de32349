package store

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"offprint/internal/journal"
)

// authorship is that somebody is an author of an article.
type authorship struct {
	articleID string
	position  int   // among the authors with a name
	order     int64 // published_order of the article
	marks     []string
	personID  string // as stored, empty when new
	record    authorRecord
}

// authorRecord is the column authorship.record.
type authorRecord struct {
	Names        []journal.Name        `json:"names"`
	ORCID        string                `json:"orcid,omitempty"`
	Affiliations []journal.Affiliation `json:"affiliations,omitempty"`
}

// Marks by which a person is known. Only the first two join articles by
// themselves.
const (
	markORCID = "orcid:"
	markName  = "name:"
	markHere  = "here:"  // a name in one article
	markApart = "apart:" // an authorship that an editor has split off
)

// authorsOf are the authorships of an article with their marks. A contributor is
// known by the ORCID iD, by every form of the name that is full and, where none
// is, by a family name with two or more initials (see initialsOf). Any other
// form, or one that two authors of the article have, says only who it is in
// this article.
func authorsOf(articleID string, contributors []journal.Contributor, affiliations []journal.Affiliation) []authorship {
	var list []authorship
	var forms [][]string
	times := map[string]int{}
	for i := range contributors {
		c := &contributors[i]
		if len(c.Names) == 0 || c.Role != "author" && c.Role != "" {
			continue
		}
		a := authorship{articleID: articleID, position: len(list), record: authorRecord{Names: c.Names, ORCID: clean(c.ORCID)}}
		for _, n := range c.Affiliations {
			if n >= 0 && n < len(affiliations) {
				a.record.Affiliations = append(a.record.Affiliations, affiliations[n])
			}
		}
		own := formsOf(c)
		for _, form := range own {
			times[form]++
		}
		list, forms = append(list, a), append(forms, own)
	}
	seen := map[string]int{}
	for i := range list {
		a := &list[i]
		if a.record.ORCID != "" {
			a.marks = append(a.marks, markORCID+key(strings.ToUpper(strings.Join(strings.Fields(a.record.ORCID), ""))))
		}
		for _, form := range forms[i] {
			seen[form]++
			full := strings.HasPrefix(form, markName)
			if full && times[form] == 1 {
				a.marks = append(a.marks, key(form))
				continue
			}
			a.marks = append(a.marks, key(markHere+articleID+"/"+strings.Repeat("+", seen[form]-1)+strings.TrimPrefix(form, markName)))
		}
		if len(a.marks) == 0 {
			a.marks = []string{markHere + articleID + "/"}
		}
	}
	return list
}

// formsOf are the forms of a name as they are compared, with markName before
// those that join articles: as it is shown, and in the order given name, family
// name where the source tells the two apart. Initials join only where nothing
// more is known of the author: with a full name beside them they would make one
// person of all who share them.
func formsOf(c *journal.Contributor) (forms []string) {
	if !c.Collective && !slices.ContainsFunc(c.Names, journal.Name.Full) {
		for _, n := range c.Names {
			if form := initialsOf(n); form != "" && !slices.Contains(forms, markName+form) {
				forms = append(forms, markName+form)
			}
		}
	}
	for _, n := range c.Names {
		full := n.Full() || c.Collective && len(n.Literal) > 1
		shown := []string{journal.Same(clean(n.Shown()))}
		if n.Family != "" && n.Given != "" {
			shown = append(shown, journal.Same(clean(n.Given+" "+n.Family)))
		}
		for _, form := range shown {
			if form != "" && full {
				form = markName + form
			}
			if form != "" && !slices.Contains(forms, form) {
				forms = append(forms, form)
			}
		}
	}
	return forms
}

// initialsOf is the form of a name that consists of a family name and two or
// more initials: "panov, a. n." for "A. N. Panov", "A.N. Panov", "Panov A. N."
// and "Panov, A.N.", in the source's own words or in parts; otherwise empty. An
// initial is a capital letter, or two letters as in "Yu.", with a full stop.
// The family name is what stands before or behind all of them, whole. One
// initial is never enough, and "A. Panov" has another form than "A. N. Panov".
func initialsOf(n journal.Name) string {
	text := n.Given + " " + n.Family
	if n.Family == "" || n.Given == "" {
		text = n.Shown()
	}
	var family, initials []string
	turns, last := 0, false
	for _, w := range strings.Fields(strings.ReplaceAll(strings.ReplaceAll(text, ".", ". "), ",", " ")) {
		w = strings.TrimPrefix(w, "-") // J.-P.
		is := isInitial(w)
		if is {
			initials = append(initials, w)
		} else {
			family = append(family, w)
		}
		if len(family)+len(initials) > 1 && is != last {
			turns++
		}
		last = is
	}
	if len(initials) < 2 || len(family) == 0 || turns != 1 {
		return ""
	}
	return journal.Same(clean(strings.Join(family, " ") + ", " + strings.Join(initials, " ")))
}

func isInitial(w string) bool {
	letters, ok := strings.CutSuffix(w, ".")
	r := []rune(norm.NFC.String(letters))
	return ok && (len(r) == 1 || len(r) == 2 && unicode.IsLower(r[1])) && unicode.IsUpper(r[0])
}

// personGroup is the authorships of one person.
type personGroup struct {
	members []int
	marks   []string
}

// groupAuthors finds who is one person. Authorships that share a mark are one,
// and so are marks that an editor has joined. Where that would give one person
// two ORCID iDs, the names are not trusted: those with an iD are told apart by
// it, and those without stay by themselves. The result does not depend on the
// order in which articles came.
func groupAuthors(list []authorship, joins [][2]string) []personGroup {
	all, byEditor := links{}, links{}
	for _, j := range joins {
		all.link(j[0], j[1])
		byEditor.link(j[0], j[1])
	}
	for i := range list {
		for _, m := range list[i].marks {
			all.link(list[i].marks[0], m)
		}
	}
	ids := map[string]map[string]bool{} // root → ORCID iDs that no editor has joined
	for i := range list {
		for _, m := range list[i].marks {
			if strings.HasPrefix(m, markORCID) {
				root := all.root(m)
				if ids[root] == nil {
					ids[root] = map[string]bool{}
				}
				ids[root][byEditor.root(m)] = true
			}
		}
	}
	final := links{}
	for _, j := range joins {
		final.link(j[0], j[1])
	}
	used := make([][]string, len(list))
	for i := range list {
		used[i] = list[i].marks
		if len(ids[all.root(list[i].marks[0])]) > 1 && list[i].record.ORCID != "" {
			used[i] = slices.DeleteFunc(slices.Clone(used[i]), func(m string) bool { return strings.HasPrefix(m, markName) })
		}
		for _, m := range used[i] {
			final.link(used[i][0], m)
		}
	}
	return final.groups(used)
}

// links joins marks into sets.
type links map[string]string

func (l links) root(m string) string {
	up, ok := l[m]
	if !ok {
		l[m] = m
		return m
	}
	if up == m {
		return m
	}
	root := l.root(up)
	l[m] = root
	return root
}

func (l links) link(a, b string) {
	x, y := l.root(a), l.root(b)
	if x == y {
		return
	}
	l[max(x, y)] = min(x, y) // the least is the root, whatever came first
}

// groups are the sets that have members, with all their marks, in the order of
// their first members.
func (l links) groups(used [][]string) []personGroup {
	var out []personGroup
	at := map[string]int{}
	for i, marks := range used {
		root := l.root(marks[0])
		n, ok := at[root]
		if !ok {
			n = len(out)
			at[root] = n
			out = append(out, personGroup{})
		}
		out[n].members = append(out[n].members, i)
	}
	for m := range l {
		if n, ok := at[l.root(m)]; ok {
			out[n].marks = append(out[n].marks, m)
		}
	}
	for i := range out {
		slices.Sort(out[i].marks)
	}
	return out
}
