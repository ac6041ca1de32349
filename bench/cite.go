//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime"
	"time"

	"offprint/citeproc"
	"offprint/internal/citation"
)

// cite prints lists of references in styles that come along, on one core, beside
// reading the same items from JSON and writing them again.
func (b *bench) cite(context.Context) error {
	section("cite: lists of references on one core, beside reading and writing the same items as JSON")
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	shelf := citation.Open()
	for _, one := range []struct {
		style string
		least float64 // entries a second
	}{{"apa", 2000}, {"chicago", 0}, {"vancouver", 0}, {"gost", 0}} {
		known, ok := citation.Find(one.style)
		if !ok {
			return fmt.Errorf("no style %q", one.style)
		}
		style, err := shelf.Style(known.Name)
		if err != nil {
			return err
		}
		for _, n := range []int{500, 2000} {
			if err := b.citeList(shelf, style, known.Title, n, one.least); err != nil {
				return err
			}
		}
	}
	return nil
}

// mostForList is how long a list of 500 may take, in milliseconds.
const mostForList = 300

func (b *bench) citeList(shelf *citation.Shelf, style *citeproc.Style, title string, n int, least float64) error {
	source, err := generatedItems(n)
	if err != nil {
		return err
	}
	items, err := citeproc.DecodeItems(bytes.NewReader(source))
	if err != nil {
		return err
	}
	var printed, coded []float64
	for range b.rounds {
		begun := time.Now()
		list, err := shelf.Print(style, "en-US", citeproc.HTML, items)
		if err != nil {
			return err
		}
		printed = append(printed, time.Since(begun).Seconds())
		if len(list.Entries) != n {
			return fmt.Errorf("%d of %d entries", len(list.Entries), n)
		}
		begun = time.Now()
		var plain []map[string]any
		if err := json.Unmarshal(source, &plain); err != nil {
			return err
		}
		if _, err := json.Marshal(plain); err != nil {
			return err
		}
		coded = append(coded, time.Since(begun).Seconds())
	}
	took, beside := median(printed), median(coded)
	note := "× " + ratio(took, beside) + " the time of JSON"
	switch {
	case n == 500:
		note += "; " + atMost(took*1000, mostForList, "ms")
	case least > 0:
		note += "; " + atLeast(float64(n)/took, least, "/s")
	}
	line(fmt.Sprintf("%s, %d", title, n), fmt.Sprintf("%.0f ms, %s/s", took*1000, thousands(float64(n)/took)), note)
	return nil
}

// generatedItems are articles and books by a hundred families, in CSL-JSON.
func generatedItems(n int) ([]byte, error) {
	r := rand.New(rand.NewPCG(7, 11))
	type name struct {
		Family string `json:"family"`
		Given  string `json:"given"`
	}
	given := []string{"Anna Maria", "Jo", "K. L.", "Pekka", "Юлия Сергеевна", "Marie-Louise"}
	list := make([]map[string]any, n)
	for k := range list {
		var authors []name
		for range 1 + r.IntN(4) {
			authors = append(authors, name{fmt.Sprintf("Family%c%c", 'a'+rune(r.IntN(10)), 'a'+rune(r.IntN(10))), given[r.IntN(len(given))]})
		}
		item := map[string]any{
			"id": fmt.Sprint(k), "author": authors, "title": fmt.Sprintf("Harbours, lights and the %d “keepers” of the sound", k),
			"issued": map[string]any{"date-parts": [][]int{{1950 + r.IntN(75), 1 + r.IntN(12), 1 + r.IntN(28)}}}, "language": "en",
		}
		if k%4 == 0 {
			item["type"], item["publisher"], item["publisher-place"] = "book", "Quay & Sons", "Turku"
		} else {
			first := 1 + r.IntN(900)
			item["type"], item["container-title"], item["volume"], item["issue"] = "article-journal", "Journal of Harbours", fmt.Sprint(1+r.IntN(60)), fmt.Sprint(1+r.IntN(6))
			item["page"], item["DOI"] = fmt.Sprintf("%d-%d", first, first+r.IntN(30)), fmt.Sprintf("10.5555/%d", k)
		}
		list[k] = item
	}
	return json.Marshal(list)
}
