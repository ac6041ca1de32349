package search

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	index "github.com/blevesearch/bleve_index_api"

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
	// Durable waits until the batch would survive a crash.
	Durable bool
}

// vocabularyID is how the IDs of vocabulary documents begin.
const vocabularyID = "\x00v"

// mostInMemory is how many batches may wait to be written to disk.
const mostInMemory = 6

// Apply makes changes. They are found from the moment it returns; they and the
// sequence number become durable together, a little later. Applying a batch again
// changes nothing. For many documents batches of some thousands are fastest.
func (x *Index) Apply(ctx context.Context, b Batch) (err error) {
	defer errs.Wrap(&err, "search.Apply")
	defer func() {
		if r := recover(); r != nil {
			x.damaged.Store(true)
			err = fmt.Errorf("%w: %v", ErrDamaged, r)
		}
	}()
	x.applying.Lock()
	defer x.applying.Unlock()
	if err := x.Healthy(ctx); err != nil {
		return err
	}
	entries, words, err := x.analyse(ctx, b.Put)
	if err != nil {
		return err
	}
	words = x.unknown(words)
	s, err := x.snapshot()
	if err != nil {
		return err
	}
	terms, err := s.newEntries(words, b.Put)
	s.close()
	if err != nil {
		return err
	}
	err = x.write(func(batch *index.Batch) {
		for _, e := range entries {
			batch.Update(e)
		}
		if len(terms) > 0 {
			batch.Update(&entry{id: vocabularyID + rand.Text(), fields: vocabularyFields(terms)})
		}
		for _, id := range b.Remove {
			batch.Delete(id)
		}
		batch.SetInternal(keySeq, binary.BigEndian.AppendUint64(nil, uint64(b.Seq)))
	}, b.Durable)
	if err != nil {
		return err
	}
	x.seq.Store(b.Seq)
	return x.settle(ctx)
}

// analyse makes entries of documents, and the words that they hold.
func (x *Index) analyse(ctx context.Context, docs []Document) ([]*entry, []word, error) {
	entries := make([]*entry, len(docs))
	workers := min(x.options.Workers, len(docs))
	found := make([]wordSet, workers)
	var next atomic.Int64
	var failed atomic.Value
	var wait sync.WaitGroup
	for w := range workers {
		found[w] = wordSet{}
		wait.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					failed.Store(fmt.Errorf("analysing: %v", r))
				}
			}()
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(docs) {
					return
				}
				entries[i] = entryOf(&docs[i], found[w].add)
			}
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	if err, ok := failed.Load().(error); ok {
		return nil, nil, err
	}
	var words []word
	for w, set := range found {
		for k, v := range set {
			if w > 0 && found[0][k] == v {
				continue
			}
			words = append(words, word{k.lang, k.term, v})
		}
	}
	return entries, words, nil
}

// settle waits while too many batches are in memory only, so that they do not pile
// up when they come faster than the disk takes them.
func (x *Index) settle(ctx context.Context) error {
	stats, ok := x.scorch.Stats().(*scorch.Stats)
	if !ok {
		return nil
	}
	for range 3000 {
		if atomic.LoadUint64(&stats.TotMemorySegmentsAtRoot) <= mostInMemory {
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
	o := mergeplan.DefaultMergePlanOptions
	o.MaxSegmentsPerTier = 2
	o.SegmentsPerMergeTask = 12
	o.FloorSegmentSize = 400_000
	o.TierGrowth = 2
	return x.scorch.ForceMerge(ctx, &o)
}
