package search

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"offprint/internal/errs"
)

// Missing are those of the IDs that no document has, in their order.
func (x *Index) Missing(ctx context.Context, ids []string) (missing []string, err error) {
	defer errs.Wrap(&err, "search.Missing")
	defer x.mend(&err)
	s, err := x.snapshot()
	if err != nil {
		return nil, err
	}
	defer s.close()
	for _, id := range ids {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		there := false
		for _, p := range s.parts {
			numbers, err := p.segment.DocNumbers([]string{id})
			if err != nil {
				return nil, err
			}
			if p.deleted != nil {
				numbers = roaring.AndNot(numbers, p.deleted)
			}
			if there = !numbers.IsEmpty(); there {
				break
			}
		}
		if !there {
			missing = append(missing, id)
		}
	}
	return missing, nil
}
