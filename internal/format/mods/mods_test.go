package mods

import (
	"io"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

func TestSampleInMODS(t *testing.T) {
	testrecord.Sampled(t, "sample.xml", func(w io.Writer, p *journal.Publication, address string) error { return Record(p, address).Write(w) })
}

func TestEveryRecordIsValid(t *testing.T) { testrecord.Recorded(t, "mods", Record) }

func TestEveryCollectionIsValid(t *testing.T) { testrecord.Collected(t, "mods", NewCollection, nil) }
