package web

import (
	"html/template"
	"testing"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/view"
)

func TestAbstractsOwnTitleIsItsHeading(t *testing.T) {
	titled := journal.Text{Lang: "en", Rich: []article.Node{
		{Kind: article.Title, Kids: []article.Node{article.Str("River digest")}},
		{Kind: article.Paragraph, Kids: []article.Node{article.Str("Rivers rise.")}},
	}}
	rec := journal.Article{Abstracts: []journal.Abstract{{Text: titled, Role: "executive-summary"}, {Text: journal.T("en", "Plain."), Role: "summary"}}}
	var page view.Article
	if err := newAbstracts(&page, &visit{lang: "en", plain: "en"}, &reading{pub: &journal.Publication{Record: rec}}); err != nil {
		t.Fatal(err)
	}
	for i, want := range []view.Abstract{
		{Run: view.Run{Lang: "en", HTML: "<p>Rivers rise.</p>"}, Role: "executive-summary", Heading: view.Plain("en", "River digest")},
		{Run: view.Run{Lang: "en", HTML: "<p>Plain.</p>"}, Role: "summary"},
	} {
		if got := page.Abstracts[i]; got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	if n := len(rec.Abstracts[0].Rich); n != 2 {
		t.Errorf("the record has %d parts left", n)
	}
}

func TestAbstractsCitationsLeadToTheList(t *testing.T) {
	panov := journal.Reference{ID: "r1", Number: 1, Authors: []journal.Name{{Family: "Панов"}}, Issued: "2010", Printed: journal.T("ru", "Панов А. Н. Ил. М., 2010.")}
	rec := journal.Article{Language: "en", Abstracts: []journal.Abstract{
		{Text: journal.T("en", "Mud is known (Panov 2010, 5); rivers (in all) are not.")},
		{Text: journal.Text{Lang: "ru", Rich: []article.Node{{Kind: article.Paragraph, Kids: []article.Node{article.Str("Ил описан "), {Kind: article.Cross, Role: "bibr", Target: "r1", Kids: []article.Node{article.Str("ранее")}}, article.Str(".")}}}}},
		{Text: journal.T("en", "Nobody (Kimura 2010) is cited.")},
	}}
	var page view.Article
	a := &reading{pub: &journal.Publication{Slug: "mud", Record: rec}, refs: []journal.Reference{panov}}
	if err := newAbstracts(&page, &visit{lang: "en", plain: "en"}, a); err != nil {
		t.Fatal(err)
	}
	for i, want := range []template.HTML{
		`<p>Mud is known (<a class="cite" href="#ref-1" aria-label="Panov 2010 (Reference 1)">Panov 2010</a>, 5); rivers (in all) are not.</p>`,
		`<p>Ил описан <a class="cite" href="#ref-1" aria-label="ранее (Reference 1)">ранее</a>.</p>`,
		`<p>Nobody (Kimura 2010) is cited.</p>`,
	} {
		if got := page.Abstracts[i].HTML; got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
	if page.Description != "Mud is known (Panov 2010, 5); rivers (in all) are not." {
		t.Errorf("the description is %q", page.Description)
	}
}
