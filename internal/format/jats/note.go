package jats

import (
	"regexp"
	"strings"

	"offprint/internal/article"
)

// note reads a footnote, wherever it stands.
func (d *decoder) note(e *elem) article.Node {
	n := d.headed(e, article.Footnote)
	n.Role = e.typed("fn-type")
	return n
}

// textNotes is the content-type of the list that holds the notes of the text.
const textNotes = "text-notes"

// notes divides the footnotes of the back matter: those that the text refers
// to are its notes, the others (interests, ethics, contributions) stay where
// they are under their heading.
func (d *decoder) notes(back []article.Node) (rest, notes []article.Node) {
	for _, n := range back {
		if n.Kind != article.NoteList {
			rest = append(rest, n)
			continue
		}
		if n.Role == textNotes && len(n.Kids) > 0 {
			notes = append(notes, n.Kids...)
			continue
		}
		var stay []article.Node
		notesHere := 0
		for _, k := range n.Kids {
			if k.Kind == article.Footnote && d.cited[k.ID] {
				notes = append(notes, k)
				notesHere++
				continue
			}
			stay = append(stay, k)
		}
		if n.Kids = stay; notesHere == 0 || !headingOnly(stay) {
			rest = append(rest, n)
		}
	}
	return rest, notes
}

func headingOnly(nodes []article.Node) bool {
	for i := range nodes {
		if nodes[i].Kind != article.Title {
			return false
		}
	}
	return true
}

// authorNotes reads the notes on the authors: a list of footnotes that
// contributors point to. The words about correspondence are one of them.
func (d *decoder) authorNotes(e *elem) []article.Node {
	if e == nil {
		return nil
	}
	e.took = true
	list := article.Node{Kind: article.NoteList, ID: e.id(), Role: "author-notes"}
	for _, k := range e.kids {
		switch k.kind() {
		case "corresp":
			n := d.headed(k, article.Footnote)
			n.Role = "corresp"
			list.Kids = append(list.Kids, n)
		case "fn":
			list.Kids = append(list.Kids, d.note(k))
		case "title":
			k.took = true
			list.Kids = append(list.Kids, article.Node{Kind: article.Title, Kids: d.mixed(k)})
		default:
			list.Kids = append(list.Kids, wrap(tidy(d.node(k)))...)
		}
	}
	if len(list.Kids) == 0 {
		return nil
	}
	return []article.Node{list}
}

// aboutSome are the kinds of notes that say something of one author or some of
// them: who did what, who has which interests.
var aboutSome = []string{"con", "conflict", "coi-statement"}

// initials begin such a note where the source names the authors itself:
// "RAA, Conception and design", "RA: …".
var initials = regexp.MustCompile(`^\p{Lu}[\p{Lu}.\- ]{0,7}[,:]`)

// nameNotes gives the notes to which only the names of their authors lead a
// label with these names: printed under one heading, "Data curation" seven
// times says nothing.
func (d *decoder) nameNotes(back []article.Node) {
	people := d.out.Article.Contributors
	owners := map[string][]string{}
	authors := 0
	for i := range people {
		if c := &people[i]; c.Role == "author" && len(c.Names) > 0 {
			authors++
			for _, id := range c.Notes {
				owners[id] = append(owners[id], c.Names[0].Literal)
			}
		}
	}
	var walk func(nodes []article.Node)
	walk = func(nodes []article.Node) {
		for i := range nodes {
			n := &nodes[i]
			switch n.Kind {
			case article.Section, article.NoteList:
				walk(n.Kids)
			case article.Footnote:
				names := owners[n.ID]
				words := strings.TrimSpace(article.Plain(n.Kids))
				if n.ID == "" || n.Label != "" || len(names) == 0 || len(names) == authors || !among(strings.ToLower(n.Role), aboutSome) ||
					initials.MatchString(words) || strings.HasPrefix(words, names[0]) {
					continue
				}
				n.Label = strings.Join(names, ", ") + ":"
			}
		}
	}
	walk(back)
}
