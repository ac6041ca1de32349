package search

import (
	"time"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// patience is a deadline that no test reaches.
const patience = time.Minute

// made is the only posting of a field of a chunk, as zap would give it.
type made struct{ f *inverted }

func (m made) Number() uint64    { return 0 }
func (m made) Frequency() uint64 { return m.f.postings[0].code }
func (m made) Norm() float64     { return 0 }
func (m made) Size() int         { return 0 }

func (m made) Locations() []segment.Location {
	if places, ok := m.f.records[0]; ok {
		return []segment.Location{place{places}}
	}
	return nil
}

type place struct{ places []int }

func (p place) Field() string { return "" }
func (p place) Start() uint64 { return 0 }
func (p place) End() uint64   { return 0 }
func (p place) Pos() uint64   { return uint64(p.places[0]) }
func (p place) Size() int     { return 0 }

func (p place) ArrayPositions() []uint64 {
	var out []uint64
	for i, at := range p.places[1:] {
		out = append(out, uint64(at-p.places[i]))
	}
	return out
}
