package store

import (
	"context"
	"database/sql"
	"strings"
)

// tx is a transaction. Its methods take SQL with the placeholders ?1, ?2 ….
type tx struct {
	ctx     context.Context
	sql     *sql.Tx
	engine  engine
	kept    map[string]*sql.Stmt // prepared in this transaction, for bulk
	changed bool                 // something was appended to the change feed
}

// read runs f on one snapshot of the database.
func (s *Store) read(ctx context.Context, f func(*tx) error) error {
	opts := &sql.TxOptions{ReadOnly: true, Isolation: s.engine.snapshotLevel()}
	t, err := s.reading.BeginTx(ctx, opts)
	if err != nil {
		return s.engine.explain(err)
	}
	defer t.Rollback()
	return s.engine.explain(f(&tx{ctx: ctx, sql: t, engine: s.engine}))
}

// write runs f in one writing transaction, and after its commit wakes those who
// follow the changes.
func (s *Store) write(ctx context.Context, f func(*tx) error) error {
	sqlTx, err := s.writing.BeginTx(ctx, nil)
	if err != nil {
		return s.engine.explain(err)
	}
	defer sqlTx.Rollback()
	t := &tx{ctx: ctx, sql: sqlTx, engine: s.engine}
	if err := f(t); err != nil {
		return s.engine.explain(err)
	}
	if t.changed {
		if err := s.engine.announce(t); err != nil {
			return s.engine.explain(err)
		}
	}
	if err := sqlTx.Commit(); err != nil {
		return s.engine.explain(err)
	}
	if t.changed {
		s.woken.ring()
	}
	return nil
}

// exec runs a statement and returns how many rows it touched.
func (t *tx) exec(text string, args ...any) (int64, error) {
	res, err := t.sql.ExecContext(t.ctx, t.engine.bind(text), args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// row runs a query for one row; sql.ErrNoRows when there is none.
func (t *tx) row(text string, args []any, dest ...any) error {
	return t.sql.QueryRowContext(t.ctx, t.engine.bind(text), args...).Scan(dest...)
}

// query runs a query and calls f at every row.
func (t *tx) query(text string, args []any, f func(scan func(...any) error) error) error {
	rows, err := t.sql.QueryContext(t.ctx, t.engine.bind(text), args...)
	if err != nil {
		return err
	}
	return each(rows, f)
}

func each(rows *sql.Rows, f func(scan func(...any) error) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// bulkMost is how many rows one INSERT carries at most, a power of 4.
const bulkMost = 64

// bulk runs an INSERT of many rows with few statements and few different texts.
// The text has «%» in the place of the rows; f, which may be nil, is called for
// every row that RETURNING gives.
func (t *tx) bulk(text string, rows [][]any, f func(scan func(...any) error) error) error {
	for size := bulkMost; len(rows) > 0; {
		for size > len(rows) {
			size /= 4
		}
		if err := t.bulkOf(text, rows[:size], f); err != nil {
			return err
		}
		rows = rows[size:]
	}
	return nil
}

func (t *tx) bulkOf(text string, rows [][]any, f func(scan func(...any) error) error) error {
	text = strings.Replace(text, "%", t.values(len(rows), len(rows[0])), 1)
	args := rows[0]
	if len(rows) > 1 {
		args = make([]any, 0, len(rows)*len(rows[0]))
		for _, r := range rows {
			args = append(args, r...)
		}
	}
	if !t.engine.prepares() {
		if f == nil {
			_, err := t.exec(text, args...)
			return err
		}
		return t.query(text, args, f)
	}
	stmt, err := t.prepared(text)
	if err != nil {
		return err
	}
	if f == nil {
		_, err = stmt.ExecContext(t.ctx, args...)
		return err
	}
	out, err := stmt.QueryContext(t.ctx, args...)
	if err != nil {
		return err
	}
	return each(out, f)
}

// prepared keeps a statement for the rest of the transaction.
func (t *tx) prepared(text string) (*sql.Stmt, error) {
	if s := t.kept[text]; s != nil {
		return s, nil
	}
	s, err := t.sql.PrepareContext(t.ctx, t.engine.bind(text))
	if err != nil {
		return nil, err
	}
	if t.kept == nil {
		t.kept = map[string]*sql.Stmt{}
	}
	t.kept[text] = s
	return s, nil
}

// values is "(?1, ?2), (?3, ?4)" for 2 rows of 2.
func (t *tx) values(rows, cols int) string {
	var b strings.Builder
	n := 0
	for r := range rows {
		if r > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('(')
		for c := range cols {
			if c > 0 {
				b.WriteString(", ")
			}
			n++
			b.WriteString(t.engine.place(n))
		}
		b.WriteByte(')')
	}
	return b.String()
}

// list is a query over a set of keys. The text has «%» in the place of the
// rows of a VALUES list; first are arguments that stand before them. The number
// of rows is rounded up to a power of two by repeating the last one, so that an
// engine sees few different texts; f must not mind a row that comes twice.
func (t *tx) list(text string, rows [][]string, f func(scan func(...any) error) error) error {
	// SQLite looks every numbered argument up in a list of all of them, so that
	// the time for a text grows with the square of its arguments.
	const most = 256
	for len(rows) > 0 {
		part := rows[:min(len(rows), most)]
		rows = rows[len(part):]
		n := 1
		for n < len(part) {
			n *= 2
		}
		cols := len(part[0])
		args := make([]any, 0, n*cols)
		for _, r := range part {
			for _, v := range r {
				args = append(args, v)
			}
		}
		for len(args) < n*cols {
			args = append(args, args[len(args)-cols])
		}
		if err := t.query(strings.Replace(text, "%", t.values(n, cols), 1), args, f); err != nil {
			return err
		}
	}
	return nil
}
