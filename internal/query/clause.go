package query

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"offprint/internal/pid"
)

// phrase reads a quotation, which ends with the text where its mark is missing;
// nil if there is no word in it.
func (p *parser) phrase(field Field) *Node {
	closed := closing(p.text[p.at])
	p.at++
	start := p.at
	for p.at < len(p.text) && !strings.ContainsRune(closed, p.text[p.at]) {
		p.at++
	}
	quoted := p.text[start:p.at]
	p.at = min(p.at+1, len(p.text))
	text := strings.Join(strings.FieldsFunc(string(quoted), func(r rune) bool { return r == ' ' || isQuote(r) }), " ")
	if !strings.ContainsFunc(text, begins) {
		return nil
	}
	if field.identifier() {
		if id, ok := identifier(field, text); ok {
			return p.clause(Node{Op: Word, Field: field, Text: id})
		}
		p.note(NoteValue, string(field), text)
	}
	if field.ranged() {
		if from, to, n := readRange([]rune(text)); n == len([]rune(text)) {
			return p.clause(timeNode(field, from, to))
		}
		p.note(NoteValue, string(field), text)
		field = Anywhere
	}
	return p.clause(Node{Op: Phrase, Field: field, Text: code(field, text)})
}

// word reads a word, with a star or not, or an identifier.
func (p *parser) word(field Field) *Node {
	if id := p.identifier(field); id != nil {
		return p.clause(*id)
	}
	start := p.at
	for p.at < len(p.text) && !ends(p.text[p.at]) {
		p.at++
	}
	typed := p.text[start:p.at]
	last := len(typed) - 1
	for !inWord(typed[last]) {
		last--
	}
	n := Node{Op: Word, Field: field}
	switch {
	case last+1 < len(typed) && typed[last+1] == '*':
		n.Op = Prefix
	case field.identifier() && typed[len(typed)-1] == '*': // doi:10.1000/*
		n.Op = Prefix
		for last = len(typed) - 1; typed[last] == '*'; last-- {
		}
	}
	text := typed[:last+1]
	if len(text) > MaxWord {
		text = text[:MaxWord]
		for !inWord(text[len(text)-1]) {
			text = text[:len(text)-1]
		}
		p.note(NoteWord, MaxWord, string(text))
	}
	if n.Op == Prefix && !stem(text) {
		n.Op = Word
		p.note(NoteWildcard, string(typed))
	} else if strings.ContainsRune(string(text), '*') {
		p.note(NoteWildcard, string(typed))
	}
	n.Text = string(text)
	if n.Op == Word {
		n = p.value(n)
	} else if field.ranged() {
		p.note(NoteValue, string(field), string(typed))
		n.Field = Anywhere
	}
	if _, ok := operators[n.Text]; ok && n.Op == Word {
		n.Text = strings.ToLower(n.Text) // a word, and to be read as one again
	}
	n.Text = code(n.Field, n.Text)
	return p.clause(n)
}

// value is a word as its field has it: a time, an identifier. One that the field
// cannot hold is noted, and a time that is none is a word like others.
func (p *parser) value(n Node) Node {
	if n.Field.ranged() || n.Field == Anywhere && strings.Contains(n.Text, "..") {
		from, to, length := readRange([]rune(n.Text))
		if whole := length == len([]rune(n.Text)); whole && n.Field.ranged() {
			return timeNode(n.Field, from, to)
		} else if whole && from != "" && to != "" {
			return timeNode(Year, from, to)
		}
	}
	if n.Field.ranged() {
		p.note(NoteValue, string(n.Field), n.Text)
		n.Field = Anywhere
	}
	if id, field, ok := identify(n.Field, n.Text); ok {
		n.Field, n.Text = field, id
	} else if n.Field.identifier() {
		p.note(NoteValue, string(n.Field), n.Text)
	}
	return n
}

// identifier reads a DOI, ORCID or ISSN, if one stands here. It may hold
// parentheses that are in pairs.
func (p *parser) identifier(field Field) *Node {
	if field != Anywhere && !field.identifier() {
		return nil
	}
	n, open := p.at, 0
	for ; n < len(p.text); n++ {
		r := p.text[n]
		if r == '(' {
			open++
		} else if r == ')' && open > 0 {
			open--
		} else if ends(r) {
			break
		}
	}
	id, field, ok := identify(field, string(p.text[p.at:n]))
	if !ok {
		return nil
	}
	p.at = n
	return &Node{Op: Word, Field: field, Text: id}
}

// identify is the identifier that a text is, of the field that is asked, or of
// its own kind where none is: then only what cannot be anything else counts.
func identify(field Field, text string) (id string, of Field, ok bool) {
	if field != Anywhere {
		id, ok = identifier(field, text)
		return id, field, ok
	}
	lower := strings.ToLower(text)
	if strings.HasPrefix(lower, "10.") || strings.Contains(lower, "doi.org/10.") {
		if id, ok = identifier(DOI, text); ok {
			return id, DOI, true
		}
	}
	if len(text) == 16 || strings.Count(text, "-") == 3 || strings.Contains(lower, "orcid.org/") {
		if id, ok = identifier(ORCID, text); ok {
			return id, ORCID, true
		}
	}
	return "", Anywhere, false
}

// identifier is the plain form of an identifier of the field.
func identifier(field Field, text string) (id string, ok bool) {
	if strings.HasSuffix(text, "*") {
		return "", false // the beginning of one
	}
	switch field {
	case DOI:
		id, ok = pid.DOI(text)
	case ORCID:
		id, ok = pid.ORCID(text)
	case ISSN:
		id, ok = pid.ISSN(text)
	default:
		return "", false
	}
	if !ok || strings.HasSuffix(id, "*") || strings.ContainsFunc(id, func(r rune) bool { return r == ' ' || isQuote(r) }) {
		return "", false
	}
	if field == DOI { // escapes within escapes are a mistake that cannot be undone here
		again, same := pid.DOI(id)
		ok = same && again == id
	}
	return id, ok
}

// stem reports whether a text is long enough to stand before a star.
func stem(text []rune) bool {
	n := 0
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			return true
		}
		if begins(r) {
			n++
		}
	}
	return n >= shortestStem
}

// shortestStem is how many letters stand before a star at least; the fewer, the
// more words of the index would have to be looked at.
const shortestStem = 2

// code is a value of a field that holds codes, in lower case as they are kept.
func code(field Field, text string) string {
	if field == Type || field == Language || field == Has {
		return norm.NFC.String(strings.ToLower(text))
	}
	return text
}
