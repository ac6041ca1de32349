package view

import (
	"fmt"
	"testing"
)

func TestHistogramCountsYearsTogetherWhereThereAreMany(t *testing.T) {
	address := func(from, to int) string { return fmt.Sprintf("%d-%d", from, to) }
	if NewHistogram(nil, address) != nil || NewHistogram([]YearArticles{{2020, 7}}, address) != nil {
		t.Error("one year is drawn")
	}
	h := NewHistogram([]YearArticles{{1998, 4}, {1999, 0}, {2000, 8}, {2003, 1}}, address)
	if len(h.Bars) != 3 || h.Bars[1].Height != histogramHeight || h.Bars[0].Height != histogramHeight/2 || h.Bars[2].X != 5*barStep {
		t.Errorf("bars %+v", h.Bars)
	}
	if h.FirstYear != "1998" || h.LastYear != "2003" || h.Rows[2] != (HistogramRow{"2003", "2003-2003", 1}) {
		t.Errorf("%s to %s, rows %+v", h.FirstYear, h.LastYear, h.Rows)
	}
	for _, span := range []int{2, 39, 40, 41, 200, 1000, 9000} {
		var counts []YearArticles
		for y := range span {
			counts = append(counts, YearArticles{1000 + y, 1})
		}
		h := NewHistogram(counts, address)
		if len(h.Bars) > mostBars {
			t.Errorf("%d years have %d bars", span, len(h.Bars))
		}
		sum := 0
		for _, r := range h.Rows {
			sum += r.Articles
		}
		first, last := h.Rows[0], h.Rows[len(h.Rows)-1]
		if sum != span || first.URL[:4] != "1000" || last.URL[len(last.URL)-4:] != fmt.Sprint(999+span) {
			t.Errorf("%d years: %d articles, %+v to %+v", span, sum, first, last)
		}
		for _, b := range h.Bars {
			if b.X < 0 || b.X+b.Width > h.Width || b.Y < 0 || b.Height < 2 || b.Y+b.Height != histogramHeight {
				t.Errorf("%d years: a bar is %+v of %d", span, b, h.Width)
			}
		}
	}
}

func TestMarkedTextIsEscaped(t *testing.T) {
	r := Marked("en", []Piece{{"a <b> & ", false}, {"<i>c</i>", true}}, true, true)
	if want := "… a &lt;b&gt; &amp; <mark>&lt;i&gt;c&lt;/i&gt;</mark> …"; string(r.HTML) != want || r.Lang != "en" {
		t.Errorf("%q, want %q", r.HTML, want)
	}
}
