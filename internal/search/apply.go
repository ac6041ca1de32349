package search

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	index "github.com/blevesearch/bleve_index_api"
	"golang.org/x/sync/errgroup"

	"offprint/internal/errs"
)

// Batch is a set of changes that is applied as one.
type Batch struct {
	// Put are documents that are new or take the place of those of the same ID; an
	// ID occurs once. Remove are IDs of documents that are to go.
	Put    []Document
	Remove []string
	// Seq is the sequence number of the last change that the batch holds.
	Seq int64
	// Mark is kept with Seq: by it whoever applies knows that his change of that
	// number is the one that was applied.
	Mark string
	// Durable waits until the batch would survive a crash.
	Durable bool
}

// vocabularyID is how the IDs of vocabulary documents begin.
const vocabularyID = "\x00v"

// mostInMemory is how many chunks may wait to be written to disk.
const mostInMemory = 24

// Apply makes changes. They are found from the moment it returns; they and the
// sequence number become durable together, a little later. Applying a batch again
// changes nothing. Many documents are applied fastest in batches of some thousands.
func (x *Index) Apply(ctx context.Context, b Batch) (err error) {
	defer errs.Wrap(&err, "search.Apply")
	defer x.mend(&err)
	defer faults()()
	x.applying.Lock()
	defer x.applying.Unlock()
	if err := x.Healthy(ctx); err != nil {
		return err
	}
	// The chunks of a large batch are written ahead, several at a time, since scorch
	// makes each with one processor. The sequence number follows them: should they
	// become durable and it not, they are applied again, which changes nothing.
	size := min(max(len(b.Put)/x.options.Workers, leastChunk), mostChunk)
	last := b.Put
	if len(b.Put) > size {
		if err := x.writeAhead(ctx, slices.Collect(slices.Chunk(b.Put, size))); err != nil {
			return err
		}
		last = nil
	}
	err = x.write(ctx, func(batch *index.Batch) error {
		for _, id := range b.Remove {
			batch.Delete(id)
		}
		batch.SetInternal(keySeq, append(binary.BigEndian.AppendUint64(nil, uint64(b.Seq)), b.Mark...))
		return x.fill(batch, last)
	}, b.Durable)
	if err != nil {
		return err
	}
	x.seq.Store(b.Seq)
	return nil
}

// How many documents scorch gets at a time. What it needs to make a part of them,
// some 5 kB for an abstract, is in memory at once; larger parts need fewer merges.
const (
	leastChunk = 500
	mostChunk  = 8000
)

// writeAhead writes chunks of documents, as many at a time as there are workers.
func (x *Index) writeAhead(ctx context.Context, chunks [][]Document) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(x.options.Workers)
	for _, docs := range chunks {
		g.Go(func() (err error) {
			defer x.mend(&err)
			defer faults()()
			if err := x.settle(ctx, mostInMemory); err != nil {
				return err
			}
			return x.write(ctx, func(batch *index.Batch) error { return x.fill(batch, docs) }, false)
		})
	}
	return g.Wait()
}

// fill adds documents to a batch, and what the vocabulary does not have of them.
func (x *Index) fill(batch *index.Batch, docs []Document) error {
	if len(docs) == 0 {
		return nil
	}
	c := newChunk(len(docs))
	last := make(map[string]int, len(docs))
	for i := range docs {
		last[docs[i].ID] = i
	}
	for i := range docs {
		if last[docs[i].ID] == i { // an ID that occurs twice would be found twice
			c.add(&docs[i])
		}
	}
	terms, err := x.newEntries(c.words, docs)
	if err != nil {
		return err
	}
	if len(terms) > 0 {
		c.vocabularyDocument(vocabularyID+rand.Text(), terms)
	}
	for _, id := range c.ids {
		batch.Update(&entry{id, c})
	}
	return nil
}

// settle waits while more than so many chunks are in memory only, so that they do not pile
// up when they come faster than the disk takes them.
func (x *Index) settle(ctx context.Context, most uint64) error {
	stats, ok := x.scorch.Stats().(*scorch.Stats)
	if !ok {
		return nil
	}
	for range 3000 {
		if atomic.LoadUint64(&stats.TotMemorySegmentsAtRoot) <= most {
			return nil
		}
		if err := x.Healthy(ctx); err != nil {
			return err
		}
		time.Sleep(10 * time.Millisecond)
	}
	return fmt.Errorf("%w: the search index has not been written for 30 s", errs.Unavailable)
}

// Compact merges the index into few parts, as is good after very many changes. It
// takes about a second for each 10,000 documents; searching goes on.
func (x *Index) Compact(ctx context.Context) error {
	// What is not on disk yet would be merged by itself afterwards, with all the rest.
	if err := x.settle(ctx, 0); err != nil {
		return err
	}
	o := mergeplan.DefaultMergePlanOptions
	o.MaxSegmentsPerTier = 2
	o.SegmentsPerMergeTask = 40
	o.FloorSegmentSize = 400_000
	o.TierGrowth = 2
	return x.scorch.ForceMerge(ctx, &o)
}
