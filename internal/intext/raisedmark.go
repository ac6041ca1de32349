package intext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/article"
)

// dropped reports whether a node is a mark that a reader of a sentence does without: of
// a footnote, or a raised number that cites. What else is raised belongs to the words.
func (r *reader) dropped(n *article.Node) bool {
	switch n.Kind {
	case article.Cross:
		words := article.Plain(n.Kids)
		return words != "" && (marksNote[n.Role] && !lettered(words) || onlyRaised(n.Kids) || strings.Trim(words, raisedDigits+",⁻–˒ ") == "")
	case article.Sup:
		return hasCross(n.Kids) || r.marks(article.Plain(n.Kids))
	}
	return false
}

// marksNote are the types of cross-references (JATS ref-type) that lead to notes.
var marksNote = map[string]bool{"fn": true, "table-fn": true, "author-notes": true, "corresp": true}

func lettered(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) }) && utf8.RuneCountInString(s) > 2
}

// onlyRaised: everything in the nodes is raised.
func onlyRaised(nodes []article.Node) bool {
	raised := false
	for i := range nodes {
		switch {
		case nodes[i].Kind == article.Sup:
			raised = true
		case strings.TrimSpace(article.Plain(nodes[i:i+1])) != "":
			return false
		}
	}
	return raised
}

func hasCross(nodes []article.Node) bool {
	found := false
	article.Walk(nodes, func(n *article.Node) bool {
		found = found || n.Kind == article.Cross
		return !found
	})
	return found
}

// marks: a raised text is no power, ordinal or exponent: it stands behind the punctuation
// that ends a word or behind a word that is no unit, or it is a sign.
func (r *reader) marks(raised string) bool {
	raised = strings.TrimSpace(raised)
	if raised == "" || strings.Trim(raised, "*†‡§¶#∗") == "" {
		return true
	}
	if strings.Trim(raised, "0123456789,;–-— ") != "" {
		return false
	}
	text := strings.TrimRightFunc(string(r.text[max(0, len(r.text)-longestBefore):]), unicode.IsSpace)
	last, _ := utf8.DecodeLastRuneInString(text)
	if strings.ContainsRune(".,;:)]»”’\"!?…。、」』）", last) && text != "" {
		return true
	}
	word := text[len(strings.TrimRightFunc(text, unicode.IsLetter)):]
	return utf8.RuneCountInString(word) > 2 && !units[fold(word)] || ideographs(word)
}

// longestBefore is how many bytes before a mark are looked at.
const longestBefore = 80
