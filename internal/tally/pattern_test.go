package tally

import "testing"

// A new agent costs a look at every pattern that nothing can be told of first.
func TestNearlyAllPatternsHoldAWord(t *testing.T) {
	without := 0
	for _, p := range OfficialRobots().all {
		if p.literal == "" {
			without++
		}
	}
	if without > 3 {
		t.Errorf("of %d patterns the robots' words are not known", without)
	}
}
