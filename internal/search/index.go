package search

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	bbolt "go.etcd.io/bbolt/errors"

	"offprint/internal/errs"
	"offprint/internal/script"
)

// version is the version of what is written: of the fields, of how texts are cut
// and folded, and of the vocabulary. An index of another version is made anew.
const version = 3

// ErrDamaged is what Open, Apply, Search and Healthy answer when the folder is not
// an index of this version, is damaged, or is gone. What is to do is to delete
// the folder and to apply everything again.
var ErrDamaged = errors.New("the search index must be built again")

// ErrLocked is what Open answers when another process has the index open.
var ErrLocked = errors.New("another process has the search index open")

// Options are the settings of an index.
type Options struct {
	// Workers is how many documents are analysed, and parts of the index searched,
	// at a time; the number of processors if 0.
	Workers int
	// Deadline is how long a search may look, 80 ms if 0; what it has found by then
	// is its result, marked as cut.
	Deadline time.Duration
}

// Index is an open index. Its methods may be called from several goroutines; only
// one of them may be in Apply.
type Index struct {
	dir     string
	options Options
	scorch  *scorch.Scorch
	queue   *index.AnalysisQueue
	started uint64 // failures of scorch when it was opened
	inode   os.FileInfo
	seq     atomic.Int64
	mark    string       // that stood beside seq when it was opened
	damaged atomic.Bool  // what was read was not what it should be
	lost    atomic.Bool  // it cannot be written any more
	asked   atomic.Bool  // somebody has searched: until then no columns are made
	relaxed atomic.Int64 // when relax has looked last, in nanoseconds since 1970

	applying sync.Mutex
	words    lexicon

	columns columnCache
	warming sync.WaitGroup
	closing atomic.Bool

	// turns has room for as many searches as there are workers. More at a time
	// would each take longer, and reach their deadlines, while none ends earlier.
	turns chan struct{}
}

var (
	keyVersion = []byte("offprint.version")
	keySeq     = []byte("offprint.seq")
)

// Open opens the index in a folder, which is made if it does not exist. The error
// is ErrDamaged when what is there cannot be used.
func Open(dir string, o Options) (x *Index, err error) {
	defer errs.Wrap(&err, "search.Open(%q)", dir)
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Deadline <= 0 {
		o.Deadline = 80 * time.Millisecond
	}
	root := filepath.Join(dir, "root.bolt")
	before, statErr := os.Stat(root)
	if statErr != nil && !errors.Is(statErr, os.ErrNotExist) {
		return nil, statErr
	}
	if before != nil && before.Size() == 0 {
		return nil, ErrDamaged
	}
	x = &Index{dir: dir, options: o, turns: make(chan struct{}, o.Workers), queue: index.NewAnalysisQueue(1)}
	if err := x.open(); err != nil {
		x.queue.Close()
		if errors.Is(err, bbolt.ErrTimeout) {
			return nil, ErrLocked
		}
		if errors.Is(err, ErrDamaged) || before == nil {
			return nil, err
		}
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	was, seq, mark := x.internal()
	switch {
	case before == nil:
		x.words.complete = true
		if err := x.begin(); err != nil {
			_ = x.Close()
			return nil, err
		}
	case was != version:
		_ = x.Close()
		return nil, ErrDamaged
	}
	x.seq.Store(seq)
	x.mark = mark
	if x.inode, err = os.Stat(root); err != nil {
		_ = x.Close()
		return nil, err
	}
	x.started = x.failures()
	go script.BuiltinAliases() // takes some 50 ms when it is first asked for
	return x, nil
}

// open starts scorch. A damaged file can make it panic.
func (x *Index) open() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", ErrDamaged, r)
		}
	}()
	install()
	s, err := scorch.NewScorch(scorch.Name, map[string]any{
		"path":               x.dir,
		"bolt_timeout":       "1s",
		"unsafe_batch":       true,
		"numSnapshotsToKeep": 1,
		"scorchPersisterOptions": map[string]any{
			"PersisterNapTimeMSec":      500,
			"PersisterNapUnderNumFiles": 200,
		},
		"scorchMergePlanOptions": map[string]any{
			"MaxSegmentsPerTier":   10,
			"SegmentsPerMergeTask": 10,
			"TierGrowth":           10,
			"FloorSegmentSize":     2000,
			"MaxSegmentSize":       5_000_000,
			"MaxSegmentFileSize":   int64(8) << 30,
			"ReclaimDeletesWeight": 2.0,
		},
	}, x.queue)
	if err != nil {
		return err
	}
	x.scorch = s.(*scorch.Scorch)
	return x.scorch.Open()
}

// begin writes the version into a new index. Should the process end before it is
// durable, the folder is no index, and Open says so.
func (x *Index) begin() error {
	return x.write(context.Background(), func(b *index.Batch) error {
		b.SetInternal(keyVersion, binary.BigEndian.AppendUint32(nil, version))
		b.SetInternal(keySeq, binary.BigEndian.AppendUint64(nil, 0))
		return nil
	}, false)
}

// write applies a batch, and waits until it is durable if asked, or never will be.
func (x *Index) write(ctx context.Context, fill func(*index.Batch) error, durable bool) error {
	b := index.NewBatch()
	if err := fill(b); err != nil {
		return err
	}
	done := make(chan error, 1)
	if durable {
		b.SetPersistedCallback(func(err error) { done <- err })
	}
	if err := x.scorch.Batch(b); err != nil || !durable {
		return err
	}
	look := time.NewTicker(500 * time.Millisecond)
	defer look.Stop()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); {
		select {
		case err := <-done:
			return err
		case <-look.C:
			if err := x.Healthy(ctx); err != nil {
				return err
			}
		}
	}
	return fmt.Errorf("%w: the index could not be written for 30 s", errs.Unavailable)
}

// internal reads the version, and the sequence number with its mark, of what is in
// the index.
func (x *Index) internal() (version uint32, seq int64, mark string) {
	s, err := x.snapshot()
	if err != nil {
		return 0, 0, ""
	}
	defer s.close()
	if b, _ := s.root.GetInternal(keyVersion); len(b) == 4 {
		version = binary.BigEndian.Uint32(b)
	}
	if b, _ := s.root.GetInternal(keySeq); len(b) >= 8 {
		seq, mark = int64(binary.BigEndian.Uint64(b)), string(b[8:])
	}
	return version, seq, mark
}

// Seq is the sequence number of the last batch that was applied. After a crash it
// is that of the last one that had become durable.
func (x *Index) Seq() int64 { return x.seq.Load() }

// Mark is the Batch.Mark that stood beside Seq when the index was opened.
func (x *Index) Mark() string { return x.mark }

// Close stops the index. Nothing else may be running or called afterwards.
func (x *Index) Close() error {
	x.closing.Store(true)
	x.warming.Wait()
	err := x.scorch.Close()
	x.queue.Close()
	return err
}

func (x *Index) failures() uint64 {
	if stats, ok := x.scorch.Stats().(*scorch.Stats); ok {
		return atomic.LoadUint64(&stats.TotOnErrors)
	}
	return 0
}

// Healthy tells whether the index can still be written: ErrDamaged if its folder
// was deleted or replaced, if writing failed, or if something that was read was
// not what it should be. In the first two cases it can still be searched, until
// another has taken its place.
func (x *Index) Healthy(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if x.damaged.Load() || x.lost.Load() {
		return ErrDamaged
	}
	now, err := os.Stat(filepath.Join(x.dir, "root.bolt"))
	if err != nil || !os.SameFile(now, x.inode) || x.failures() != x.started {
		x.lost.Store(true)
		return ErrDamaged
	}
	return nil
}

// Count is how many documents there are.
func (x *Index) Count() (int, error) {
	s, err := x.snapshot()
	if err != nil {
		return 0, err
	}
	defer s.close()
	n := 0
	for _, p := range s.parts {
		n += int(p.documents().GetCardinality())
	}
	return n, nil
}
