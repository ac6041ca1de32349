package ingest

import (
	"fmt"
	"strconv"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/script"
	"offprint/internal/store"
)

// Kinds of identity: by what an article is found again.
const (
	byDOI     = "doi"     // lower-cased; one article in the whole installation
	byAddress = "address" // where it was published before
	byPlace   = "place"   // title and place in the journal
	bySource  = "source"  // the very bytes, read by the same version of the reader
)

// identities lists by what the record is found again. The first of them that
// is known decides.
func identities(rec *journal.Article, sourceSHA256 string, readerVersion int) []store.Identity {
	ids := []store.Identity{{Kind: bySource, Value: fmt.Sprintf("%s/%d", sourceSHA256, readerVersion)}}
	if rec.DOI != "" {
		ids = append(ids, store.Identity{Kind: byDOI, Value: strings.ToLower(rec.DOI)})
	}
	for _, a := range rec.OldAddresses {
		ids = append(ids, store.Identity{Kind: byAddress, Value: a})
	}
	if p := place(rec); p != "" {
		ids = append(ids, store.Identity{Kind: byPlace, Value: p})
	}
	return ids
}

// place is the folded title with the place in the journal. The title alone
// would join the editorials of all issues.
func place(rec *journal.Article) string {
	if len(rec.Titles) == 0 {
		return ""
	}
	title := script.Fold(rec.Titles[0].Plain)
	if r := []rune(title); len(r) > 200 {
		title = string(r[:200])
	}
	parts := []string{strings.Join(strings.Fields(title), " ")}
	if is := rec.Issue; is != nil {
		parts = append(parts, strconv.Itoa(is.Year), is.Volume, is.Number)
	} else {
		parts = append(parts, "", "", "")
	}
	return strings.Join(append(parts, rec.Pages.First, rec.Pages.Article), "|")
}

// sameTitle reports whether two lists of titles have one in common to the letter,
// apart from case and marks.
func sameTitle(a, b []journal.Text) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Plain != "" && script.Fold(x.Plain) == script.Fold(y.Plain) {
				return true
			}
		}
	}
	return false
}

// sharesTitle reports whether two lists of titles have one in common, apart
// from case, marks and punctuation, or two of one language that are mostly the
// same words: a corrected title is still the title of the same article.
func sharesTitle(a, b []journal.Text) bool {
	for _, x := range a {
		for _, y := range b {
			if similar(script.Fold(x.Plain), script.Fold(y.Plain)) {
				return true
			}
		}
	}
	return false
}

// similar: at least half of all the words of both are words of both.
func similar(a, b string) bool {
	words := map[string]int{}
	for _, w := range titleWords(a) {
		words[w] |= 1
	}
	for _, w := range titleWords(b) {
		words[w] |= 2
	}
	both := 0
	for _, in := range words {
		if in == 3 {
			both++
		}
	}
	return both > 0 && 2*both >= len(words)
}

func titleWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r > 0x7f && r != '–' && r != '—' && r != '«' && r != '»' && r != '\u00a0' && r != '“' && r != '”')
	})
}

// slugBase is the wanted address of a new article: the first author's family
// name, the year and the first words of the title, in plain Latin letters.
// Empty when nothing of it can be written so; the store then makes a short id.
func slugBase(rec *journal.Article) string {
	var parts []string
	for _, c := range rec.Contributors {
		if len(c.Names) > 0 && (c.Role == "author" || c.Role == "") {
			if s := latinFamily(c.Names); s != "" {
				parts = append(parts, s)
			}
			break
		}
	}
	if rec.Issue != nil && rec.Issue.Year > 0 {
		parts = append(parts, strconv.Itoa(rec.Issue.Year))
	} else if y := rec.Published.Year(); y > 0 {
		parts = append(parts, strconv.Itoa(y))
	}
	if s := titleSlug(rec.Titles); s != "" {
		parts = append(parts, s)
	}
	return strings.Join(parts, "-")
}

func latinFamily(names []journal.Name) string {
	for _, n := range names {
		family := n.Family
		if family == "" {
			family = n.Literal
		}
		if s := script.Slug(family, 24); s != "" {
			return s
		}
	}
	return ""
}

// short words carry nothing in an address.
var short = map[string]bool{"a": true, "an": true, "the": true, "of": true, "on": true, "in": true, "to": true, "and": true, "for": true,
	"o": true, "i": true, "v": true, "k": true, "s": true, "na": true, "ob": true, "de": true, "la": true, "le": true, "da": true, "do": true, "e": true, "y": true}

func titleSlug(titles []journal.Text) string {
	for _, t := range titles {
		var words []string
		for _, w := range strings.Split(script.Slug(t.Plain, 120), "-") {
			if w != "" && !short[w] {
				words = append(words, w)
			}
			if len(words) == 4 {
				break
			}
		}
		if len(words) > 0 {
			return strings.Join(words, "-")
		}
	}
	return ""
}
