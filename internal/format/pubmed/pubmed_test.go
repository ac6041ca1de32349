package pubmed

import (
	"testing"

	"offprint/internal/testrecord"
)

func TestSampleForPubMed(t *testing.T) { testrecord.SampleCollected(t, "sample.xml", NewCollection) }

func TestEverySetIsValid(t *testing.T) { testrecord.Collected(t, "pubmed", NewCollection, Lacks) }
