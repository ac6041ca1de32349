package store

import (
	"context"
	"slices"
	"testing"
)

func TestJournalsWithMadeUpReadersAreKnown(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		takeUsage(t, s, "01HZX", 0, "2026-03-01")
		if list, err := s.GeneratedUsage(ctx); err != nil || len(list) != 0 {
			t.Errorf("%q, %v", list, err)
		}
		takeUsage(t, s, GeneratedSpool("J2"), 0, "2026-03-01")
		takeUsage(t, s, GeneratedSpool("J1"), 0, "2026-03-01")
		if list, err := s.GeneratedUsage(ctx); err != nil || !slices.Equal(list, []string{"J1", "J2"}) {
			t.Errorf("%q, %v", list, err)
		}
	})
}
