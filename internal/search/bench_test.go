package search

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"offprint/internal/query"
)

var (
	benchDocs  = flag.Int("docs", 5000, "documents of BenchmarkAbstracts")
	benchSize  = flag.Int("batch", 2000, "documents of a batch of BenchmarkAbstracts")
	benchQuery = flag.String("query", "", "the query of the loop, E0 is the most common word")
	benchDir   = flag.String("dir", "", "folder of BenchmarkAbstracts, used again when it holds an index")
)

// tongue makes texts of words that occur as Zipf's law has it.
type tongue struct {
	lang  string
	words []string
	zipf  *rand.Zipf
}

func newTongue(r *rand.Rand, lang, syllables string, words int) *tongue {
	parts := strings.Fields(syllables)
	t := &tongue{lang: lang, zipf: rand.NewZipf(r, 1.15, 5, uint64(words-1))}
	for i := range words {
		n := 1 + min(i, 3)/2 + r.IntN(3)
		var b strings.Builder
		for range n {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		t.words = append(t.words, b.String())
	}
	return t
}

func (t *tongue) text(words int) string {
	var b strings.Builder
	for i := range words {
		w := t.words[t.zipf.Uint64()]
		if i%12 == 0 && i > 0 {
			b.WriteString(". ")
		} else if i > 0 && t.lang != "ja" {
			b.WriteByte(' ')
		}
		if i%12 == 0 {
			w = strings.ToUpper(w[:len(firstRune(w))]) + w[len(firstRune(w)):]
		}
		b.WriteString(w)
	}
	return b.String()
}

func firstRune(s string) string {
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}

// corpus makes documents with abstracts of 150 words in three languages.
type corpus struct {
	r       *rand.Rand
	tongues []*tongue
	names   []Name
	n       int
	bytes   int
}

func newCorpus() *corpus {
	r := rand.New(rand.NewPCG(1, 2))
	c := &corpus{r: r, tongues: []*tongue{
		newTongue(r, "en", "the of ing tion al com pro ter men re con in ly er est sur ab de mag phys chem bio graph meter ness ful ous ive sta tra lin ker", 120_000),
		newTongue(r, "ru", "о по при ст ро ва ни ко ли та ре на те ли ост ение ский ова тель пре мет рад физ хим ист граф лог", 120_000),
		newTongue(r, "ja", "研究 方法 の を に 歴史 日本 学 会 性 分 析 論 物 理 化 社 経 済 国 交 文 書 的 構 造 変 動 調 査 ロ シ ア", 30_000),
	}}
	for range 20_000 {
		t := c.tongues[r.IntN(2)]
		n := Name{strings.ToTitle(firstRune(t.words[500+r.IntN(60_000)])) + "ov" + t.words[500+r.IntN(60_000)], t.words[r.IntN(3000)]}
		c.names = append(c.names, n)
	}
	return c
}

func (c *corpus) next() Document {
	r, n := c.r, c.n
	c.n++
	t := c.tongues[[]int{0, 0, 0, 0, 1, 1, 1, 2}[r.IntN(8)]]
	d := Document{
		ID:        fmt.Sprintf("01J%023d", n),
		Journal:   fmt.Sprintf("journal-%02d", r.IntN(30)),
		Year:      1970 + r.IntN(55),
		Section:   fmt.Sprintf("Section %d", r.IntN(12)),
		Type:      []string{"article", "review", "letter"}[r.IntN(3)],
		Languages: []string{t.lang},
		Titles:    []Text{{t.lang, t.text(8 + r.IntN(6))}},
		Abstracts: []Text{{t.lang, t.text(120 + r.IntN(60))}},
		DOIs:      []string{fmt.Sprintf("10.5555/x.%d", n)},
	}
	d.Date = fmt.Sprintf("%d-%02d-%02d", d.Year, 1+r.IntN(12), 1+r.IntN(28))
	for range 4 {
		d.Keywords = append(d.Keywords, Text{t.lang, t.words[r.IntN(4000)]})
	}
	for range 1 + r.IntN(4) {
		d.Authors = append(d.Authors, Author{[]Name{c.names[min(r.IntN(20_000), r.IntN(20_000))]}})
	}
	if n%5000 == 77 {
		d.Titles[0].Text += " Хатояма"
	}
	c.bytes += len(d.Titles[0].Text) + len(d.Abstracts[0].Text)
	for _, k := range d.Keywords {
		c.bytes += len(k.Text)
	}
	for _, a := range d.Authors {
		c.bytes += len(a.Names[0].String())
	}
	return d
}

func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func folderSize(dir string) (n int64) {
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, f := range files {
		if i, err := os.Stat(f); err == nil {
			n += i.Size()
		}
	}
	return n
}

func resident() string {
	b, _ := os.ReadFile("/proc/self/status")
	var out []string
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "RssAnon") || strings.HasPrefix(line, "VmRSS") || strings.HasPrefix(line, "VmHWM") {
			out = append(out, strings.Join(strings.Fields(line), " "))
		}
	}
	return strings.Join(out, ", ")
}

// BenchmarkAbstracts indexes and searches. It prints what was measured; the numbers
// of the testing package are of one search for two words.
func BenchmarkAbstracts(b *testing.B) {
	ctx := context.Background()
	dir := *benchDir
	if dir == "" {
		dir = b.TempDir()
	}
	x, err := Open(dir, Options{Deadline: 10 * time.Second})
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	if n, _ := x.Count(); n == 0 {
		fillBench(b, x, dir)
	}
	runtime.GC()
	s, _ := x.snapshot()
	b.Logf("parts %d, %s", len(s.parts), resident())
	s.close()
	c := newCorpus()
	en, ru := c.tongues[0].words, c.tongues[1].words
	facets := []Facet{FacetJournal, FacetYear}
	for _, q := range []struct {
		name, typed string
		filters     map[Facet][]string
		sort        Sort
	}{
		{name: "rare word", typed: en[90_000]},
		{name: "common word", typed: en[0]},
		{name: "common word, filter", typed: en[0], filters: map[Facet][]string{FacetYear: {"1999", "2000"}}},
		{name: "two common words", typed: en[0] + " " + en[2]},
		{name: "common and middling", typed: en[1] + " " + en[300]},
		{name: "phrase", typed: `"` + en[1] + " " + en[5] + `"`},
		{name: "prefix", typed: en[200][:4] + "*"},
		{name: "cross-script", typed: "Khatoyama"},
		{name: "russian", typed: ru[40] + " " + ru[3]},
		{name: "kanji", typed: "歴史研究"},
		{name: "everything", typed: "year:1970.."},
		{name: "newest", typed: en[0], sort: ByNewest},
		{name: "by title", typed: en[0], sort: ByTitle},
		{name: "not", typed: en[0] + " -" + en[1]},
	} {
		r := Request{Query: query.Parse(q.typed), Limit: 20, Facets: facets, Filters: q.filters, Sort: q.sort}
		var times []time.Duration
		var res *Result
		began := cpu()
		first := time.Duration(0)
		for i := range 20 {
			start := time.Now()
			if res, err = x.Search(ctx, r); err != nil {
				b.Fatal(err)
			}
			if i == 0 {
				first = time.Since(start)
			}
			times = append(times, time.Since(start))
		}
		used := (cpu() - began) / 20
		slices.Sort(times)
		b.Logf("%-22s total %7d  first %8.2f  median %7.2f  p95 %7.2f  cpu %7.2f ms  forms %d", q.name, res.Total,
			ms(first), ms(times[10]), ms(times[18]), ms(used), len(res.Terms[0].Forms))
	}
	b.Log(resident())
	typed := en[0] + " " + en[2]
	if *benchQuery != "" {
		typed = strings.NewReplacer("E0", en[0], "E1", en[1], "E2", en[2], "E5", en[5]).Replace(*benchQuery)
	}
	r := Request{Query: query.Parse(typed), Limit: 20, Facets: facets}
	for b.Loop() {
		if _, err := x.Search(ctx, r); err != nil {
			b.Fatal(err)
		}
	}
}

func ms(d time.Duration) float64 { return float64(d) / 1e6 }

func fillBench(b *testing.B, x *Index, dir string) {
	ctx := context.Background()
	c := newCorpus()
	var spent time.Duration
	start, began := time.Now(), cpu()
	var making, makingCPU time.Duration
	for c.n < *benchDocs {
		at, used := time.Now(), cpu()
		var batch Batch
		for range min(*benchSize, *benchDocs-c.n) {
			batch.Put = append(batch.Put, c.next())
		}
		making += time.Since(at)
		makingCPU += cpu() - used
		batch.Seq = int64(c.n)
		if err := x.Apply(ctx, batch); err != nil {
			b.Fatal(err)
		}
	}
	spent = time.Since(start) - making
	b.Logf("applied %d in %v (%.0f/s), cpu %v, %s", c.n, spent, float64(c.n)/spent.Seconds(), cpu()-began-makingCPU, resident())
	if err := x.Compact(ctx); err != nil {
		b.Fatal(err)
	}
	if err := x.Apply(ctx, Batch{Seq: int64(c.n), Durable: true}); err != nil {
		b.Fatal(err)
	}
	spent = time.Since(start) - making
	size := folderSize(dir)
	b.Logf("compacted: %v (%.0f/s), index %d MB, text %d MB, ratio %.2f", spent, float64(c.n)/spent.Seconds(), size>>20, c.bytes>>20, float64(size)/float64(c.bytes))
}
