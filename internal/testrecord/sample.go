package testrecord

import (
	"offprint/internal/article"
	"offprint/internal/journal"
)

// Site is where the samples stand.
const Site = "https://colophon.example"

// Sample is an invented article that has nearly all that a record can hold.
func Sample() *journal.Publication {
	issue := &journal.Issue{ID: "01J", Slug: "2024-v7-n2", Year: 2024, Volume: "7", Number: "2", Published: "2024-04",
		Titles: []journal.Text{journal.T("en", "Light at sea"), journal.T("ru", "Свет на море")}}
	return &journal.Publication{
		ID: "01HZX3", Slug: "mezhevoy-2024", Version: 2, Latest: 2, Created: "2024-05-02T10:00:00Z", Reason: "the second table was set again",
		Journal: sampleJournal(), Issue: issue, Record: sampleRecord(),
	}
}

func sampleJournal() journal.Journal {
	return journal.Journal{
		ID: "01J", Path: "lamp", Titles: []journal.Text{journal.T("en", "Annals of Lamps & Light"), journal.T("ru", "Анналы ламп и света")},
		Abbrev: "Ann Lamps", Languages: []string{"en", "ru"}, ISSNPrint: "9999-9994", ISSNOnline: "9999-9986", Place: "Northhaven",
		Publisher: []journal.Text{journal.T("en", "Lighthouse Press"), journal.T("ru", "Издательство «Маяк»")},
		IDs:       []journal.ID{{Kind: "nlm-ta", Value: "Ann Lamps"}},
		Registry: &journal.Registry{DOIPrefix: "10.5555", Depositor: "Lighthouse Press", DepositorEmail: "doi@lamp.example", Registrant: "Lighthouse Press",
			UpdatePolicy: "10.5555/lamp.policy", Archives: []string{"CLOCKSS", "PKP PN", "The cellar"}, Country: "GB", RSCITitle: "99999",
			AcceptedLicence: "https://creativecommons.org/licenses/by-nc/4.0/"},
	}
}

func sampleRecord() journal.Article {
	lamp := []article.Node{article.Str("The lamp of "), {Kind: article.Italic, Kids: []article.Node{article.Str("Patience")}}, article.Str(" & H"), {Kind: article.Sub, Kids: []article.Node{article.Str("2")}}}
	abstract := []article.Node{
		{Kind: article.Section, Kids: []article.Node{
			{Kind: article.Title, Kids: []article.Node{article.Str("Aim")}},
			{Kind: article.Paragraph, Kids: []article.Node{article.Str("To read the log of "), {Kind: article.Italic, Kids: []article.Node{article.Str("Patience")}}, article.Str(".")}}}},
		{Kind: article.Section, Kids: []article.Node{
			{Kind: article.Title, Kids: []article.Node{article.Str("Result")}},
			{Kind: article.Paragraph, Kids: []article.Node{article.Str("It burns x < y & "), {Kind: article.Bold, Kids: []article.Node{article.Str("bright")}}, article.Str(".")}}}},
	}
	return journal.Article{
		Type: "research-article", Language: "en", Section: []journal.Text{journal.T("en", "Lamps at sea"), journal.T("ru", "Лампы на море")},
		Titles:    []journal.Text{{Lang: "en", Plain: "The lamp of Patience & H2", Rich: lamp}, journal.T("ru", "Лампа «Терпения»"), journal.T("ja", "忍耐の灯")},
		Subtitles: []journal.Text{journal.T("en", "A log read twice"), journal.T("ru", "Журнал, прочитанный дважды")},
		Abstracts: []journal.Abstract{{Text: journal.Text{Lang: "en", Plain: "Aim\n\nTo read the log of Patience.\n\nResult\n\nIt burns x < y & bright.", Rich: abstract}},
			{Text: journal.T("ru", "Прочитан журнал.\n\nДважды.")}, {Text: journal.T("en", "A lamp, told to everybody."), Role: "plain-language-summary"}},
		Keywords:     []journal.Keywords{{Lang: "en", Words: []string{"lamps", "oil; whale"}}, {Lang: "ru", Words: []string{"лампы", "масло"}}},
		Subjects:     []journal.Subject{{Scheme: "udc", Code: "628.9"}, {Scheme: "jel", Code: "L9"}},
		Contributors: samplePeople(),
		Affiliations: []journal.Affiliation{
			{ID: "a1", Names: []journal.Text{journal.T("en", "Lamp Museum"), journal.T("ru", "Музей ламп")}, City: "Northhaven", Country: "United Kingdom", CountryCode: "GB", ROR: "05dxps055"},
			{ID: "a2", Names: []journal.Text{journal.T("ja", "灯台大学"), journal.T("en", "Lighthouse University")}, Country: "Japan", CountryCode: "JP"}},
		Issue: &journal.Issue{Year: 2024, Volume: "7", Number: "2"}, Pages: journal.Pages{First: "11", Last: "19"},
		History:   []journal.When{{Event: "published-print", Date: "2024-04"}, {Event: "received", Date: "2024-01-02"}, {Event: "accepted", Date: "2024-02-20"}},
		Published: "2024-03-14", DOI: "10.5555/Lamp.2024.7", IDs: []journal.ID{{Kind: "edn", Value: "ABCDEF"}, {Kind: "publisher-id", Value: "L7"}, {Kind: "pmid", Value: "12345"}},
		Licence: journal.LicenceOf("https://creativecommons.org/licenses/by/4.0/"), Copyright: "© 2024 The authors",
		Funding:          []journal.Fund{{Funder: "Oil Fund", ID: "10.13039/501100000000", Awards: []string{"OF-1", "OF-2"}}, {Funder: "Wick Trust", ID: "05dxps055", Awards: []string{"W9"}}, {Funder: "A friend"}},
		FundingStatement: []journal.Text{journal.T("en", "Paid in oil.")},
		References:       sampleReferences(), Related: sampleRelated(),
		Citation:  "Mezhevoy G.I., Oribon A. The lamp of Patience. Annals of Lamps. 2024;7(2):11-19.",
		Documents: []journal.DocumentRef{{Lang: "en", SHA256: "d1"}},
		Files: []journal.File{{Name: "mezhevoy 2024.pdf", Role: "galley", Media: "application/pdf", Size: 12345, SHA256: "f1", Lang: "en", Label: "PDF"},
			{Name: "log.csv", Role: "supplement", Media: "text/csv", Size: 99, SHA256: "f2", Label: "File 1"}},
	}
}

func samplePeople() []journal.Contributor {
	return []journal.Contributor{
		{Role: "author", Names: []journal.Name{{Lang: "ru", Literal: "Глеб Ильич Межевой", Family: "Межевой", Given: "Глеб Ильич"}, {Lang: "en", Literal: "Gleb I. Mezhevoy", Family: "Mezhevoy", Given: "Gleb I."}},
			ORCID: "0000-0002-1825-0097", Email: "g.mezhevoy@lamp.example", Degree: "Dr. Sci.", Corresponding: true, Affiliations: []int{0, 1}, Credit: []string{"Conceptualization"},
			Bio: []journal.Text{journal.T("en", "Keeper of the lamp room.")}},
		{Role: "author", Names: []journal.Name{{Lang: "ja", Literal: "折本文乃", Family: "折本", Given: "文乃"}, {Lang: "en", Literal: "Ayano Oribon", Family: "Oribon", Given: "Ayano"}}, Affiliations: []int{1}},
		{Role: "author", Collective: true, Names: []journal.Name{{Lang: "en", Literal: "The Lamp Group"}}},
		{Role: "translator", Names: []journal.Name{{Lang: "en", Literal: "Ada Wick Jr.", Family: "Wick", Given: "Ada", Suffix: "Jr."}}, AffiliationPrinted: "Oil Board, Northhaven"},
		{Role: "editor", Names: []journal.Name{{Lang: "en", Literal: "Plato", Family: "", Given: ""}}},
	}
}

func sampleReferences() []journal.Reference {
	return []journal.Reference{
		{ID: "r1", Number: 1, Printed: journal.T("en", "Hill A., Dale B. Lamps & oil. Light Rev. 1871;1(2):3-9. https://doi.org/10.5555/hill.1871"), Type: "article-journal",
			Authors: []journal.Name{{Literal: "Hill A.", Family: "Hill", Given: "A."}, {Literal: "Dale B.", Family: "Dale", Given: "B."}}, Title: "Lamps & oil", Container: "Light Rev.",
			Volume: "1", Issue: "2", Pages: journal.Pages{First: "3", Last: "9"}, Issued: "1871", DOI: "10.5555/hill.1871"},
		{ID: "r2", Number: 2, Key: "Панов 2020", Printed: journal.T("ru", "Панов А. Н. Трудный путь. М.: Восток, 2020. 320 с."), Type: "book",
			Authors: []journal.Name{{Literal: "Панов А. Н.", Family: "Панов", Given: "А. Н."}}, Title: "Трудный путь", Publisher: "Восток", Place: "М.", Issued: "2020", PageCount: "320",
			IDs: []journal.ID{{Kind: "isbn", Value: "978-5-00-000000-0"}}, Confidence: map[string]float64{"title": 0.97, "authors": 0.95, "publisher": 0.5}},
		{ID: "r3", Number: 3, Printed: journal.T("en", "FRUS 1951. Vol. VI, part 1. Doc. 12."), Type: "book", Title: "a guess", Confidence: map[string]float64{"title": 0.3, "type": 0.4}},
	}
}

func sampleRelated() []journal.Related {
	return []journal.Related{
		{Relation: "corrected-article", DOI: "10.5555/lamp.2023.1", Title: "The lamp"},
		{Relation: "translation", DOI: "10.5555/lamp.2024.7ru"},
		{Relation: "preprint", DOI: "10.5555/preprint.9"},
		{Relation: "data", URL: "https://data.example/lamp log"},
		{Relation: "peer-review", DOI: "10.5555/lamp.review.1"},
		{Relation: "companion", DOI: "10.5555/lamp.2024.8"},
	}
}

// Documents are the full texts of the sample.
func Documents() []journal.Document {
	p := func(s string) article.Node {
		return article.Node{Kind: article.Paragraph, Kids: []article.Node{article.Str(s)}}
	}
	return []journal.Document{{Lang: "en", Body: []article.Node{{Kind: article.Section, ID: "s1", Kids: []article.Node{
		{Kind: article.Title, Kids: []article.Node{article.Str("The log")}}, p("It was read by two keepers & a cat."),
		{Kind: article.TableWrap, ID: "t1", Label: "Table 1", Kids: []article.Node{{Kind: article.Table, Kids: []article.Node{{Kind: article.Row, Kids: []article.Node{{Kind: article.Cell, Kids: []article.Node{article.Str("oil")}}}}}}}}}}}}}
}
