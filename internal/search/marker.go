package search

// Marker marks in texts what a search found in them.
type Marker struct {
	// terms are the forms of words that are marked.
	terms    map[string]bool
	prefixes []string
	// phrases are marked where their terms follow each other.
	phrases [][]slot
}

// Marker marks what this search looked for.
func (r *Result) Marker() *Marker { return r.marker }

func newMarker(clauses []*clause) *Marker {
	m := &Marker{terms: map[string]bool{}}
	for _, c := range clauses {
		if c.excluded || c.fields == nil {
			continue
		}
		if c.prefix != "" {
			m.prefixes = append(m.prefixes, c.prefix)
		}
		for _, f := range c.whole {
			m.terms[f.surface] = true
		}
		if len(c.slots) > 1 {
			m.phrases = append(m.phrases, c.slots)
			continue
		}
		for _, sl := range c.slots {
			for _, f := range sl.forms {
				if len(f.terms) > 0 {
					m.phrases = append(m.phrases, placesOf(f))
				} else {
					m.terms[f.surface] = true
				}
			}
		}
	}
	return m
}
