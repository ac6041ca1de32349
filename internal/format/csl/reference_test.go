package csl

import (
	"encoding/json"
	"testing"

	"offprint/internal/journal"
)

var letter = journal.Reference{
	Number: 3, Key: "HDS 1931b", Type: "chapter", Title: "Vysota lestnits", TitleLanguage: "ru-Latn", TitleTranslated: "The height of stairs",
	Authors:   []journal.Name{{Literal: "Quill, A. N.", Family: "Quill", Given: "A. N."}, {Literal: "Harbour Board"}},
	Container: "Harbour Documents", Volume: "IV", Part: "2", Pages: journal.Pages{First: "45", Last: "61"},
	Issued: "1931-04-02", IssuedTo: "1932", Accessed: "2020-07-13", LanguageNote: "In Russian", URLRemnant: "/a/b",
	Archive:    journal.Archive{Repository: "ЦГА Поморья", Fond: "Р-112", Inventory: "3", Unit: "45", Leaves: "7"},
	Confidence: map[string]float64{"authors": 0.95, "pages": 0.98, "item_number": 0.5},
}

func TestReferenceHasTheVariablesOfCSL(t *testing.T) {
	item := Reference(&letter, "")
	got, err := json.Marshal(item)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"id":"HDS 1931b","type":"chapter","title":"Vysota lestnits","author":[{"family":"Quill","given":"A. N."},{"literal":"Harbour Board"}],` +
		`"container-title":"Harbour Documents","volume":"IV","part-number":"2","page":"45-61","issued":{"date-parts":[[1931,4,2],[1932]]},"accessed":{"date-parts":[[2020,7,13]]},` +
		`"archive":"ЦГА Поморья","archive_location":"ф. Р-112, оп. 3, д. 45, л. 7","citation-key":"HDS 1931b",` +
		`"custom":{"language-note":"In Russian","translated-title":"The height of stairs","url-remnant":"/a/b"}}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestArticleNumberStandsForPages(t *testing.T) {
	item := Reference(&journal.Reference{Number: 1, Pages: journal.Pages{Article: "e0208"}}, "")
	if item.Page != "e0208" || item.Number != "e0208" || item.Type != "document" || item.ID != "ref-1" {
		t.Errorf("%+v", item)
	}
}

func TestParsedKeepsThePrintedDash(t *testing.T) {
	p := NewParsed(&letter, "Quill, A. N. Vysota lestnits. 45 pp. Harbour Documents. Pp. 45–61.")
	if p.Page != "45–61" || p.Confidence["author"] != 0.95 || p.Confidence["page"] != 0.98 || p.Confidence["number"] != 0.5 {
		t.Errorf("%q %v", p.Page, p.Confidence)
	}
	if p.Archive == nil || p.Archive.Fond != "Р-112" || p.Item.Archive != "" || p.Part != "2" || p.PartNumber != "" {
		t.Errorf("%+v", p)
	}
	b, err := p.Line()
	if err != nil || !json.Valid(b) {
		t.Errorf("%v %s", err, b)
	}
}
