package ingest

import (
	"context"
	"errors"
	"fmt"

	"offprint/internal/blob"
	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/store"
)

// batch gathers decoded sources, looks all of them up at once and applies them
// in one transaction. While that is written, the next is planned and its files
// are made durable.
type batch struct {
	run    *Run
	home   *journal.Journal
	report func(Result)
	tasks  []*task
	bytes  int64
	all    []journal.Journal // of the installation, read when a source must find its own

	writing chan error              // gives the outcome of what is being written; nil when nothing is
	claimed map[store.Identity]bool // by what is being written
}

// planned is a task with what is to be done with it.
type planned struct {
	task    *task
	journal journal.Journal
	decision
	write *store.Write
}

func (b *batch) add(ctx context.Context, t *task) error {
	b.tasks = append(b.tasks, t)
	b.bytes += t.source.Size
	if len(b.tasks) < batchSize && b.bytes < batchBytes {
		return nil
	}
	return b.flush(ctx)
}

// flush applies what was gathered, in its order. Two sources of one batch that
// are the same article are applied one after the other, the second on the
// first. The last may still be on its way; see settle.
func (b *batch) flush(ctx context.Context) error {
	tasks := b.tasks
	b.tasks, b.bytes = nil, 0
	for len(tasks) > 0 {
		n := independent(tasks)
		if err := b.apply(ctx, tasks[:n]); err != nil {
			return err
		}
		tasks = tasks[n:]
	}
	return nil
}

// independent is how many tasks from the start share no identity.
func independent(tasks []*task) int {
	seen := map[store.Identity]bool{}
	for i, t := range tasks {
		for _, id := range t.ids {
			if seen[id] {
				return i
			}
		}
		for _, id := range t.ids {
			seen[id] = true
		}
	}
	return len(tasks)
}

// apply plans tasks, keeps their files and begins to write them, after what was
// begun before them has ended.
func (b *batch) apply(ctx context.Context, tasks []*task) error {
	if b.meets(tasks) {
		if err := b.settle(); err != nil {
			return err
		}
	}
	plans, err := b.plan(ctx, tasks)
	if err != nil {
		return err
	}
	if !b.run.DryRun {
		if err := b.keepFiles(ctx, plans); err != nil {
			return err
		}
	}
	if err := b.settle(); err != nil {
		return err
	}
	b.claim(tasks)
	done := make(chan error, 1)
	b.writing = done
	go func() { done <- b.complete(ctx, plans) }()
	return nil
}

// complete writes what was planned and reports it.
func (b *batch) complete(ctx context.Context, plans []*planned) error {
	if !b.run.DryRun {
		if err := b.write(ctx, plans); err != nil {
			return err
		}
	}
	for _, p := range plans {
		b.report(p.result())
		p.task.source, p.task.reading, p.task.files = blob.Item{}, nil, nil
	}
	return nil
}

// drain flushes and waits for the end of it.
func (b *batch) drain(ctx context.Context) error {
	if err := b.flush(ctx); err != nil {
		return err
	}
	return b.settle()
}

// settle waits until what is being written is written and reported.
func (b *batch) settle() error {
	if b.writing == nil {
		return nil
	}
	err := <-b.writing
	b.writing, b.claimed = nil, nil
	return err
}

// claim notes the identities of what is being written.
func (b *batch) claim(tasks []*task) {
	b.claimed = map[store.Identity]bool{}
	for _, t := range tasks {
		for _, id := range t.ids {
			b.claimed[id] = true
		}
	}
}

// meets reports whether tasks may be an article that is being written, so that
// nothing can be said of them before it is.
func (b *batch) meets(tasks []*task) bool {
	for _, t := range tasks {
		for _, id := range t.ids {
			if b.claimed[id] {
				return true
			}
		}
	}
	return false
}

func (p *planned) result() Result {
	res := Result{Source: p.task.found.Name, Action: p.action, Why: p.why, Losses: []journal.Loss{}}
	if p.task.reading != nil {
		res.Losses = append(res.Losses, p.task.reading.Losses...)
	}
	if p.err != nil {
		res.Action, res.Why, res.Error = Failed, "", errs.Message(p.err)
		return res
	}
	if p.known.ArticleID != "" {
		res.ID = p.known.ArticleID
		res.Path = "/" + p.journal.Path + "/articles/" + p.known.Slug
	}
	return res
}

func (b *batch) plan(ctx context.Context, tasks []*task) ([]*planned, error) {
	plans := make([]*planned, len(tasks))
	byJournal := map[string][]*planned{}
	for i, t := range tasks {
		p := &planned{task: t}
		plans[i] = p
		if p.err = t.err; p.err == nil {
			p.journal, p.err = b.journalOf(ctx, t)
		}
		if p.err == nil {
			byJournal[p.journal.ID] = append(byJournal[p.journal.ID], p)
		}
	}
	for id, list := range byJournal {
		var all []store.Identity
		for _, p := range list {
			all = append(all, p.task.ids...)
		}
		known, err := b.run.Store.KnownArticles(ctx, id, all)
		if err != nil {
			return nil, err
		}
		if err := b.aboutJournal(ctx, list); err != nil {
			return nil, err
		}
		for _, p := range list {
			p.decision = decide(&p.journal, &p.task.reading.Article, p.task.ids, known)
			if p.action == Updated { // another source may be changing this article under its other identities
				if err := b.settle(); err != nil {
					return nil, err
				}
			}
			if err := b.prepare(ctx, p); err != nil {
				return nil, err
			}
		}
		if err := b.giveDOIs(ctx, list); err != nil {
			return nil, err
		}
	}
	return plans, nil
}

// aboutJournal lets the sources complete what is registered of their journal.
func (b *batch) aboutJournal(ctx context.Context, list []*planned) error {
	j, dirty := list[0].journal, false
	for _, p := range list {
		out, changed, losses := aboutJournal(j, &p.task.reading.Journal)
		p.task.reading.Losses = append(p.task.reading.Losses, losses...)
		j, dirty = out, dirty || changed
	}
	if !dirty || b.run.DryRun {
		return nil
	}
	err := b.run.Store.UpdateJournal(ctx, j.Path, func(have *journal.Journal) error {
		have.ISSNPrint, have.ISSNOnline, have.Disputes = j.ISSNPrint, j.ISSNOnline, j.Disputes
		return nil
	})
	if err != nil {
		return err
	}
	if b.home != nil && b.home.ID == j.ID {
		*b.home = j
	}
	b.all = nil
	return nil
}

// journalOf is the journal a source goes to: the one named, or the one of the
// installation whose ISSN or title the source states.
func (b *batch) journalOf(ctx context.Context, t *task) (journal.Journal, error) {
	if b.home != nil {
		return *b.home, nil
	}
	if b.all == nil {
		all, err := b.run.Store.Journals(ctx)
		if err != nil {
			return journal.Journal{}, err
		}
		b.all = all
	}
	seen := &t.reading.Journal
	for _, j := range b.all {
		for _, issn := range []string{seen.ISSNPrint, seen.ISSNOnline} {
			if issn != "" && (issn == j.ISSNPrint || issn == j.ISSNOnline) {
				return j, nil
			}
		}
	}
	for _, j := range b.all {
		if len(seen.Titles) > 0 && sameTitle(seen.Titles, j.Titles) {
			return j, nil
		}
	}
	if len(seen.Titles) == 0 {
		return journal.Journal{}, errs.Newf(errs.Invalid, "the source does not name its journal: say which with --journal PATH")
	}
	return journal.Journal{}, errs.Newf(errs.NotFound, "the source belongs to «%s», which is not a journal here: add it with offprint journal add, or choose one with --journal PATH", seen.Titles[0].Plain)
}

// prepare makes the write of a plan. A record that says nothing new is
// unchanged; one that differs only in carried-over counts changes these alone.
func (b *batch) prepare(ctx context.Context, p *planned) error {
	if p.err != nil || p.action == Unchanged {
		return nil
	}
	t := p.task
	rec := t.reading.Article
	w := &store.Write{
		JournalID: p.journal.ID, Record: rec, Documents: t.reading.Documents, Counts: t.reading.Counts, Identities: t.ids,
		Provenance: store.Provenance{Source: t.found.Name, Format: t.format, ReaderVersion: t.version, SourceSHA256: t.source.SHA256, JournalSeen: t.reading.Journal},
		Losses:     t.reading.Losses, Actor: b.run.Actor, Reason: "imported",
	}
	if p.action == Created {
		w.SlugBase = slugBase(&rec)
		p.write = w
		return nil
	}
	old, err := b.run.Store.PublishedArticle(ctx, p.known.JournalID, p.known.Slug)
	if err != nil {
		return err
	}
	if old.Withdrawn {
		p.err = errs.Newf(errs.Conflict, "this article was withdrawn and stays so; its address /%s/articles/%s says why", p.journal.Path, p.known.Slug)
		return nil
	}
	if lacksLanguages(&rec, &old.Record) {
		merge(&w.Record, &old.Record)
		if len(w.Documents) == 0 {
			w.Record.Documents = old.Record.Documents
		}
	}
	keepDOI(&w.Record, &old.Record, &p.journal)
	if len(w.Counts) == 0 {
		w.Counts = old.Counts
	}
	w.ArticleID, w.Base, w.Reason = p.known.ArticleID, old.Version, "imported again"
	switch same := sameRecord(w, &old.Record); {
	case same && sameCounts(w.Counts, old.Counts):
		p.action, p.why = Unchanged, "nothing in it is new"
	case same:
		w.CountsOnly, p.why = true, "only the counts that it carries over are new"
		p.write = w
	default:
		p.write = w
	}
	return nil
}

// sameRecord compares what would be written with what is there; the full texts
// are compared by the hashes that the store would give them.
func sameRecord(w *store.Write, old *journal.Article) bool {
	rec := w.Record
	if len(w.Documents) > 0 {
		rec.Documents = nil
		for i := range w.Documents {
			sum, _, err := store.DocumentHash(&w.Documents[i])
			if err != nil {
				return false
			}
			rec.Documents = append(rec.Documents, journal.RefTo(&w.Documents[i], sum))
		}
	}
	return same(&rec, old)
}

// keepFiles makes the sources and their files durable before any row speaks of
// them. A file without a row is harmless; a row without its file is not.
func (b *batch) keepFiles(ctx context.Context, plans []*planned) error {
	var items []blob.Item
	for _, p := range plans {
		if p.err != nil || p.write == nil || p.write.CountsOnly { // counts make no version that the source belongs to
			continue
		}
		items = append(items, p.task.source)
		for _, f := range p.task.files {
			items = append(items, f.item)
		}
	}
	if len(items) == 0 {
		return nil
	}
	if err := b.run.Blobs.PutAll(ctx, items); err != nil {
		return err
	}
	return b.derivePictures(ctx, plans)
}

// write applies all plans in one transaction. When that fails because of what
// one of them says, each is applied alone, so that only that one fails.
func (b *batch) write(ctx context.Context, plans []*planned) error {
	var todo []*planned
	var writes []store.Write
	for _, p := range plans {
		if p.err == nil && p.write != nil {
			todo, writes = append(todo, p), append(writes, *p.write)
		}
	}
	if len(writes) == 0 {
		return nil
	}
	done, err := b.run.Store.ApplyArticles(ctx, writes)
	if err == nil {
		for i, p := range todo {
			p.known.ArticleID, p.known.Slug = done[i].ArticleID, done[i].Slug
		}
		return nil
	}
	if !errors.Is(err, errs.Conflict) && !errors.Is(err, errs.Invalid) {
		return err
	}
	for i, p := range todo {
		one, err := b.run.Store.ApplyArticles(ctx, writes[i:i+1])
		switch {
		case err == nil:
			p.known.ArticleID, p.known.Slug = one[0].ArticleID, one[0].Slug
		case errors.Is(err, errs.Conflict) || errors.Is(err, errs.Invalid):
			p.err = fmt.Errorf("not imported: %w", err)
		default:
			return err
		}
	}
	return nil
}
