package counter

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// dates are a period for requests that are about something else.
const dates = "begin_date=2026-01&end_date=2026-03"

func parse(t testing.TB, id, query string, s Span, table bool) (*Ask, *Exception) {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return Parse(ReportOf(id), values, lamps, s, table)
}

func TestRequestsThatCannotBeAnswered(t *testing.T) {
	for _, c := range []struct {
		query  string
		code   int
		status int
		says   string
	}{
		{"", Insufficient, http.StatusBadRequest, "begin_date, end_date"},
		{"begin_date=2026-01", Insufficient, http.StatusBadRequest, "end_date"},
		{"begin_date=2026-01&end_date=", Insufficient, http.StatusBadRequest, "end_date"},
		{"begin_date=2026-13&end_date=2026-12", InvalidDates, http.StatusBadRequest, "begin_date"},
		{"begin_date=2026-02-30&end_date=2026-12", InvalidDates, http.StatusBadRequest, "begin_date"},
		{"begin_date=2026-1&end_date=2026-12", InvalidDates, http.StatusBadRequest, "begin_date"},
		{"begin_date=0000-01&end_date=2026-12", InvalidDates, http.StatusBadRequest, "begin_date"},
		{"begin_date=2026-01-15&end_date=2026-03", InvalidDates, http.StatusBadRequest, "not the first day"},
		{"begin_date=2026-01&end_date=2026-02-27", InvalidDates, http.StatusBadRequest, "not the last day"},
		{"begin_date=2026-03&end_date=2026-01", InvalidDates, http.StatusBadRequest, "before begin_date"},
		{"begin_date=2026-04&end_date=2026-05", InvalidDates, http.StatusBadRequest, "the current month is 2026-04"},
		{"begin_date=2027-04&end_date=2027-05", InvalidDates, http.StatusBadRequest, "not over"},
		{"begin_date=2026-01&begin_date=2026-02&end_date=2026-03", InvalidDates, http.StatusBadRequest, "begin_date is given 2 times"},
		{"begin_date=" + strings.Repeat("9", 100_000) + "&end_date=2026-03", InvalidDates, http.StatusBadRequest, "99999…"},
	} {
		for _, id := range []string{"ir", "pr_p1"} {
			a, fault := parse(t, id, c.query, spring, false)
			if fault == nil || fault.Code != c.code || fault.Status() != c.status || fault.Message == "" || !strings.Contains(fault.Data, c.says) || len(fault.Data) > 300 {
				t.Errorf("%s?%.60s: %+v, %.300v", id, c.query, a, fault)
			}
		}
	}
}

func TestReportsSayHowTheyDifferFromWhatWasAsked(t *testing.T) {
	began := Span{First: "2026-01", Last: "2026-03", Since: "2026-01-17", Current: "2026-04"}
	nothing := Span{First: "2026-04", Last: "2026-03", Current: "2026-04"}
	late := Span{First: "2025-11", Last: "2026-01", Current: "2026-04"} // February is being counted
	for _, c := range []struct {
		id, query string
		span      Span
		want      string // code and data, one a line
		period    string
	}{
		{"ir", dates, spring, "", "2026-01 2026-03"},
		{"ir", "begin_date=2026-01-01&end_date=2026-02-28", spring, "", "2026-01 2026-02"},
		{"ir", "begin_date=2025-10&end_date=2026-02", spring, "3032 asked for 2025-10 to 2026-02; usage is available from 2025-11", "2025-11 2026-02"},
		{"ir", "begin_date=2026-02&end_date=2026-12", spring, "3031 asked for 2026-02 to 2026-12; not yet processed: 2026-04 to 2026-12", "2026-02 2026-03"},
		{"ir", "begin_date=0001-01&end_date=9999-12", spring, "3031 asked for 0001-01 to 9999-12; not yet processed: 2026-04 to 9999-12\n3032 asked for 0001-01 to 9999-12; usage is available from 2025-11", "2025-11 2026-03"},
		{"ir", "begin_date=2025-01&end_date=2025-03", spring, "3032 asked for 2025-01 to 2025-03; usage is available from 2025-11", "none 2025-01 2025-03"},
		{"ir", dates, late, "3031 asked for 2026-01 to 2026-03; not yet processed: 2026-02 to 2026-03", "2026-01 2026-01"},
		{"ir", "begin_date=2026-02&end_date=2026-12", late, "3031 asked for 2026-02 to 2026-12; not yet processed: 2026-02 to 2026-12", "none 2026-02 2026-03"},
		{"ir", dates, began, "3040 readers are counted since 2026-01-17", "2026-01 2026-03"},
		{"ir", "begin_date=2026-02&end_date=2026-03", began, "", "2026-02 2026-03"},
		{"ir", dates, nothing, "3032 asked for 2026-01 to 2026-03; usage is available from 2026-04", "none 2026-01 2026-03"},

		{"ir", dates + "&frobnicate=1&database=x", spring, "3050 database, frobnicate", "2026-01 2026-03"},
		{"pr", dates + "&yop=2020&access_type=Open&item_id=x&author=y&include_parent_details=True", spring, "3050 access_type, author, include_parent_details, item_id, yop", "2026-01 2026-03"},
		{"tr_j1", dates + "&metric_type=Total_Item_Requests&granularity=Month", spring, "3050 granularity, metric_type", "2026-01 2026-03"},
		{"ir", dates + "&exclude_monthly_details=True", spring, "3050 exclude_monthly_details", "2026-01 2026-03"},
		{"ir", dates + "&customer_id=0&requestor_id=me&api_key=k&platform=" + lamps.Name, spring, "", "2026-01 2026-03"},
		{"ir", dates + "&platform=elsewhere", spring, "3060 platform=elsewhere", "2026-01 2026-03"},
		{"ir", dates + "&metric_type=Total_Item_Requests%7CSearches_Platform&data_type=article", spring, "3060 metric_type=Searches_Platform, data_type=article", "2026-01 2026-03"},
		{"tr", dates + "&yop=2020%7C20-21%7C2022-2020%7C2019-2021&access_type=Gold&access_method=regular", spring, "3060 access_method=regular, access_type=Gold, yop=20-21, yop=2022-2020", "2026-01 2026-03"},
		{"ir", dates + "&author=Ann+Lee&country_code=DE&attributed=Yes&subdivision_code=DE-BE", spring, "3060 author=Ann Lee, attributed=Yes, country_code=DE, subdivision_code=DE-BE", "2026-01 2026-03"},
		{"ir", dates + "&item_id=9999-9994%7C10.5555/lamp", spring, "3061 item_id has identifiers of journals and of articles", "2026-01 2026-03"},
		{"ir", dates + "&item_id=x&item_id=%FF%FE", spring, "3060 item_id=x, item_id=?", "2026-01 2026-03"},
		{"pr", dates + "&attributes_to_show=Access_Method%7CYOP%7CCountry_Code", spring, "3062 attributes_to_show=YOP, attributes_to_show=Country_Code", "2026-01 2026-03"},
		{"pr", dates + "&granularity=Total", spring, "3062 granularity=Total", "2026-01 2026-03"},
		{"ir", dates + "&include_parent_details=yes", spring, "3062 include_parent_details=yes", "2026-01 2026-03"},
		{"ir", dates + "&include_component_details=True", spring, "3063 files and figures are counted as parts of their article", "2026-01 2026-03"},
	} {
		a, fault := parse(t, c.id, c.query, c.span, false)
		if fault != nil {
			t.Errorf("%s?%s: %v", c.id, c.query, fault)
			continue
		}
		var got []string
		for _, e := range a.Exceptions {
			got = append(got, fmt.Sprint(e.Code, " ", e.Data))
			if e.Status() != http.StatusOK || e.Message == "" {
				t.Errorf("%+v has the status %d", e, e.Status())
			}
		}
		period := a.Begin + " " + a.End
		if a.None {
			period = "none " + period
		}
		if strings.Join(got, "\n") != c.want || period != c.period {
			t.Errorf("%s?%s:\n%s\nof %s; want\n%s\nof %s", c.id, c.query, strings.Join(got, "\n"), period, c.want, c.period)
		}
	}
}

func TestFiltersThatSayAllAreNone(t *testing.T) {
	a := asked(t, "ir", "access_method=TDM%7CRegular&access_type=Open%7CControlled%7CFree_To_Read&metric_type=&attributes_to_show=", false)
	if a.methods != nil || a.accessTypes != nil || a.metrics != nil || a.shown != nil || len(a.Exceptions) != 0 {
		t.Errorf("%+v", a)
	}
	if a := asked(t, "ir", "metric_type=Unique_Item_Requests%7CTotal_Item_Requests", false); strings.Join(a.metrics, " ") != "Total_Item_Requests Unique_Item_Requests" {
		t.Errorf("in the order of the Code: %q", a.metrics)
	}
}

func TestEmptyReportsSayWhy(t *testing.T) {
	s := newShelf()
	if b := s.json(t, "ir", "yop=1999"); !strings.Contains(string(b), `"Code":3030,"Message":"No Usage Available for Requested Dates"`) || !strings.HasSuffix(string(b), `"Report_Items":[]}`) {
		t.Errorf("%s", b)
	}
	// What says already why there is none needs no more.
	if b := s.json(t, "ir", "begin_date=2025-01&end_date=2025-02"); strings.Contains(string(b), "3030") || !strings.Contains(string(b), `"Code":3032`) {
		t.Errorf("%s", b)
	}
	if b := string(s.tsv(t, "tr_j4", "")); !strings.Contains(b, "Exceptions\t3030: No Usage Available for Requested Dates (2026-01 to 2026-03)\n") || !strings.HasSuffix(b, "Mar-2026\n") {
		t.Errorf("%s", b)
	}
}

// FuzzParse reads any request: it answers with a fault of the Code or with a report
// that is written whole, by the months that are known.
func FuzzParse(f *testing.F) {
	for _, q := range []string{"", dates, dates + "&yop=2020-2021%7C1&item_id=a%7C9999-9994&platform=x", "begin_date=0001-01&end_date=9999-12&metric_type=%7C%7C&author=0000-0002-1825-0097"} {
		f.Add(uint8(6), q, true)
		f.Add(uint8(2), q, false)
	}
	s := newShelf()
	f.Fuzz(func(t *testing.T, report uint8, query string, table bool) {
		values, _ := url.ParseQuery(query)
		r := Reports()[int(report)%len(Reports())]
		a, fault := Parse(r, values, lamps, spring, table)
		if fault != nil {
			if fault.Status() < 400 || len(fault.Data) > 1000 {
				t.Fatalf("%+v", fault)
			}
			return
		}
		if len(a.months) > 5 || !a.None && (a.Begin < spring.First || a.End > spring.Last) {
			t.Fatalf("%s to %s", a.Begin, a.End)
		}
		if table {
			s.write(t, a, NewTSV(io.Discard, a, lamps, created))
		} else {
			s.write(t, a, NewJSON(io.Discard, a, lamps, created))
		}
	})
}
