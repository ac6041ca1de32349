package search

import (
	"errors"
	"testing"
)

// TestIndexThatIsOpenElsewhereIsNotTakenForDamaged: whoever would then delete it
// would take it from under the feet of the other.
func TestIndexThatIsOpenElsewhereIsNotTakenForDamaged(t *testing.T) {
	dir := t.TempDir()
	x, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrLocked) || errors.Is(err, ErrDamaged) {
		t.Errorf("the second gets %v, want ErrLocked", err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if x, err = Open(dir, Options{}); err != nil {
		t.Fatal(err)
	}
	x.Close()
}
