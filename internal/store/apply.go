package store

import (
	"context"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// Write is one article to be written: a new one, a new version of one, or new
// counts for one.
type Write struct {
	JournalID string
	// ArticleID is empty for a new article.
	ArticleID string
	// Base is the version this write was planned on; errs.Conflict when the
	// article has moved on since.
	Base int
	// SlugBase is the address wanted for a new article, of a–z, 0–9 and hyphens.
	// -2, -3 … is added when it is taken; empty: a short random address.
	SlugBase string
	// Record is stored as it is, except that Record.Documents is filled from
	// Documents when there are any. Record.Issue names the issue by year,
	// volume and number; it is found or made.
	Record journal.Article
	// CountsOnly: only Counts and Identities are taken; no version is made.
	CountsOnly bool
	// Documents are full texts. They are stored once by their hash.
	Documents []journal.Document
	// Counts replace the carried-over counts of the same metric and source;
	// others stay.
	Counts []journal.Count
	// Identities by which KnownArticles finds the article. The DOI of the
	// record is always one of them.
	Identities []Identity
	Provenance Provenance
	Losses     []journal.Loss
	Reason     string // why this version exists
	Actor      string // who, for the event log
}

// Provenance says what a version was made from.
type Provenance struct {
	Source        string          `json:"source,omitempty"` // name or address of the source
	Format        string          `json:"format,omitempty"`
	ReaderVersion int             `json:"reader_version,omitempty"`
	SourceSHA256  string          `json:"source_sha256,omitempty"`
	JournalSeen   journal.Journal `json:"journal_seen,omitzero"` // what the source says of its journal
}

// Actions of Written and Change.
const (
	Created   = "created"
	Updated   = "updated"
	Unchanged = "unchanged" // of Written: the counts were as they were
	Withdrawn = "withdrawn" // of Change
	Joined    = "joined"    // of Event: two people are one
	Split     = "split"     // of Event: an article is another person's
)

// Written is what became of one Write.
type Written struct {
	ArticleID string
	Slug      string
	Version   int
	Action    string
	// AddressesTaken are old addresses of the record that lead to another
	// article already and stay with it.
	AddressesTaken []string
}

// ApplyArticles writes all of writes in one transaction, or nothing. Its errors
// are errs.Conflict (an identity belongs to another article, the base has
// moved, the article was withdrawn) and errs.Invalid, as an errs.Problem that
// names the article, or errs.Unavailable.
func (s *Store) ApplyArticles(ctx context.Context, writes []Write) (done []Written, err error) {
	defer errs.Wrap(&err, "store.ApplyArticles")
	if len(writes) == 0 {
		return nil, nil
	}
	b, err := newBatch(writes)
	if err != nil {
		return nil, err
	}
	if err := s.write(ctx, b.apply); err != nil {
		return nil, err
	}
	done = make([]Written, len(b.items))
	for i, it := range b.items {
		done[i] = it.written
	}
	return done, nil
}
