package store

import (
	"encoding/json"
	"slices"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// batch is what ApplyArticles writes in one transaction. Everything that needs
// no database is done before it begins.
type batch struct {
	items []*item
}

// item is one Write on its way.
type item struct {
	w    *Write
	name string // of the article, for messages

	record     string
	sha        string
	provenance string
	losses     string
	documents  []document
	derived
	identities []identityKey
	issue      issueKey

	id      string
	old     *articleRow // nil for a new article
	issueID string
	written Written
}

type document struct {
	sha  string
	body string
}

// articleRow is the state of an article before a batch.
type articleRow struct {
	journalID, slug, issueID string
	version                  int
	withdrawn                bool
}

func newBatch(writes []Write) (*batch, error) {
	b := &batch{items: make([]*item, len(writes))}
	seen := map[string]bool{}
	for i := range writes {
		it := &item{w: &writes[i], id: writes[i].ArticleID}
		if err := it.prepare(); err != nil {
			return nil, err
		}
		if it.id != "" && seen[it.id] {
			return nil, it.problem(errs.Conflict, "it is written twice in one batch: write one after the other")
		}
		seen[it.id] = true
		b.items[i] = it
	}
	return b, nil
}

// problem says what is wrong with one article of a batch.
func (it *item) problem(kind error, format string, args ...any) error {
	p := errs.Newf(kind, format, args...)
	p.Text = "«" + it.name + "»: " + p.Text
	return p
}

func (it *item) prepare() (err error) {
	w := it.w
	it.name = shorten(journal.In(w.Record.Titles, "").Plain)
	if it.name == "" {
		it.name = shorten(w.Provenance.Source)
	}
	if w.CountsOnly && w.ArticleID == "" {
		return it.problem(errs.Invalid, "counts alone can only be written for an article that is there")
	}
	it.identities = identityKeys(w)
	if w.CountsOnly {
		return nil
	}
	rec := w.Record
	if len(w.Documents) > 0 {
		rec.Documents = nil
		for i := range w.Documents {
			sha, body, err := canonical(&w.Documents[i])
			if err != nil {
				return it.problem(errs.Invalid, "its full text cannot be stored: %v", err)
			}
			it.documents = append(it.documents, document{sha, string(body)})
			rec.Documents = append(rec.Documents, journal.RefTo(&w.Documents[i], sha))
		}
	}
	if it.issue, err = issueKeyOf(w.JournalID, rec.Issue); err != nil {
		return it.problem(errs.Invalid, "%s", errs.Message(err))
	}
	sha, body, err := canonical(&rec)
	if err != nil {
		return it.problem(errs.Invalid, "its record cannot be stored: %v", err)
	}
	it.sha, it.record = sha, string(body)
	if _, body, err = canonical(&w.Provenance); err != nil {
		return err
	}
	it.provenance = string(body)
	losses := w.Losses
	if losses == nil {
		losses = []journal.Loss{}
	}
	if _, body, err = canonical(&losses); err != nil {
		return err
	}
	it.losses = string(body)
	if strings.Contains(it.record, "\uFFFD") {
		// Lists are made of what is stored, not of the invalid UTF-8 it replaces.
		rec = journal.Article{}
		if err := json.Unmarshal([]byte(it.record), &rec); err != nil {
			return err
		}
	}
	it.derived, err = derive(&rec)
	return err
}

// identityKeys are the identities of a write without repetitions.
func identityKeys(w *Write) []identityKey {
	var keys []identityKey
	if w.Record.DOI != "" && !w.CountsOnly {
		keys = append(keys, Identity{KindDOI, w.Record.DOI}.key(w.JournalID))
	}
	for _, id := range w.Identities {
		keys = append(keys, id.key(w.JournalID))
	}
	slices.SortFunc(keys, identityKey.compare)
	return slices.Compact(keys)
}

// apply is the transaction. It takes locks in one order: issues, articles,
// identities, addresses, counts, and the change feed last.
func (b *batch) apply(t *tx) error {
	at := now()
	if err := b.journalsExist(t); err != nil {
		return err
	}
	if err := b.loadOld(t); err != nil {
		return err
	}
	changes, err := b.placeInIssues(t, at)
	if err != nil {
		return err
	}
	var fresh, next, whole []*item
	for _, it := range b.items {
		switch {
		case it.old == nil:
			fresh, whole = append(fresh, it), append(whole, it)
		case !it.w.CountsOnly:
			next, whole = append(next, it), append(whole, it)
		}
	}
	if err := t.createArticles(fresh, at); err != nil {
		return err
	}
	if err := t.updateArticles(next, at); err != nil {
		return err
	}
	if err := t.addVersions(whole, at); err != nil {
		return err
	}
	if err := t.addFiles(whole, at); err != nil {
		return err
	}
	if err := t.identify(b.items); err != nil {
		return err
	}
	if err := t.remember(b.items); err != nil {
		return err
	}
	stood, err := t.standArticles(mentionings(whole), at)
	if err != nil {
		return err
	}
	changes = append(changes, stood...)
	counted, err := t.count(b.items)
	if err != nil {
		return err
	}
	return b.tell(t, at, changes, counted)
}

// mentionings are the related works of a batch.
func mentionings(items []*item) []mentioning {
	list := make([]mentioning, len(items))
	for i, it := range items {
		list[i] = mentioning{id: it.id, journalID: it.w.JournalID, related: it.w.Record.Related, fresh: it.old == nil}
	}
	return list
}

func (b *batch) journalsExist(t *tx) error {
	wanted := map[string]*item{}
	var rows [][]string
	for _, it := range b.items {
		if wanted[it.w.JournalID] == nil {
			wanted[it.w.JournalID] = it
			rows = append(rows, []string{it.w.JournalID})
		}
	}
	err := t.list(`WITH wanted (id) AS (VALUES %) SELECT j.id FROM wanted w JOIN journal j ON j.id = w.id`, rows, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		delete(wanted, id)
		return err
	})
	for id, it := range wanted {
		if err == nil {
			err = it.problem(errs.NotFound, "there is no journal with the id %q", id)
		}
	}
	return err
}

// loadOld reads the articles that get new versions or counts, and refuses
// those that are not as they were planned on.
func (b *batch) loadOld(t *tx) error {
	old := map[string]*articleRow{}
	var rows [][]string
	for _, it := range b.items {
		if it.id != "" {
			rows = append(rows, []string{it.id})
		}
	}
	err := t.list(`WITH wanted (id) AS (VALUES %)
SELECT a.id, a.journal_id, a.slug, a.version, a.withdrawn, coalesce(a.issue_id, '') FROM wanted w JOIN article a ON a.id = w.id`, rows, func(scan func(...any) error) error {
		var id, withdrawn string
		var r articleRow
		err := scan(&id, &r.journalID, &r.slug, &r.version, &withdrawn, &r.issueID)
		r.withdrawn = withdrawn != ""
		old[id] = &r
		return err
	})
	if err != nil {
		return err
	}
	for _, it := range b.items {
		if it.id == "" {
			continue
		}
		r := old[it.id]
		switch {
		case r == nil || r.journalID != it.w.JournalID:
			return it.problem(errs.NotFound, "there is no article %q in this journal", it.id)
		case r.withdrawn:
			return it.problem(errs.Conflict, "the article was withdrawn and stays so")
		case !it.w.CountsOnly && r.version != it.w.Base:
			return it.moved(r.version)
		}
		it.old = r
		it.issueID = r.issueID
		it.written = Written{ArticleID: it.id, Slug: r.slug, Version: r.version, Action: Unchanged}
	}
	return nil
}

func (it *item) moved(version int) error {
	return it.problem(errs.Conflict, "the article has got version %d meanwhile, this was made on version %d: look at what changed and try again", version, it.w.Base)
}

// placeInIssues finds or makes the issues of the batch.
func (b *batch) placeInIssues(t *tx, at string) ([]Change, error) {
	wanted := map[issueKey]*wantedIssue{}
	for _, it := range b.items {
		if it.w.CountsOnly || it.issue == (issueKey{}) {
			continue
		}
		w := wanted[it.issue]
		if w == nil {
			w = &wantedIssue{}
			wanted[it.issue] = w
		}
		if len(w.titles) == 0 {
			w.titles = it.w.Record.Issue.Titles
		}
	}
	changes, err := t.issues(wanted, at)
	if err != nil {
		return nil, err
	}
	for _, it := range b.items {
		if it.w.CountsOnly {
			continue
		}
		it.issueID = ""
		if w := wanted[it.issue]; w != nil {
			it.issueID = w.id
		}
	}
	return changes, nil
}

// tell appends what was done to the log and to the change feed.
func (b *batch) tell(t *tx, at string, changes []Change, counted map[string]bool) error {
	var events []Event
	left := map[string]string{} // issues that lost an article, with their journal
	for _, it := range b.items {
		if it.w.CountsOnly && counted[it.id] {
			it.written.Action = Updated
		}
		if it.written.Action == Unchanged {
			continue
		}
		changes = append(changes, Change{Kind: KindArticle, ID: it.id, JournalID: it.w.JournalID, IssueID: it.issueID, Action: it.written.Action})
		events = append(events, Event{At: at, Kind: KindArticle, Subject: it.id, Action: it.written.Action, Actor: clean(it.w.Actor), Note: clean(it.w.Reason)})
		if it.old != nil && it.old.issueID != "" && it.old.issueID != it.issueID {
			left[it.old.issueID] = it.w.JournalID
		}
	}
	if len(events) == 0 && len(changes) == 0 {
		return nil
	}
	for id, journalID := range left {
		changes = append(changes, Change{Kind: KindIssue, ID: id, JournalID: journalID, IssueID: id, Action: Updated})
	}
	if err := t.log(events); err != nil {
		return err
	}
	return t.append(at, changes)
}
