package jats

import "offprint/internal/article"

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
