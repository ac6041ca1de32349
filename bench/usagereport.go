//go:build linux

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"offprint/internal/journal"
	"offprint/internal/store"
	counts "offprint/internal/tally"
)

// reportedArticles is the size of the journal whose year is reported; each of its
// articles is read in every month, by people and by programs.
const (
	reportedArticles = 10_000
	reportedPath     = "lamps"
)

// reports measures how long a year's report of a large journal takes, from the
// start of the process to its end.
func (b *bench) reports(ctx context.Context) error {
	data := filepath.Join(b.dir, "reports")
	if err := fillReported(ctx, data, time.Now().UTC()); err != nil {
		return err
	}
	begin, end := monthsAgo(12), monthsAgo(1)
	year := func(report, format string, more ...string) (time.Duration, int64, int64, error) {
		out := filepath.Join(data, report+"."+format)
		args := append([]string{"--data", data, "usage", "report", report, out, "--format", format, "--journal", reportedPath, "--begin", begin, "--end", end, "--base-url", "https://journals.example.org"}, more...)
		took, most, err := watched(exec.CommandContext(ctx, b.binary, args...))
		if err != nil {
			return 0, 0, 0, err
		}
		info, err := os.Stat(out)
		if err != nil {
			return 0, 0, 0, err
		}
		return took, most, info.Size(), nil
	}
	everything := []string{"--show", "Authors,Publication_Date,Article_Version,YOP,Access_Type,Access_Method", "--parents"}
	for _, format := range []string{"json", "tsv"} {
		took, most, size, err := year("ir", format, everything...)
		if err != nil {
			return err
		}
		line("a year's IR of 10,000 articles, "+format, fmt.Sprintf("%.2f s", took.Seconds()), atMost(took.Seconds(), 2, "s")+", "+megabytes(size))
		line("memory at most", megabytes(most), "")
	}
	took, _, _, err := year("pr", "json")
	if err != nil {
		return err
	}
	line("beside it, the same summed by the database", fmt.Sprintf("%.2f s", took.Seconds()), "a year's PR")
	return nil
}

// monthsAgo is a month some months before this one.
func monthsAgo(n int) string {
	now := time.Now().UTC()
	return time.Date(now.Year(), now.Month()-time.Month(n), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
}

// watched runs a program and says how long it took and how much memory it held.
func watched(cmd *exec.Cmd) (took time.Duration, most int64, err error) {
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case err := <-ended:
			took = time.Since(begun)
			if err != nil {
				return 0, 0, fmt.Errorf("%v: %w\n%s", cmd.Args, err, out.Bytes())
			}
			return took, most, nil
		case <-time.After(5 * time.Millisecond):
			most = max(most, highWater(cmd.Process.Pid))
		}
	}
}

// fillReported makes the journal and the counts of its last twelve months.
func fillReported(ctx context.Context, data string, now time.Time) error {
	st, err := store.Open(ctx, store.Config{DataDir: data})
	if err != nil {
		return err
	}
	defer st.Close()
	j := &journal.Journal{Path: reportedPath, Titles: []journal.Text{journal.T("en", "Annals of Lamps")}, Languages: []string{"en"}, Publisher: []journal.Text{journal.T("en", "Lighthouse Press")}, ISSNOnline: "9999-9986"}
	if err := st.AddJournal(ctx, j); err != nil {
		return err
	}
	var ids []string
	for from := 0; from < reportedArticles; from += 500 {
		var writes []store.Write
		for n := from; n < from+500; n++ {
			writes = append(writes, store.Write{JournalID: j.ID, SlugBase: fmt.Sprintf("lamp-%d", n), Record: reportedArticle(n), Actor: "bench", Provenance: store.Provenance{Source: fmt.Sprint(n), Format: "jats", ReaderVersion: 1}})
		}
		done, err := st.ApplyArticles(ctx, writes)
		if err != nil {
			return err
		}
		for _, d := range done {
			ids = append(ids, d.ArticleID)
		}
	}
	for month := range 12 {
		day := monthsAgo(month+1) + "-15"
		if _, err := st.TakeUsage(ctx, "bench", int64(month), int64(month)+1, []store.UsageBlock{{Day: day, Bytes: []byte{0}}}, nil); err != nil {
			return err
		}
		counted := &counts.Day{}
		for n, id := range ids {
			for m, share := range []int64{4, 1} {
				c := counts.Counts{Investigations: share * int64(3+n%17), Requests: share * int64(1+n%7), UniqueInvestigations: share * 2, UniqueRequests: share}
				counted.Rows = append(counted.Rows, counts.Row{Place: counts.Place{Item: id, Journal: j.ID, Class: counts.OfArticle, Method: counts.Method(m)}, Counts: c})
			}
		}
		if _, err := st.SaveUsage(ctx, day, 1, "bench", counted); err != nil {
			return err
		}
	}
	return nil
}

// reportedArticle is an article of ordinary size without its references, which no
// report reads.
func reportedArticle(n int) journal.Article {
	rec := journal.Article{Type: "research-article", Language: "en", DOI: fmt.Sprintf("10.5555/lamp.%d", n), Published: journal.Date(fmt.Sprintf("%d-%02d-%02d", 2005+n%20, 1+n%12, 1+n%28)),
		Titles:  []journal.Text{journal.T("en", fmt.Sprintf("On the keeping of lamps in the %d. winter, with a table of oils and wicks", n)), journal.T("ru", fmt.Sprintf("О содержании ламп в %d-ю зиму", n))},
		Issue:   &journal.Issue{Year: 2005 + n%20, Number: fmt.Sprint(1 + n%4)},
		Licence: journal.LicenceOf("CC-BY-4.0")}
	for i := range 2 + n%4 {
		rec.Contributors = append(rec.Contributors, journal.Contributor{Role: "author", Names: []journal.Name{{Literal: fmt.Sprintf("Keeper %d of the %d. lamp", i, n)}}, ORCID: "0000-0002-1825-0097"})
	}
	return rec
}
