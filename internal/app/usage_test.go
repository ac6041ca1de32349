package app

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"offprint/internal/config"
	"offprint/internal/journal"
	"offprint/internal/tally"
)

const browserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

func counting(c *config.Config) { c.Usage = true }

// counted ends the noting so far, counts, and is the sum of what an item has.
func (in *installation) counted(class tally.Class, item string) (n tally.Counts) {
	in.t.Helper()
	in.usage.Flush()
	if _, err := in.CountUsage(in.t.Context(), "", 0); err != nil {
		in.t.Fatal(err)
	}
	list, err := in.Store.UsageOf(in.t.Context(), class, item)
	if err != nil {
		in.t.Fatal(err)
	}
	for _, m := range list {
		n = n.Plus(m.Counts)
	}
	return n
}

func TestReadersAreCountedHoweverTheyAreAnswered(t *testing.T) {
	in := serve(t, counting)
	in.add(journal.Journal{Path: "lamps", Titles: []journal.Text{journal.T("en", "Lamps")}, Languages: []string{"en"}})
	j, err := in.Store.Journal(t.Context(), "lamps")
	if err != nil {
		t.Fatal(err)
	}
	done := in.take("lamps", withFiles())
	path := done[0].Path
	in.await(path, "Lamp of the harbour")
	in.usage.Flush() // what was asked until here had another agent, one of a robot
	agents := 0
	get := func(path string, headers ...string) int {
		t.Helper()
		agents++ // each a reader of his own
		return in.get(path, append(headers, "User-Agent", browserAgent+" "+string(rune('a'+agents)))...).Status
	}
	for range 3 { // drawn, then from memory
		get(path)
	}
	tag := in.get(path, "User-Agent", "curl/8").Header.Get("Etag")
	if got := get(path, "If-None-Match", tag); got != http.StatusNotModified {
		t.Fatalf("asked again: %d", got)
	}
	get(path + ".bib")
	get(path + ".xml")
	pdf := path + "/files/" + url.PathEscape("Лампа № 1.pdf")
	get(pdf)
	if get(pdf, "Range", "bytes=0-99") != http.StatusPartialContent || get(pdf, "Range", "bytes=100-199") != http.StatusPartialContent {
		t.Fatal("no ranges")
	}
	get(path + "/files/table.csv")
	get(path + "/files/lamp.svg") // a part of the page
	get(path + "/files/none.pdf")
	get(path, "DNT", "1")
	get("/lamps/")
	get("/lamps/search?q=lamp")
	get("/lamps/search?q=")
	a, err := in.Store.PublishedArticle(t.Context(), j.ID, path[len("/lamps/articles/"):])
	if err != nil {
		t.Fatal(err)
	}
	opened := tally.Openings{Views: 4, Downloads: 4}                                                 // BibTeX is neither
	want := tally.Counts{Investigations: 9, Requests: 7, UniqueInvestigations: 9, UniqueRequests: 7} // four pages, XML, PDF twice; BibTeX and the supplement
	if got := in.counted(tally.OfArticle, a.ID); got != want {
		t.Errorf("the article: %+v, want %+v", got, want)
	}
	list, err := in.Store.UsageOf(t.Context(), tally.OfArticle, a.ID)
	var got tally.Openings
	for _, m := range list {
		got = got.Plus(m.Openings)
	}
	if got != opened || err != nil {
		t.Errorf("the article: %+v, want %+v, %v", got, opened, err)
	}
	if got := in.counted(tally.OfJournal, j.ID); got.Investigations != 1 {
		t.Errorf("the journal: %+v", got)
	}
	if got := in.counted(tally.OfSearch, j.ID); got.Investigations != 1 {
		t.Errorf("searches: %+v", got)
	}
}

func TestPagesShowWhatIsCountedAndWhatWasCarriedOver(t *testing.T) {
	in := demoSite(t, counting)
	path := "/demo/articles/" + slugOf(t, in, "10.5555/", "river")
	if n := in.page(path).Doc.Find("#usage").Length(); n != 0 {
		t.Error("readers are shown before any is counted")
	}
	if err := in.FillDemoReaders(t.Context(), time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	in.Site.ShowAllUsage()
	shown := in.page(path).Doc.Find("#usage")
	if n := shown.Find("svg rect").Length(); n < 10 {
		t.Errorf("the chart has %d bars", n)
	}
	if rows := shown.Find("tbody tr").Length(); rows < 12 {
		t.Errorf("the table has %d months", rows)
	}
	if !strings.Contains(shown.Text(), "generated for the demonstration") || !strings.Contains(shown.Find(".tip").Text(), "COUNTER") {
		t.Errorf("it says %q", shown.Text())
	}
	if figures := shown.Find("dl.figures dd .tip"); figures.Length() != 2 || !strings.Contains(figures.Eq(1).Text(), "PDF") {
		t.Errorf("views and downloads are not told apart: %q", figures.Text())
	}
	if n := shown.Find("svg rect.downloads").Length(); n < 5 || n != shown.Find("svg rect:not(.downloads)").Length() {
		t.Errorf("of downloads the chart has %d bars", n)
	}
	home := in.page("/demo/").Doc
	if home.Find(".most-read").Length() == 0 || home.Find(".usage .figures").Length() != 1 || !strings.Contains(home.Find(".usage .notice").Text(), "generated") {
		t.Errorf("the journal's front page says %q of its readers", home.Find(".usage, .most-read").Text())
	}
	in.tableAgrees("/demo/articles/" + slugOf(t, in, "10.5555/", "river"))
	in.tableAgrees("/demo/")
	in.tableAgrees("/demo/about/statistics")
	for _, list := range []string{"issues", "authors"} {
		first, _ := in.page("/demo/" + list + "/").Doc.Find(`main a[href^="/demo/` + list + `/"]`).First().Attr("href")
		if of := in.page(first).Doc; of.Find(".usage .figures dd").Length() != 2 {
			t.Errorf("%s does not say how often its articles were read", first)
		}
		in.tableAgrees(first)
		if list == "issues" {
			table, _ := in.page(first).Doc.Find(`a[href$="/most-read.csv"]`).Attr("href")
			if got := in.get(table).Body; strings.Count(got, "\r\n") < 3 || !strings.HasPrefix(got, "time,article") {
				t.Errorf("%s: most read as CSV at %q: %q", first, table, got)
			}
		}
	}
	most := in.get("/demo/about/most-read.csv")
	if lines := strings.Split(strings.TrimSpace(most.Body), "\r\n"); lines[0] != "time,article,title,views,downloads" || len(lines) < 5 || !strings.Contains(lines[1], ","+in.server.URL+"/demo/articles/") {
		t.Errorf("most read as CSV: %q", most.Body)
	}
	stats := in.page("/demo/about/statistics").Doc
	if stats.Find("#origins").Length() != 0 {
		t.Error("it is said where readers are, though nobody knows")
	}
	for _, column := range stats.Find(".years-table thead th").EachIter() {
		if name := column.Text(); name != "Year" && !strings.Contains(stats.Find("dl.how dt").Text(), name) {
			t.Errorf("it is not said how %q is made", name)
		}
	}
	if stats.Find(".most-read li").Length() == 0 || stats.Find(".years-table tbody tr").Length() == 0 {
		t.Error("the statistics have no years or nothing that was read")
	}
	if tr, ok := stats.Find("a[href$='/counter/tr_j3.tsv']").Attr("href"); !ok || in.get(tr).Status != http.StatusOK {
		t.Errorf("the report for libraries is not at %q", tr)
	}
	years := in.get("/demo/about/statistics.csv")
	if !strings.HasPrefix(years.Body, "year,articles,investigations") || !strings.Contains(years.Header.Get("Content-Type"), "text/csv") {
		t.Errorf("CSV: %s %q", years.Header.Get("Content-Type"), years.Body)
	}
	// Made up once.
	before := in.get("/demo/about/statistics.csv").Body
	if err := in.FillDemoReaders(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	in.Site.ShowAllUsage()
	if after := in.get("/demo/about/statistics.csv").Body; after != before {
		t.Errorf("made up again: %q, before %q", after, before)
	}
}

// tableAgrees: the months that a page offers as CSV make up the views and downloads
// that it tells.
func (in *installation) tableAgrees(path string) {
	in.t.Helper()
	doc := in.page(path).Doc
	link, ok := doc.Find(`.usage a[href$="/usage.csv"]`).Attr("href")
	if !ok {
		in.t.Errorf("%s offers no table", path)
		return
	}
	rows, err := csv.NewReader(strings.NewReader(in.get(link).Body)).ReadAll()
	if err != nil || len(rows) < 2 || strings.Join(rows[0], ",") != "from,until,views,downloads,counted_by" {
		in.t.Fatalf("%s: %q %v", link, rows, err)
	}
	var sum [2]int
	for _, row := range rows[1:] {
		for i := range sum {
			n, _ := strconv.Atoi(row[2+i])
			sum[i] += n
		}
	}
	for i, told := range doc.Find(".usage dl.figures dd").EachIter() {
		text := told.Contents().First().Contents().First().Text() // without the explanation
		if got, _ := strconv.Atoi(strings.ReplaceAll(text, ",", "")); got != sum[i] || got == 0 {
			in.t.Errorf("%s tells %q, its table has %d", path, text, sum[i])
		}
	}
}

func TestStatisticsSayWhereReadersAreButNotOfFew(t *testing.T) {
	networks := filepath.Join(t.TempDir(), "networks.csv")
	if err := os.WriteFile(networks, []byte("network,country,institution\n192.0.2.0/24,DE,Harbour University\n198.51.100.0/24,CL\n203.0.113.0/24,FR,Phare\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	in := demoSite(t, counting, func(c *config.Config) {
		c.Networks, c.TrustedProxies = networks, []string{"127.0.0.0/8", "::1/128"}
	})
	path := "/demo/articles/" + slugOf(t, in, "10.5555/", "river")
	for network, n := range map[string]int{"192.0.2.": 30, "198.51.100.": 12, "203.0.113.": 3} {
		for i := range n {
			in.get(path, "User-Agent", browserAgent, "X-Forwarded-For", fmt.Sprint(network, i+1))
		}
	}
	in.usage.Flush()
	if _, err := in.CountUsage(t.Context(), "", 0); err != nil {
		t.Fatal(err)
	}
	in.Site.ShowAllUsage()
	if n := in.page("/demo/about/statistics").Doc.Find("#origins").Length(); n != 0 {
		t.Error("the month that runs is told")
	}
	j, err := in.Store.Journal(t.Context(), "demo")
	if err != nil {
		t.Fatal(err)
	}
	month := time.Now().UTC().Format("2006-01")
	rows, err := in.Store.UsageOrigins(t.Context(), j.ID, tally.ByInstitution, month, month)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(tally.Cells(rows, 10)); got != "[{Harbour University {30 30 30}} { {15 15 15}}]" {
		t.Errorf("institutions: %s", got)
	}
}
