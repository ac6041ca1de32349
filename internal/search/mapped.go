package search

import (
	"time"

	zap "github.com/blevesearch/zapx/v17"
)

const (
	// mostMapped is how many bytes of files may stay mapped in this process. Pages of
	// the index that were read are the system's, which has them again when it needs
	// their room; until then they are told as memory of whoever mapped them, and of a
	// large index that is more than all the rest.
	mostMapped = 192 << 20
	// mappedEvery is how often that is looked at while there are searches.
	mappedEvery = 250 * time.Millisecond
)

// relax unmaps the pages of the index, beside the searches, when too many are mapped.
// They stay in the memory of the system: to find one again costs no more than to
// notice that it is not mapped.
func (x *Index) relax() {
	last, now := x.relaxed.Load(), time.Now().UnixNano()
	if now-last < int64(mappedEvery) || x.closing.Load() || !x.relaxed.CompareAndSwap(last, now) || mapped() < mostMapped {
		return
	}
	x.warming.Go(func() {
		s, err := x.snapshot()
		if err != nil {
			return
		}
		defer s.close() // until then no file is unmapped as a whole
		for _, p := range s.parts {
			if file, ok := p.segment.(*zap.Segment); ok { // others are not in files
				unmapPages(file.Data())
			}
		}
	})
}
