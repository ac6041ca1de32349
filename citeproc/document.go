package citeproc

import "strings"

// Document prints all citations of a document, in their order. It works out the
// position of every cite: first, subsequent, ibid, and whether it is near. The
// items are numbered in the order in which they are cited; items that are set
// and not cited come after them.
func (p *Processor) Document(citations []Citation) ([]string, error) {
	for k := range citations {
		for j := range citations[k].Cites {
			if id := citations[k].Cites[j].ID; p.entries[id] == nil {
				return nil, Unknown{id}
			}
		}
	}
	all := make([][]*Cite, len(citations))
	for k := range citations {
		list := make([]*Cite, len(citations[k].Cites))
		for j := range citations[k].Cites {
			c := citations[k].Cites[j]
			list[j] = &c
		}
		all[k] = p.sorted(list)
	}
	p.positions(citations, all)
	c := p.style.citation
	p.grouping = c.groupDelimiter != nil || !p.style.InNotes && strings.HasPrefix(c.collapse, "year")
	defer func() { p.grouping = false }()
	out := make([]string, len(citations))
	for k, list := range all {
		out[k] = p.cluster(list)
	}
	return out, p.err()
}

// positions works out where each cite stands (specification, "Choose",
// position).
func (p *Processor) positions(citations []Citation, all [][]*Cite) {
	lastNote := map[string]int{}
	seen := map[string]bool{}
	for _, e := range p.order {
		e.firstNote = 0
	}
	for k, list := range all {
		note := citations[k].Note
		for j, c := range list {
			e := p.entries[c.ID]
			c.Position, c.NearNote = First, false
			if seen[c.ID] {
				c.Position = Subsequent
				if before := preceding(citations, all, k, j); before != nil && before.ID == c.ID {
					c.Position = ibid(before, c)
				}
				distance := p.style.citation.nearNote
				c.NearNote = note == 0 || note-lastNote[c.ID] <= distance
			} else {
				e.firstNote = note
			}
			seen[c.ID] = true
			lastNote[c.ID] = note
		}
	}
}

// preceding is the cite that ibid would point at: the one before in the same
// citation or note, or the only one of the citation before. What stands in notes
// and what stands in the text are two rows.
func preceding(citations []Citation, all [][]*Cite, k, j int) *Cite {
	if j > 0 {
		return all[k][j-1]
	}
	inNote := citations[k].Note > 0
	before := k - 1
	for before >= 0 && citations[before].Note > 0 != inNote {
		before--
	}
	if before < 0 || len(all[before]) != 1 {
		return nil
	}
	note := citations[before].Note
	if inNote && note != citations[k].Note && before > 0 && citations[before-1].Note == note {
		return nil // the note before points at several things
	}
	return all[before][0]
}

func ibid(before, now *Cite) Position {
	switch {
	case before.Locator == "" && now.Locator == "":
		return Ibid
	case before.Locator == "" && now.Locator != "":
		return IbidWithLocator
	case before.Locator != "" && now.Locator == "":
		return Subsequent
	case before.Locator == now.Locator && before.label() == now.label():
		return Ibid
	}
	return IbidWithLocator
}
