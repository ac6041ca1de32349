package marcxml

import (
	"io"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

func TestSampleInMARC(t *testing.T) {
	testrecord.Sampled(t, "sample.xml", func(w io.Writer, p *journal.Publication, address string) error { return Record(p, address).Write(w) })
}

func TestEveryRecordIsValid(t *testing.T) { testrecord.Recorded(t, "marcxml", Record) }

func TestEveryCollectionIsValid(t *testing.T) { testrecord.Collected(t, "marcxml", NewCollection, nil) }
