package diff

import "strings"

// Part is a heading with the paragraphs under it.
type Part struct {
	Heading    string
	Paragraphs []string
}

// PartChange is a part of either text.
type PartChange struct {
	Kind       Kind // Kept: in both texts
	Heading    []Run
	Paragraphs []Paragraph
	// Moved: it stands elsewhere among the parts than before.
	Moved bool
}

// Changed reports whether the texts differ here.
func (p *PartChange) Changed() bool {
	if p.Kind != Kept || p.Moved {
		return true
	}
	heading := Paragraph{Runs: p.Heading}
	if heading.Changed() {
		return true
	}
	for i := range p.Paragraphs {
		if p.Paragraphs[i].Changed() {
			return true
		}
	}
	return false
}

// Parts compares two texts with headings. The changes are in the order of the
// second; what was removed stands where it was.
func Parts(before, after []Part) []PartChange {
	was := match(before, after)
	of := make([]int, len(before)) // before → after
	for i := range of {
		of[i] = -1
	}
	for j, i := range was {
		if i >= 0 {
			of[i] = j
		}
	}
	still := rising(was)
	var out []PartChange
	next := 0 // the first part of before that was not looked at
	removed := func(to int) {
		for ; next < to; next++ {
			if of[next] < 0 {
				out = append(out, whole(Removed, &before[next]))
			}
		}
	}
	for j := range after {
		i := was[j]
		if i < 0 {
			out = append(out, whole(Added, &after[j]))
			continue
		}
		if still[j] {
			removed(i)
			next = max(next, i+1)
		}
		out = append(out, PartChange{Heading: Text(before[i].Heading, after[j].Heading), Paragraphs: Paragraphs(before[i].Paragraphs, after[j].Paragraphs), Moved: !still[j]})
	}
	removed(len(before))
	return out
}

func whole(k Kind, p *Part) PartChange {
	c := PartChange{Kind: k}
	if p.Heading != "" {
		c.Heading = []Run{{k, p.Heading}}
	}
	for _, text := range p.Paragraphs {
		c.Paragraphs = append(c.Paragraphs, Paragraph{k, []Run{{k, text}}})
	}
	return c
}

// match finds for every part of after the one of before that it was, or -1: by
// the heading, by the place of one without heading, else by most of the text.
func match(before, after []Part) []int {
	was := make([]int, len(after))
	taken := make([]bool, len(before))
	for j := range was {
		was[j] = -1
	}
	byHeading := map[string][]int{}
	for i := range before {
		h := strings.Join(strings.Fields(before[i].Heading), " ")
		byHeading[h] = append(byHeading[h], i)
	}
	for j := range after {
		h := strings.Join(strings.Fields(after[j].Heading), " ")
		if list := byHeading[h]; len(list) > 0 {
			was[j], taken[list[0]], byHeading[h] = list[0], true, list[1:]
		}
	}
	const most = 100
	if len(before) > most || len(after) > most {
		return was
	}
	var texts []map[string]int
	for i := range before {
		texts = append(texts, bag(strings.Join(before[i].Paragraphs, " ")))
	}
	for j := range after {
		if was[j] >= 0 {
			continue
		}
		own := bag(strings.Join(after[j].Paragraphs, " "))
		best, at := alike, -1
		for i := range before {
			if l := likeness(texts[i], own); !taken[i] && l > best {
				best, at = l, i
			}
		}
		if at >= 0 {
			was[j], taken[at] = at, true
		}
	}
	return was
}

// rising marks the parts that keep their order: the longest rising run of
// places; the others have moved.
func rising(was []int) []bool {
	length, from := make([]int, len(was)), make([]int, len(was))
	best := -1
	for j, i := range was {
		from[j] = -1
		if i < 0 {
			continue
		}
		length[j] = 1
		for k := range j {
			if was[k] >= 0 && was[k] < i && length[k]+1 > length[j] {
				length[j], from[j] = length[k]+1, k
			}
		}
		if best < 0 || length[j] > length[best] {
			best = j
		}
	}
	still := make([]bool, len(was))
	for ; best >= 0; best = from[best] {
		still[best] = true
	}
	return still
}
