//go:build linux

package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// section begins the report of a suite.
func section(title string) { fmt.Printf("\n%s\n", title) }

// meter tells on stderr how far long work is, every ten seconds.
type meter struct {
	name        string
	total       int
	begun, told time.Time
}

func newMeter(name string, total int) *meter {
	return &meter{name: name, total: total, begun: time.Now(), told: time.Now()}
}

const tellEvery = 10 * time.Second

// tell says how much is done, unless it said so a moment ago.
func (m *meter) tell(done int) {
	if done == 0 || time.Since(m.told) < tellEvery {
		return
	}
	m.told = time.Now()
	fmt.Fprintf(os.Stderr, "  %s: %s of %s, %v\n", m.name, thousands(float64(done)), thousands(float64(m.total)), time.Since(m.begun).Round(time.Second))
}

// line is a measured value, with a note behind it.
func line(name, value, note string) {
	fmt.Printf("  %-38s %16s   %s\n", name, value, note)
}

// atLeast and atMost judge a value by its target.
func atLeast(value, target float64, unit string) string {
	return verdict(value >= target, "at least", target, unit)
}

func atMost(value, target float64, unit string) string {
	return verdict(value <= target, "at most", target, unit)
}

func verdict(met bool, word string, target float64, unit string) string {
	s := fmt.Sprintf("target %s %s", word, strings.TrimSpace(strconv.FormatFloat(target, 'f', -1, 64)+" "+unit))
	if met {
		return s + ": met"
	}
	return s + ": MISSED"
}

// median of at least one value.
func median(values []float64) float64 {
	s := slices.Sorted(slices.Values(values))
	if n := len(s); n%2 == 0 {
		return (s[n/2-1] + s[n/2]) / 2
	}
	return s[len(s)/2]
}

// spread is the least and the greatest value.
func spread(values []float64, format string) string {
	return fmt.Sprintf("rounds "+format+" to "+format, slices.Min(values), slices.Max(values))
}

// thousands prints a whole number with separators.
func thousands(v float64) string {
	s := strconv.FormatInt(int64(v+0.5), 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func megabytes(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }

func kilobytes(bytes int64) string { return fmt.Sprintf("%.1f kB", float64(bytes)/1e3) }
