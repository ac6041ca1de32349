package crossref

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

var head = Head{ID: "lamp-1", At: time.Date(2026, 1, 2, 3, 4, 5, 6e6, time.UTC), Depositor: "Lighthouse Press", Email: "doi@lamp.example", Registrant: "Lighthouse Press"}

func TestSampleIsWrittenForCrossref(t *testing.T) {
	testrecord.Sampled(t, "sample.xml", func(w io.Writer, p *journal.Publication, address string) error { return Encode(w, p, address, head) })
}

func TestEveryDepositIsValid(t *testing.T) {
	files := map[string][]byte{}
	for _, c := range testrecord.All() {
		var b bytes.Buffer
		err := Encode(&b, c.Pub, c.Address, HeadOf(&c.Pub.Journal, c.Name, head.At))
		if lacks := Lacks(c.Pub, c.Address); lacks.Grave() != errors.Is(err, errs.Invalid) {
			t.Errorf("%s: %v, lacks %v", c.Name, err, lacks)
		}
		if err != nil {
			continue // a deposit of nothing is no deposit
		}
		files[c.Name+".xml"] = b.Bytes()
	}
	testrecord.Valid(t, "crossref", files)
}
