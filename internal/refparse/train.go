package refparse

import (
	"bytes"
	"compress/zlib"
	"math/rand/v2"
	"strings"
)

// Sample is one labelled reference: its text, and its fields in the order in
// which they stand in it, each a name and its text.
type Sample struct {
	Raw    string
	Fields [][2]string
}

// Report is what training says of itself.
type Report struct {
	Samples, Tokens int
	// Right is the share of tokens of held-out samples that get their tag, by the
	// packed weights and by the rules alone.
	Right, RulesRight float64
}

// sampleTags maps the field names of the labelled sets to tags. "title:m" is the
// title of a book where no "title:a" stands beside it.
var sampleTags = map[string]tag{
	"author": tagAuthor, "orgName:collaboration": tagAuthor, "title": tagTitle, "title:a": tagTitle, "title:m": tagContainer, "title:j": tagContainer, "journal": tagContainer, "container-title": tagContainer,
	"title:s": tagSeries, "collection-title": tagSeries, "date": tagDate, "biblScope:date": tagDate,
	"biblScope:vol": tagVolume, "biblScope:volume": tagVolume, "volume": tagVolume, "biblScope:issue": tagIssue,
	"biblScope:page": tagPages, "biblScope:pp": tagPages, "biblScope:pages": tagPages, "pages": tagPages,
	"publisher": tagPublisher, "orgName": tagPublisher, "pubPlace": tagPlace, "location": tagPlace,
	"editor": tagEditor, "translator": tagEditor, "director": tagEditor, "producer": tagEditor,
	"note": tagNote, "note:report": tagNote, "genre": tagNote, "medium": tagNote, "source": tagNote,
	"url": tagID, "ptr:web": tagID, "doi": tagID, "isbn": tagID, "citation-number": tagOther, "edition": tagOther,
}

func sampleTag(name string) tag {
	if t, ok := sampleTags[name]; ok {
		return t
	}
	if strings.HasPrefix(name, "idno") {
		return tagID
	}
	return tagOther
}

// align gives the tokens of a sample their tags; ok is false where a field is
// not found in the text.
func align(x *reader, s Sample, tags []tag) (ok bool) {
	book := true
	for _, f := range s.Fields {
		if f[0] == "title:a" || f[0] == "title" {
			book = false
		}
	}
	from := 0
	for _, f := range s.Fields {
		value := strings.Join(strings.Fields(f[1]), " ")
		at := strings.Index(x.s[from:], value)
		if at < 0 {
			return false
		}
		at += from
		from = at + len(value)
		t := sampleTag(f[0])
		if f[0] == "title:m" && book {
			t, book = tagTitle, false
		}
		i, j := x.at(at), x.at(from)
		if j < len(x.t) && x.t[j].from < from {
			j++
		}
		x.narrow(t, &i, &j)
		for k := i; k < j; k++ {
			tags[k] = t
		}
		if t == tagVolume {
			for k := i + 1; k+1 < j; k++ { // "vol. 5 (3)"
				if x.t[k-1].is('(') && x.t[k].kind == number {
					tags[k-1], tags[k], tags[k+1] = tagOther, tagIssue, tagOther
				}
			}
		}
	}
	return true
}

// narrow leaves labels and the marks around it out of a field.
func (x *reader) narrow(t tag, i, j *int) {
	for *i < *j && (x.t[*i].kind == mark && !isOpenQuote(x.t[*i].r) && !x.t[*i].is('(') || (t == tagVolume || t == tagIssue || t == tagPages) && x.t[*i].kind == word && labels[x.t[*i].low] != noField) {
		*i++
	}
	for *j > *i && x.t[*j-1].kind == mark && containsRune(",;:.-–", x.t[*j-1].r) {
		*j--
	}
}

// example is a sample ready for learning.
type example struct {
	features [][]uint16
	tags     []tag
	rules    []tag
}

func examples(samples []Sample) []example {
	var out []example
	for _, s := range samples {
		body := strings.Join(strings.Fields(s.Raw), " ")
		if len(body) > maxBody {
			continue
		}
		x := newReader(body)
		e := example{tags: make([]tag, len(x.t)), rules: make([]tag, len(x.t))}
		if !align(x, s, e.tags) {
			continue
		}
		x.rules()
		x.ruleTags(e.rules)
		e.features = x.features(e.rules)
		out = append(out, e)
	}
	return out
}

// Train learns weights from samples by an averaged perceptron over whole
// sequences, tries them on held-out samples, and packs them as the program reads
// them. The same samples and seed give the same bytes.
func Train(samples, held []Sample, rounds int, seed uint64) ([]byte, Report) {
	random := rand.New(rand.NewPCG(seed, seed))
	data, report := examples(append(rendered(samples, random, 2), samples...)), Report{}
	now, sum := &table[int32]{}, &table[int32]{}
	step := int32(1)
	for range rounds {
		random.Shuffle(len(data), func(i, j int) { data[i], data[j] = data[j], data[i] })
		for _, e := range data {
			guess := make([]tag, len(e.tags))
			now.decode(e.features, guess, nil)
			now.learn(sum, &e, guess, step)
			step++
		}
	}
	w := average(now, sum, step)
	for _, e := range examples(held) {
		guess := make([]tag, len(e.tags))
		w.decode(e.features, guess, nil)
		for i := range guess {
			if e.features[i] == nil {
				continue
			}
			report.Tokens++
			if guess[i] == e.tags[i] {
				report.Right++
			}
			if e.rules[i] == e.tags[i] {
				report.RulesRight++
			}
		}
	}
	report.Samples = len(data)
	if report.Tokens > 0 {
		report.Right /= float64(report.Tokens)
		report.RulesRight /= float64(report.Tokens)
	}
	return w.pack(), report
}

// learn moves the weights from a wrong answer to the right one. sum keeps what
// was added times when, from which the average follows.
func (w *table[T]) learn(sum *table[int32], e *example, guess []tag, step int32) {
	before, wrong := int(tagCount), int(tagCount)
	for i, right := range e.tags {
		if guess[i] != right {
			for _, f := range e.features[i] {
				w.feature[f][right]++
				w.feature[f][guess[i]]--
				sum.feature[f][right] += step
				sum.feature[f][guess[i]] -= step
			}
		}
		if guess[i] != right || before != wrong {
			w.follow[before][right]++
			w.follow[wrong][guess[i]]--
			sum.follow[before][right] += step
			sum.follow[wrong][guess[i]] -= step
		}
		before, wrong = int(right), int(guess[i])
	}
}

// average makes bytes of the mean of all weights over the time of learning. The
// scale is such that one in a thousand does not fit and is cut.
func average(now, sum *table[int32], step int32) *weights {
	mean := func(n, s int32) float64 { return float64(n) - float64(s)/float64(step) }
	var largest float64
	count := [4096]int{}
	total := 0
	for f := range now.feature {
		for t := range now.feature[f] {
			if m := mean(now.feature[f][t], sum.feature[f][t]); m != 0 {
				total++
				count[min(int(abs(m)*8), len(count)-1)]++
				largest = max(largest, abs(m))
			}
		}
	}
	cut, seen := len(count)-1, 0
	for ; cut > 8 && seen+count[cut] < total/2000; cut-- {
		seen += count[cut]
	}
	scale := 127 / max(min(largest, float64(cut)/8), 1)
	small := func(v float64) int8 { return int8(max(-127, min(127, v))) }
	w := &weights{}
	for f := range now.feature {
		for t := range now.feature[f] {
			w.feature[f][t] = small(round(mean(now.feature[f][t], sum.feature[f][t]) * scale))
		}
	}
	for f := range now.follow {
		for t := range now.follow[f] {
			w.follow[f][t] = small(round(mean(now.follow[f][t], sum.follow[f][t]) * scale))
		}
	}
	return w
}

func abs(v float64) float64 { return max(v, -v) }

func round(v float64) float64 {
	if v < 0 {
		return float64(int(v - 0.5))
	}
	return float64(int(v + 0.5))
}

func (w *table[T]) pack() []byte {
	var b bytes.Buffer
	z, _ := zlib.NewWriterLevel(&b, zlib.BestCompression) // the level is valid
	row := make([]byte, tagCount)
	write := func(values [tagCount]T) {
		for i, v := range values {
			row[i] = byte(v)
		}
		z.Write(row) // a bytes.Buffer does not fail
	}
	for _, r := range w.feature {
		write(r)
	}
	for _, r := range w.follow {
		write(r)
	}
	z.Close()
	return b.Bytes()
}
