package refparse

import (
	"bytes"
	"compress/zlib"
	_ "embed"
	"io"
	"sync"
)

// The tagger gives each token of an entry a tag, by weights that were learned
// from labelled references (see NOTICE.md and the command train): a linear model
// over features of the token, its neighbours and what the rules found, with the
// best sequence by Viterbi. It decides where styles without marks divide title,
// container and publisher.

// buckets is how many features there are; a feature is a hash.
const (
	bucketBits = 15
	buckets    = 1 << bucketBits
)

// weights are the learned numbers: for each bucket one for each tag, and one for
// each pair of tags that follow each other. The last row is that of the beginning.
type weights = table[int8]

// table has its numbers in a byte where it is used, and wider where it is learned.
type table[T int8 | int32] struct {
	feature [buckets][tagCount]T
	follow  [tagCount + 1][tagCount]T
}

//go:embed weights.bin
var packed []byte

// learned are the weights that come with the program.
var learned = sync.OnceValue(func() *weights {
	w, err := unpack(packed)
	if err != nil {
		panic("refparse: the embedded weights are damaged: " + err.Error())
	}
	return w
})

func unpack(b []byte) (*weights, error) {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	raw := make([]byte, buckets*int(tagCount)+int(tagCount+1)*int(tagCount))
	if _, err := io.ReadFull(z, raw); err != nil {
		return nil, err
	}
	w := &weights{}
	at := 0
	for i := range w.feature {
		for j := range w.feature[i] {
			w.feature[i][j] = int8(raw[at])
			at++
		}
	}
	for i := range w.follow {
		for j := range w.follow[i] {
			w.follow[i][j] = int8(raw[at])
			at++
		}
	}
	return w, nil
}

// followScale is how much more a unit of a pair of tags counts than one of a
// feature, so that both fit a byte.
const followScale = 4

// decode finds the best tags for the features of each token, and for each token
// how far the second best tag is behind at that place, in units of the weights.
func (w *table[T]) decode(features [][]uint16, out []tag, margin []int32) {
	n := len(features)
	if n == 0 {
		return
	}
	score := make([][tagCount]int32, n)
	back := make([][tagCount]tag, n)
	local := make([][tagCount]int32, n)
	for i, fs := range features {
		e := &local[i]
		for _, f := range fs {
			row := &w.feature[f]
			for t := range row {
				e[t] += int32(row[t])
			}
		}
		if i == 0 {
			for t := range e {
				score[0][t] = e[t] + followScale*int32(w.follow[tagCount][t])
			}
			continue
		}
		for t := range e {
			best, from := score[i-1][0]+followScale*int32(w.follow[0][t]), tag(0)
			for p := tag(1); p < tagCount; p++ {
				if s := score[i-1][p] + followScale*int32(w.follow[p][t]); s > best {
					best, from = s, p
				}
			}
			score[i][t], back[i][t] = best+e[t], from
		}
	}
	last := tag(0)
	for t := tag(1); t < tagCount; t++ {
		if score[n-1][t] > score[n-1][last] {
			last = t
		}
	}
	for i := n - 1; i >= 0; i-- {
		out[i] = last
		if margin != nil {
			margin[i] = lead(&local[i], last)
		}
		last = back[i][last]
	}
}

// lead is how far the tag is ahead of the best other one at its token.
func lead(local *[tagCount]int32, t tag) int32 {
	best := int32(-1 << 30)
	for o := range local {
		if tag(o) != t && local[o] > best {
			best = local[o]
		}
	}
	return local[t] - best
}
