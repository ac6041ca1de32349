package query

import "strings"

// Op is the kind of a node.
type Op string

// The kinds of nodes.
const (
	And    Op = "and"    // all Kids, two or more, none of them an And
	Or     Op = "or"     // one of Kids, two or more, none of them an Or
	Not    Op = "not"    // not the one in Kids, which is no Not
	Word   Op = "word"   // Text in Field
	Phrase Op = "phrase" // the words of Text beside each other, as they are written
	Prefix Op = "prefix" // words that begin with Text
	Range  Op = "range"  // Field, Year or Date, between From and To, both included
)

// Node is a place of the tree.
type Node struct {
	Op    Op
	Field Field  // of a clause
	Text  string // of a Word, Phrase or Prefix; never empty
	Kids  []Node
	// From and To are the ends of a Range, YYYY for a Year, YYYY, YYYY-MM or
	// YYYY-MM-DD for a Date; one of them may be empty, which leaves that side
	// open. A To of less than a day reaches to the end of its month or year.
	From, To string
}

// walk calls f for every clause that is looked for, in order; what a Not excludes
// is left out.
func (n *Node) walk(f func(*Node)) {
	switch n.Op {
	case Not:
	case And, Or:
		for i := range n.Kids {
			n.Kids[i].walk(f)
		}
	default:
		f(n)
	}
}

// all reports whether ok holds for every clause below n, excluded ones too.
func (n *Node) all(ok func(*Node) bool) bool {
	if len(n.Kids) == 0 {
		return ok(n)
	}
	for i := range n.Kids {
		if !n.Kids[i].all(ok) {
			return false
		}
	}
	return true
}

// join makes one node of several, flat; nil of none.
func join(op Op, nodes []Node) *Node {
	switch len(nodes) {
	case 0:
		return nil
	case 1:
		return &nodes[0]
	}
	out := &Node{Op: op}
	for _, n := range nodes {
		if n.Op == op {
			out.Kids = append(out.Kids, n.Kids...)
		} else {
			out.Kids = append(out.Kids, n)
		}
	}
	return out
}

// not is the opposite of n.
func not(n Node) Node {
	if n.Op == Not {
		return n.Kids[0]
	}
	return Node{Op: Not, Kids: []Node{n}}
}

// String writes the tree as it can be typed. Alternatives within other words
// stand in parentheses, which Parse does not need, for the eye; they are left out
// where they would stand deeper than Parse reads.
func (n *Node) String() string {
	p := printer{clear: true}
	p.node(n, 0)
	if p.deepest > MaxNesting {
		p = printer{}
		p.node(n, 0)
	}
	return p.b.String()
}

// bare writes the tree without the names of fields, as the box of a form for one
// field holds it.
func (n *Node) bare() string {
	p := printer{bare: true}
	p.node(n, 0)
	return p.b.String()
}

// printer writes a tree.
type printer struct {
	b       strings.Builder
	clear   bool // parentheses that are not needed too
	bare    bool // no names of fields
	deepest int
}

func (p *printer) node(n *Node, depth int) {
	p.deepest = max(p.deepest, depth)
	switch n.Op {
	case And, Or:
		between := " "
		if n.Op == Or {
			between = " | "
		}
		for i := range n.Kids {
			if i > 0 {
				p.b.WriteString(between)
			}
			kid := &n.Kids[i]
			p.group(kid, depth, kid.Op == And || kid.Op == Or && p.clear)
		}
	case Not:
		p.b.WriteByte('-')
		p.group(&n.Kids[0], depth, n.Kids[0].Op == And || n.Kids[0].Op == Or)
	default:
		p.clause(n)
	}
}

func (p *printer) group(n *Node, depth int, parentheses bool) {
	if !parentheses {
		p.node(n, depth)
		return
	}
	p.b.WriteByte('(')
	p.node(n, depth+1)
	p.b.WriteByte(')')
}

func (p *printer) clause(n *Node) {
	if n.Field != Anywhere && !p.bare {
		p.b.WriteString(string(n.Field) + ":")
	}
	switch n.Op {
	case Range:
		p.b.WriteString(n.From)
		if n.From != n.To {
			p.b.WriteString(".." + n.To)
		}
	case Phrase:
		p.b.WriteString(`"` + n.Text + `"`)
	case Prefix:
		p.b.WriteString(n.Text + "*")
	case Word:
		// An identifier may hold what ends a word: 10.1016/S0140-6736(05)1.
		if n.Field.identifier() && strings.ContainsFunc(n.Text, ends) {
			p.b.WriteString(`"` + n.Text + `"`)
		} else {
			p.b.WriteString(n.Text)
		}
	}
}
