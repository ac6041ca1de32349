package intext

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/article"
)

// Place is a spot of the text that cites.
type Place struct {
	Node     *article.Node // the cross-reference
	Refs     []int         // the entries, by their places in the list
	Locator  string        // where in the source, as printed: "1192", "с. 15"
	Sentence string        // that it stands in, shortened to about 240 letters
	At       int           // byte of the sentence at which it cites
	Lang     string        // of the sentence, BCP 47, or empty for that of the text
	Note     bool          // it stands in a note
	Found    bool          // the source has no cross-reference there
}

// Places are all spots of a text that cite, those of Link and those of the source,
// in the order in which they are read: notes that stand in the text follow their
// paragraph.
func (l *List) Places(doc *article.Document) []Place {
	if len(l.refs) == 0 {
		return nil
	}
	f := &finder{list: l, places: true}
	body, back, notes := doc.Body, doc.Back, doc.Notes
	f.gather(&body, where{})
	f.gather(&back, where{})
	f.gather(&notes, where{})
	var out []Place
	for i := range f.lines {
		t := &f.lines[i]
		var sentences []span
		for j, c := range t.cites {
			refs := l.refsOf(c.node.Target)
			if len(refs) == 0 {
				continue
			}
			if sentences == nil && t.note == 0 {
				sentences = sentencesOf(t.text)
			}
			p := Place{Node: c.node, Refs: refs, Lang: t.lang, Note: t.note > 0, Found: c.node.Role == article.Unmarked}
			end := len(t.text)
			if j+1 < len(t.cites) {
				end = t.cites[j+1].start
			}
			if p.Locator = pagesOf(c.behind); p.Locator == "" {
				p.Locator = locatorOf(t.text[c.end:end], t.bracketAt(c.start) >= 0, p.Note)
			}
			if p.Note {
				sentences = []span{{0, len(t.text)}}
			}
			p.Sentence, p.At = excerpt(t.text, sentences, c.span)
			out = append(out, p)
		}
	}
	return out
}

// shortWords are abbreviations behind which a sentence goes on.
var shortWords = map[string]bool{"p": true, "pp": true, "с": true, "стр": true, "vol": true, "no": true, "al": true, "cf": true, "fig": true, "figs": true, "см": true, "ср": true, "рис": true,
	"табл": true, "гг": true, "г": true, "в": true, "вв": true, "др": true, "т": true, "л": true, "ibid": true, "op": true, "cit": true, "e": true, "i": true, "vs": true, "dr": true, "mr": true,
	"mrs": true, "prof": true, "st": true, "eds": true, "ed": true, "etc": false, "им": true, "ст": true, "ч": true, "вып": true, "изд": true, "напр": true, "тыс": true, "млн": true, "руб": true, "нов": true, "eq": true, "sec": true, "ch": true, "approx": true, "ca": true, "inc": true}

// sentencesOf divides a text.
func sentencesOf(text string) []span {
	var out []span
	start, depth := 0, 0
	for i, r := range text {
		switch r {
		case '(', '[', '（', '［':
			depth++
		case ')', ']', '）', '］':
			depth = max(0, depth-1)
		}
		if depth > 0 && i-start < 2000 {
			continue
		}
		end := i + utf8.RuneLen(r)
		switch r {
		case '。', '！', '？':
		case '.', '!', '?', '…':
			if !sentenceEnds(text, i, end) {
				continue
			}
			for end < len(text) {
				c, size := utf8.DecodeRuneInString(text[end:])
				if !strings.ContainsRune("\"'”’»)]", c) {
					break
				}
				end += size
			}
		case '\n':
		default:
			continue
		}
		if end > start {
			out = append(out, span{start, end})
			start = end
		}
	}
	return append(out, span{start, len(text)})
}

// sentenceEnds: a stop at a place is the end of a sentence, not of a short word or
// an initial, and something new begins behind it.
func sentenceEnds(text string, at, end int) bool {
	rest := strings.TrimLeft(text[end:], "\"'”’»)]")
	if rest == "" {
		return true
	}
	r, _ := utf8.DecodeRuneInString(rest)
	if !unicode.IsSpace(r) {
		return false
	}
	r, _ = after(rest, 0)
	if unicode.IsLower(r) || unicode.IsDigit(r) && text[at] == '.' && shortBefore(text, at) {
		return false
	}
	return text[at] != '.' || !shortBefore(text, at)
}

func shortBefore(text string, at int) bool {
	start := at
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if !unicode.IsLetter(r) {
			break
		}
		start -= size
	}
	word := text[start:at]
	return utf8.RuneCountInString(word) == 1 && !unicode.IsDigit(previous(text, start)) || shortWords[strings.ToLower(word)]
}

// longestSentence is how many letters of a sentence are kept.
const longestSentence = 240

// excerpt is the sentence around a place that may be empty, or the part of a long one that is
// nearest to it.
func excerpt(text string, sentences []span, at span) (string, int) {
	const far = 2000 // bytes
	spot := at.start
	if at.start == at.end { // a mark behind the stop belongs to the sentence before it
		spot = max(0, spot-1)
	}
	i, _ := slices.BinarySearchFunc(sentences, spot, func(s span, at int) int {
		if s.end <= at {
			return -1
		}
		return 1
	})
	s := span{at.start, at.end}
	if i < len(sentences) {
		s = sentences[i]
	}
	s.start, s.end = max(s.start, at.start-far), min(max(s.end, at.end), at.end+far)
	for s.start > 0 && !utf8.RuneStart(text[s.start]) {
		s.start++
	}
	for s.end < len(text) && !utf8.RuneStart(text[s.end]) {
		s.end++
	}
	front, behind := squeeze(text[s.start:at.start]), squeeze(text[at.start:s.end])
	return cutAround(strings.TrimLeft(front, " "), strings.TrimRight(behind, " "), longestSentence)
}

// Short is the sentence in about so many letters around the citation.
func (p *Place) Short(letters int) string {
	s, _ := cutAround(p.Sentence[:p.At], p.Sentence[p.At:], letters)
	return s
}

// squeeze makes one blank of every white space.
func squeeze(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range s {
		if space := unicode.IsSpace(r); space {
			if !gap {
				b.WriteByte(' ')
			}
			gap = true
			continue
		}
		b.WriteRune(r)
		gap = false
	}
	return b.String()
}

// cutAround joins what stands in front of a place and what follows, so that about
// so many letters are left, a little more than half of them in front.
func cutAround(front, behind string, letters int) (string, int) {
	if utf8.RuneCountInString(front)+utf8.RuneCountInString(behind) > letters {
		front = cutFront(front, max(letters*5/8, letters-utf8.RuneCountInString(behind)))
		behind = cutBehind(behind, max(letters-utf8.RuneCountInString(front), letters/4))
	}
	return front + behind, len(front)
}

// cutFront and cutBehind shorten at a space.
func cutFront(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	s = string(r[len(r)-most:])
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 && i < len(s)/2 {
		s = s[i:]
	}
	return "… " + strings.TrimLeftFunc(s, unicode.IsSpace)
}

func cutBehind(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	s = string(r[:most])
	if i := strings.LastIndexFunc(s, unicode.IsSpace); i > len(s)/2 {
		s = s[:i]
	}
	return strings.TrimRightFunc(s, unicode.IsSpace) + " …"
}
