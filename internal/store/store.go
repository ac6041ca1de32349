// Package store keeps the truth: journals, issues, articles with all their
// versions, and the change feed. It holds all SQL of the project, for SQLite
// (embedded, one machine) and PostgreSQL 15 or later (several nodes).
//
// The terms:
//
//   - An article is an address and a state; what it says stands in its
//     versions. A version row is written once and never changed.
//   - The list columns of an article (title, contributors, pages …) are derived
//     from its newest version, by one function, and can be rebuilt.
//   - An identity is anything by which an article is found again: its DOI, the
//     hash of the source it came from, its citation key.
//   - A change is an entry of the feed that everything derived follows. Its
//     numbers are consecutive in the order of commits on both engines.
//
// Every exported method is one transaction; unexported functions are single
// statements that are composed inside one.
//
//	st, err := store.Open(ctx, store.Config{DataDir: "offprint-data"})
//	j := &journal.Journal{Path: "rjr", Titles: []journal.Text{journal.T("en", "Russian Japanology Review")}}
//	err = st.AddJournal(ctx, j)
//	done, err := st.ApplyArticles(ctx, []store.Write{{JournalID: j.ID, SlugBase: "panov-2020", Record: rec}})
//	p, err := st.PublishedArticle(ctx, j.ID, done[0].Slug)
//
// The package decides nothing about publishing, renders nothing and opens no
// files of articles: it must not import the rules, the faces or the blob store.
package store

import (
	"context"
	"database/sql"
	"strings"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"

	"offprint/internal/errs"
)

// Config says where the truth is.
type Config struct {
	// URL is empty for SQLite in DataDir/offprint.db, or postgres://….
	URL string
	// DataDir is the data folder. It is made when it does not exist.
	DataDir string
}

// Store is one handle on the truth. It is safe for concurrent use.
type Store struct {
	engine  engine
	reading *sql.DB // SQLite: pool of connections that cannot write
	writing *sql.DB // SQLite: the one connection that writes
	woken   bell    // rings when something was committed, here or elsewhere

	watching sync.Once
	life     context.Context // ends at Close
	end      context.CancelFunc
	watchers sync.WaitGroup
}

// Open opens the database, makes it when it does not exist, and brings its
// schema up to date. An existing SQLite database is copied before its schema
// changes. A database written by a newer program is refused (errs.Invalid);
// one that does not answer is errs.Unavailable.
func Open(ctx context.Context, cfg Config) (s *Store, err error) {
	defer errs.Wrap(&err, "store.Open")
	s = &Store{}
	s.life, s.end = context.WithCancel(context.Background())
	switch {
	case cfg.URL == "":
		err = s.openSQLite(cfg.DataDir)
	case strings.HasPrefix(cfg.URL, "postgres://"), strings.HasPrefix(cfg.URL, "postgresql://"):
		err = s.openPostgres(ctx, cfg.URL)
	default:
		err = errs.Fieldf(errs.Invalid, "database", "the address must begin with postgres://, or be left out for SQLite in the data folder")
	}
	if err == nil {
		err = s.migrate(ctx)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close ends every Follow and closes the connections.
func (s *Store) Close() error {
	s.end()
	s.watchers.Wait()
	var first error
	for _, db := range []*sql.DB{s.reading, s.writing} {
		if db == nil {
			continue
		}
		if err := db.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// Ping reports whether the database answers; errs.Unavailable when not.
func (s *Store) Ping(ctx context.Context) (err error) {
	defer errs.Wrap(&err, "store.Ping")
	return s.read(ctx, func(t *tx) error {
		_, err := t.lastChange()
		return err
	})
}

// Engine is "sqlite" or "postgresql".
func (s *Store) Engine() string { return s.engine.name() }

// now is the time as every column holds it: UTC, RFC 3339 to the millisecond.
func now() string { return written(time.Now()) }

// written is a time as columns have it, so that the order of letters is that of time.
func written(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

func newID() string { return ulid.Make().String() }
