package citing

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/store"
)

const (
	// sure is how confident the reading of every field must be by which two
	// references are told to be the same.
	sure = 0.6
	// leastPrinted is how many letters a printed text must have to be known by it:
	// "Ibid. P. 5." is printed in many articles. Without a year or another number
	// it must have more.
	leastPrinted = 30
	leastWithout = 50
	// leastTitle is how many letters a title must have.
	leastTitle = 8
)

// marksOf are the marks of a reference.
func marksOf(r *journal.Reference) (out []store.Mark) {
	add := func(kind int, value string) {
		if value != "" {
			out = append(out, store.MarkOf(kind, value))
		}
	}
	add(store.MarkDOI, doiOf(r.DOI))
	for _, id := range r.IDs {
		value := strings.ToLower(strings.Join(strings.Fields(id.Value), ""))
		switch kind := strings.ToLower(id.Kind); kind {
		case "pmid", "pmcid", "arxiv":
			add(store.MarkID, kind+" "+strings.TrimPrefix(value, "arxiv:"))
		case "isbn":
			// A book's number is that of all its chapters and of their pages.
			if n := isbn(value); n != "" && r.Title != "" {
				add(store.MarkISBN, strings.Join([]string{n, words(r.Title), words(r.Container), words(r.Volume), r.Pages.First}, "\x00"))
			}
		}
	}
	add(store.MarkPrinted, printed(r.Printed.Plain))
	add(store.MarkFields, fields(r))
	return out
}

// doiOf is a DOI as it is compared.
func doiOf(s string) string {
	doi, ok := pid.DOI(s)
	if !ok {
		return ""
	}
	return strings.ToLower(doi)
}

// isbn are the digits of an ISBN with 13, the last left out, so that one with 10 is
// the same; empty for what is none.
func isbn(s string) string {
	var digits []byte
	for _, r := range s {
		if r >= '0' && r <= '9' || r == 'x' {
			digits = append(digits, byte(r))
		}
	}
	switch len(digits) {
	case 10:
		return "978" + string(digits[:9])
	case 13:
		return string(digits[:12])
	}
	return ""
}

// printed is the printed text as it is compared, empty for what is too short to be
// one work's or says that it is that of another.
func printed(s string) string {
	s = strings.TrimRight(journal.Same(s), " .,;")
	if n := utf8.RuneCountInString(s); n < leastPrinted || n < leastWithout && !strings.ContainsAny(s, "0123456789") {
		return ""
	}
	for _, again := range []string{"ibid", "там же", "idem", "ebd", "op. cit", "указ. соч", "там само", "___"} {
		if strings.HasPrefix(s, again) || strings.Contains(s[:min(len(s), 80)], "указ. соч") || strings.Contains(s[:min(len(s), 60)], "op. cit") {
			return ""
		}
	}
	return s
}

// words is a field as it is compared: case, white space and the punctuation at its
// ends do not count.
func words(s string) string {
	return strings.TrimFunc(journal.Same(s), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) })
}

// fields are all that tells a work from another, in one text; empty where it is not
// known, or not surely, who, what and when. Another edition, volume, page or leaf is
// another work.
func fields(r *journal.Reference) string {
	for _, field := range []string{"authors", "editors", "title", "container", "issued", "volume", "issue", "part", "edition", "pages", "publisher", "series", "archive", "event", "item_number", "translators"} {
		if c, read := r.Confidence[field]; read && c < sure {
			return ""
		}
	}
	people, who := r.Authors, "a"
	if len(people) == 0 {
		people, who = r.Editors, "e"
	}
	if utf8.RuneCountInString(words(r.Title)) < leastTitle || r.Issued.Year() == 0 || len(people) == 0 || r.Container == "" && r.Publisher == "" && r.Archive.Repository == "" {
		return ""
	}
	key := []string{who}
	for _, n := range people {
		key = append(key, name(n))
	}
	a := r.Archive
	key = append(key, "", words(r.Title), words(r.Container), string(r.Issued), string(r.IssuedTo), words(r.Volume), words(r.VolumeTitle), words(r.Issue), words(r.Part), words(r.Edition),
		words(r.Publisher), words(r.Series), words(r.Event), words(r.ItemNumber), r.Pages.First, r.Pages.Article, strconv.Itoa(len(r.Translators)),
		words(a.Repository), words(a.Collection), words(a.Fond), words(a.Inventory), words(a.Unit), words(a.Box), words(a.Folder), words(a.Leaves))
	return strings.Join(key, "\x00")
}

// name is a person as they are compared: the family name and the first letters of
// the others.
func name(n journal.Name) string {
	if n.Family == "" {
		return words(n.Shown())
	}
	out := words(n.Family)
	for _, given := range strings.FieldsFunc(journal.Same(n.Given), func(r rune) bool { return !unicode.IsLetter(r) }) {
		first, _ := utf8.DecodeRuneInString(given)
		out += " " + string(first)
	}
	return out
}

// ownMarks are the marks of an article as another may cite it.
func ownMarks(p *journal.Publication) []store.Mark {
	rec := &p.Record
	var out []store.Mark
	if doi := doiOf(rec.DOI); doi != "" {
		out = append(out, store.MarkOf(store.MarkDOI, doi))
	}
	for _, id := range rec.IDs {
		if kind := strings.ToLower(id.Kind); kind == "pmid" || kind == "pmcid" {
			out = append(out, store.MarkOf(store.MarkID, kind+" "+strings.ToLower(strings.Join(strings.Fields(id.Value), ""))))
		}
	}
	for _, title := range rec.Titles {
		for _, container := range p.Journal.Titles {
			r := journal.Reference{Title: title.Plain, Container: container.Plain, Pages: journal.Pages{First: rec.Pages.First, Article: rec.Pages.Article}}
			if is := p.Place(); is != nil {
				r.Volume, r.Issue = is.Volume, is.Number
			}
			if year := p.Issued().Year(); year > 0 {
				r.Issued = journal.YearDate(year)
			}
			for _, c := range rec.By("author") {
				r.Authors = append(r.Authors, c.NameIn(title.Lang))
			}
			if f := fields(&r); f != "" {
				out = append(out, store.MarkOf(store.MarkFields, f))
			}
		}
	}
	return out
}

// weight says how well a reference describes its work: what a source has marked
// counts more than what was read.
func weight(r *journal.Reference) int {
	n := 0
	for field, set := range map[string]bool{"doi": r.DOI != "", "authors": len(r.Authors) > 0, "title": r.Title != "", "container": r.Container != "", "issued": r.Issued != "", "volume": r.Volume != "",
		"issue": r.Issue != "", "pages": r.Pages.First != "", "publisher": r.Publisher != "", "place": r.Place != "", "title_translated": r.TitleTranslated != "", "url": r.URL != "", "edition": r.Edition != ""} {
		if !set {
			continue
		}
		n += 4
		if _, read := r.Confidence[field]; !read {
			n++
		}
	}
	return n
}
