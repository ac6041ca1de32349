package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"offprint/internal/errs"
)

// UsageBlock is a block of the log of readers, of one hour of a day (UTC).
type UsageBlock struct {
	Day   string
	Hour  int
	Bytes []byte
}

// UsageKey is the key of a day. It is the same for all nodes: the first that
// asks gives it.
func (s *Store) UsageKey(ctx context.Context, day string, fresh []byte) (key []byte, err error) {
	defer errs.Wrap(&err, "store.UsageKey(%q)", day)
	err = s.write(ctx, func(t *tx) error {
		if _, err := t.exec(`INSERT INTO usage_key (day, secret) VALUES (?1, ?2) ON CONFLICT (day) DO NOTHING`, day, fresh); err != nil {
			return err
		}
		return t.row(`SELECT secret FROM usage_key WHERE day = ?1`, []any{day}, &key)
	})
	return key, err
}

// DestroyUsageKeys overwrites and removes the keys of the days before one.
func (s *Store) DestroyUsageKeys(ctx context.Context, before string) (err error) {
	defer errs.Wrap(&err, "store.DestroyUsageKeys")
	old := 0
	err = s.read(ctx, func(t *tx) error {
		return t.row(`SELECT count(*) FROM usage_key WHERE day < ?1`, []any{before}, &old)
	})
	if err != nil || old == 0 {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		if _, err := t.exec(`UPDATE usage_key SET secret = ?2 WHERE day < ?1`, before, make([]byte, 32)); err != nil {
			return err
		}
		_, err := t.exec(`DELETE FROM usage_key WHERE day < ?1`, before)
		return err
	})
}

// UsagePosition is how far a spool was taken into the log, in bytes.
func (s *Store) UsagePosition(ctx context.Context, spool string) (at int64, err error) {
	defer errs.Wrap(&err, "store.UsagePosition(%q)", spool)
	err = s.read(ctx, func(t *tx) error {
		err := t.row(`SELECT position FROM usage_spool WHERE name = ?1`, []any{spool}, &at)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return at, err
}

// TakeUsage takes what a spool holds between two positions into the log, once:
// errs.Conflict when the spool was not read up to from, or beyond. touched are
// further days whose counts depend on it. Blocks of days that are no longer kept
// are left out; refused is how many.
func (s *Store) TakeUsage(ctx context.Context, spool string, from, to int64, blocks []UsageBlock, touched []string) (refused int, err error) {
	defer errs.Wrap(&err, "store.TakeUsage(%q)", spool)
	err = s.write(ctx, func(t *tx) error {
		refused = 0
		if _, err := t.exec(`INSERT INTO usage_spool (name, position, updated) VALUES (?1, 0, ?2) ON CONFLICT (name) DO NOTHING`, spool, now()); err != nil {
			return err
		}
		n, err := t.exec(`UPDATE usage_spool SET position = ?3, updated = ?4 WHERE name = ?1 AND position = ?2`, spool, from, to, now())
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Newf(errs.Conflict, "%s was read by another", spool)
		}
		marked := map[string]bool{} // false: its blocks are gone
		mark := func(day string, add bool) error {
			if _, done := marked[day]; done {
				return nil
			}
			if add {
				if _, err := t.exec(`INSERT INTO usage_log (day, marked, counted, rules, events, gone) VALUES (?1, 0, 0, '', 0, ?2) ON CONFLICT (day) DO NOTHING`, day, false); err != nil {
					return err
				}
			}
			n, err := t.exec(`UPDATE usage_log SET marked = marked + 1 WHERE day = ?1 AND NOT gone`, day)
			marked[day] = n > 0
			return err
		}
		for i, b := range blocks {
			if err := mark(b.Day, true); err != nil {
				return err
			}
			if !marked[b.Day] {
				refused++
				continue
			}
			if _, err := t.exec(`INSERT INTO usage_block (day, hour, spool, position, part, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)`, b.Day, b.Hour, spool, from, i, b.Bytes); err != nil {
				return err
			}
		}
		for _, day := range touched {
			if err := mark(day, false); err != nil {
				return err
			}
		}
		return nil
	})
	return refused, err
}

// UsageBlocks calls f at every block of an hour of a day.
func (s *Store) UsageBlocks(ctx context.Context, day string, hour int, f func([]byte) error) (err error) {
	defer errs.Wrap(&err, "store.UsageBlocks(%q, %d)", day, hour)
	return s.read(ctx, func(t *tx) error {
		return t.query(`SELECT bytes FROM usage_block WHERE day = ?1 AND hour = ?2 ORDER BY spool, position, part`, []any{day, hour}, func(scan func(...any) error) error {
			var b sql.RawBytes
			if err := scan(&b); err != nil {
				return err
			}
			return f(b)
		})
	})
}

// UsageDay is a day of the log.
type UsageDay struct {
	Day    string
	Marked int64 // its state, for SaveUsage
	Stale  bool  // it is to be counted
	Rules  string
	Events int64
	Gone   bool // its blocks are no longer kept: it cannot be counted again
}

// UsageDays are the days of the log from one to another, both included, in
// order; empty bounds are open.
func (s *Store) UsageDays(ctx context.Context, from, to string) (list []UsageDay, err error) {
	defer errs.Wrap(&err, "store.UsageDays")
	err = s.read(ctx, func(t *tx) error {
		return t.query(`SELECT day, marked, counted < marked, rules, events, gone FROM usage_log WHERE day >= ?1 AND (?2 = '' OR day <= ?2) ORDER BY day`, []any{from, to}, func(scan func(...any) error) error {
			var d UsageDay
			err := scan(&d.Day, &d.Marked, &d.Stale, &d.Rules, &d.Events, &d.Gone)
			list = append(list, d)
			return err
		})
	})
	return list, err
}

// StaleUsage are the days that are to be counted.
func (s *Store) StaleUsage(ctx context.Context) (list []UsageDay, err error) {
	all, err := s.UsageDays(ctx, "", "")
	for _, d := range all {
		if d.Stale && !d.Gone {
			list = append(list, d)
		}
	}
	return list, err
}

// MarkUsage has the days from one to another counted again and returns how many
// they are; those whose blocks are gone stay as they are.
func (s *Store) MarkUsage(ctx context.Context, from, to string) (n int64, err error) {
	defer errs.Wrap(&err, "store.MarkUsage")
	err = s.write(ctx, func(t *tx) error {
		n, err = t.exec(`UPDATE usage_log SET marked = marked + 1 WHERE day >= ?1 AND day <= ?2 AND NOT gone`, from, to)
		return err
	})
	return n, err
}

// ForgetUsage removes the blocks of days before one that were counted, and
// returns how many days these were. Their counts stay.
func (s *Store) ForgetUsage(ctx context.Context, before string) (n int64, err error) {
	defer errs.Wrap(&err, "store.ForgetUsage")
	err = s.write(ctx, func(t *tx) error {
		if n, err = t.exec(`UPDATE usage_log SET gone = ?2 WHERE day < ?1 AND NOT gone AND counted = marked`, before, true); err != nil || n == 0 {
			return err
		}
		if _, err := t.exec(`DELETE FROM usage_block WHERE day < ?1 AND day IN (SELECT l.day FROM usage_log l WHERE l.gone)`, before); err != nil {
			return err
		}
		if _, err := t.exec(`DELETE FROM usage_origin_day WHERE day < ?1 AND day IN (SELECT l.day FROM usage_log l WHERE l.gone)`, before); err != nil {
			return err
		}
		old, err := time.Parse(time.DateOnly, before)
		if err != nil {
			return err
		}
		_, err = t.exec(`DELETE FROM usage_spool WHERE updated < ?1 AND name NOT LIKE 'generated:%'`, old.AddDate(0, 0, -1).Format(time.DateOnly))
		return err
	})
	return n, err
}
