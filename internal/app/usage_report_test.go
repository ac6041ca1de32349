package app

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"offprint/internal/config"
	"offprint/internal/format/counter"
	"offprint/internal/tally"
	"offprint/internal/testrecord"
)

// read is a site whose demonstration journal has readers until now.
func read(t *testing.T, change ...func(*config.Config)) *installation {
	t.Helper()
	in := demoSite(t, append(change, counting)...)
	if err := in.FillDemoReaders(t.Context(), time.Now().UTC()); err != nil {
		t.Fatal(err)
	}
	return in
}

// world is the customer of all requests, lastMonth a month of which usage is known.
const world = "customer_id=" + counter.TheWorld

func lastMonth(back int) string {
	now := time.Now().UTC().Add(-2 * time.Hour)
	return time.Date(now.Year(), now.Month()-time.Month(back), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
}

// exception is the code of an answer that is one.
func exception(t *testing.T, body string) int {
	t.Helper()
	var e counter.Exception
	if err := json.Unmarshal([]byte(body), &e); err != nil {
		t.Fatalf("%v in %.200s", err, body)
	}
	return e.Code
}

func TestEveryAnswerOfTheCOUNTERAPIIsOfItsDescription(t *testing.T) {
	in := read(t)
	var answers []testrecord.CounterAnswer
	get := func(path, part string, status int) {
		t.Helper()
		g := in.get(path)
		if g.Status != status || g.Header.Get("Content-Type") != counter.Media {
			t.Errorf("%s: %d %s", path, g.Status, g.Header.Get("Content-Type"))
		}
		answers = append(answers, testrecord.CounterAnswer{Name: path, Part: part, JSON: g.Body})
	}
	period := "&begin_date=" + lastMonth(6) + "&end_date=" + lastMonth(1)
	for _, at := range []string{"", "/demo"} {
		get(at+"/r51/status", "responses/200_Status/content/application~1json/schema", http.StatusOK)
		get(at+"/r51/members?"+world, "responses/200_Members/content/application~1json/schema", http.StatusOK)
		get(at+"/r51/reports?"+world, "responses/200_Reports/content/application~1json/schema", http.StatusOK)
		for _, r := range counter.Reports() {
			get(at+"/r51/reports/"+r.Path()+"?"+world+period, "schemas/"+r.ID, http.StatusOK)
		}
		get(at+"/r51/reports/ir?"+world+period+"&include_parent_details=True&attributes_to_show=Authors%7CPublication_Date%7CArticle_Version%7CYOP%7CAccess_Type%7CAccess_Method%7CCountry_Code&frobnicate=1", "schemas/IR", http.StatusOK)
		get(at+"/r51/reports/ir?"+world, "responses/400_Exception/content/application~1json/schema", http.StatusBadRequest)
		get(at+"/r51/reports/ir?"+world+"&begin_date=tomorrow&end_date=today", "responses/400_Exception/content/application~1json/schema", http.StatusBadRequest)
		get(at+"/r51/members", "responses/400_Exception_1030/content/application~1json/schema", http.StatusBadRequest)
		get(at+"/r51/reports?customer_id=42", "responses/403_Exception/content/application~1json/schema", http.StatusForbidden)
	}
	if wrong := testrecord.CounterFaults(t, answers); wrong != "" {
		t.Error(wrong)
	}
}

// sumOf adds the numbers of a metric in a report.
func sumOf(t *testing.T, body, metric string) (sum int64) {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatalf("%v in %.300s", err, body)
	}
	var walk func(v any, in bool)
	walk = func(v any, in bool) {
		switch v := v.(type) {
		case map[string]any:
			for k, x := range v {
				walk(x, in || k == metric)
			}
		case []any:
			for _, x := range v {
				walk(x, in)
			}
		case float64:
			if in {
				sum += int64(v)
			}
		}
	}
	walk(v, false)
	return sum
}

func TestReportsTellWhatWasCounted(t *testing.T) {
	in := read(t)
	j, err := in.Store.Journal(t.Context(), "demo")
	if err != nil {
		t.Fatal(err)
	}
	months, err := in.Store.UsageTotals(t.Context(), tally.OfArticle, j.ID)
	if err != nil {
		t.Fatal(err)
	}
	first, last := lastMonth(3), lastMonth(1)
	want := int64(0)
	for _, m := range months {
		if m.Month >= first && m.Month <= last {
			want += m.Requests
		}
	}
	if want == 0 {
		t.Fatal("nobody has read")
	}
	for _, id := range []string{"pr", "tr", "ir"} {
		g := in.get("/demo/r51/reports/" + id + "?" + world + "&begin_date=" + first + "&end_date=" + last)
		if got := sumOf(t, g.Body, "Total_Item_Requests"); got != want {
			t.Errorf("%s has %d requests, want %d", id, got, want)
		}
		if !strings.Contains(g.Body, `"Message":"Generated Usage"`) {
			t.Errorf("%s does not say that its readers were made up", id)
		}
	}
	g := in.get("/demo/r51/reports/ir?" + world + "&begin_date=" + first + "&end_date=" + last + "&attributes_to_show=Access_Type%7CYOP")
	if !strings.Contains(g.Body, `"Access_Type":"Open"`) || !strings.Contains(g.Body, in.server.URL+"/demo/articles/") {
		t.Errorf("%.2000s", g.Body)
	}
	// The current month is not over, and unknown reports are no addresses.
	now := time.Now().UTC().Format("2006-01")
	if g := in.get("/r51/reports/pr?" + world + "&begin_date=" + now + "&end_date=" + now); g.Status != http.StatusBadRequest || exception(t, g.Body) != counter.InvalidDates {
		t.Errorf("%d %s", g.Status, g.Body)
	}
	for _, path := range []string{"/r51/reports/dr", "/r51/reports/PR", "/r51/reports/tr_b1", "/r5/reports", "/r51", "/counter/dr.tsv", "/counter/tr.xlsx", "/counter/tr"} {
		if g := in.get(path + "?" + world); g.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, g.Status)
		}
	}
}

func TestTablesAreOfTheNewestMonth(t *testing.T) {
	in := read(t)
	last := lastMonth(1)
	g := in.get("/demo/counter/tr_j3.tsv")
	end, err := time.Parse("2006-01", last)
	if err != nil {
		t.Fatal(err)
	}
	period := fmt.Sprintf("Reporting_Period\tBegin_Date=%s-01; End_Date=%s\n", last, end.AddDate(0, 1, -1).Format(time.DateOnly))
	if !strings.Contains(g.Body, period) || !strings.Contains(g.Body, "\tTotal_Item_Requests\t") || g.Header.Get("Content-Type") != counter.MediaTSV {
		t.Errorf("%s\n%s", g.Header.Get("Content-Type"), g.Body)
	}
	if got := g.Header.Get("Content-Disposition"); got != `attachment; filename="demo-counter-tr_j3-`+last+`.tsv"` {
		t.Error(got)
	}
	g = in.get("/counter/ir.csv?begin_date=" + lastMonth(2) + "&end_date=" + last + "&exclude_monthly_details=True")
	rows := csv.NewReader(strings.NewReader(g.Body))
	rows.FieldsPerRecord = -1
	list, err := rows.ReadAll()
	if err != nil || len(list) < 16 {
		t.Fatalf("%v, %s", err, g.Body)
	}
	for _, row := range list[14:] {
		if n, err := strconv.Atoi(row[len(row)-1]); err != nil || n < 1 || len(row) != len(list[13]) {
			t.Errorf("%q", row)
		}
	}
	if g := in.get("/demo/counter/ir.tsv?begin_date=2026-02&end_date=2026-01"); g.Status != http.StatusBadRequest || !g.HTML() {
		t.Errorf("%d %s", g.Status, g.Header.Get("Content-Type"))
	}
	if g := in.get("/demo/counter/ir.tsv", "Accept-Encoding", "gzip"); g.Header.Get("Content-Encoding") != "gzip" {
		t.Error("a table is not compressed")
	}
}

func TestReportsOfWhoeverHasAKey(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(file, []byte("key-of-the-world-0001 requestor=me\nkey-of-the-lamps-0001 journals=lamps\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	in := read(t, func(c *config.Config) { c.CounterKeys = file })
	for _, c := range []struct {
		path   string
		status int
		code   int
	}{
		{"/r51/status", 200, 0},
		{"/r51/reports?" + world, 400, counter.Insufficient},
		{"/r51/reports?" + world + "&api_key=key-of-nobody-000001", 401, counter.InvalidKey},
		{"/r51/members?" + world + "&api_key=key-of-the-world-0001", 401, counter.UnknownRequestor},
		{"/r51/members?" + world + "&api_key=key-of-the-world-0001&requestor_id=me", 200, 0},
		{"/demo/r51/reports/pr?begin_date=2026-01&end_date=2026-01&" + world + "&api_key=key-of-the-world-0001&requestor_id=me", 200, 0},
		{"/demo/r51/reports/pr?begin_date=2026-01&end_date=2026-01&" + world + "&api_key=key-of-the-lamps-0001", 401, counter.InvalidKey},
	} {
		g := in.get(c.path)
		if g.Status != c.status || c.code != 0 && exception(t, g.Body) != c.code {
			t.Errorf("%s: %d %.200s", c.path, g.Status, g.Body)
		}
	}
	if g := in.get("/demo/counter/pr.tsv"); g.Status != http.StatusBadRequest {
		t.Errorf("a table without a key: %d", g.Status)
	}
	if g := in.get("/demo/counter/pr.tsv?requestor_id=me&api_key=key-of-the-world-0001"); g.Status != http.StatusOK || strings.Contains(g.Body, "key-of") {
		t.Errorf("a table with a key: %d %s", g.Status, g.Body)
	}
}

func TestWhoAsksForTooManyReportsIsToldWhen(t *testing.T) {
	in := demoSite(t, func(c *config.Config) {
		c.HarvestRate, c.HarvestBurst, c.TrustedProxies = 0.01, 2, []string{"127.0.0.0/8"}
	})
	last := in.get("/r51/reports?"+world, "X-Forwarded-For", "203.0.113.7")
	for range 2 {
		last = in.get("/r51/reports?"+world, "X-Forwarded-For", "203.0.113.7")
	}
	wait, err := strconv.Atoi(last.Header.Get("Retry-After"))
	if last.Status != http.StatusTooManyRequests || exception(t, last.Body) != counter.TooManyRequests || err != nil || wait < 50 {
		t.Errorf("%d %q %s", last.Status, last.Header.Get("Retry-After"), last.Body)
	}
	if g := in.get("/r51/status", "X-Forwarded-For", "203.0.113.7"); g.Status != http.StatusOK {
		t.Errorf("the status: %d", g.Status)
	}
}

func TestReportsOfABrokenStoreAreAnExceptionOfTheCode(t *testing.T) {
	in := demoSite(t)
	if err := in.Store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/r51/reports?" + world, "/r51/reports/ir?begin_date=2026-01&end_date=2026-01&" + world} {
		if g := in.get(path); g.Status != http.StatusServiceUnavailable || exception(t, g.Body) != counter.NotAvailable || strings.Contains(g.Body, "sql") {
			t.Errorf("%s: %d %s", path, g.Status, g.Body)
		}
	}
}
