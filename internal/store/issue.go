package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/script"
)

// IssueLine is an issue as the archive shows it.
type IssueLine struct {
	journal.Issue
	Articles int // published in it
}

// issueRecord is the column issue.record: what is not part of the key.
type issueRecord struct {
	Titles    []journal.Text   `json:"titles,omitempty"`
	Published journal.Date     `json:"published,omitempty"`
	Cover     *journal.Picture `json:"cover,omitempty"`
}

const selectIssue = `SELECT i.id, i.journal_id, i.slug, i.year, i.volume, i.number, i.record`

func scanIssue(scan func(...any) error, is *journal.Issue, more ...any) error {
	var record []byte
	err := scan(append([]any{&is.ID, &is.JournalID, &is.Slug, &is.Year, &is.Volume, &is.Number, &record}, more...)...)
	if err != nil {
		return err
	}
	return tellIssue(is, record)
}

func tellIssue(is *journal.Issue, record []byte) error {
	var r issueRecord
	err := json.Unmarshal(record, &r)
	is.Titles, is.Published, is.Cover = r.Titles, r.Published, r.Cover
	return err
}

// Issues are the issues of a journal, newest first, with the number of their
// published articles.
func (s *Store) Issues(ctx context.Context, journalID string) (list []IssueLine, err error) {
	defer errs.Wrap(&err, "store.Issues(%q)", journalID)
	err = s.read(ctx, func(t *tx) error {
		return t.query(selectIssue+`, (SELECT count(*) FROM article a WHERE a.issue_id = i.id AND a.withdrawn = '')
FROM issue i WHERE i.journal_id = ?1`, []any{journalID}, func(scan func(...any) error) error {
			var l IssueLine
			err := scanIssue(scan, &l.Issue, &l.Articles)
			list = append(list, l)
			return err
		})
	})
	slices.SortFunc(list, func(a, b IssueLine) int { return -compareIssues(&a.Issue, &b.Issue) })
	return list, err
}

// compareIssues is by year, volume and number, numbers in texts as numbers.
func compareIssues(a, b *journal.Issue) int {
	return cmp.Or(cmp.Compare(a.Year, b.Year), natural(a.Volume, b.Volume), natural(a.Number, b.Number), cmp.Compare(a.ID, b.ID))
}

// natural compares texts with their runs of digits as numbers: 9 before 10,
// "3(15)" before "3(16)".
func natural(a, b string) int {
	for a != "" && b != "" {
		x, y := digits(a), digits(b)
		if x > 0 && y > 0 {
			p, q := strings.TrimLeft(a[:x], "0"), strings.TrimLeft(b[:y], "0")
			if c := cmp.Or(cmp.Compare(len(p), len(q)), cmp.Compare(p, q)); c != 0 {
				return c
			}
			a, b = a[x:], b[y:]
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// Issue is the issue of a journal with that address; errs.NotFound.
func (s *Store) Issue(ctx context.Context, journalID, slug string) (is *journal.Issue, err error) {
	defer errs.Wrap(&err, "store.Issue(%q, %q)", journalID, slug)
	return s.oneIssue(ctx, slug, selectIssue+` FROM issue i WHERE i.journal_id = ?1 AND i.slug = ?2`, journalID, clean(slug))
}

// IssueByID is the issue with that id; errs.NotFound.
func (s *Store) IssueByID(ctx context.Context, id string) (is *journal.Issue, err error) {
	defer errs.Wrap(&err, "store.IssueByID(%q)", id)
	return s.oneIssue(ctx, id, selectIssue+` FROM issue i WHERE i.id = ?1`, clean(id))
}

func (s *Store) oneIssue(ctx context.Context, name, text string, args ...any) (*journal.Issue, error) {
	is := &journal.Issue{}
	err := s.read(ctx, func(t *tx) error {
		return scanIssue(func(dest ...any) error { return t.row(text, args, dest...) }, is)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errs.Newf(errs.NotFound, "there is no issue %q", name)
	}
	if err != nil {
		return nil, err
	}
	return is, nil
}

// IssueArticles are the published articles of an issue by page; those without
// pages come last, in the order in which they were made.
func (s *Store) IssueArticles(ctx context.Context, issueID string) (list []Line, err error) {
	defer errs.Wrap(&err, "store.IssueArticles(%q)", issueID)
	err = s.read(ctx, func(t *tx) error {
		list, err = t.lines(lineOf(`WHERE a.issue_id = ?1 AND a.withdrawn = ''`, `ORDER BY a.page_order, a.id`), issueID)
		return err
	})
	return list, err
}

// issueKey is what makes an issue the same issue.
type issueKey struct {
	journalID      string
	year           int
	volume, number string
}

// issueMost bounds volume and number; it keeps them far below what fits an index.
const issueMost = 200

// issueKeyOf is the zero key for an article outside issues.
func issueKeyOf(journalID string, is *journal.Issue) (issueKey, error) {
	if is == nil || is.Year == 0 && is.Volume == "" && is.Number == "" {
		return issueKey{}, nil
	}
	k := issueKey{journalID: journalID, year: is.Year, volume: clean(is.Volume), number: clean(is.Number)}
	if len(k.volume) > issueMost || len(k.number) > issueMost {
		return k, errs.Fieldf(errs.Invalid, "issue", "the volume or the number of the issue is longer than %d bytes", issueMost)
	}
	return k, nil
}

func (k issueKey) compare(b issueKey) int {
	return cmp.Or(cmp.Compare(k.journalID, b.journalID), cmp.Compare(k.year, b.year), cmp.Compare(k.volume, b.volume), cmp.Compare(k.number, b.number))
}

// base is the address of an issue: 2020-v5-n2, with what it has of the three.
func (k issueKey) base() string {
	var parts []string
	if k.year != 0 {
		parts = append(parts, strconv.Itoa(k.year))
	}
	for _, p := range []struct{ mark, text string }{{"v", k.volume}, {"n", k.number}} {
		if p.text == "" {
			continue
		}
		if slug := script.Slug(p.text, 40); slug != "" {
			parts = append(parts, p.mark+slug)
		} else {
			parts = append(parts, p.mark+sumOf([]byte(p.text))[:8])
		}
	}
	return strings.Join(parts, "-")
}
