package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/testpg"
)

// generated is article number n of a made-up journal: about 10 kB of JSON, in
// one of 200 issues of a 20-year run.
func generated(n int) journal.Article {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	words := func(count int) string {
		var b strings.Builder
		for i := range count {
			if i > 0 {
				b.WriteByte(' ')
			}
			for range 2 + r.IntN(4) {
				b.WriteString([]string{"ка", "то", "ри", "не", "со", "mu", "ra", "shi", "ten", "по"}[r.IntN(10)])
			}
		}
		return b.String()
	}
	issue := n % 200
	rec := journal.Article{
		Type: "research-article", Language: "ru", DOI: fmt.Sprintf("10.5555/bench.%d", n),
		Titles:    []journal.Text{journal.T("ru", words(9)), journal.T("en", words(9))},
		Abstracts: []journal.Abstract{{Text: journal.T("ru", words(90))}, {Text: journal.T("en", words(90))}},
		Keywords:  []journal.Keywords{{Lang: "ru", Words: strings.Fields(words(6))}},
		Contributors: []journal.Contributor{
			{Role: "author", Names: []journal.Name{{Lang: "ru", Literal: words(3)}, {Lang: "en", Literal: words(2)}}, Affiliations: []int{0}},
			{Role: "author", Names: []journal.Name{{Lang: "ru", Literal: words(3)}}},
		},
		Affiliations: []journal.Affiliation{{Names: []journal.Text{journal.T("ru", words(6))}, CountryCode: "RU"}},
		Issue:        &journal.Issue{Year: 2000 + issue/10, Volume: fmt.Sprint(1 + issue/10), Number: fmt.Sprint(1 + issue%10)},
		Pages:        journal.Pages{First: fmt.Sprint(n % 997), Last: fmt.Sprint(n%997 + 12)},
		Published:    journal.Date(fmt.Sprintf("%d-%02d", 2000+issue/10, 1+issue%10)),
		OldAddresses: []string{fmt.Sprintf("https://old.example/article/view/%d", n)},
	}
	for i := range 22 {
		rec.References = append(rec.References, journal.Reference{Number: i + 1, Key: fmt.Sprint(words(1), " 19", 10+i), Printed: journal.T("ru", words(14))})
	}
	return rec
}

func generatedWrites(j *journal.Journal, from, to int) []Write {
	var writes []Write
	for n := from; n < to; n++ {
		w := write(j, fmt.Sprintf("family-%d-title-of-it", n), generated(n))
		w.Identities = []Identity{{"source", fmt.Sprintf("%064d/1", n)}}
		w.Provenance.SourceSHA256 = fmt.Sprintf("%064d", n)
		w.Counts = []journal.Count{{Metric: "views", Value: int64(n), Source: "https://old.example"}}
		writes = append(writes, w)
	}
	return writes
}

// BenchmarkApplyArticles writes batches of 200, each synced to the disk on
// SQLite. (The PostgreSQL of the tests does not sync.)
func BenchmarkApplyArticles(b *testing.B) {
	run := func(b *testing.B, cfg Config) {
		const batch = 200
		s := place{cfg}.open(b)
		j := addJournal(b, s, "rjr")
		size := 0
		n := 0
		for b.Loop() {
			b.StopTimer()
			writes := generatedWrites(j, n, n+batch)
			_, body, err := RecordHash(&writes[0].Record)
			if err != nil {
				b.Fatal(err)
			}
			size = len(body)
			n += batch
			b.StartTimer()
			apply(b, s, writes...)
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "articles/s")
		b.ReportMetric(float64(size), "bytes/record")
	}
	b.Run("sqlite", func(b *testing.B) { run(b, Config{DataDir: b.TempDir()}) })
	b.Run("postgresql", func(b *testing.B) { run(b, Config{URL: testpg.Database(b)}) })
}

// BenchmarkLarge reads from an installation of 100,000 articles.
func BenchmarkLarge(b *testing.B) {
	const articles = 100_000
	run := func(b *testing.B, cfg Config) {
		ctx := context.Background()
		s := place{cfg}.open(b)
		j := addJournal(b, s, "rjr")
		for n := 0; n < articles; n += 500 {
			apply(b, s, generatedWrites(j, n, n+500)...)
		}
		issue, err := s.Issue(ctx, j.ID, "2010-v11-n5")
		if err != nil {
			b.Fatal(err)
		}
		ids := generatedWrites(j, 5000, 5200)
		var asked []Identity
		for _, w := range ids {
			asked = append(append(asked, w.Identities...), Identity{KindDOI, w.Record.DOI})
		}
		n := 0
		for _, c := range []struct {
			name string
			do   func() error
		}{
			{"Open", func() error {
				s, err := Open(ctx, cfg)
				if err != nil {
					return err
				}
				return s.Close()
			}},
			{"PublishedArticle", func() error {
				n = (n + 7919) % articles
				_, err := s.PublishedArticle(ctx, j.ID, fmt.Sprintf("family-%d-title-of-it", n))
				return err
			}},
			{"Recent10", func() error { _, err := s.Recent(ctx, j.ID, 10); return err }},
			{"Recent10OfAll", func() error { _, err := s.Recent(ctx, "", 10); return err }},
			{"IssueArticles500", func() error { _, err := s.IssueArticles(ctx, issue.ID); return err }},
			{"Issues200", func() error { _, err := s.Issues(ctx, j.ID); return err }},
			{"KnownArticles400", func() error { _, err := s.KnownArticles(ctx, j.ID, asked); return err }},
			{"OldAddress", func() error { _, _, err := s.OldAddress(ctx, "http://old.example/article/view/777"); return err }},
			{"ArticlesAfter200", func() error { _, err := s.ArticlesAfter(ctx, j.ID, issue.ID, 200); return err }},
			{"LastChange", func() error { _, err := s.LastChange(ctx); return err }},
			{"Changes500", func() error { _, err := s.Changes(ctx, 50_000, 500); return err }},
			{"Check", func() error { return s.Check(ctx, func(f Finding) { b.Error(f) }) }},
			{"ArticleCount", func() error { _, err := s.ArticleCount(ctx); return err }},
		} {
			b.Run(c.name, func(b *testing.B) {
				for b.Loop() {
					if err := c.do(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
	b.Run("sqlite", func(b *testing.B) { run(b, Config{DataDir: b.TempDir()}) })
	b.Run("postgresql", func(b *testing.B) { run(b, Config{URL: testpg.Database(b)}) })
}
