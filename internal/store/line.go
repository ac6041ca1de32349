package store

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// Line is an article as lists show it.
type Line struct {
	ID, Slug               string
	JournalID, JournalPath string
	Titles                 []journal.Text
	Type                   string
	Language               string
	Contributors           []string // the authors' names as shown; others where there is no author
	ORCIDs                 []string // of the Contributors, in their order, empty where there is none; nil where none has one
	IssueID, IssueSlug     string
	Volume, Number         string
	Year                   int // of the issue
	Pages                  journal.Pages
	Published              journal.Date
	DOI                    string
	Section                []journal.Text
	HasText                bool // the full text is held
	Open                   bool // its licence is one of Creative Commons, or the public domain
	Standing               journal.Standing
	// AuthorSlugs are the addresses of the Contributors among the journal's
	// authors, in their order; empty where there is none, nil where none has one.
	AuthorSlugs []string
}

// shown is the part of a Line that is derived from the record: the column
// article.line.
type shown struct {
	Titles       []journal.Text `json:"titles,omitempty"`
	Type         string         `json:"type,omitempty"`
	Language     string         `json:"language,omitempty"`
	Contributors []string       `json:"contributors,omitempty"`
	ORCIDs       []string       `json:"orcids,omitempty"`
	Pages        journal.Pages  `json:"pages,omitzero"`
	Published    journal.Date   `json:"published,omitempty"`
	DOI          string         `json:"doi,omitempty"`
	Section      []journal.Text `json:"section,omitempty"`
	HasText      bool           `json:"has_text,omitempty"`
	Open         bool           `json:"open,omitempty"`
}

// derived are all columns of an article that follow from its newest record.
type derived struct {
	line           string
	publishedOrder int64
	pageOrder      int64
}

// derive is the one place where list columns come from.
func derive(a *journal.Article) (derived, error) {
	names, orcids := displayNames(a.Contributors)
	line, err := json.Marshal(shown{
		Titles: a.Titles, Type: a.Type, Language: a.Language, Contributors: names, ORCIDs: orcids, Pages: a.Pages,
		Published: a.Published, DOI: a.DOI, Section: a.Section, HasText: len(a.Documents) > 0, Open: a.Licence.Open(),
	})
	return derived{line: string(line), publishedOrder: publishedOrder(a), pageOrder: pageOrder(a.Pages)}, err
}

// displayNames are the names of the authors, or of all where there is no author,
// and their ORCID iDs.
func displayNames(list []journal.Contributor) (names, orcids []string) {
	authors := slices.ContainsFunc(list, func(c journal.Contributor) bool { return len(c.Names) > 0 && isAuthor(c) })
	some := false
	for _, c := range list {
		if len(c.Names) == 0 || authors && !isAuthor(c) {
			continue
		}
		name := c.Names[0].Literal
		if name == "" {
			name = strings.TrimSpace(c.Names[0].Given + " " + c.Names[0].Family)
		}
		names, orcids = append(names, name), append(orcids, c.ORCID)
		some = some || c.ORCID != ""
	}
	if !some {
		orcids = nil
	}
	return names, orcids
}

func isAuthor(c journal.Contributor) bool { return c.Role == "author" || c.Role == "" }

// publishedOrder is yyyymmdd of the publication, or the year of the issue; what
// is not known is zero.
func publishedOrder(a *journal.Article) int64 {
	year, month, day := a.Published.Parts()
	if year == 0 && a.Issue != nil {
		year = a.Issue.Year
	}
	return int64(year)*10000 + int64(min(month, 99))*100 + int64(min(day, 99))
}

const (
	romanPages = -1_000_000 // i, ii, iii stand before 1
	noPages    = 1 << 60    // after everything
)

// pageOrder sorts the articles of an issue: roman pages, then arabic ones and
// article numbers, then those without either.
func pageOrder(p journal.Pages) int64 {
	first := strings.TrimSpace(p.First)
	if first == "" {
		first = p.Article
	}
	if n := roman(first); n > 0 {
		return romanPages + n
	}
	n, found := int64(0), false
	for _, c := range first {
		if c >= '0' && c <= '9' {
			n, found = n*10+int64(c-'0'), true
			if n > noPages/100 {
				break
			}
		} else if found {
			break
		}
	}
	if !found {
		return noPages
	}
	return n
}

// roman is the value of a number in Roman digits as page numbers use them, 0
// when it is not one.
func roman(s string) int64 {
	digit := map[byte]int64{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100}
	s = strings.ToLower(s)
	sum := int64(0)
	for i := range len(s) {
		d := digit[s[i]]
		if d == 0 || len(s) > 12 {
			return 0
		}
		if i+1 < len(s) && digit[s[i+1]] > d {
			d = -d
		}
		sum += d
	}
	return sum
}

// lineOf is the query for the lines of some rows of article. These are chosen
// and limited before anything is joined to them, so that no engine reads all
// rows of a journal to show ten.
func lineOf(articles, order string) string {
	return `SELECT a.id, a.slug, a.journal_id, j.path, a.line, a.standing,
	coalesce(i.id, ''), coalesce(i.slug, ''), coalesce(i.volume, ''), coalesce(i.number, ''), coalesce(i.year, 0)
FROM (SELECT * FROM article a ` + articles + `) a JOIN journal j ON j.id = a.journal_id LEFT JOIN issue i ON i.id = a.issue_id ` + order
}

// newestFirst is the order of Recent.
const newestFirst = `ORDER BY a.published_order DESC, a.id DESC`

func (t *tx) lines(text string, args ...any) (list []Line, err error) {
	err = t.query(text, args, func(scan func(...any) error) error {
		l, err := scanLine(scan)
		list = append(list, l)
		return err
	})
	if err != nil {
		return nil, err
	}
	return list, t.linkAuthors(list)
}

// Lines are the published articles with those ids, by id, as lists show them.
func (s *Store) Lines(ctx context.Context, ids []string) (byID map[string]*Line, err error) {
	defer errs.Wrap(&err, "store.Lines")
	if len(ids) == 0 {
		return nil, nil
	}
	err = s.read(ctx, func(t *tx) (err error) {
		byID, err = t.linesByID(ids)
		return err
	})
	return byID, err
}

// linesByID are the published articles with those ids, by id.
func (t *tx) linesByID(ids []string) (map[string]*Line, error) {
	var list []Line
	seen := map[string]bool{}
	err := t.list("WITH wanted (id) AS (VALUES %)\n"+lineOf(`WHERE a.id IN (SELECT id FROM wanted) AND a.withdrawn = ''`, ``), single(ids), func(scan func(...any) error) error {
		l, err := scanLine(scan)
		if !seen[l.ID] {
			seen[l.ID] = true
			list = append(list, l)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := t.linkAuthors(list); err != nil {
		return nil, err
	}
	byID := make(map[string]*Line, len(list))
	for i := range list {
		byID[list[i].ID] = &list[i]
	}
	return byID, nil
}

func scanLine(scan func(...any) error) (l Line, err error) {
	var line []byte
	err = scan(&l.ID, &l.Slug, &l.JournalID, &l.JournalPath, &line, &l.Standing, &l.IssueID, &l.IssueSlug, &l.Volume, &l.Number, &l.Year)
	if err != nil {
		return l, err
	}
	var s shown
	if err := json.Unmarshal(line, &s); err != nil {
		return l, err
	}
	l.Titles, l.Type, l.Language, l.Contributors, l.ORCIDs, l.Pages = s.Titles, s.Type, s.Language, s.Contributors, s.ORCIDs, s.Pages
	l.Published, l.DOI, l.Section, l.HasText, l.Open = s.Published, s.DOI, s.Section, s.HasText, s.Open
	return l, nil
}

// linkAuthors finds the addresses of the authors of some lines.
func (t *tx) linkAuthors(list []Line) error {
	byID := make(map[string]*Line, len(list))
	ids := make([]string, len(list))
	for i := range list {
		byID[list[i].ID], ids[i] = &list[i], list[i].ID
	}
	return t.authorSlugs(ids, func(id string, position int, slug string) {
		l := byID[id]
		if l == nil || position >= len(l.Contributors) {
			return
		}
		if l.AuthorSlugs == nil {
			l.AuthorSlugs = make([]string, len(l.Contributors))
		}
		l.AuthorSlugs[position] = slug
	})
}
