package refparse

import (
	"testing"

	"offprint/internal/journal"
)

// TestSmallDamageCostsNoField: blanks lost and too many, the days of a conference, the
// place of a defence, editors said twice.
func TestSmallDamageCostsNoField(t *testing.T) {
	r := Parse("Quill, B.M.T ., Rower, S.P.C. & Harbour, S.M. 1999. Stairs of the northern ports. Harbour Herald 12(3): 4-9.")
	if len(r.Authors) != 3 || r.Title != "Stairs of the northern ports" {
		t.Errorf("%q, %q", r.Authors, r.Title)
	}
	r = Parse("Quill, A. 2014. Stairs of the river. Harbourherald28(1): 23-31.")
	if r.Container != "Harbourherald" || r.Volume != "28" || r.Issue != "1" || r.Pages.First != "23" {
		t.Errorf("%q %q %q %v", r.Container, r.Volume, r.Issue, r.Pages)
	}
	r = Parse("Proceedings of the 14th Conference on Stairs. Vienna, 10–13 September 2018.")
	if r.Pages != (journal.Pages{}) || r.Issued != "2018-09-10" {
		t.Errorf("%v %q", r.Pages, r.Issued)
	}
	r = Parse("Маякова Е. Б. Свет на молу: диссертация ... кандидата филологических наук: 10.02.01/ Маякова Елена Борисовна; [Место защиты: Портовый гос. ун-т]. — Москва, 2011. — 269 с.")
	if r.TitleTranslated != "" || r.Title != "Свет на молу" {
		t.Errorf("%q, %q", r.Title, r.TitleTranslated)
	}
	r = Parse("Quill AS (2023) Tides. Edited by ML Rower and LA Harbour. Rower, ML, Harbour, LA (eds.) Encyclopedia of Ports Online. Gull Press, Leiden.")
	if len(r.Editors) != 2 {
		t.Errorf("%q", r.Editors)
	}
}
