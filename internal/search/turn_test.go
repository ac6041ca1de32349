package search

import (
	"context"
	"errors"
	"testing"
	"time"

	"offprint/internal/query"
)

// TestASearchWaitsForItsTurnAndKeepsItsDeadline: the time that others take is not
// taken from it.
func TestASearchWaitsForItsTurnAndKeepsItsDeadline(t *testing.T) {
	const deadline = time.Second
	x, err := Open(t.TempDir(), Options{Workers: 1, Deadline: deadline})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if err := x.Apply(t.Context(), Batch{Put: []Document{title("one", "en", "lakes")}, Seq: 1}); err != nil {
		t.Fatal(err)
	}
	r := Request{Query: query.Parse("lakes"), Limit: 10}
	x.turns <- struct{}{} // another one searches

	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := x.Search(ctx, r); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a reader who has gone while waiting gets %v", err)
	}

	type answer struct {
		res *Result
		err error
	}
	done := make(chan answer, 1)
	go func() {
		res, err := x.Search(t.Context(), r)
		done <- answer{res, err}
	}()
	select {
	case <-done:
		t.Fatal("a search began before the other one ended")
	case <-time.After(deadline + 100*time.Millisecond):
	}
	<-x.turns
	a := <-done
	if a.err != nil || a.res.Cut || a.res.Total != 1 {
		t.Errorf("after its turn came: %+v, %v", a.res, a.err)
	}
}
