//go:build linux

package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver
)

// engine is full text search in a database that holds the same documents.
type engine interface {
	name() string
	// fill adds all documents and makes everything that speeds searching up.
	fill(ctx context.Context, c *corpus, progress *meter) error
	// ask makes a page of a result: the first 20, and how many there are of each
	// journal and year, from which the total follows.
	ask(ctx context.Context, q *question) (total int, err error)
	// bytes is the size of the index without the texts.
	bytes(ctx context.Context) (int64, error)
	close() error
}

// What bounds the runs of a class in an SQL engine.
const (
	sqlRuns = 40
	sqlTime = 12 * time.Second
)

// askEngine asks the questions of a class until there are enough or it took long,
// once at least.
func askEngine(ctx context.Context, e engine, questions []question) (took []float64, err error) {
	end := time.Now().Add(sqlTime)
	for i := range questions[:min(len(questions), sqlRuns)] {
		begun := time.Now()
		if _, err := e.ask(ctx, &questions[i]); err != nil {
			return nil, fmt.Errorf("%s, %q: %w", e.name(), questions[i].Typed, err)
		}
		took = append(took, milliseconds(time.Since(begun)))
		if time.Now().After(end) {
			break
		}
	}
	return took, nil
}

// fts5 is SQLite with a contentless index beside a table of journals and years.
type fts5 struct{ *sql.DB }

func (fts5) name() string { return "FTS5" }

func openFTS5(path string) (engine, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(wal)&_pragma=synchronous(off)&_pragma=cache_size(-262144)&_pragma=mmap_size(8589934592)&_pragma=temp_store(memory)")
	return fts5{db}, err
}

func (e fts5) fill(ctx context.Context, c *corpus, progress *meter) error {
	if _, err := e.ExecContext(ctx, `CREATE VIRTUAL TABLE f USING fts5(title, authors, keywords, abstract, fulltext, content='', tokenize='unicode61 remove_diacritics 2');
		CREATE TABLE d(id INTEGER PRIMARY KEY, journal TEXT NOT NULL, year TEXT NOT NULL)`); err != nil {
		return err
	}
	for n := 0; n < c.documents; n += bulk {
		tx, err := e.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		for i := n; i < min(n+bulk, c.documents); i++ {
			p := c.paper(i)
			title, authors, keywords, abstract, full := p.row()
			if _, err := tx.ExecContext(ctx, "INSERT INTO f(rowid, title, authors, keywords, abstract, fulltext) VALUES (?,?,?,?,?,?)", i, title, authors, keywords, abstract, full); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, "INSERT INTO d VALUES (?,?,?)", i, journalName(p.journal), fmt.Sprint(p.year)); err != nil {
				return err
			}
		}
		if err := tx.Commit(); err != nil {
			return err
		}
		progress.tell(n + bulk)
	}
	_, err := e.ExecContext(ctx, "INSERT INTO f(f) VALUES('optimize'); ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}

func (e fts5) ask(ctx context.Context, q *question) (int, error) {
	where, args := " WHERE f MATCH ?", []any{q.match()}
	if q.Journal != "" {
		where += " AND d.journal = ? AND d.year IN (?" + strings.Repeat(",?", len(q.Years)-1) + ")"
		args = append(args, q.Journal)
		for _, y := range q.Years {
			args = append(args, y)
		}
	}
	first := "SELECT f.rowid FROM f" + where
	if q.Journal != "" {
		first = "SELECT f.rowid FROM f JOIN d ON d.id = f.rowid" + where
	}
	rows, err := e.QueryContext(ctx, first+" ORDER BY bm25(f, 8, 8, 4, 2, 1) LIMIT 20", args...)
	if err != nil {
		return 0, err
	}
	if err := drain(rows); err != nil {
		return 0, err
	}
	if rows, err = e.QueryContext(ctx, "SELECT d.journal, d.year, count(*) FROM f JOIN d ON d.id = f.rowid"+where+" GROUP BY 1, 2", args...); err != nil {
		return 0, err
	}
	return sum(rows)
}

func drain(rows *sql.Rows) error {
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
}

// sum adds up the counts by journal and year.
func sum(rows *sql.Rows) (total int, err error) {
	defer rows.Close()
	for rows.Next() {
		var journal, year string
		var n int
		if err := rows.Scan(&journal, &year, &n); err != nil {
			return 0, err
		}
		total += n
	}
	return total, rows.Err()
}

func (e fts5) bytes(ctx context.Context) (n int64, err error) {
	err = e.QueryRowContext(ctx, "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()").Scan(&n)
	return n, err
}

func (e fts5) close() error { return e.Close() }
