package search

import (
	"time"

	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// patience is a deadline that no test reaches.
const patience = time.Minute

type tokenFreq = index.TokenFreq

// made is a posting that was not written.
type made struct{ tf *tokenFreq }

func (m made) Number() uint64    { return 0 }
func (m made) Frequency() uint64 { return uint64(m.tf.Frequency()) }
func (m made) Norm() float64     { return 0 }
func (m made) Size() int         { return 0 }

func (m made) Locations() []segment.Location {
	var out []segment.Location
	for _, l := range m.tf.Locations {
		out = append(out, place{l})
	}
	return out
}

type place struct{ l *index.TokenLocation }

func (p place) Field() string            { return "" }
func (p place) Start() uint64            { return 0 }
func (p place) End() uint64              { return 0 }
func (p place) Pos() uint64              { return uint64(p.l.Position) }
func (p place) ArrayPositions() []uint64 { return p.l.ArrayPositions }
func (p place) Size() int                { return 0 }
