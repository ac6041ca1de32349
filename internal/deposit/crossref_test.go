package deposit

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// answerWorks is an answer of /works?query.bibliographic= as the API documents it.
const answerWorks = `{"status":"ok","message-type":"work-list","message-version":"1.0.0","message":{"facets":{},"total-results":2,"items":[
{"DOI":"10.5555/TIDES.1","type":"journal-article","title":["Tides of the Northern Harbours"],"subtitle":["A Survey"],"container-title":["Journal of Harbour Studies"],"short-container-title":["J Harbour Stud"],
 "author":[{"given":"Edith","family":"Marlow","sequence":"first","affiliation":[]},{"given":"Jan","family":"Kuiper"}],"issued":{"date-parts":[[1998,4]]},"volume":"12","issue":"3","page":"101-119","score":61.2},
{"DOI":"10.5555/tides.2","title":"not a list","type":"journal-article"},
{"DOI":"nonsense","title":["Tides"]},
{"DOI":"10.5555/tides.3","type":"book","title":["Tides"],"author":[{"name":"Harbour Board"}],"issued":{"date-parts":[[null]]}}],"items-per-page":5}}`

func opened(t *testing.T, handler http.HandlerFunc) (*Crossref, *[]time.Duration) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	var waited []time.Duration
	c, err := NewCrossref(Settings{Base: server.URL, Mail: "editor@example.org", PerSec: 1000, Timeout: time.Second, Pause: func(_ context.Context, d time.Duration) error {
		waited = append(waited, d)
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	return c, &waited
}

func TestWorksAreFoundByPrintedText(t *testing.T) {
	c, _ := opened(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/works" || r.URL.Query().Get("query.bibliographic") != "Marlow E. Tides & more. 1998" || r.URL.Query().Get("rows") != "5" || r.URL.Query().Get("mailto") != "editor@example.org" {
			t.Errorf("asked %s", r.URL)
		}
		if a := r.Header.Get("User-Agent"); !strings.Contains(a, "mailto:editor@example.org") {
			t.Errorf("asked as %q", a)
		}
		fmt.Fprint(w, answerWorks)
	})
	list, err := c.Find(context.Background(), " Marlow E.  Tides & more. 1998\n", 5)
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	w := list[0]
	if w.DOI != "10.5555/tides.1" || w.Authors[0] != "Marlow" || w.Year != 1998 || w.Page != "101" || w.Titles[0] != "Tides of the Northern Harbours: A Survey" || w.Container[1] != "J Harbour Stud" {
		t.Errorf("%+v", w)
	}
	if list[1].Year != 0 || list[1].Authors[0] != "Harbour Board" {
		t.Errorf("%+v", list[1])
	}
}

func TestRegistryThatIsBusyIsAskedLater(t *testing.T) {
	asked := 0
	c, waited := opened(t, func(w http.ResponseWriter, _ *http.Request) {
		asked++
		switch asked {
		case 1:
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
		case 2:
			w.WriteHeader(http.StatusBadGateway)
		default:
			fmt.Fprint(w, answerWorks)
		}
	})
	if list, err := c.Find(context.Background(), "x", 5); err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	if len(*waited) != 2 || (*waited)[0] != 7*time.Second || (*waited)[1] != 2*time.Second {
		t.Errorf("waited %v", *waited)
	}
}

func TestRegistryThatDoesNotWantIsLeftAlone(t *testing.T) {
	var asked atomic.Int32
	c, waited := opened(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.Header().Set("Retry-After", "86400")
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	if _, err := c.Find(context.Background(), "x", 5); !errors.Is(err, errs.Unavailable) || asked.Load() != 1 || len(*waited) != 0 {
		t.Errorf("%v, asked %d times, waited %v", err, asked.Load(), *waited)
	}
}

func TestBadAnswersAreOneLine(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"broken":  func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, answerWorks[:200]) },
		"no JSON": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>Maintenance</html>") },
		"other":   func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"message":{"items":"none"}}`) },
		"huge":    func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat(" ", mostAnswer+2)) },
		"elsewhere": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://169.254.169.254/latest", http.StatusFound)
		},
		"circle": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.String(), http.StatusFound) },
		"slow":   func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	} {
		c, _ := opened(t, handler)
		c.client.http.Timeout = 100 * time.Millisecond
		if name == "huge" {
			c.client.http.Timeout = 20 * time.Second
		}
		list, err := c.Find(context.Background(), "x", 5)
		if !errors.Is(err, errs.Unavailable) || len(list) > 0 || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v %v", name, list, err)
		}
	}
}

func TestRetractionsAreReadFromTheRecord(t *testing.T) {
	c, _ := opened(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/works/10.5555/a(b)#c":
			fmt.Fprint(w, `{"status":"ok","message-type":"work","message":{"DOI":"10.5555/A(b)#c","updated-by":[
{"DOI":"10.5555/c","type":"correction","source":"publisher","updated":{"date-parts":[[2019,1,1]]}},
{"DOI":"10.5555/eoc","type":"expression_of_concern","label":"Expression of concern","updated":{"date-parts":[[2020,3,2]],"date-time":"2020-03-02T00:00:00Z","timestamp":1}},
{"updated":{"date-parts":[[2021,7,1]]},"DOI":"10.5555/R","type":"retraction","label":"Retraction","source":"retraction-watch","record-id":"1"}, 7]}}`)
		case "/works/10.5555/fine":
			fmt.Fprint(w, `{"message":{"DOI":"10.5555/fine","update-to":[{"DOI":"10.5555/x","type":"retraction"}]}}`)
		case "/works/10.5555/other":
			fmt.Fprint(w, `{"message":{"DOI":"10.5555/somebody","updated-by":[{"DOI":"10.5555/r","type":"retraction"}]}}`)
		default:
			http.NotFound(w, r)
		}
	})
	ctx := context.Background()
	list, err := c.Updates(ctx, "10.5555/a(b)#c")
	if err != nil || len(list) != 2 || list[0].Kind != "retraction" || list[0].Date != "2021-07-01" || list[0].Notice != "10.5555/r" || list[1].Kind != "expression_of_concern" {
		t.Errorf("%+v %v", list, err)
	}
	if list, err := c.Updates(ctx, "10.5555/fine"); err != nil || len(list) != 0 {
		t.Errorf("a notice of a retraction is taken for a retracted work: %v %v", list, err)
	}
	if list, err := c.Updates(ctx, "10.5555/other"); !errors.Is(err, errs.Unavailable) {
		t.Errorf("another work's record is believed: %v %v", list, err)
	}
	if _, err := c.Updates(ctx, "10.5555/none"); !errors.Is(err, errs.NotFound) {
		t.Errorf("not known: %v", err)
	}
}

func TestRegistryNeedsAnAddressAndAMail(t *testing.T) {
	for _, s := range []Settings{{Base: "api.crossref.org", Mail: "a@b.org"}, {Base: "file:///etc", Mail: "a@b.org"}, {Base: "https://api.crossref.org"}, {Base: "https://api.crossref.org", Mail: "a@b.org\r\nX: y"}} {
		if _, err := NewCrossref(s); !errors.Is(err, errs.Invalid) {
			t.Errorf("%+v: %v", s, err)
		}
	}
}

func reference(printed, author, title, container, year, volume, page string) *journal.Reference {
	r := &journal.Reference{Printed: journal.T("en", printed), Title: title, Container: container, Issued: journal.Date(year), Volume: volume, Pages: journal.Pages{First: page}}
	if author != "" {
		r.Authors = []journal.Name{{Family: author}}
	}
	return r
}

func TestConfidenceIsOurOwn(t *testing.T) {
	work := Work{DOI: "10.5555/tides.1", Titles: []string{"Tides of the Northern Harbours"}, Authors: []string{"Marlow"}, Container: []string{"Journal of Harbour Studies"}, Year: 1998, Volume: "12", Page: "101"}
	for _, c := range []struct {
		what        string
		r           *journal.Reference
		least, most float64
	}{
		{"all the same", reference("…", "Marlow", "Tides of the northern harbours", "Journal of Harbour Studies", "1998", "12", "101"), 0.99, 1},
		{"shortened journal", reference("…", "Marlow", "Tides of the Northern Harbours", "J. Harb. Stud.", "1998", "12", "101"), 0.9, 1},
		{"online a year before", reference("…", "Marlow", "Tides of the Northern Harbours", "Journal of Harbour Studies", "1997", "12", "101"), 0.85, 0.95},
		{"another year", reference("…", "Marlow", "Tides of the Northern Harbours", "Journal of Harbour Studies", "1988", "12", "101"), 0, 0.65},
		{"another author", reference("…", "Kimura", "Tides of the Northern Harbours", "Journal of Harbour Studies", "1998", "12", "101"), 0, 0.65},
		{"another volume", reference("…", "Marlow", "Tides of the Northern Harbours", "Journal of Harbour Studies", "1998", "13", "101"), 0, 0.7},
		{"another page", reference("…", "Marlow", "Tides of the Northern Harbours", "Journal of Harbour Studies", "1998", "12", "55"), 0, 0.7},
		{"a title alone", reference("…", "", "Tides of the Northern Harbours", "", "", "", ""), 0.5, 0.75},
		{"another title", reference("…", "Marlow", "Fisheries and their laws", "Journal of Harbour Studies", "1998", "12", "101"), 0, 0.3},
		{"half a title", reference("…", "Marlow", "Tides of the Southern Rivers", "Journal of Harbour Studies", "1998", "12", "101"), 0, 0.7},
		{"nothing read", reference("Marlow E. Tides of the northern harbours // J. Harb. Stud. 1998. 12. 101.", "", "", "", "", "", ""), 0.5, 0.95},
		{"empty", &journal.Reference{}, 0, 0},
	} {
		if got := Confidence(c.r, &work); got < c.least || got > c.most {
			t.Errorf("%s: %.2f, want %.2f to %.2f", c.what, got, c.least, c.most)
		}
	}
}

func TestTwoThatAreAsNearAreNotSure(t *testing.T) {
	r := reference("…", "Marlow", "Tides", "Journal of Harbour Studies", "1998", "12", "101")
	one := Work{DOI: "10.5555/1", Titles: []string{"Tides"}, Authors: []string{"Marlow"}, Container: []string{"Journal of Harbour Studies"}, Year: 1998, Volume: "12", Page: "101"}
	two := one
	two.DOI = "10.5555/2"
	if best, c, ok := Best(r, []Work{one}); !ok || c < 0.95 || best.DOI != one.DOI {
		t.Errorf("%v %.2f %v", best, c, ok)
	}
	if _, c, _ := Best(r, []Work{one, two}); c > doubtful {
		t.Errorf("one of two is %.2f sure", c)
	}
	if _, _, ok := Best(r, nil); ok {
		t.Error("nothing is near")
	}
}

func FuzzConfidence(f *testing.F) {
	f.Add("Marlow E. Tides. 1998.", "Tides", "Marlow", "12", 1998)
	f.Fuzz(func(t *testing.T, printed, title, author, volume string, year int) {
		r := reference(printed, author, title, printed, "1998", volume, volume)
		w := Work{DOI: "10.5555/x", Titles: []string{title, printed}, Authors: []string{author}, Container: []string{title}, Year: year, Volume: volume, Page: volume}
		if c := Confidence(r, &w); !(c >= 0 && c <= 1) {
			t.Fatalf("confidence %v", c)
		}
	})
}
