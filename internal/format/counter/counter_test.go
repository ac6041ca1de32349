package counter

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"offprint/internal/testrecord"
)

var (
	lamps   = Platform{Name: "journals.colophon.example", ID: "colophon.example"}
	created = time.Date(2026, 4, 2, 9, 11, 12, 0, time.UTC)
	spring  = Span{First: "2025-11", Last: "2026-03", Current: "2026-04"}
)

// use is a month of something in one way.
type use struct {
	month string
	at    Attributes
	n     Counts
}

// shelf is a platform with its usage: two journals with three articles.
type shelf struct {
	titles   []*Item
	articles []*Item
	uses     map[*Item][]use
	searches []use
}

func newShelf() *shelf {
	annals := &Item{Name: "Annals of Lamps & Light", Publisher: "Lighthouse Press", PublisherROR: "05dxps055",
		IDs: IDs{Proprietary: "lamp", PrintISSN: "9999-9994", OnlineISSN: "9999-9986", URI: "https://journals.colophon.example/lamp/"}}
	wicks := &Item{Name: "Фитили", IDs: IDs{Proprietary: "wick", URI: "https://journals.colophon.example/wick/"}}
	log := &Item{Name: "The lamp of \"Patience\", a log", Publisher: annals.Publisher, PublisherROR: annals.PublisherROR, Parent: annals, Published: "2025-12-14", Version: "VoR",
		IDs:     IDs{DOI: "10.5555/Lamp.2024.7", Proprietary: "01HZX3", URI: "https://journals.colophon.example/lamp/articles/log"},
		Authors: []Author{{"Ann Lee", "0000-0002-1825-0097"}, {"Ann Lee", "0000-0002-1825-0097"}, {"山田 太郎", ""}, {"", ""}, {"林", ""}, {"И. И. Иванов", ""}, {"A fourth", ""}}}
	oil := &Item{Name: "Oil\tand\nwater", Publisher: annals.Publisher, Parent: annals, Version: "VoR", IDs: IDs{Proprietary: "01HZX4", URI: "https://journals.colophon.example/lamp/articles/oil"}}
	wick := &Item{Name: "Фитиль", Parent: wicks, Published: "2026-01-02", IDs: IDs{DOI: "no DOI", Proprietary: "01HZX5"}}
	s := &shelf{titles: []*Item{annals, wicks}, articles: []*Item{log, oil, wick}, uses: map[*Item][]use{}}
	s.uses[log] = []use{
		{"2025-11", Attributes{YOP: "2025", AccessType: Open, Method: Regular}, Counts{0, 3, 1, 2, 1}},
		{"2026-01", Attributes{YOP: "2025", AccessType: Open, Method: Regular}, Counts{0, 12, 8, 9, 7}},
		{"2026-01", Attributes{YOP: "2025", AccessType: Open, Method: TDM}, Counts{0, 2, 2, 1, 1}},
		{"2026-03", Attributes{YOP: "2025", AccessType: Open, Method: Regular}, Counts{0, 4, 0, 4, 0}},
	}
	s.uses[oil] = []use{{"2026-02", Attributes{YOP: "2024", AccessType: FreeToRead, Method: Regular}, Counts{0, 5, 5, 5, 4}}}
	s.uses[wick] = []use{{"2026-03", Attributes{YOP: UnknownYear, AccessType: Open, Method: Regular}, Counts{0, 1, 1, 1, 1}}}
	s.searches = []use{{"2026-02", Attributes{DataType: Platformed, Method: Regular}, Counts{17}}}
	return s
}

// writer is what both forms have.
type writer interface {
	Item(*Item) error
	Close() error
}

// write writes the shelf as a report.
func (s *shelf) write(t testing.TB, a *Ask, w writer) {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	fresh := func(it *Item) *Item { c := *it; c.used = nil; return &c }
	all := &Item{}
	for _, u := range s.searches {
		a.Add(all, u.month, u.at, u.n)
	}
	for _, title := range s.titles {
		own := fresh(title)
		for _, article := range s.articles {
			if article.Parent != title {
				continue
			}
			it := fresh(article)
			for _, u := range s.uses[article] {
				at := u.at
				if at.DataType = Journal; a.Report.Level == OfItem {
					at.DataType = Article
				}
				for _, into := range []*Item{all, own, it} {
					a.Add(into, u.month, at, u.n)
				}
			}
			if a.Report.Level == OfItem && a.Wants(it, lamps) {
				must(w.Item(it))
			}
		}
		if a.Report.Level == OfTitle && a.Wants(own, lamps) {
			must(w.Item(own))
		}
	}
	if a.Report.Level == OfPlatform {
		must(w.Item(all))
	}
	must(w.Close())
}

// asked reads the parameters of a request for the first quarter.
func asked(t testing.TB, id, query string, table bool) *Ask {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range map[string]string{"begin_date": "2026-01", "end_date": "2026-03-31"} {
		if values.Get(name) == "" {
			values.Set(name, v)
		}
	}
	a, fault := Parse(ReportOf(id), values, lamps, spring, table)
	if fault != nil {
		t.Fatalf("%s?%s: %v", id, query, fault)
	}
	return a
}

func (s *shelf) json(t testing.TB, id, query string) []byte {
	t.Helper()
	var out bytes.Buffer
	a := asked(t, id, query, false)
	s.write(t, a, NewJSON(&out, a, lamps, created))
	if !json.Valid(out.Bytes()) {
		t.Fatalf("%s is not JSON: %s", id, out.Bytes())
	}
	return out.Bytes()
}

func (s *shelf) tsv(t testing.TB, id, query string) []byte {
	t.Helper()
	var out bytes.Buffer
	a := asked(t, id, query, true)
	s.write(t, a, NewTSV(&out, a, lamps, created))
	return out.Bytes()
}

// everything is all attributes that a report can show.
func everything(r *Report) string {
	if r.View {
		return ""
	}
	q := "attributes_to_show=" + strings.Join(r.attributes, "%7C")
	if r.Level == OfItem {
		q += "&include_parent_details=True"
	}
	return q
}

func TestReportsAsTheCodeHasThem(t *testing.T) {
	s := newShelf()
	for _, r := range Reports() {
		t.Run(r.ID, func(t *testing.T) {
			var pretty bytes.Buffer
			if err := json.Indent(&pretty, s.json(t, r.Path(), everything(r)), "", " "); err != nil {
				t.Fatal(err)
			}
			testrecord.Golden(t, r.ID+".json", append(pretty.Bytes(), '\n'))
			testrecord.Golden(t, r.ID+".tsv", s.tsv(t, r.Path(), everything(r)))
		})
	}
}

// varied are requests of every kind whose reports must be of the official form.
func varied(t testing.TB, s *shelf) (list []testrecord.CounterAnswer) {
	add := func(id, query string) {
		list = append(list, testrecord.CounterAnswer{Name: id + "?" + query, Part: "schemas/" + ReportOf(id).ID, JSON: string(s.json(t, id, query))})
	}
	for _, r := range Reports() {
		for _, query := range []string{"", everything(r), "begin_date=2025-01", "end_date=2026-12", "begin_date=2025-11&end_date=2025-11", "begin_date=2024-01&end_date=2024-02",
			"metric_type=none&frobnicate=1&attributes_to_show=Nothing&granularity=Total&country_code=DE&platform=" + lamps.ID, "yop=2024%7C2020-2025&access_type=Open&access_method=TDM&data_type=Journal",
			"include_component_details=True&item_id=10.5555/lamp.2024.7&author=0000-0002-1825-0097&data_type=Article"} {
			add(r.Path(), query)
		}
	}
	return list
}

func TestReportsAreOfTheOfficialDescription(t *testing.T) {
	if wrong := testrecord.CounterFaults(t, varied(t, newShelf())); wrong != "" {
		t.Error(wrong)
	}
}

// The check above finds what it must find.
func TestWhatIsNotOfTheDescriptionIsFound(t *testing.T) {
	whole := string(newShelf().json(t, "ir", "include_parent_details=True"))
	var spoilt []testrecord.CounterAnswer
	for _, change := range [][2]string{{`"Release":"5.1"`, `"Release":"5"`}, {`"2026-01":`, `"Jan-2026":`}, {`"Item":`, `"Name":`}, {`"Data_Type":"Article"`, `"Data_Type":"Paper"`}} {
		s := strings.Replace(whole, change[0], change[1], 1)
		if s == whole {
			t.Errorf("there is no %s", change[0])
		}
		spoilt = append(spoilt, testrecord.CounterAnswer{Name: "with " + change[1], Part: "schemas/IR", JSON: s})
	}
	wrong := testrecord.CounterFaults(t, spoilt)
	for _, s := range spoilt {
		if !strings.Contains(wrong, s.Name+": ") {
			t.Errorf("%s: nothing is found", s.Name)
		}
	}
}

// paths are the names in a report, "Report_Items[].Platform"; months are one.
func paths(v any, at string, into map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			if _, err := time.Parse("2006-01", k); err == nil {
				k = "month"
			}
			paths(x, strings.TrimPrefix(at+"."+k, "."), into)
		}
	case []any:
		for _, x := range v {
			paths(x, at+"[]", into)
		}
	default:
		into[at] = true
	}
}

func TestReportsHaveTheStructureOfTheSamples(t *testing.T) {
	dir := testrecord.Shared("data/counter/samples")
	if dir == "" {
		t.Skip("sample reports are read from ../shared/data/counter/samples, which is not here")
	}
	s := newShelf()
	// What only they have, because here is neither a library nor a book, and nobody
	// is denied access; and what only ours have, because the samples have no example.
	onlyTheirs := []string{"ISNI[]", "ISBN", "No_License.month", "Limit_Exceeded.month", "Unique_Title_Investigations.month", "Unique_Title_Requests.month"}
	onlyOurs := []string{"Institution_ID.Proprietary[]", "Publisher_ID.ROR[]", "ORCID", "Print_ISSN", "Article_Version", "Exceptions[].Code", "Exceptions[].Message", "Exceptions[].Data"}
	ends := func(p string, list []string) bool {
		return slices.ContainsFunc(list, func(e string) bool { return strings.HasSuffix(p, "."+e) })
	}
	for _, r := range Reports() {
		if r.ID == "TR_J1" || r.ID == "TR_J4" {
			s.uses[s.articles[1]] = []use{{"2026-02", Attributes{YOP: "2024", AccessType: Controlled, Method: Regular}, Counts{0, 5, 5, 5, 4}}}
		}
		sample, err := os.ReadFile(filepath.Join(dir, r.ID+".json"))
		if err != nil {
			t.Fatal(err)
		}
		theirs, ours := map[string]bool{}, map[string]bool{}
		for b, into := range map[string]map[string]bool{string(sample): theirs, string(s.json(t, r.Path(), everything(r))): ours} {
			var v any
			if err := json.Unmarshal([]byte(b), &v); err != nil {
				t.Fatal(err)
			}
			paths(v, "", into)
		}
		for p := range theirs {
			titleDOI := strings.HasSuffix(p, "Report_Items[].Item_ID.DOI") // journals here have none
			if !ours[p] && !ends(p, onlyTheirs) && !titleDOI {
				t.Errorf("%s has no %s", r.ID, p)
			}
		}
		for p := range ours {
			if !theirs[p] && !ends(p, onlyOurs) {
				t.Errorf("%s has %s, the sample not", r.ID, p)
			}
		}
	}
}

func TestTablesHaveTheRowsOfTheCode(t *testing.T) {
	s := newShelf()
	for _, r := range Reports() {
		text := string(s.tsv(t, r.Path(), everything(r)))
		rows := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		if !strings.HasPrefix(rows[0], byteOrderMark+"Report_Name\t") || !strings.HasPrefix(rows[12], "Registry_Record\t") || rows[13] != "" {
			t.Errorf("%s begins with %q … %q, %q", r.ID, rows[0], rows[12], rows[13])
		}
		width := strings.Count(rows[14], "\t")
		for _, row := range rows[15:] {
			if strings.Count(row, "\t") != width {
				t.Errorf("%s: %d columns in %q, %d in the headings", r.ID, strings.Count(row, "\t")+1, row, width+1)
			}
		}
	}
	without := string(s.tsv(t, "pr", "exclude_monthly_details=True"))
	if strings.Contains(without, "Jan-2026") || !strings.Contains(without, "Exclude_Monthly_Details=True") || !strings.Contains(without, "Searches_Platform\t17\n") {
		t.Errorf("without months: %s", without)
	}
	var csv bytes.Buffer
	a := asked(t, "ir", "", true)
	s.write(t, a, NewCSV(&csv, a, lamps, created))
	if !strings.Contains(csv.String(), "\r\n\"The lamp of \"\"Patience\"\", a log\",Lighthouse Press,") {
		t.Errorf("CSV: %s", csv.String())
	}
}

// Every number of every report is there in both forms, and in the sum of what was
// used: the rows of one report add up to those of another.
func TestReportsAgree(t *testing.T) {
	s := newShelf()
	total := func(id, query string) (sum int64) {
		for row := range strings.SplitSeq(string(s.tsv(t, id, query)), "\n") {
			var n int64
			if _, rest, ok := strings.Cut(row, "\tUnique_Item_Requests\t"); ok {
				if _, err := fmt.Sscan(rest, &n); err != nil {
					t.Fatal(err)
				}
			}
			sum += n
		}
		return sum
	}
	for _, query := range []string{"", "access_method=Regular", "begin_date=2025-11"} {
		pr, tr, ir := total("pr", query), total("tr", query), total("ir", query)
		if pr != tr || tr != ir || pr == 0 {
			t.Errorf("%q: PR %d, TR %d, IR %d", query, pr, tr, ir)
		}
		if shown := total("ir", query+"&"+everything(ReportOf("ir"))); shown != ir {
			t.Errorf("%q: with all attributes %d, without %d", query, shown, ir)
		}
	}
	if got := total("ir", "yop=2024"); got != 4 {
		t.Errorf("of 2024: %d", got)
	}
	if got := total("ir", "yop=0001-2024"); got != 5 {
		t.Errorf("up to 2024: %d", got)
	}
	if got := total("ir", "author=https://orcid.org/0000-0002-1825-0097&access_method=TDM"); got != 1 {
		t.Errorf("of an author: %d", got)
	}
	for _, id := range []string{"10.5555/lamp.2024.7", "https://doi.org/10.5555/LAMP.2024.7", "colophon.example:01HZX3", "https://journals.colophon.example/lamp/articles/log"} {
		if got := total("ir", "item_id="+url.QueryEscape(id)); got != 8 {
			t.Errorf("of %s: %d", id, got)
		}
	}
	if got := total("tr", "item_id=9999-9986"); got != 12 {
		t.Errorf("of a journal: %d", got)
	}
}
