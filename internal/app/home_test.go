package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"offprint/internal/journal"
)

// TestRecentArticlesAreThoseBesideTheCurrentIssue: the newest ones are listed
// whether they stand in an issue or not, each once on the page.
func TestRecentArticlesAreThoseBesideTheCurrentIssue(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "paths", Titles: []journal.Text{journal.T("en", "Ways")}, Languages: []string{"en"}})
	files, n := fstest.MapFS{}, 0
	add := func(title, published, issue string) {
		n++
		file := jatsArticle{n: n, title: title, authors: "Ann Other", about: "x", body: "x"}.file()
		text := strings.Replace(string(file.Data), fmt.Sprintf("<pub-date><year>%d</year></pub-date>", 2010+n), "<pub-date>"+published+"</pub-date>"+issue, 1)
		files[fmt.Sprintf("%02d.xml", n)] = &fstest.MapFile{Data: []byte(text)}
	}
	date := func(year, month int) string { return fmt.Sprintf("<month>%d</month><year>%d</year>", month, year) }
	for i := range 12 {
		add(fmt.Sprintf("Now %02d", i), date(2024, 1+i%3), "<volume>5</volume><issue>1</issue>")
		add(fmt.Sprintf("Before %02d", i), date(2023, 1+i), "<volume>4</volume><issue>2</issue>")
	}
	add("Alone", date(2024, 6), "")
	in.take("paths", files)
	page := in.await("/paths/", "Alone")
	var lists [][]string
	for _, section := range page.Doc.Find("main section.part").EachIter() {
		var titles []string
		for _, h := range section.Find(".items h3, .items h4").EachIter() {
			titles = append(titles, strings.TrimSpace(h.Text()))
		}
		lists = append(lists, titles)
	}
	if len(lists) != 3 || len(lists[0]) != 12 || strings.Contains(strings.Join(lists[0], " "), "Before") {
		t.Fatalf("%d parts: %q", len(lists), lists)
	}
	want := []string{"Alone", "Before 11", "Before 10", "Before 09", "Before 08", "Before 07", "Before 06", "Before 05", "Before 04", "Before 03"}
	if !slices.Equal(lists[1], want) {
		t.Errorf("recent: %q, want %q", lists[1], want)
	}
}
