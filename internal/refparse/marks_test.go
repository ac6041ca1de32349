package refparse

import (
	"testing"

	"offprint/internal/journal"
)

func TestDatesAreReadInTheFormsOfPrint(t *testing.T) {
	for printed, want := range map[string]journal.Date{
		"1951, September 5":        "1951-09-05",
		"2001, 4 September":        "2001-09-04",
		"28 January, 1946":         "1946-01-28",
		"5 sentyabrya 1951 g.":     "1951-09-05",
		"16 июля 1934 г.":          "1934-07-16",
		"25.03.2019":               "2019-03-25",
		"Apr. 02, 2023":            "2023-04-02",
		"27 jul. 2022":             "2022-07-27",
		"2023, 1º de setembro":     "2023-09-01",
		"2007 enero 29":            "2007-01-29",
		"2020年 5月 22日":             "2020-05-22",
		"2007年9月":                  "2007-09",
		"1998":                     "1998",
		"03/04/2020":               "", // two days in two countries
		"31 февраля 2020":          "",
		"Between War and Peace":    "",
		"1698-1985, a long period": "",
	} {
		if got, _ := ParseDate(printed); got != want {
			t.Errorf("ParseDate(%q) = %q, want %q", printed, got, want)
		}
	}
}

func TestNumberAndKeyStandBeforeTheBody(t *testing.T) {
	for printed, want := range map[string][3]string{
		"3. FRUS 1951a - The Acting Secretary of State to SCAP (1951, March 12).": {"3", "FRUS 1951a", "The Acting Secretary of State to SCAP (1951, March 12)."},
		"[12] Hara K. Relations. London, 1998.":                                   {"12", "", "Hara K. Relations. London, 1998."},
		"Tikhvinskii 1996 - Tikhvinskii, S. (1996). Rossiya - Yaponiya.":          {"", "Tikhvinskii 1996", "Tikhvinskii, S. (1996). Rossiya - Yaponiya."},
		"Tikhvinskii, S. (1996). Rossiya - Yaponiya.":                             {"", "", "Tikhvinskii, S. (1996). Rossiya - Yaponiya."},
	} {
		r := Parse(printed)
		if got := [3]string{r.Label, r.Key, r.Printed.Plain}; got != want {
			t.Errorf("Parse(%q) = %q, want %q", printed, got, want)
		}
	}
}

func TestMarkedPartsAreRead(t *testing.T) {
	r := Parse("V svyazi s 50-letiyem (2001, 4 September). Ministry of Foreign Affairs. /zMUsqsVU9NDU/content/id/574038 (accessed: 13 July 2020). (In Russian)")
	if r.URLRemnant != "/zMUsqsVU9NDU/content/id/574038" || r.Accessed != "2020-07-13" || r.LanguageNote != "In Russian" {
		t.Errorf("got %+v", r)
	}
	r = Parse("Gorin N.V. Promotion of Development. 2022, no. 93, pp. 52–64. DOI: 10.24412/2070-1381-2022-93-52-64 (in Russian). Available at: https://example.org/a_(b).html (accessed Apr. 02, 2023).")
	if r.DOI != "10.24412/2070-1381-2022-93-52-64" || r.LanguageNote != "in Russian" || r.URL != "https://example.org/a_(b).html" || r.Accessed != "2023-04-02" {
		t.Errorf("got %+v", r)
	}
}

func TestWhatTheSourceMarksIsBelieved(t *testing.T) {
	r := Complete(journal.Reference{DOI: "10.1000/marked", Printed: journal.T("", "A title. DOI: 10.1000/printed.")})
	if r.DOI != "10.1000/marked" {
		t.Errorf("DOI %q", r.DOI)
	}
	if _, read := r.Confidence["doi"]; read {
		t.Error("a field of the source has a confidence")
	}
}
