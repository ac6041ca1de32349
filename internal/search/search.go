// Package search finds articles by their words: in every field, in every form of a
// word, and across scripts. It is derived: all that it holds is made from the
// record, and it can be deleted and made again.
//
//	x, err := search.Open(dir, search.Options{})
//	err = x.Apply(ctx, search.Batch{Put: documents, Seq: 17})
//	res, err := x.Search(ctx, search.Request{Query: query.Parse("Hatoyama 1956"), Limit: 20})
//	for _, hit := range res.Hits { … hit.ID … }
//
// Terms. A Document is what the index knows of an article. A field is a part of it
// that is searched by itself. A form is a word as it stands in texts, folded; a tier
// says how a form follows from what was typed. A clause is a word, phrase, prefix or
// range of a query. A facet is a property whose values are counted. A part (a
// segment of scorch) is one of the files that the index consists of; it never
// changes, and parts are merged into larger ones.
//
// The files, their merging and their durability are those of scorch, the storage of
// Bleve. What stands in them, and how it is searched and ranked, is decided here:
// see vocabulary.go for how words lead to others, and rank.go for the order of hits.
//
// The package knows nothing of the store; whoever follows the changes calls Apply.
// Texts are not kept: a page shows the record's, and a Marker marks in them what was
// found.
package search

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"offprint/internal/errs"
	"offprint/internal/query"
)

// Search answers a request. The error is ErrDamaged when what was read was not what
// it should be, and that of the context when it has ended.
func (x *Index) Search(ctx context.Context, r Request) (res *Result, err error) {
	defer errs.Wrap(&err, "search.Search")
	defer x.mend(&err)
	defer faults()()
	r.Offset = min(max(r.Offset, 0), MaxDepth)
	r.Limit = min(max(r.Limit, 0), MaxDepth-r.Offset)
	if x.damaged.Load() {
		return nil, ErrDamaged
	}
	select {
	case x.turns <- struct{}{}:
		defer func() { <-x.turns }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer x.relax()
	s, err := x.snapshot()
	if err != nil {
		return nil, err
	}
	defer s.close()
	if !x.asked.Swap(true) && !x.closing.Load() {
		x.warming.Go(x.warm)
	}
	b := &budget{ctx: ctx, end: time.Now().Add(x.options.Deadline)}
	clauses, err := s.clauses(r.Query.Root, b)
	if err != nil {
		return nil, err
	}
	res, err = s.run(clauses, &r, b)
	if err != nil {
		return nil, err
	}
	if res.Total == 0 && !res.Cut {
		if res, err = s.runFuzzy(res, clauses, &r, b); err != nil {
			return nil, err
		}
	}
	if res.Total == 0 && !res.Cut && r.Loosen {
		if res, err = s.runLoose(res, clauses, &r, b); err != nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return nil, err
	}
	res.marker = newMarker(clauses)
	return res, nil
}

// faults makes a fault of memory, as it comes of a file that is cut short while it is
// read, a panic of this goroutine instead of the end of the process. The answer
// undoes it.
func faults() func() {
	was := debug.SetPanicOnFault(true)
	return func() { debug.SetPanicOnFault(was) }
}

// mend turns a panic, which files that changed under the index can cause, into an
// error, and remembers that the index is damaged.
func (x *Index) mend(err *error) {
	if p := recover(); p != nil {
		x.damaged.Store(true)
		*err = fmt.Errorf("%w: %v", ErrDamaged, p)
	}
}

// clauses understands the leaves of a query, in their order. What stands in it twice
// is understood once; for what there is no time to understand, nothing is looked for.
func (s *snapshot) clauses(root *query.Node, b *budget) ([]*clause, error) {
	type same struct {
		op             query.Op
		field          query.Field
		text, from, to string
	}
	known := map[same]int{}
	var out []*clause
	var walk func(n *query.Node, excluded bool) error
	walk = func(n *query.Node, excluded bool) error {
		switch n.Op {
		case query.And, query.Or, query.Not:
			for i := range n.Kids {
				if err := walk(&n.Kids[i], excluded != (n.Op == query.Not)); err != nil {
					return err
				}
			}
			return nil
		}
		key := same{n.Op, n.Field, n.Text, n.From, n.To}
		if was, ok := known[key]; ok {
			out = append(out, out[was].again(n, excluded, was))
			return nil
		}
		c := &clause{node: n, fields: fieldsOf(n.Field), excluded: excluded}
		if !b.over() {
			var err error
			if c, err = s.understand(n, excluded); err != nil {
				return err
			}
			known[key] = len(out)
		}
		out = append(out, c)
		return nil
	}
	if root == nil {
		return nil, nil
	}
	s.prefixes = prefixesIn(root)
	return out, walk(root, false)
}

// prefixesIn is how many prefixes a query has.
func prefixesIn(n *query.Node) (sum int) {
	if n.Op == query.Prefix {
		return 1
	}
	for i := range n.Kids {
		sum += prefixesIn(&n.Kids[i])
	}
	return sum
}

// again is the clause at another place of the query, where it stands for the second
// time; first is its number.
func (c *clause) again(n *query.Node, excluded bool, first int) *clause {
	out := *c
	out.node, out.excluded, out.first = n, excluded, first+1
	out.slots = make([]slot, len(c.slots))
	for i, sl := range c.slots {
		out.slots[i] = slot{sl.at, slices.Clone(sl.forms)}
	}
	return &out
}

// parallel runs f for every part, on as many processors as there are.
func (s *snapshot) parallel(f func(i int, p *part) error) error {
	failed := make([]error, len(s.parts))
	work := func(i int) {
		defer s.index.mend(&failed[i])
		defer faults()()
		failed[i] = f(i, s.parts[i])
	}
	if len(s.parts) == 1 {
		work(0)
		return failed[0]
	}
	var wait sync.WaitGroup
	turn := make(chan int)
	for range min(s.index.options.Workers, len(s.parts)) {
		wait.Go(func() {
			for i := range turn {
				work(i)
			}
		})
	}
	// The largest parts first, so that none is waited for at the end.
	order := make([]int, len(s.parts))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return int(s.parts[b].size) - int(s.parts[a].size) })
	for _, i := range order {
		turn <- i
	}
	close(turn)
	wait.Wait()
	return errors.Join(failed...)
}

// run evaluates, ranks and counts.
func (s *snapshot) run(clauses []*clause, r *Request, b *budget) (*Result, error) {
	all := make([]*matched, len(s.parts))
	err := s.parallel(func(i int, p *part) (err error) {
		all[i], err = p.match(r.Query.Root, clauses, r, b)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.answer(all, clauses, r, b)
}

// answer ranks and counts what the parts have.
func (s *snapshot) answer(all []*matched, clauses []*clause, r *Request, b *budget) (*Result, error) {
	res := &Result{}
	idf := s.weigh(clauses, all)
	for _, m := range all {
		res.Total += int(m.kept.GetCardinality())
	}
	pages := make([]*page, len(all))
	fl := &floor{}
	err := s.parallel(func(i int, p *part) error {
		pages[i] = &page{most: r.Offset + r.Limit}
		if r.Limit == 0 {
			return nil
		}
		if r.Sort != ByRelevance {
			return all[i].order(r.Sort, pages[i], b)
		}
		k := ranking{m: all[i], clauses: clauses, idf: idf, page: pages[i], floor: fl, b: b, all: s.exhaustive}
		return k.rank()
	})
	if err != nil {
		return nil, err
	}
	res.Hits = gather(pages, r)
	if res.Facets, err = s.facets(all, r); err != nil {
		return nil, err
	}
	for _, c := range clauses {
		res.Terms = append(res.Terms, c.understood())
	}
	res.Cut = b.used.Load()
	return res, nil
}

// weigh counts the documents of each clause and is how much each clause weighs.
func (s *snapshot) weigh(clauses []*clause, all []*matched) []float32 {
	documents := 0
	for _, p := range s.parts {
		documents += int(p.documents().GetCardinality())
	}
	idf := make([]float32, len(clauses))
	for i, c := range clauses {
		c.docs = 0
		if len(c.slots) == 1 {
			for k := range c.slots[0].forms {
				c.slots[0].forms[k].docs = 0
			}
		}
		df := 0
		for _, m := range all {
			f := m.found[i]
			if f == nil {
				continue
			}
			df += f.df
			c.docs += int(f.docs.GetCardinality())
			for k, n := range f.forms {
				c.slots[0].forms[k].docs += n
			}
		}
		if c.fields != nil && !c.excluded {
			idf[i] = float32(math.Log(1 + (float64(documents-df)+0.5)/(float64(df)+0.5)))
			idf[i] = max(idf[i], 0.05)
		}
	}
	return idf
}

// gather makes the page of all parts.
func gather(pages []*page, r *Request) []Hit {
	var all []candidate
	for _, p := range pages {
		all = append(all, p.list...)
	}
	slices.SortFunc(all, func(a, b candidate) int {
		switch {
		case a.before(&b):
			return -1
		case b.before(&a):
			return 1
		}
		return 0
	})
	all = all[min(r.Offset, len(all)):min(r.Offset+r.Limit, len(all))]
	hits := make([]Hit, len(all))
	for i, c := range all {
		hits[i].ID = string(c.id())
		if r.Sort == ByRelevance {
			hits[i].Score = float64(c.score)
		}
	}
	return hits
}

// understood tells what became of a clause.
func (c *clause) understood() Understood {
	u := Understood{Text: c.node.Text, Field: c.node.Field, Docs: c.docs, Excluded: c.excluded}
	if c.node.Op == query.Range {
		u.Text = c.node.From + ".." + c.node.To
	}
	if len(c.slots) == 1 && c.prefix == "" {
		for _, f := range c.slots[0].forms {
			if f.docs > 0 {
				u.Forms = append(u.Forms, Form{f.surface, f.tier, f.docs})
			}
		}
	}
	return u
}
