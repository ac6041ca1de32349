package store

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// KindDOI is the kind of identity that is unique in the whole installation and
// compared without case; every other kind is unique in a journal and compared
// to the letter.
const KindDOI = "doi"

// Identity is something by which an article is found again.
type Identity struct {
	Kind  string
	Value string
}

// Known is an article that has one of the identities asked for.
type Known struct {
	ArticleID, Slug        string
	JournalID, JournalPath string
	Version                int
	Identity               Identity // as it was asked for
	RecordSHA256           string   // as RecordHash makes it
	Counts                 []journal.Count
	Title                  string
	Titles                 []journal.Text
	Withdrawn              bool
}

// identityKey is an identity as it is stored.
type identityKey struct{ scope, kind, value string }

func (id Identity) key(journalID string) identityKey {
	if id.Kind == KindDOI {
		return identityKey{"", KindDOI, key(strings.ToLower(id.Value))}
	}
	return identityKey{journalID, key(id.Kind), key(id.Value)}
}

func (k identityKey) compare(b identityKey) int {
	return cmp.Or(cmp.Compare(k.scope, b.scope), cmp.Compare(k.kind, b.kind), cmp.Compare(k.value, b.value))
}

// KnownArticles finds the articles that have one of the identities in the
// journal, one Known for every identity that is taken, in the order asked. DOIs
// are looked up in all journals.
func (s *Store) KnownArticles(ctx context.Context, journalID string, ids []Identity) (list []Known, err error) {
	defer errs.Wrap(&err, "store.KnownArticles(%q)", journalID)
	err = s.read(ctx, func(t *tx) error {
		list, err = t.known(journalID, ids)
		return err
	})
	return list, err
}

func (t *tx) known(journalID string, ids []Identity) ([]Known, error) {
	keys := make([]identityKey, len(ids))
	for i, id := range ids {
		keys[i] = id.key(journalID)
	}
	at, err := t.knownByKey(keys)
	if err != nil || len(at) == 0 {
		return nil, err
	}
	var articles []string
	for _, k := range at {
		articles = append(articles, k.ArticleID)
	}
	slices.Sort(articles)
	counts, err := t.counts(slices.Compact(articles))
	if err != nil {
		return nil, err
	}
	var list []Known
	for i, id := range ids {
		if k, ok := at[keys[i]]; ok {
			k.Identity, k.Counts = id, counts[k.ArticleID]
			list = append(list, k)
		}
	}
	return list, nil
}

func (t *tx) knownByKey(keys []identityKey) (map[identityKey]Known, error) {
	rows := make([][]string, len(keys))
	for i, k := range keys {
		rows[i] = []string{k.scope, k.kind, k.value}
	}
	at := map[identityKey]Known{}
	err := t.list(`WITH wanted (scope, kind, value) AS (VALUES %)
SELECT d.scope, d.kind, d.value, a.id, a.slug, a.journal_id, j.path, a.version, a.record_sha256, a.withdrawn, a.line
FROM wanted w JOIN identity d ON d.scope = w.scope AND d.kind = w.kind AND d.value = w.value
JOIN article a ON a.id = d.article_id JOIN journal j ON j.id = a.journal_id`, rows, func(scan func(...any) error) error {
		var id identityKey
		var k Known
		var withdrawn string
		var line []byte
		err := scan(&id.scope, &id.kind, &id.value, &k.ArticleID, &k.Slug, &k.JournalID, &k.JournalPath, &k.Version, &k.RecordSHA256, &withdrawn, &line)
		if err != nil {
			return err
		}
		var s shown
		if err := json.Unmarshal(line, &s); err != nil {
			return err
		}
		if k.Titles = s.Titles; len(k.Titles) > 0 {
			k.Title = k.Titles[0].Plain
		}
		k.Withdrawn = withdrawn != ""
		at[id] = k
		return nil
	})
	return at, err
}

// identify gives the articles of a batch their identities. An identity that
// belongs to another article already is a conflict.
func (t *tx) identify(items []*item) error {
	owner := map[identityKey]*item{}
	var keys []identityKey
	for _, it := range items {
		for _, k := range it.identities {
			if other := owner[k]; other != nil && other != it {
				return it.problem(errs.Conflict, "its %s %s is also that of «%s», which is written at the same time; it names one article: correct it in the source", k.kind, shorten(k.value), other.name)
			}
			if owner[k] == nil {
				owner[k] = it
				keys = append(keys, k)
			}
		}
	}
	slices.SortFunc(keys, identityKey.compare) // every transaction locks in the same order
	rows := make([][]any, len(keys))
	for i, k := range keys {
		rows[i] = []any{k.scope, k.kind, k.value, owner[k].id}
	}
	fresh := make(map[identityKey]bool, len(keys))
	err := t.bulk(`INSERT INTO identity (scope, kind, value, article_id) VALUES % ON CONFLICT DO NOTHING RETURNING scope, kind, value`, rows,
		func(scan func(...any) error) error {
			var k identityKey
			err := scan(&k.scope, &k.kind, &k.value)
			fresh[k] = true
			return err
		})
	if err != nil || len(fresh) == len(keys) {
		return err
	}
	keys = slices.DeleteFunc(keys, func(k identityKey) bool { return fresh[k] })
	at, err := t.knownByKey(keys)
	if err != nil {
		return err
	}
	for _, k := range keys {
		if other, it := at[k], owner[k]; other.ArticleID != it.id {
			return it.problem(errs.Conflict, "its %s %s belongs already to «%s» at /%s/articles/%s; it names one article: correct it in the source, or import it as a new version of that article",
				k.kind, shorten(k.value), shorten(other.Title), other.JournalPath, other.Slug)
		}
	}
	return nil
}

// Place is where an article is asked for: an address that it had on an earlier site
// (absolute), or its own name in the journal (its slug), or its id.
type Place struct{ Old, Slug, ID string }

// ArticlesAt are the articles of a journal at these places, as far as there are any;
// withdrawn ones are among them. Of Known, only what the article is and its
// version are set.
func (s *Store) ArticlesAt(ctx context.Context, journalID string, places []Place) (at map[Place]Known, err error) {
	defer errs.Wrap(&err, "store.ArticlesAt(%q)", journalID)
	at = map[Place]Known{}
	rows := make([][]string, len(places))
	asked := map[Place]Place{} // as the query gives it back
	for i, p := range places {
		k := Place{addressKey(p.Old), key(p.Slug), key(p.ID)}
		asked[k] = p
		rows[i] = []string{journalID, k.Old, k.Slug, k.ID}
	}
	err = s.read(ctx, func(t *tx) error {
		return t.list(`WITH wanted (journal_id, old, slug, id) AS (VALUES %)
SELECT w.old, w.slug, w.id, a.id, a.slug, a.version, a.withdrawn FROM wanted w JOIN article a ON a.journal_id = w.journal_id AND a.slug = w.slug
UNION ALL SELECT w.old, w.slug, w.id, a.id, a.slug, a.version, a.withdrawn FROM wanted w JOIN article a ON a.id = w.id AND a.journal_id = w.journal_id
UNION ALL SELECT w.old, w.slug, w.id, a.id, a.slug, a.version, a.withdrawn FROM wanted w JOIN old_address o ON o.address = w.old JOIN article a ON a.id = o.article_id AND a.journal_id = w.journal_id`, rows, func(scan func(...any) error) error {
			var p Place
			k := Known{JournalID: journalID}
			var withdrawn string
			err := scan(&p.Old, &p.Slug, &p.ID, &k.ArticleID, &k.Slug, &k.Version, &withdrawn)
			k.Withdrawn = withdrawn != ""
			at[asked[p]] = k
			return err
		})
	})
	return at, err
}
