package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"offprint/internal/locale"
	"offprint/internal/script"
	"offprint/internal/store"
	"offprint/internal/view"
)

const (
	// indexOnPage is how many words stand on one page; an index with no more
	// has all its letters there.
	indexOnPage = 300
	linesOnPage = 50
	// deepestIndex bounds what can be asked for.
	deepestIndex = 2000
)

// tagBrowse is the tag of pages made of what is derived for browsing.
func tagBrowse(journalID string) string { return "browse:" + journalID }

// tagWays is the tag of all article pages of a journal: where they lead on to.
func tagWays(journalID string) string { return "ways:" + journalID }

// askedFor is the part of an index that is asked for.
type askedFor struct {
	letter string
	page   int  // from 1
	all    bool // also those that a list leaves out
}

func askFor(r *http.Request) askedFor {
	a := askedFor{letter: r.URL.Query().Get("letter"), page: 1}
	if utf8.RuneCountInString(a.letter) > 6 {
		a.letter = ""
	}
	if n, err := strconv.Atoi(r.URL.Query().Get("page")); err == nil && n > 1 && n <= deepestIndex {
		a.page = n
	}
	return a
}

// query is the query of an address, "" for the first page.
func (a askedFor) query() string {
	q := url.Values{}
	if a.letter != "" {
		q.Set("letter", a.letter)
	}
	if a.all {
		q.Set("show", "all")
	}
	if a.page > 1 {
		q.Set("page", strconv.Itoa(a.page))
	}
	return q.Encode()
}

// at is the address of a part of an index.
func (a askedFor) at(address string) string {
	if q := a.query(); q != "" {
		return address + "?" + q
	}
	return address
}

// withQuery says in all addresses of a page which part of an index it is.
func withQuery(b *view.Base, query string) {
	if query == "" {
		return
	}
	query = "?" + query
	b.Self, b.Canonical, b.DefaultLanguage = b.Self+query, b.Canonical+query, b.DefaultLanguage+query
	for i := range b.Languages {
		b.Languages[i].URL += query
		b.Languages[i].Absolute += query
	}
}

// of is another page of the same.
func (a askedFor) of(page int) askedFor {
	a.page = page
	return a
}

// neighbours are the addresses of the pages beside one.
func (a askedFor) neighbours(address string, more bool) (previous, next string) {
	if a.page > 1 {
		previous = a.of(a.page - 1).at(address)
	}
	if more {
		next = a.of(a.page + 1).at(address)
	}
	return previous, next
}

// indexWord is a word of an index with its letter.
type indexWord struct {
	letter string
	entry  view.IndexEntry
}

// indexOf reads and makes an index: all of it where it is short, else one page
// of one letter. words reads so many words of a letter, or of all, from an
// offset on.
func (v *visit) indexOf(ctx context.Context, address string, asked askedFor, letters []store.Letter, words func(ctx context.Context, letter string, limit, offset int) ([]indexWord, error)) (view.Index, error) {
	var out view.Index
	total := 0
	for _, l := range letters {
		total += l.Count
	}
	sortLetters(letters, v.lang)
	whole := total <= indexOnPage
	if !whole && asked.letter == "" {
		asked.letter = letters[0].Letter
	}
	if whole {
		asked = askedFor{page: 1}
	}
	list, err := words(ctx, asked.letter, indexOnPage+1, (asked.page-1)*indexOnPage)
	if err != nil {
		return out, err
	}
	if !whole {
		out.Previous, out.Next = asked.neighbours(address, len(list) > indexOnPage)
		list = list[:min(len(list), indexOnPage)]
	}
	at := map[string]int{}
	for _, l := range letters {
		link := view.IndexLetter{Text: spoken(letterName(v.lang, l.Letter), v.lang), URL: "#" + letterID(l.Letter)}
		if !whole {
			link.URL, link.Current = askedFor{letter: l.Letter, page: 1}.at(address), l.Letter == asked.letter
		}
		if whole || link.Current {
			at[l.Letter] = len(out.Groups)
			out.Groups = append(out.Groups, view.IndexGroup{ID: letterID(l.Letter), Heading: spoken(letterName(v.lang, l.Letter), v.lang)})
		}
		out.Letters = append(out.Letters, link)
	}
	if len(letters) < 2 {
		out.Letters = nil
	}
	for _, w := range list {
		if n, ok := at[w.letter]; ok {
			out.Groups[n].Entries = append(out.Groups[n].Entries, w.entry)
		}
	}
	out.Groups = slices.DeleteFunc(out.Groups, func(g view.IndexGroup) bool { return len(g.Entries) == 0 })
	return out, nil
}

// sortLetters puts the letters in order, those of the script of the interface
// first, what is no letter last.
func sortLetters(letters []store.Letter, lang string) {
	own := script.Of(locale.Native(lang))
	rank := func(l string) int {
		switch {
		case strings.HasPrefix(l, "#"):
			return 2
		case script.Of(l) == own:
			return 0
		}
		return 1
	}
	order := collate.New(language.Make(lang)).CompareString
	slices.SortFunc(letters, func(a, b store.Letter) int {
		return cmp.Or(cmp.Compare(rank(a.Letter), rank(b.Letter)), order(a.Letter, b.Letter))
	})
}

func letterName(lang, letter string) string {
	switch letter {
	case "#Hani":
		return "漢字"
	case "#", "#Zyyy":
		return locale.For(lang).T("browse.other")
	}
	return letter
}

// letterID is the anchor of a letter.
func letterID(letter string) string {
	id := "letter"
	for _, r := range strings.TrimPrefix(letter, "#") {
		id += "-" + strconv.FormatInt(int64(r), 16)
	}
	return id
}

// linesOf are articles of several issues in a list.
func (v *visit) linesOf(lines []store.Line) []view.Line {
	var out []view.Line
	for i := range lines {
		out = append(out, v.newLine(&lines[i], true))
	}
	return out
}
