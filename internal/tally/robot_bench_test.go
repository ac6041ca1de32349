package tally_test

import (
	"fmt"
	"testing"

	"offprint/internal/tally"
)

func BenchmarkNewAgent(b *testing.B) {
	l := tally.OfficialRobots()
	for i := 0; b.Loop(); i++ {
		if l.Is(fmt.Sprintf("Mozilla/5.0 (X11; Linux x86_64; rv:%d.0) Gecko/20100101 Firefox/140.0", i)) {
			b.Fatal("a browser is taken for a robot")
		}
	}
}
