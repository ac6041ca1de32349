package httpx

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
)

// prose is so many bytes that compress like a text.
func prose(size int) []byte {
	words := bytes.Fields([]byte("the treaty of 1956 and its archive lie beside lakes where nobody had read what was agreed upon"))
	random := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	for b.Len() < size {
		fmt.Fprintf(&b, "%s %d ", words[random.IntN(len(words))], random.IntN(1000))
	}
	return b.Bytes()
}

// pieces counts what is written at a time.
type pieces struct {
	bytes.Buffer
	most int
}

func (p *pieces) Write(b []byte) (int, error) {
	p.most = max(p.most, len(b))
	return p.Buffer.Write(b)
}

// TestLargePageIsUnpackedInPieces: a reader who takes no coding costs a piece
// of memory, not the page, and several at once do not disturb each other.
func TestLargePageIsUnpackedInPieces(t *testing.T) {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	var readers sync.WaitGroup
	for i := range 4 {
		body := prose(4<<20 + i)
		e := c.entry(&Page{Body: body}, 0)
		for range 2 {
			readers.Go(func() {
				var out pieces
				c.writePlain(&out, e)
				if !bytes.Equal(out.Bytes(), body) {
					t.Errorf("%d bytes became %d others", len(body), out.Len())
				}
				if out.most > window {
					t.Errorf("%d bytes were written at once", out.most)
				}
			})
		}
	}
	readers.Wait()
}

// TestLargePageIsCompressedLess: gzip at its highest level would keep the first
// reader of a large page waiting.
func TestLargePageIsCompressedLess(t *testing.T) {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	small, large := prose(largeFrom-100), prose(largeFrom+100)
	for name, is := range map[string]bool{
		"below the border": bytes.Equal(c.entry(&Page{Body: small}, 0).body[gzipped], zip(&c.bestGzip, small)),
		"above the border": bytes.Equal(c.entry(&Page{Body: large}, 0).body[gzipped], zip(&c.usualGzip, large)),
		"two levels":       !bytes.Equal(zip(&c.bestGzip, large), zip(&c.usualGzip, large)),
	} {
		if !is {
			t.Error(name)
		}
	}
}
