package intext

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/article"
	"offprint/internal/script"
)

// where says what surrounds a line.
type where struct {
	cell    bool // of a table
	heading bool
	note    int // number of the note, 0 in the running text
	depth   int // in the tree
	lang    string
}

// span is a piece of a line.
type span struct{ start, end int }

// line is a run of words without a block in between: a paragraph, mostly.
type line struct {
	where
	holder *[]article.Node // the nodes of which it is a part
	from   int             // its first node in holder
	to     int
	text   string // as it is read
	masked string // the same, where nothing may be found a control character
	words  []word
	turns  []turn // of brackets
	used   []bool // bytes of what was found
	groups []group
	raised []span // superscripts
	cites  []cite // cross-references to entries that are there
	found  []match
	extent map[*article.Node]span
}

// turn is a place from which on another bracket is around, or none.
type turn struct{ at, open int }

// cite is a cross-reference to entries that stands in a line.
type cite struct {
	span
	node   *article.Node
	behind string // what follows it in a mark that is left out
}

// word is a run of letters and digits, folded.
type word struct {
	span
	text string
}

const (
	opaque = "\x01" // what may not be looked into
	thing  = "\x02" // a formula or a picture
	linked = "\x03" // a cross-reference
)

// copyOf copies a tree, the text in it being shared.
func (f *finder) copyOf(nodes []article.Node) []article.Node {
	if nodes == nil {
		return nil
	}
	out := slices.Clone(nodes)
	for i := range out {
		out[i].Kids = f.copyOf(out[i].Kids)
	}
	return out
}

// gather makes lines of everything that holds words. Notes follow the line in
// which they stand.
func (f *finder) gather(holder *[]article.Node, w where) {
	nodes := *holder
	w.depth++
	for i := 0; i < len(nodes); {
		if nodes[i].Kind.IsBlock() || nodes[i].Kind == article.Footnote {
			f.block(&nodes[i], w)
			i++
			continue
		}
		from := i
		for i < len(nodes) && !nodes[i].Kind.IsBlock() {
			i++
		}
		l := line{where: w, holder: holder, from: from, to: i, extent: map[*article.Node]span{}}
		r := reader{line: &l, places: f.places}
		r.nodes(nodes[from:i], "")
		l.text, l.masked = string(r.text), string(r.masked)
		if strings.TrimSpace(l.text) != "" {
			if !f.places {
				l.words = l.cutWords()
			}
			l.brackets()
			f.lines = append(f.lines, l)
		}
		for _, n := range r.notes {
			f.block(n, w)
		}
	}
}

func (f *finder) block(n *article.Node, w where) {
	switch n.Kind {
	case article.Code, article.Math:
		return
	case article.Title, article.Term:
		w.heading = true
	case article.Cell:
		w.cell = true
	case article.Footnote:
		f.notes++
		w.note = f.notes
	}
	if n.Lang != "" {
		w.lang = n.Lang
	}
	f.gather(&n.Kids, w)
}

// reader makes the text of a line.
type reader struct {
	*line
	text, masked []byte
	notes        []*article.Node
	// places: the text is for people to read; marks of notes do not stand in it.
	places bool
	silent bool // in such a mark
	blank  bool // the blank before a mark goes, too, if a stop or a blank follows
}

// nodes reads nodes. hide is what the characters of those are masked by in which
// nothing is found, or empty.
func (r *reader) nodes(nodes []article.Node, hide string) {
	for i := range nodes {
		n := &nodes[i]
		start := len(r.text)
		if r.places && !r.silent && r.dropped(n) {
			r.silent = true
			r.node(n, hide)
			r.silent, r.blank = false, true
			continue
		}
		r.node(n, hide)
		r.extent[n] = span{start, len(r.text)}
	}
}

func (r *reader) node(n *article.Node, hide string) {
	start := len(r.text)
	switch n.Kind {
	case article.Text:
		r.write(n.Text, hide)
	case article.LineBreak:
		r.write("\n", "")
	case article.Footnote:
		r.notes = append(r.notes, n)
	case article.InlineMath, article.InlineImage:
		words := article.Plain([]article.Node{*n})
		if words == "" {
			words = "…"
		}
		r.write(words, thing)
	case article.Cross:
		r.blank = false
		r.nodes(n.Kids, linked)
		r.cites = append(r.cites, cite{span{start, len(r.text)}, n, ""})
	case article.Link, article.Monospace:
		r.nodes(n.Kids, opaque)
	case article.Sup:
		if r.places {
			if words := article.Plain(n.Kids); article.Raise(words) != words {
				r.write(article.Raise(words), hide)
				return
			}
		}
		r.nodes(n.Kids, hide)
		r.raised = append(r.raised, span{start, len(r.text)})
	default:
		r.nodes(n.Kids, hide)
	}
}

func (r *reader) write(s, hide string) {
	if n := len(r.cites); r.silent && n > 0 && len(r.cites[n-1].behind) < longestBefore {
		r.cites[n-1].behind += s
	}
	if r.silent || s == "" {
		return
	}
	if r.blank {
		r.trim(s)
	}
	r.text = append(r.text, s...)
	if hide != "" {
		s = strings.Repeat(hide, len(s))
	}
	r.masked = append(r.masked, s...)
}

// trim takes the blanks away that stood before a mark, where s follows.
func (r *reader) trim(s string) {
	r.blank = false
	if c, _ := utf8.DecodeRuneInString(s); !unicode.IsSpace(c) && !strings.ContainsRune(".,;:!?…)]»”’", c) {
		return
	}
	end := len(bytes.TrimRightFunc(r.text, unicode.IsSpace))
	r.text, r.masked = r.text[:end], r.masked[:end]
	for i := len(r.cites) - 1; i >= 0 && r.cites[i].end > end; i-- {
		r.cites[i].start, r.cites[i].end = min(r.cites[i].start, end), end
	}
}

// wordsOf are the words of a text. An apostrophe or a soft hyphen inside belongs
// to its word, a hyphen does not.
func wordsOf(s string) []word {
	var out []word
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !inWord(r) {
			i += size
			continue
		}
		start := i
		digit := unicode.IsDigit(r)
		for i < len(s) {
			r, size = utf8.DecodeRuneInString(s[i:])
			if apostrophe(r) && i > start {
				next, _ := utf8.DecodeRuneInString(s[i+size:])
				if unicode.IsLetter(next) && !digit {
					i += size
					continue
				}
			}
			if !inWord(r) {
				break
			}
			i += size
		}
		out = append(out, word{span{start, i}, fold(s[start:i])})
	}
	return out
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == 0xad
}

func apostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', 'ʹ', '´', '`', '′':
		return true
	}
	return false
}

// fold is the form in which words are compared. Case is kept out of it, as are
// marks and apostrophes.
func fold(s string) string { return strings.ReplaceAll(script.Fold(s), "'", "") }

// cutWords are the words of the line; a superscript is none of the word before.
func (l *line) cutWords() []word {
	at := 0
	var out []word
	cut := func(to int) {
		if to <= at {
			return
		}
		for _, w := range wordsOf(l.masked[at:to]) {
			w.start, w.end = w.start+at, w.end+at
			out = append(out, w)
		}
		at = to
	}
	for _, s := range l.raised {
		cut(s.start)
		cut(s.end)
	}
	cut(len(l.masked))
	return out
}

// brackets finds out where brackets open and end.
func (l *line) brackets() {
	var stack []int
	for i, r := range l.masked {
		switch r {
		case '(', '[', '（', '［', '〔':
			stack = append(stack, i)
			l.turns = append(l.turns, turn{i + 1, i})
		case ')', ']', '）', '］', '〕':
			if len(stack) == 0 {
				continue
			}
			stack = stack[:len(stack)-1]
			open := -1
			if len(stack) > 0 {
				open = stack[len(stack)-1]
			}
			l.turns = append(l.turns, turn{i, open})
		}
	}
}

// bracketAt is where the bracket opens in which a place stands, -1 for none.
func (l *line) bracketAt(at int) int {
	i, _ := slices.BinarySearchFunc(l.turns, at, func(t turn, at int) int {
		if t.at <= at {
			return -1
		}
		return 1
	})
	if i == 0 {
		return -1
	}
	return l.turns[i-1].open
}

// open is where the bracket opens around a word, -1 for none.
func (l *line) open(i int) int { return l.bracketAt(l.words[i].start) }

// gap is what stands between two words, without spaces.
func (l *line) gap(i, j int) string {
	return strings.Join(strings.Fields(fold(l.masked[l.words[i].end:l.words[j].start])), "")
}

// capital: the word begins with one, or its script has none.
func (l *line) capital(i int) bool {
	r, _ := utf8.DecodeRuneInString(l.masked[l.words[i].start:])
	return unicode.IsUpper(r) || unicode.IsTitle(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
}

// free reports that nothing was found yet between two places.
func (l *line) free(start, end int) bool {
	return l.used == nil || !slices.Contains(l.used[start:end], true)
}

func (l *line) add(start, end int, refs ...int) {
	if start >= end || !l.free(start, end) {
		return
	}
	if l.used == nil {
		l.used = make([]bool, len(l.text))
	}
	for i := start; i < end; i++ {
		l.used[i] = true
	}
	l.found = append(l.found, match{start, end, refs})
}

// before is the last character before a place that is no space, and where it is.
func before(s string, at int) (rune, int) {
	for at > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
		if !unicode.IsSpace(r) {
			return r, at
		}
	}
	return 0, 0
}

// after is the first character from a place on that is no space, and where it is.
func after(s string, at int) (rune, int) {
	for at < len(s) {
		r, size := utf8.DecodeRuneInString(s[at:])
		if !unicode.IsSpace(r) {
			return r, at
		}
		at += size
	}
	return 0, len(s)
}

// next and previous are the characters beside a place.
func next(s string, at int) rune {
	if at >= len(s) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s[at:])
	return r
}

func previous(s string, at int) rune {
	if at <= 0 {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(s[:at])
	return r
}

// hasMath: the text has formulas.
func hasMath(doc *article.Document) bool {
	found := false
	for _, nodes := range [][]article.Node{doc.Body, doc.Back, doc.Notes} {
		article.Walk(nodes, func(n *article.Node) bool {
			found = found || n.Kind == article.Math || n.Kind == article.InlineMath
			return !found
		})
	}
	return found
}
