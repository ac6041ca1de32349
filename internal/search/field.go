package search

import (
	"fmt"
	"strings"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"
)

// entry stands for a document of a chunk in a batch of scorch, which hands all of
// them to the builder of parts; see builder.
type entry struct {
	id string
	of *chunk
}

func (e *entry) ID() string                                 { return e.id }
func (e *entry) Size() int                                  { return 0 }
func (e *entry) VisitComposite(index.CompositeFieldVisitor) {}
func (e *entry) HasComposite() bool                         { return false }
func (e *entry) NumPlainTextBytes() uint64                  { return 0 }
func (e *entry) StoredFieldsBytes() uint64                  { return uint64(len(e.id)) }
func (e *entry) Indexed() bool                              { return true }
func (e *entry) VisitFields(index.FieldVisitor)             {}
func (e *entry) AddIDField()                                {}

// String is the name as lists have it: the family name first.
func (n Name) String() string {
	switch {
	case n.Given == "":
		return n.Family
	case n.Family == "":
		return n.Given
	}
	return n.Family + ", " + n.Given
}

// titleKey is what titles are sorted by: the beginning, folded, without what is
// neither letter nor digit before it.
func titleKey(title string) string {
	key := strings.TrimLeftFunc(foldValue(title), func(r rune) bool { return !inWord(r) && !isIdeographic(r) })
	const most = 32
	if len(key) > most {
		cut := most
		for cut > 0 && !utf8.RuneStart(key[cut]) {
			cut--
		}
		key = key[:cut]
	}
	return key
}

func yearTerm(year int) string { return fmt.Sprintf("%04d", year) }

// dateNumber reads YYYY, YYYY-MM or YYYY-MM-DD as the number yyyymmdd; what is
// missing is 0, or 99 if last. It is 0 for anything else.
func dateNumber(date string, last bool) uint32 {
	digits := 0
	var n uint32
	for i := range len(date) {
		switch c := date[i]; {
		case c >= '0' && c <= '9':
			digits++
			n = n*10 + uint32(c-'0')
		case c == '-' && (i == 4 || i == 7):
		default:
			return 0
		}
		if digits > 8 {
			return 0
		}
	}
	missing := uint32(0)
	if last {
		missing = 99
	}
	switch digits {
	case 8:
		return n
	case 6:
		return n*100 + missing
	case 4:
		return (n*100+missing)*100 + missing
	}
	return 0
}

func dateTerm(n uint32) string { return fmt.Sprintf("%08d", n) }
