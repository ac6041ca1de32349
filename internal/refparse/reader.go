package refparse

import (
	"strings"

	"offprint/internal/journal"
)

// maxBody bounds what is taken apart, in bytes. A longer text is no reference;
// its identifiers and addresses are still found.
const maxBody = 6000

// reader takes one body apart. What a rule has understood is taken, so that the
// next ones see what is left; a taken token divides what stands around it.
type reader struct {
	s     string
	t     []token
	taken []bool
	known []bool  // of these what marks of their own made certain
	pair  []int32 // of an opening bracket or quotation mark the closing one, else -1
	r     *journal.Reference
	found map[string]float64
	key   string // of a list with keys

	noted    string
	form     string // the CSL type that a description in brackets names
	ahead    bool   // published before its issue
	web      bool   // an address or a date of access
	medium   string
	mediumAt int

	datesFrom   int    // where the date of publication is looked for, behind that of a conference
	instalment  string // the number of a выпуск, until it is known what it counts
	hostless    bool   // no mark says that it stands in another work
	slashedHost bool   // " // " says so
	marked      bool   // marks divide title and container
	bookQuoted  bool   // a title in 「」 stands before a book in 『』
	quoted      bool   // these are quotation marks
	dated       bool   // this is a date in brackets
	bracketed   bool   // place and publisher stand in brackets
	guessed     bool   // title and container were told apart by a comma or not at all
	numbered    bool   // the title has the number of a report in brackets behind it
	labelled    bool   // numbers have labels
	commaHead   bool   // the authors end with a comma
	turned      bool   // the authors are written out and a comma ends them for certain
	many        bool   // more than two sentences were divided
	initialled  bool   // the authors have initials, or are a body: what they are is certain
	direct      bool   // initials are read before the family name
	dateFirst   bool   // the date stands between authors and title
	editionAt   int    // the token of the edition
	noteAt      int    // the token of the note on language
	abnt        bool   // family names in capitals before a comma, volumes as "v. 5, n. 2"
}

func newReader(body string) *reader {
	x := &reader{s: body, r: &journal.Reference{}, found: map[string]float64{}, hostless: true}
	x.t = tokens(body, make([]token, 0, len(body)/4+8))
	x.taken = make([]bool, len(x.t))
	x.match()
	return x
}

// match pairs brackets and quotation marks. What is never closed pairs with
// nothing.
func (x *reader) match() {
	x.pair = make([]int32, len(x.t))
	var open []int
	for i := range x.t {
		x.pair[i] = -1
		if x.t[i].kind != mark {
			continue
		}
		r := x.t[i].r
		if n := len(open); n > 0 {
			// the innermost that it closes; an opening one between was a slip
			for k := n - 1; k >= 0 && k >= n-3; k-- {
				if closes(x.t[open[k]].r, r) && !(r == '"' && x.opensStraight(i)) {
					x.pair[open[k]] = int32(i)
					open = open[:k]
					r = 0
					break
				}
			}
		}
		if r != 0 && (isOpen(r) && r != '"' && r != '\'' && r != '’' || (r == '"' || r == '\'') && x.opensStraight(i)) {
			open = append(open, i)
		}
	}
}

// opensStraight: a straight quotation mark at i stands where one opens.
func (x *reader) opensStraight(i int) bool {
	return (i == 0 || x.t[i].gap || x.t[i-1].kind == mark && x.t[i-1].r != '.' && x.t[i-1].r != ',') && i+1 < len(x.t) && !x.t[i+1].gap
}

func isOpen(r rune) bool {
	switch r {
	case '(', '[', '{', '«', '“', '„', '‘', '《', '「', '『', '（', '［', '【', '"', '\'', '〈', '〔':
		return true
	}
	return false
}

func isOpenQuote(r rune) bool {
	switch r {
	case '«', '“', '„', '‘', '《', '「', '『', '"', '\'', '〈':
		return true
	}
	return false
}

func closes(open, r rune) bool {
	switch open {
	case '(', '（':
		return r == ')' || r == '）'
	case '[', '［':
		return r == ']' || r == '］'
	case '{':
		return r == '}'
	case '«':
		return r == '»'
	case '“':
		return r == '”' || r == '"'
	case '„':
		return r == '“' || r == '”' || r == '"'
	case '‘':
		return r == '’' || r == '\''
	case '"':
		return r == '"' || r == '”'
	case '\'':
		return r == '\'' || r == '’'
	case '《':
		return r == '》'
	case '〈':
		return r == '〉'
	case '「':
		return r == '」'
	case '『':
		return r == '』'
	case '【':
		return r == '】'
	case '〔':
		return r == '〕'
	}
	return false
}

// text is what is printed from token i up to j.
func (x *reader) text(i, j int) string {
	if i >= j {
		return ""
	}
	return x.s[x.t[i].from:x.t[j-1].to]
}

// take marks tokens as understood.
func (x *reader) take(i, j int) {
	for ; i < j; i++ {
		x.taken[i] = true
	}
}

// at is the token at a byte.
func (x *reader) at(offset int) int {
	lo, hi := 0, len(x.t)
	for lo < hi {
		m := (lo + hi) / 2
		if x.t[m].to <= offset {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// takeBytes marks the tokens that s[from:to] touches.
func (x *reader) takeBytes(from, to int) (i, j int) {
	i, j = x.at(from), x.at(to)
	if j < len(x.t) && x.t[j].from < to {
		j++
	}
	x.take(i, j)
	return i, j
}

// set keeps a value with how sure it is, unless the field has one.
func (x *reader) set(field string, into *string, value string, sure float64) bool {
	if *into != "" || value == "" {
		return false
	}
	*into = value
	x.found[field] = sure
	return true
}

func (x *reader) setDate(field string, into *journal.Date, value journal.Date, sure float64) bool {
	if *into != "" || value == "" {
		return false
	}
	*into = value
	x.found[field] = sure
	return true
}

// trimmed narrows a range: marks that divide, and tokens that are taken, go from
// both ends. A full stop stays when it belongs to an abbreviation.
func (x *reader) trimmed(i, j int) (int, int) {
	for i < j && (x.taken[i] || x.t[i].kind == mark && containsRune(",;:.)]/–—->|•", x.t[i].r)) {
		i++
	}
	for j > i {
		t := &x.t[j-1]
		switch {
		case x.taken[j-1]:
		case t.kind != mark:
			return i, j
		case t.is('.') && x.abbreviated(j-1, i):
			return i, j
		case containsRune(",;:./–—-(<[|", t.r):
		default:
			return i, j
		}
		j--
	}
	return i, j
}

// abbreviated: the full stop at i belongs to the word before it, and the text
// that begins at from goes not on without it.
func (x *reader) abbreviated(i, from int) bool {
	if i == 0 || x.t[i].gap || x.t[i-1].kind != word || i-1 < from {
		return false
	}
	low := x.t[i-1].low
	if endings[low] {
		return true
	}
	if shortened[low] && i-1 > from {
		for k := i - 2; k >= from && k >= i-5; k-- { // "Phys. Rev. Lett.", "сб. науч. тр."
			if x.t[k].is('.') && !x.t[k].gap && k > 0 && shortened[x.t[k-1].low] {
				return true
			}
		}
	}
	if len(low) == 1 || len(low) == 2 && low[0] >= 0x80 {
		return x.t[i-1].upper() && i-1 > from && !romanNumeral(low)
	}
	return false
}

// endings are abbreviations that close a title or a name and keep their stop.
var endings = wordSet("г гг g gg в вв vv etc др др. jr sr inc ltd co corp св т.д т.п al univ publ изд")

// clean is what is printed between, without what divides.
func (x *reader) clean(i, j int) string {
	i, j = x.trimmed(i, j)
	s := x.text(i, j)
	return strings.TrimSpace(s)
}

// free: no token between is taken.
func (x *reader) free(i, j int) bool {
	for ; i < j; i++ {
		if x.taken[i] {
			return false
		}
	}
	return true
}

// hasWord: a word or number that is not taken stands between.
func (x *reader) hasWord(i, j int) bool {
	for ; i < j; i++ {
		if !x.taken[i] && x.t[i].kind != mark {
			return true
		}
	}
	return false
}
