package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// PersonLine is an author as an index shows one.
type PersonLine struct {
	ID, Slug string
	Name     journal.Name // as in the newest article
	ORCIDs   []string
	Letter   string // under which the index has the name
	Articles int
}

// Person is an author of a journal. Who is one person is said by the ORCID iD,
// by a full name that is printed alike, by a family name with two or more
// initials that are all the same, and by editors.
type Person struct {
	PersonLine
	Names        []journal.Name // every form, the newest first
	Affiliations []Institution  // as the articles give them, the newest first
	Lines        []Line         // newest first
	CoAuthors    []CoAuthor     // those of most articles first
}

// Institution is an affiliation with the years of the articles that give it.
type Institution struct {
	journal.Affiliation
	From, To int // 0 where no year is known
}

// CoAuthor is a person who wrote articles together with another.
type CoAuthor struct {
	PersonLine
	Together int // articles
}

// Letter is a heading of an index.
type Letter struct {
	Letter string // a capital, "#Hani" for ideographs, "#" for what begins with no letter
	Count  int
}

// AuthorLetters are the headings of the index of a journal's authors, in no
// order that a reader would expect.
func (s *Store) AuthorLetters(ctx context.Context, journalID string) (list []Letter, err error) {
	defer errs.Wrap(&err, "store.AuthorLetters(%q)", journalID)
	return s.letters(ctx, `SELECT letter, count(*) FROM person WHERE journal_id = ?1 AND articles > 0 GROUP BY letter ORDER BY letter`, journalID)
}

func (s *Store) letters(ctx context.Context, text string, args ...any) (list []Letter, err error) {
	err = s.read(ctx, func(t *tx) error {
		return t.query(text, args, func(scan func(...any) error) error {
			var l Letter
			err := scan(&l.Letter, &l.Count)
			list = append(list, l)
			return err
		})
	})
	return list, err
}

const selectPerson = `SELECT p.id, p.slug, p.record, p.letter, p.articles FROM person p `

func scanPerson(scan func(...any) error, more ...any) (l PersonLine, names []journal.Name, err error) {
	var record []byte
	if err = scan(append([]any{&l.ID, &l.Slug, &record, &l.Letter, &l.Articles}, more...)...); err != nil {
		return l, nil, err
	}
	var r personRecord
	err = json.Unmarshal(record, &r)
	l.Name, l.ORCIDs = r.Shown, r.ORCIDs
	return l, r.Names, err
}

// Authors are the authors of a journal in the order of its language, those
// under one letter or, without a letter, all.
func (s *Store) Authors(ctx context.Context, journalID, letter string, limit, offset int) (list []PersonLine, err error) {
	defer errs.Wrap(&err, "store.Authors(%q, %q)", journalID, letter)
	text, args := selectPerson+`WHERE p.journal_id = ?1 AND p.articles > 0 ORDER BY p.sort, p.id LIMIT ?2 OFFSET ?3`, []any{journalID, limit, offset}
	if letter != "" {
		text, args = selectPerson+`WHERE p.journal_id = ?1 AND p.articles > 0 AND p.letter = ?4 ORDER BY p.sort, p.id LIMIT ?2 OFFSET ?3`, append(args, clean(letter))
	}
	err = s.read(ctx, func(t *tx) error {
		return t.query(text, args, func(scan func(...any) error) error {
			l, _, err := scanPerson(scan)
			list = append(list, l)
			return err
		})
	})
	return list, err
}

// Author is the author of a journal with that address. An address whose person
// is another one now gives that person, whose Slug is another then.
// errs.NotFound.
func (s *Store) Author(ctx context.Context, journalID, slug string) (p *Person, err error) {
	defer errs.Wrap(&err, "store.Author(%q, %q)", journalID, slug)
	err = s.read(ctx, func(t *tx) error {
		p = &Person{}
		p.PersonLine, p.Names, err = t.person(journalID, slug)
		if err != nil {
			return err
		}
		if p.Slug != slug {
			return nil
		}
		if p.Lines, err = t.lines(lineOf(`WHERE a.withdrawn = '' AND a.id IN (SELECT x.article_id FROM authorship x WHERE x.person_id = ?1)`, newestFirst), p.ID); err != nil {
			return err
		}
		if p.Affiliations, err = t.institutions(p); err != nil {
			return err
		}
		p.CoAuthors, err = t.coAuthors(p.ID)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errs.Newf(errs.NotFound, "there is no author %q", slug)
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

func (t *tx) person(journalID, slug string) (PersonLine, []journal.Name, error) {
	text := selectPerson + `WHERE p.id = (SELECT CASE q.joined WHEN '' THEN q.id ELSE q.joined END FROM person q WHERE q.journal_id = ?1 AND q.slug = ?2)`
	return scanPerson(func(dest ...any) error { return t.row(text, []any{journalID, clean(slug)}, dest...) })
}

// institutions are the affiliations of a person, each once, with its years.
func (t *tx) institutions(p *Person) (list []Institution, err error) {
	years := map[string]int{}
	for i := range p.Lines {
		y := p.Lines[i].Published.Year()
		if y == 0 {
			y = p.Lines[i].Year
		}
		years[p.Lines[i].ID] = y
	}
	at := map[string]int{}
	err = t.query(`SELECT x.article_id, x.record FROM authorship x JOIN article a ON a.id = x.article_id WHERE x.person_id = ?1 ORDER BY a.published_order DESC, a.id DESC`, []any{p.ID},
		func(scan func(...any) error) error {
			var id string
			var record []byte
			if err := scan(&id, &record); err != nil {
				return err
			}
			var r authorRecord
			if err := json.Unmarshal(record, &r); err != nil {
				return err
			}
			for _, a := range r.Affiliations {
				name := journal.Same(journal.In(a.Names, "").Plain) + "\x00" + journal.Same(a.City)
				n, ok := at[name]
				if !ok {
					n = len(list)
					at[name] = n
					list = append(list, Institution{Affiliation: a, From: years[id], To: years[id]})
				}
				if y := years[id]; y > 0 {
					if list[n].From == 0 || y < list[n].From {
						list[n].From = y
					}
					list[n].To = max(list[n].To, y)
				}
			}
			return nil
		})
	return list, err
}

func (t *tx) coAuthors(personID string) (list []CoAuthor, err error) {
	err = t.query(`SELECT p.id, p.slug, p.record, p.letter, p.articles, c.n FROM (
	SELECT y.person_id, count(DISTINCT y.article_id) AS n FROM authorship x JOIN authorship y ON y.article_id = x.article_id AND y.person_id <> x.person_id
	WHERE x.person_id = ?1 GROUP BY y.person_id) c JOIN person p ON p.id = c.person_id ORDER BY c.n DESC, p.sort, p.id`, []any{personID}, func(scan func(...any) error) error {
		var c CoAuthor
		l, _, err := scanPerson(scan, &c.Together)
		c.PersonLine = l
		list = append(list, c)
		return err
	})
	return list, err
}

// authorSlugs calls f for the authors of articles that have a page.
func (t *tx) authorSlugs(ids []string, f func(articleID string, position int, slug string)) error {
	return t.list(`WITH wanted (id) AS (VALUES %) SELECT x.article_id, x.position, p.slug FROM wanted w JOIN authorship x ON x.article_id = w.id JOIN person p ON p.id = x.person_id`,
		single(ids), func(scan func(...any) error) error {
			var id, slug string
			var position int
			err := scan(&id, &position, &slug)
			f(id, position, slug)
			return err
		})
}

// JoinAuthors says that two authors of a journal are one person. The first
// address stays, the second leads to it from now on. It is kept as an editor's
// word, which holds for new versions and articles too. errs.NotFound;
// errs.Invalid when they are one already.
func (s *Store) JoinAuthors(ctx context.Context, journalID, slug, other, actor string) (err error) {
	defer errs.Wrap(&err, "store.JoinAuthors(%q, %q, %q)", journalID, slug, other)
	return s.editAuthors(ctx, func(t *tx, at string) error {
		a, err := t.editedPerson(journalID, slug)
		if err != nil {
			return err
		}
		b, err := t.editedPerson(journalID, other)
		if err != nil {
			return err
		}
		if a.ID == b.ID {
			return errs.Newf(errs.Invalid, "%s and %s are one person already", slug, other)
		}
		marks, err := t.marksOf(a.ID, b.ID)
		if err != nil {
			return err
		}
		if len(marks[a.ID]) == 0 || len(marks[b.ID]) == 0 {
			return errs.Newf(errs.Invalid, "one of the two has no articles, so that there is nothing to join")
		}
		var rows [][]any
		for _, m := range append(slices.Clone(marks[a.ID][1:]), marks[b.ID]...) {
			rows = append(rows, []any{journalID, marks[a.ID][0], m, at})
		}
		if err := t.bulk(`INSERT INTO person_join (journal_id, mark, other, created) VALUES % ON CONFLICT DO NOTHING`, rows, nil); err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE person_mark SET person_id = ?2 WHERE person_id = ?1`, b.ID, a.ID); err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE person SET joined = ?2, articles = 0 WHERE id = ?1 OR joined = ?1`, b.ID, a.ID); err != nil {
			return err
		}
		ids, err := t.articlesOf(b.ID, a.ID)
		if err != nil {
			return err
		}
		event := Event{At: at, Kind: KindPerson, Subject: a.ID, Action: Joined, Actor: clean(actor), Note: b.Slug + " " + b.Name.Shown()}
		if err := t.log([]Event{event}); err != nil {
			return err
		}
		return t.browse(ids)
	})
}

// SplitAuthor says that an article is not by that author but by another person,
// who gets an address of their own, which is returned. errs.NotFound when there
// is no such author or the article is not one of theirs.
func (s *Store) SplitAuthor(ctx context.Context, journalID, slug, articleSlug, actor string) (own string, err error) {
	defer errs.Wrap(&err, "store.SplitAuthor(%q, %q, %q)", journalID, slug, articleSlug)
	err = s.editAuthors(ctx, func(t *tx, at string) error {
		p, err := t.editedPerson(journalID, slug)
		if err != nil {
			return err
		}
		var rows [][]any
		var id string
		position := 0
		err = t.query(`SELECT m.article_id, m.position, m.mark FROM article a JOIN authorship x ON x.article_id = a.id AND x.person_id = ?3
JOIN authorship_mark m ON m.article_id = x.article_id AND m.position = x.position WHERE a.journal_id = ?1 AND a.slug = ?2 ORDER BY m.mark`, []any{journalID, clean(articleSlug), p.ID},
			func(scan func(...any) error) error {
				var m string
				err := scan(&id, &position, &m)
				rows = append(rows, []any{id, m, at})
				return err
			})
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return errs.Newf(errs.NotFound, "%s is not an author of the article %q", slug, articleSlug)
		}
		if err := t.bulk(`INSERT INTO person_split (article_id, mark, created) VALUES % ON CONFLICT DO NOTHING`, rows, nil); err != nil {
			return err
		}
		event := Event{At: at, Kind: KindPerson, Subject: p.ID, Action: Split, Actor: clean(actor), Note: articleSlug}
		if err := t.log([]Event{event}); err != nil {
			return err
		}
		if err := t.browse([]string{id}); err != nil {
			return err
		}
		return t.row(`SELECT p.slug FROM authorship x JOIN person p ON p.id = x.person_id WHERE x.article_id = ?1 AND x.position = ?2`, []any{id, position}, &own)
	})
	return own, err
}

// editAuthors runs f under the lock of those who derive, after they have done
// everything that was written before.
func (s *Store) editAuthors(ctx context.Context, f func(t *tx, at string) error) error {
	if err := s.CatchUp(ctx); err != nil {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		if _, err := t.exec(`UPDATE follower SET seq = seq WHERE name = 'browse'`); err != nil {
			return err
		}
		return f(t, now())
	})
}

func (t *tx) editedPerson(journalID, slug string) (PersonLine, error) {
	p, _, err := t.person(journalID, slug)
	if errors.Is(err, sql.ErrNoRows) {
		return p, errs.Newf(errs.NotFound, "there is no author %q in this journal: the address of their page ends in it", slug)
	}
	return p, err
}

func (t *tx) marksOf(ids ...string) (map[string][]string, error) {
	marks := map[string][]string{}
	err := t.query(`SELECT DISTINCT person_id, mark FROM person_mark WHERE person_id = ?1 OR person_id = ?2 ORDER BY mark`, []any{ids[0], ids[1]}, func(scan func(...any) error) error {
		var id, m string
		err := scan(&id, &m)
		marks[id] = append(marks[id], m)
		return err
	})
	return marks, err
}

func (t *tx) articlesOf(ids ...string) (list []string, err error) {
	err = t.query(`SELECT DISTINCT article_id FROM authorship WHERE person_id = ?1 OR person_id = ?2`, []any{ids[0], ids[1]}, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		list = append(list, id)
		return err
	})
	return list, err
}
