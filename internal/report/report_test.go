package report

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"offprint/internal/format/counter"
	"offprint/internal/journal"
	"offprint/internal/store"
	"offprint/internal/tally"
	"offprint/internal/tally/tallytest"
	"offprint/internal/testpg"
	"offprint/internal/usage"
)

const press = "https://journals.colophon.example"

var later = time.Date(2026, 4, 3, 12, 0, 0, 0, time.UTC)

// week is an installation of three journals and their articles whose readers of a
// week are known.
type week struct {
	st       *store.Store
	src      *Source
	book     *usage.Book
	journals []*journal.Journal
	ids      map[string]string // of articles and journals, by their names in the log
	articles map[string]*journal.Article
	years    map[string]string // of publication, by id
	open     map[string]bool
	truth    *tallytest.Truth
	searches map[string]int64 // by journal
}

const articles = 60

func newWeek(t testing.TB, cfg store.Config) *week {
	t.Helper()
	ctx := context.Background()
	st, err := store.Open(ctx, cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	p, err := PlatformOf(press, "", "", "")
	if err != nil {
		t.Fatal(err)
	}
	w := &week{st: st, src: &Source{Store: st, Platform: p, BaseURL: press}, ids: map[string]string{}, articles: map[string]*journal.Article{}, years: map[string]string{}, open: map[string]bool{},
		searches: map[string]int64{}}
	for i := range 3 {
		j := &journal.Journal{Path: fmt.Sprintf("lamps%d", i), Titles: []journal.Text{journal.T("en", fmt.Sprintf("Lamps %d", i))}, Languages: []string{"en"}, Publisher: []journal.Text{journal.T("en", "Lighthouse Press")}}
		if err := st.AddJournal(ctx, j); err != nil {
			t.Fatal(err)
		}
		w.journals = append(w.journals, j)
		w.ids[fmt.Sprintf("J%d", i)] = j.ID
	}
	var writes []store.Write
	for i := range articles {
		rec := journal.Article{Type: "research-article", Language: "en", Titles: []journal.Text{journal.T("en", fmt.Sprintf("Lamp %d", i))}, DOI: fmt.Sprintf("10.5555/lamp.%d", i),
			Contributors: []journal.Contributor{{Role: "author", Names: []journal.Name{{Literal: "Ann Lee"}}, ORCID: "0000-0002-1825-0097"}, {Role: "editor", Names: []journal.Name{{Literal: "No Author"}}}}}
		year := counter.UnknownYear
		if i%4 > 0 { // some are in an issue of the next year, some without a date
			rec.Published = journal.Date(fmt.Sprintf("%d-12-30", 2020+i%4))
			year = strconv.Itoa(2020 + i%4)
		}
		if i%5 == 0 {
			rec.Issue = &journal.Issue{Year: 2024, Number: "1"}
			year = "2024"
		}
		if i%2 == 0 {
			rec.Licence = journal.LicenceOf("CC-BY-4.0")
		}
		writes = append(writes, store.Write{JournalID: w.journals[i%3].ID, SlugBase: fmt.Sprintf("lamp-%d", i), Record: rec, Actor: "test", Provenance: store.Provenance{Source: "test", Format: "jats", ReaderVersion: 1}})
		w.articles[fmt.Sprintf("A%06d", i)] = &rec
		w.years[fmt.Sprintf("A%06d", i)], w.open[fmt.Sprintf("A%06d", i)] = year, i%2 == 0
	}
	done, err := st.ApplyArticles(ctx, writes)
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range done {
		w.ids[fmt.Sprintf("A%06d", i)] = d.ArticleID
	}
	w.read(t)
	return w
}

// read has a week's readers and robots read, on two nodes, and counts them.
func (w *week) read(t testing.TB) {
	t.Helper()
	rules, err := usage.RulesOf("")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "usage")
	if w.book, err = usage.NewBook(usage.Config{Store: w.st, Dir: dir, Rules: rules, Keep: 90 * 24 * time.Hour, Now: func() time.Time { return later }}); err != nil {
		t.Fatal(err)
	}
	var events [2][]tally.Event
	w.truth = tallytest.Log{Seed: 5, Days: 7, Items: articles, Nodes: 2}.Generate(20_000, func(node int, e *tally.Event) { events[node] = append(events[node], w.here(*e)) })
	for i, e := range []tally.Event{{Item: "J0", Journal: "J0"}, {Item: "J0", Journal: "J0"}, {}} { // searches in a journal and in all
		e.At, e.Visitor, e.Link, e.What, e.Agent = time.Date(2026, 3, 2, 3, i, 0, 0, time.UTC).UnixMilli(), uint64(i), uint32(i), tally.Search, "Mozilla/5.0 Firefox/140.0"
		events[0] = append(events[0], w.here(e))
		w.searches[e.Journal]++
	}
	for _, list := range events {
		slices.SortFunc(list, func(a, b tally.Event) int { return cmp.Compare(a.At, b.At) })
		spool := usage.NewSpool(dir)
		for part := range slices.Chunk(list, 1000) {
			if err := spool.Write(part, later); err != nil {
				t.Fatal(err)
			}
		}
		spool.Close()
	}
	if _, err := w.book.Take(context.Background()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.book.Count(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// here gives an event the ids that its article and journal have here.
func (w *week) here(e tally.Event) tally.Event {
	if id := w.ids[e.Item]; id != "" {
		e.Item = id
	}
	if e.Journal != "" {
		e.Journal = w.ids[e.Journal]
	}
	return e
}

// line is one number of a report.
type line struct {
	name, parent string
	counter.Attributes
	metric, month string
}

// expected are the lines that a report must have of a journal, "J0", or of all,
// made from what is known of the readers.
func (w *week) expected(r *counter.Report, of string) map[line]int64 {
	out := map[line]int64{}
	add := func(l line, n int64) {
		if n > 0 {
			out[l] += n
		}
	}
	for day, places := range w.truth.Days {
		for p, c := range places {
			if p.Class != tally.OfArticle || of != "" && p.Journal != of {
				continue
			}
			l := line{month: day[:7], Attributes: counter.Attributes{DataType: "Journal", Method: "Regular", YOP: w.years[p.Item], AccessType: "Free_To_Read"}}
			if p.Method == tally.TDM {
				l.Method = "TDM"
			}
			if w.open[p.Item] {
				l.AccessType = "Open"
			}
			title := "Lamps " + strings.TrimPrefix(p.Journal, "J")
			switch r.Level {
			case counter.OfPlatform:
				l.name, l.YOP, l.AccessType = "journals.colophon.example", "", ""
			case counter.OfTitle:
				l.name = title
			case counter.OfItem:
				l.name, l.parent, l.DataType = w.articles[p.Item].Titles[0].Plain, title, "Article"
			}
			if r.View && l.Method == "TDM" {
				continue
			}
			metrics := map[string]int64{"Total_Item_Requests": c.Requests, "Unique_Item_Requests": c.UniqueRequests, "Total_Item_Investigations": c.Investigations, "Unique_Item_Investigations": c.UniqueInvestigations}
			switch r.ID {
			case "TR_J1", "TR_J4":
				continue // nothing is behind a wall
			case "PR_P1", "IR_A1":
				delete(metrics, "Total_Item_Investigations")
				delete(metrics, "Unique_Item_Investigations")
			}
			switch r.ID {
			case "PR_P1":
				l.Method = ""
			case "TR_J3":
				l.DataType, l.YOP, l.Method = "", "", ""
			case "IR_A1":
				l.DataType, l.YOP, l.Method = "", "", ""
			}
			for m, n := range metrics {
				l.metric = m
				add(l, n)
			}
		}
	}
	for journal, n := range w.searches {
		if r.Level != counter.OfPlatform || of != "" && journal != of {
			continue
		}
		l := line{name: "journals.colophon.example", Attributes: counter.Attributes{DataType: "Platform", Method: "Regular"}, metric: "Searches_Platform", month: "2026-03"}
		if r.View {
			l.Method = ""
		}
		add(l, n)
	}
	return out
}

// write writes a report with all attributes.
func (w *week) write(t testing.TB, r *counter.Report, of *journal.Journal, table bool) []byte {
	t.Helper()
	values := url.Values{"begin_date": {"2026-03"}, "end_date": {"2026-03"}}
	switch r.ID {
	case "PR":
		values.Set("attributes_to_show", "Access_Method")
	case "TR", "IR":
		values.Set("attributes_to_show", "YOP|Access_Type|Access_Method")
	}
	if r.ID == "IR" {
		values.Set("include_parent_details", "True")
	}
	span, err := w.src.Span(t.Context(), later)
	if err != nil {
		t.Fatal(err)
	}
	ask, fault := counter.Parse(r, values, w.src.Platform, span, table)
	if fault != nil {
		t.Fatal(fault)
	}
	var out bytes.Buffer
	var to Writer = counter.NewJSON(&out, ask, w.src.Platform, later)
	if table {
		to = counter.NewTSV(&out, ask, w.src.Platform, later)
	}
	if err := w.src.Write(t.Context(), ask, of, to); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// readJSON are the lines of a report.
func readJSON(t testing.TB, b []byte) map[line]int64 {
	t.Helper()
	type item struct {
		Title, Item, Platform string
		Attribute_Performance []struct {
			Data_Type, YOP, Access_Type, Access_Method string
			Performance                                map[string]map[string]int64
		}
	}
	var report struct {
		Report_Items []struct {
			item
			Items []item
		}
	}
	if err := json.Unmarshal(b, &report); err != nil {
		t.Fatalf("%v in %.2000s", err, b)
	}
	out := map[line]int64{}
	read := func(it *item, parent string) {
		for _, p := range it.Attribute_Performance {
			for metric, months := range p.Performance {
				for month, n := range months {
					l := line{cmp.Or(it.Item, it.Title, it.Platform), parent, counter.Attributes{DataType: p.Data_Type, YOP: p.YOP, AccessType: p.Access_Type, Method: p.Access_Method}, metric, month}
					if _, twice := out[l]; twice {
						t.Errorf("%+v is there twice", l)
					}
					out[l] = n
				}
			}
		}
	}
	for i := range report.Report_Items {
		it := &report.Report_Items[i]
		read(&it.item, "")
		for k := range it.Items {
			read(&it.Items[k], it.Title)
		}
	}
	return out
}

// readTable are the lines of a table of one month.
func readTable(t testing.TB, b []byte) map[line]int64 {
	t.Helper()
	out := map[line]int64{}
	rows := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
	heads := strings.Split(rows[14], "\t")
	for _, row := range rows[15:] {
		at := map[string]string{}
		for i, v := range strings.Split(row, "\t") {
			at[heads[i]] = v
		}
		l := line{cmp.Or(at["Item"], at["Title"], at["Platform"]), at["Parent_Title"], counter.Attributes{DataType: at["Data_Type"], YOP: at["YOP"], AccessType: at["Access_Type"], Method: at["Access_Method"]}, at["Metric_Type"], "2026-03"}
		n, err := strconv.ParseInt(at["Mar-2026"], 10, 64)
		if err != nil || at["Reporting_Period_Total"] != at["Mar-2026"] || out[l] != 0 {
			t.Errorf("%q", row)
		}
		out[l] = n
	}
	return out
}

// each runs a test on both engines.
func each(t *testing.T, f func(t *testing.T, cfg store.Config)) {
	t.Run("sqlite", func(t *testing.T) { f(t, store.Config{DataDir: t.TempDir()}) })
	t.Run("postgres", func(t *testing.T) { f(t, store.Config{URL: testpg.Database(t), DataDir: t.TempDir()}) })
}

func TestAWeekOfReadersAndRobotsGivesExactlyTheExpectedReports(t *testing.T) {
	each(t, func(t *testing.T, cfg store.Config) {
		w := newWeek(t, cfg)
		for _, r := range counter.Reports() {
			for of, j := range map[string]*journal.Journal{"": nil, "J0": w.journals[0]} {
				want := w.expected(r, of)
				if len(want) == 0 && r.ID != "TR_J1" && r.ID != "TR_J4" {
					t.Fatalf("%s of %q: nothing is expected", r.ID, of)
				}
				for form, got := range map[string]map[line]int64{"JSON": readJSON(t, w.write(t, r, j, false)), "TSV": readTable(t, w.write(t, r, j, true))} {
					if !maps.Equal(got, want) {
						t.Errorf("%s of %q as %s has %d lines, want %d; the first that differ: %v", r.ID, of, form, len(got), len(want), differing(got, want))
					}
				}
			}
		}
	})
}

// differing are some lines of which the numbers are not the same.
func differing(got, want map[line]int64) (list []string) {
	for _, m := range []map[line]int64{got, want} {
		for l := range m {
			if got[l] != want[l] && len(list) < 5 {
				list = append(list, fmt.Sprintf("%+v: %d, want %d", l, got[l], want[l]))
			}
		}
	}
	return list
}

func TestMonthsAreReadyWhenTheyAreOverAndCounted(t *testing.T) {
	each(t, func(t *testing.T, cfg store.Config) {
		ctx := t.Context()
		w := newWeek(t, cfg)
		at := func(s string) time.Time {
			t.Helper()
			v, err := time.Parse("2006-01-02 15:04", s)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		for _, c := range []struct{ now, want string }{
			{"2026-03-31 23:59", "2026-03 2026-02 2026-03 "}, // none is over
			{"2026-04-01 00:30", "2026-03 2026-02 2026-04 "}, // nodes may still hold some of its last events
			{"2026-04-01 01:00", "2026-03 2026-03 2026-04 "},
			{"2027-01-15 12:00", "2026-03 2026-12 2027-01 "},
		} {
			span, err := w.src.Span(ctx, at(c.now))
			if got := fmt.Sprint(span.First, " ", span.Last, " ", span.Current, " ", span.Since); err != nil || got != c.want {
				t.Errorf("at %s: %s, %v; want %s", c.now, got, err, c.want)
			}
		}
		if _, err := w.st.MarkUsage(ctx, "2026-03-05", "2026-03-05"); err != nil {
			t.Fatal(err)
		}
		if span, err := w.src.Span(ctx, at("2026-05-10 12:00")); err != nil || span.Last != "2026-02" {
			t.Errorf("while a day is to be counted: %+v, %v", span, err)
		}
	})
}

func TestNothingCountedIsNothingAvailable(t *testing.T) {
	st, err := store.Open(t.Context(), store.Config{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	span, err := (&Source{Store: st}).Span(t.Context(), later)
	if err != nil || span.First != "2026-04" || span.Last != "2026-03" {
		t.Errorf("%+v, %v", span, err)
	}
}

func TestArticlesAreDescribedByTheirRecords(t *testing.T) {
	w := newWeek(t, store.Config{DataDir: t.TempDir()})
	values := url.Values{"begin_date": {"2026-03"}, "end_date": {"2026-03"}, "attributes_to_show": {"Authors|Publication_Date|Article_Version"}, "item_id": {"10.5555/LAMP.6"}}
	span, err := w.src.Span(t.Context(), later)
	if err != nil {
		t.Fatal(err)
	}
	ask, fault := counter.Parse(counter.ReportOf("ir"), values, w.src.Platform, span, false)
	if fault != nil {
		t.Fatal(fault)
	}
	var out bytes.Buffer
	if err := w.src.Write(t.Context(), ask, nil, counter.NewJSON(&out, ask, w.src.Platform, later)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"Report_Items":[{"Items":[{"Item":"Lamp 6","Publisher":"Lighthouse Press","Platform":"journals.colophon.example",`,
		`"Authors":[{"Name":"Ann Lee","ORCID":"0000-0002-1825-0097"}],"Publication_Date":"2022-12-30","Article_Version":"VoR",`,
		`"Item_ID":{"DOI":"10.5555/lamp.6","Proprietary":"colophon.example:` + w.ids["A000006"] + `","URI":"https://journals.colophon.example/lamps0/articles/lamp-6"}`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in %s", want, out.String())
		}
	}
}

func TestPlatformIsNamedByItsHost(t *testing.T) {
	const record = "https://registry.countermetrics.org/platform/99999999-9999-9999-9999-999999999999"
	for _, c := range []struct{ base, name, id, registry, want string }{
		{"https://lamps.example", "", "", "", "lamps.example lamps.example"},
		{"https://journals.lamps-and-light.example:8443", "", "", "", "journals.lamps-and-light.example example"},
		{"http://127.0.0.1:8080", "", "", "", "127.0.0.1 offprint"},
		{"http://localhost", "Lamps online", "lamps", record, "Lamps online lamps"},
		{"", "", "", "", "Offprint offprint"},
		{"https://lamps.example", "", "lamps online", "", "fails"},
		{"https://lamps.example", "", "a_name_that_is_too_long", "", "fails"},
		{"https://lamps.example", "", "1lamp", "", "fails"},
		{"https://lamps.example", "", "", "https://lamps.example", "fails"},
	} {
		p, err := PlatformOf(c.base, c.name, c.id, c.registry)
		got := p.Name + " " + p.ID
		if err != nil {
			got = "fails"
		}
		if got != c.want {
			t.Errorf("%+v: %s, %v", c, got, err)
		}
	}
}
