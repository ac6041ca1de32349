package render

import (
	"strings"
	"testing"

	"offprint/internal/article"
)

// drawn is the body of a document that holds one node.
func drawn(t *testing.T, n article.Node) string {
	t.Helper()
	page, err := Document(&article.Document{Lang: "en", Body: []article.Node{n}}, Options{Lang: "en", HeadingLevel: 2})
	if err != nil {
		t.Fatal(err)
	}
	return string(page.Body)
}

// TestGroupsThatNeedTheWidthAreStacked: tables and figures with long captions
// cannot be read in half the width of the text.
func TestGroupsThatNeedTheWidthAreStacked(t *testing.T) {
	figure := func(caption string) article.Node {
		return article.Node{Kind: article.Figure, Kids: []article.Node{{Kind: article.Image, Target: "a.png"},
			{Kind: article.Caption, Kids: []article.Node{{Kind: article.Paragraph, Kids: str(caption)}}}}}
	}
	table := article.Node{Kind: article.TableWrap, Label: "Table 1"}
	for _, c := range []struct {
		name string
		kids []article.Node
		want string
	}{
		{"panels", []article.Node{figure("Left"), figure("Right")}, `class="figures"`},
		{"a long caption", []article.Node{figure("Left"), figure(strings.Repeat("word ", 60))}, `class="figures stacked"`},
		{"tables", []article.Node{table, table}, `class="figures stacked"`},
	} {
		if got := drawn(t, article.Node{Kind: article.FigureGroup, Kids: c.kids}); !strings.Contains(got, c.want) {
			t.Errorf("%s: no %s in %s", c.name, c.want, got)
		}
	}
}

func TestAttributionKeepsItsOwnDash(t *testing.T) {
	quote := func(by string) article.Node {
		return article.Node{Kind: article.BlockQuote, Kids: []article.Node{{Kind: article.Paragraph, Kids: str("Burn low.")}, {Kind: article.Attribution, Kids: str(by)}}}
	}
	for by, want := range map[string]string{"—Charles Darwin": `class="attribution dashed"`, " – A keeper": `class="attribution dashed"`, "A keeper": `class="attribution"`, "": `class="attribution"`} {
		if got := drawn(t, quote(by)); !strings.Contains(got, want) {
			t.Errorf("%q: no %s in %s", by, want, got)
		}
	}
}

// TestTermsWithoutMeaningAreValid: dl holds groups of terms and meanings.
func TestTermsWithoutMeaningAreValid(t *testing.T) {
	term, meaning := article.Node{Kind: article.Term, Kids: str("oil")}, article.Node{Kind: article.Definition, Kids: str("it burns")}
	for want, kids := range map[string][]article.Node{
		"<dl><dt>oil</dt><dd></dd></dl>":                              {term},
		"<dl><dt>oil</dt><dd>it burns</dd><dt>oil</dt><dd></dd></dl>": {term, meaning, term},
		"<dl><dt></dt><dd>it burns</dd></dl>":                         {meaning},
		"<dl><dt>oil</dt><dt>oil</dt><dd>it burns</dd></dl>":          {term, term, meaning},
	} {
		if got := drawn(t, article.Node{Kind: article.Definitions, Kids: kids}); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// TestOnlyNamedTablesAreLandmarks: landmarks that are all called "Table" lead
// nowhere.
func TestOnlyNamedTablesAreLandmarks(t *testing.T) {
	grid := article.Node{Kind: article.Table, Kids: []article.Node{{Kind: article.Row, Kids: []article.Node{{Kind: article.Cell, Kids: str("1")}}}}}
	if got := drawn(t, grid); !strings.Contains(got, `role="group" tabindex="0"`) || strings.Contains(got, `role="region"`) {
		t.Error(got)
	}
	if got := drawn(t, article.Node{Kind: article.TableWrap, Label: "Table 1", Kids: []article.Node{grid}}); !strings.Contains(got, `role="region" tabindex="0" aria-label="Table 1"`) {
		t.Error(got)
	}
}

// TestBlankCellsHeadNothing: a header without words is noise to those who hear
// the table (WCAG 2.2, H51).
func TestBlankCellsHeadNothing(t *testing.T) {
	head := func(kids ...article.Node) article.Node {
		return article.Node{Kind: article.Table, Kids: []article.Node{{Kind: article.Row, Role: "head", Kids: []article.Node{{Kind: article.Cell, Kids: kids}}}}}
	}
	for _, kids := range [][]article.Node{nil, str("\u00a0"), {{Kind: article.Bold, Kids: str(" ")}}} {
		if got := drawn(t, head(kids...)); !strings.Contains(got, "<thead><tr><td>") {
			t.Errorf("%+v: %s", kids, got)
		}
	}
	for _, kids := range [][]article.Node{str("x"), {{Kind: article.InlineImage, Target: "x.png"}}, {{Kind: article.Bold, Kids: str("n")}}} {
		if got := drawn(t, head(kids...)); !strings.Contains(got, "<th ") {
			t.Errorf("%+v: %s", kids, got)
		}
	}
}

// TestNoteBehindItsReferenceHasOneMark: PeerJ marks the place and puts the note
// right there.
func TestNoteBehindItsReferenceHasOneMark(t *testing.T) {
	note := article.Node{Kind: article.Footnote, ID: "f", Label: "1", Kids: []article.Node{{Kind: article.Paragraph, Kids: str("Said once.")}}}
	cross := article.Node{Kind: article.Cross, Target: "f", Kids: []article.Node{{Kind: article.Sup, Kids: str("1")}}}
	for _, c := range []struct {
		name  string
		kids  []article.Node
		marks int
	}{
		{"behind", []article.Node{cross, article.Str(" "), note, article.Str("and on")}, 1},
		{"further on", []article.Node{cross, article.Str(" and "), note}, 2},
		{"alone", []article.Node{note}, 1},
	} {
		page, err := Document(&article.Document{Lang: "en", Body: []article.Node{{Kind: article.Paragraph, Kids: c.kids}}}, Options{Lang: "en", HeadingLevel: 2})
		if err != nil {
			t.Fatal(err)
		}
		all := string(page.Body + page.Notes)
		sound(t, all)
		if got := strings.Count(all, `class="note"`); got != c.marks {
			t.Errorf("%s: %d marks in %s", c.name, got, all)
		}
		if got := strings.Count(all, "Said once."); got != 1 {
			t.Errorf("%s: the note stands there %d times", c.name, got)
		}
		if !strings.Contains(all, `class="back"`) {
			t.Errorf("%s: no way back", c.name)
		}
	}
}
