// Package intext finds the citations in a text: where it cites an entry of its
// list of references in print only, as in "[FRUS 1951a: 1192]", "(Panov 2010, 15)",
// "[3, 5–7]", «[3, с. 15]», raised numbers, notes that print a source, «Там же» and
// "op. cit.".
//
//	list := intext.New(refs)
//	linked := list.Link(&doc)        // the same text with cross-references in it
//	for _, p := range list.Places(&linked) {
//		// p.Refs, p.Locator "1192", p.Sentence
//	}
//
// Terms. A place is a spot of the text that cites; its locator is where in the
// source: a page, a leaf, a paragraph, as printed. The key of an entry is the name
// that the text cites it by. A numbered text cites by the numbers of the list.
//
// A name in another script than the printed one is found by its search form:
// "(Hatoyama 1957)" is the entry of «Хатояма И.» or 鳩山.
//
// Link makes a derived tree: what it is given stays as it is, cross-references of
// the source too, and those that it adds have the role article.Unmarked. It never guesses. An
// author and a year that fit two entries, a number in a formula, a year alone, an
// interval such as [3, 5] in a mathematical text stay text. Every answer is a pure
// function of the text and the list.
package intext

import (
	"strconv"
	"strings"
	"sync"

	"offprint/internal/article"
	"offprint/internal/journal"
)

// Version is raised when Link or Places answer otherwise to the same question.
const Version = 3

// List is a list of references prepared for finding. It may be used by several
// goroutines.
type List struct {
	refs    []journal.Reference
	ids     []string            // what a cross-reference to each has as its target
	byID    map[string]int      // entry by that
	keys    map[[2]string][]key // by the first two words
	numbers map[int]int         // entry by printed number, -1 for two
	years   map[year][]work     // works of a year by the first word of their authors
	names   map[string][]work   // the same of all years
	titles  map[string][]int    // entries by the first words of their titles
	keyed   bool                // the text cites by keys
	cross   func() map[crossYear][]work
}

// New prepares a list.
func New(refs []journal.Reference) *List {
	l := &List{refs: refs, ids: IDs(refs), byID: map[string]int{}, keys: map[[2]string][]key{}, numbers: map[int]int{}, years: map[year][]work{}, names: map[string][]work{}, titles: map[string][]int{}}
	for i := range refs {
		l.byID[l.ids[i]] = i
		l.addKey(i)
		l.addNumber(i)
		l.addYear(i)
		l.addTitle(i)
	}
	l.cross = sync.OnceValue(l.crossWorks)
	return l
}

// IDs are the targets of cross-references to the entries: their own ids, or "#"
// and the number for those without or with one that another has before them.
func IDs(refs []journal.Reference) []string {
	out := make([]string, len(refs))
	taken := map[string]bool{}
	for i := range refs {
		if out[i] = refs[i].ID; out[i] == "" || taken[out[i]] || strings.ContainsAny(out[i], " \t\r\n") {
			out[i] = "#" + strconv.Itoa(refs[i].Number)
		}
		for n := 2; taken[out[i]]; n++ {
			out[i] = "#" + strconv.Itoa(refs[i].Number) + "-" + strconv.Itoa(n)
		}
		taken[out[i]] = true
	}
	return out
}

// match is a piece of a line that cites.
type match struct {
	start, end int // bytes of the line's text
	refs       []int
}

// Link is the document with a cross-reference at every place that cites an entry
// in print only. The tree is new where it differs and shares the rest.
func (l *List) Link(doc *article.Document) article.Document {
	out := *doc
	if len(l.refs) == 0 {
		return out
	}
	f := &finder{list: l, math: hasMath(doc)}
	out.Body, out.Back, out.Notes = f.copyOf(doc.Body), f.copyOf(doc.Back), f.copyOf(doc.Notes)
	f.gather(&out.Body, where{})
	f.gather(&out.Back, where{})
	f.gather(&out.Notes, where{})
	for i := range f.lines {
		l.findKeys(&f.lines[i])
		l.findYears(&f.lines[i])
	}
	f.settleNumbers()
	for i := range f.lines {
		f.findNumbers(&f.lines[i])
		if f.lines[i].note > 0 {
			l.findTitles(&f.lines[i])
		}
		f.findAgain(&f.lines[i])
	}
	f.write()
	return out
}

// finder holds the state of one Link.
type finder struct {
	list  *List
	lines []line
	notes int // gathered
	// places: nothing is to be found, only what is there to be listed.
	places bool

	math     bool // there are formulas or intervals in the text
	numbered bool // the text cites by numbers in brackets
	raised   bool // the text cites by raised numbers
	paged    bool // [3, 115] is page 115 of 3

	again again
}
