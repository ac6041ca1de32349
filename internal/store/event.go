package store

import (
	"context"

	"offprint/internal/errs"
)

// Event is an entry of the log: who did what to what, and why.
type Event struct {
	ID      string // ULID, in the order of time
	At      string // UTC, RFC 3339
	Kind    string // article, issue or journal
	Subject string // id of what it is about
	Action  string
	Actor   string
	Note    string
}

// Events are those about one article, issue or journal, oldest first.
func (s *Store) Events(ctx context.Context, subject string) (list []Event, err error) {
	defer errs.Wrap(&err, "store.Events(%q)", subject)
	err = s.read(ctx, func(t *tx) error {
		return t.query(`SELECT id, at, kind, subject, action, actor, note FROM event WHERE subject = ?1 ORDER BY id`, []any{subject},
			func(scan func(...any) error) error {
				var e Event
				err := scan(&e.ID, &e.At, &e.Kind, &e.Subject, &e.Action, &e.Actor, &e.Note)
				list = append(list, e)
				return err
			})
	})
	return list, err
}

func (t *tx) log(events []Event) error {
	rows := make([][]any, len(events))
	for i, e := range events {
		rows[i] = []any{newID(), e.At, e.Kind, e.Subject, e.Action, e.Actor, e.Note}
	}
	return t.bulk(`INSERT INTO event (id, at, kind, subject, action, actor, note) VALUES %`, rows, nil)
}
