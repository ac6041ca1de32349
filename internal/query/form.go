package query

import "strings"

// Form is a question as the boxes of the advanced search. What stands in a box is
// read as in the search box, in the field of that box: it may hold phrases,
// alternatives and stars. An advanced search is no other search: Query makes of
// it what the search box would hold.
type Form struct {
	All  string // all of these words
	Any  string // one of these words at least
	None string // none of these words

	Author, Title, Abstract, FullText, References, Keywords string

	Journal, Section, Issue string
	Type, Language          string // codes

	From, To string // times of publication: YYYY, YYYY-MM or YYYY-MM-DD
	HasPDF   bool
}

// box is a box of the form and its field.
type box struct {
	field Field
	text  *string
}

// boxes are the boxes that ask one field.
func (f *Form) boxes() []box {
	return []box{
		{Author, &f.Author}, {Title, &f.Title}, {Abstract, &f.Abstract}, {FullText, &f.FullText}, {Reference, &f.References},
		{Keyword, &f.Keywords}, {Journal, &f.Journal}, {Section, &f.Section}, {Issue, &f.Issue}, {Type, &f.Type}, {Language, &f.Language},
	}
}

// Query is the form as it would be typed, "" for an empty form. Mistakes of one
// box, such as a missing quotation mark, do not reach into the next.
func (f Form) Query() string {
	var all []Node
	add := func(n *Node) {
		if n != nil {
			all = append(all, *n)
		}
	}
	read := func(field Field, text string) *Node { return newParser(text).nodes(field, 0) }
	add(read(Anywhere, f.All))
	if n := read(Anywhere, f.Any); n != nil && n.Op == And {
		add(join(Or, n.Kids))
	} else {
		add(n)
	}
	for _, n := range parts(read(Anywhere, f.None)) {
		if n.Op != Not {
			n = not(n)
		}
		add(&n)
	}
	for _, b := range f.boxes() {
		add(read(b.field, *b.text))
	}
	from, to := strings.TrimSpace(f.From), strings.TrimSpace(f.To)
	if from != "" || to != "" {
		add(read(Year, from+".."+to))
	}
	if f.HasPDF {
		add(&Node{Op: Word, Field: Has, Text: "pdf"})
	}
	return Query{Root: join(And, all)}.String()
}

// FormOf is the form that asks what q asks, and what no box can hold, as it would
// be typed: f.Query(), a blank and rest mean q, in another order.
func FormOf(q Query) (f Form, rest string) {
	var left []Node
	for _, n := range parts(q.Root) {
		if !f.take(&n) {
			left = append(left, n)
		}
	}
	rest = Query{Root: join(And, left)}.String()
	if len(left) == 1 && left[0].Op == Or {
		rest = "(" + rest + ")"
	}
	return f, rest
}

// parts are what must all hold.
func parts(root *Node) []Node {
	switch {
	case root == nil:
		return nil
	case root.Op == And:
		return root.Kids
	}
	return []Node{*root}
}

// take puts a part of a query into its box and reports whether there is one.
func (f *Form) take(n *Node) bool {
	field, one := n.field()
	switch {
	case !one:
		return false
	case n.Op == Range:
		return f.takeRange(n)
	case field == Has:
		if n.Op == Word && n.Text == "pdf" && !f.HasPDF {
			f.HasPDF = true
			return true
		}
		return false
	case field == Anywhere && n.Op == Not && len(n.Kids[0].Kids) == 0:
		put(&f.None, &n.Kids[0])
		return true
	case field == Anywhere && n.Op == Or && f.Any == "" && n.flat():
		for i := range n.Kids {
			put(&f.Any, &n.Kids[i])
		}
		return true
	case field == Anywhere:
		put(&f.All, n)
		return true
	}
	for _, b := range f.boxes() {
		if b.field == field {
			put(b.text, n)
			return true
		}
	}
	return false
}

// takeRange fills the ends of the time, if they are free and read the same there.
func (f *Form) takeRange(n *Node) bool {
	years := len(n.From) <= 4 && len(n.To) <= 4
	if f.From != "" || f.To != "" || years != (n.Field == Year) {
		return false
	}
	f.From, f.To = n.From, n.To
	return true
}

// field is the field that all clauses of n ask, and whether it is one.
func (n *Node) field() (field Field, one bool) {
	first := n
	for len(first.Kids) > 0 {
		first = &first.Kids[0]
	}
	return first.Field, n.all(func(k *Node) bool { return k.Field == first.Field })
}

// flat reports whether all kids are clauses.
func (n *Node) flat() bool {
	for i := range n.Kids {
		if len(n.Kids[i].Kids) > 0 {
			return false
		}
	}
	return true
}

// put adds a part to what stands in a box; alternatives in parentheses, as they
// would take hold of their neighbours.
func put(text *string, n *Node) {
	s := n.bare()
	if n.Op == Or {
		s = "(" + s + ")"
	}
	if *text != "" {
		*text += " "
	}
	*text += s
}
