package demo

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"offprint/internal/article"
	"offprint/internal/format/jats"
	"offprint/internal/journal"
	"offprint/internal/pid"
)

// edition is the demonstration as the reader of JATS understands it, by the
// names of its files.
func edition(t *testing.T) ([]string, map[string]*journal.Reading) {
	t.Helper()
	articles, err := Articles()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	read := map[string]*journal.Reading{}
	for _, a := range articles {
		r, err := jats.Decode(a.Bytes)
		if err != nil {
			t.Fatalf("%s: %v", a.Name, err)
		}
		names = append(names, a.Name)
		read[a.Name] = r
	}
	return names, read
}

// trees are the document trees and the marked-up texts of a reading.
func trees(r *journal.Reading) [][]article.Node {
	var out [][]article.Node
	for _, d := range r.Documents {
		out = append(out, d.Body, d.Back, d.Notes)
	}
	for _, texts := range [][]journal.Text{r.Article.Titles, r.Article.Subtitles} {
		for _, x := range texts {
			out = append(out, x.Nodes())
		}
	}
	for _, a := range r.Article.Abstracts {
		out = append(out, a.Nodes())
	}
	for _, ref := range r.Article.References {
		out = append(out, ref.Printed.Nodes())
	}
	return out
}

func walk(r *journal.Reading, f func(*article.Node)) {
	for _, tree := range trees(r) {
		article.Walk(tree, func(n *article.Node) bool { f(n); return true })
	}
}

func TestReaderUnderstandsEveryElement(t *testing.T) {
	names, read := edition(t)
	if len(names) != 8 {
		t.Fatalf("%d articles, want 8", len(names))
	}
	for _, name := range names {
		for _, l := range read[name].Losses {
			t.Errorf("%s: %s: %s (%s)", name, l.Where, l.What, l.Why)
		}
	}
}

func TestArticlesStandInTwoIssuesInTheirOrder(t *testing.T) {
	names, read := edition(t)
	var places []string
	for _, name := range names {
		a := read[name].Article
		places = append(places, a.Issue.Volume+"."+a.Issue.Number+" "+a.Pages.String())
		if a.Issue.Year != 2026 || a.Published.Year() != 2026 {
			t.Errorf("%s: issue of %d, published %s", name, a.Issue.Year, a.Published)
		}
	}
	want := []string{"1.1 1–3", "1.1 4–15", "1.1 16–23", "1.1 e24", "1.2 1–9", "1.2 10–23", "1.2 24–39", "1.2 40"}
	if !slices.Equal(places, want) {
		t.Errorf("places are %q, want %q", places, want)
	}
}

func TestIdentifiersAreRightAndLeadNowhere(t *testing.T) {
	j := Journal()
	names, read := edition(t)
	for _, issn := range []string{j.ISSNPrint, j.ISSNOnline} {
		if got, ok := pid.ISSN(issn); !ok || got != issn {
			t.Errorf("ISSN %q is not right", issn)
		}
	}
	people := map[string]string{}
	dois := map[string]bool{}
	for _, name := range names {
		r := read[name]
		if r.Journal.ISSNPrint != j.ISSNPrint || r.Journal.ISSNOnline != j.ISSNOnline || r.Journal.Titles[0].Plain != j.Titles[0].Plain {
			t.Errorf("%s names another journal: %+v", name, r.Journal)
		}
		if doi := r.Article.DOI; doi != "" {
			if got, ok := pid.DOI(doi); !ok || got != doi || !strings.HasPrefix(doi, "10.5555/") || dois[doi] {
				t.Errorf("%s: DOI %q is not one of its own under 10.5555", name, doi)
			}
			dois[doi] = true
		}
		for _, ref := range r.Article.References {
			if ref.DOI != "" {
				t.Errorf("%s: reference %d has a DOI", name, ref.Number)
			}
		}
		for _, c := range r.Article.Contributors {
			if c.ORCID == "" {
				continue
			}
			if got, ok := pid.ORCID(c.ORCID); !ok || got != c.ORCID || !strings.HasPrefix(c.ORCID, "0000-0000-5555-") {
				t.Errorf("%s: ORCID iD %q is not right or stands in a range that is given out", name, c.ORCID)
			}
			if who := people[c.ORCID]; who != "" && who != c.Names[0].Literal {
				t.Errorf("%s is the iD of %s and of %s", c.ORCID, who, c.Names[0].Literal)
			}
			people[c.ORCID] = c.Names[0].Literal
		}
	}
	if len(dois) != len(names)-1 {
		t.Errorf("%d of %d articles have a DOI, want all but one", len(dois), len(names))
	}
}

func TestTogetherTheArticlesUseWhatARecordCanHold(t *testing.T) {
	names, read := edition(t)
	has := map[string]bool{}
	for _, name := range names {
		r := read[name]
		a := r.Article
		has["type "+a.Type] = true
		has["language "+a.Language] = true
		has["no references in the editorial"] = has["no references in the editorial"] || a.Type == "editorial" && len(a.References) == 0
		has["text in two languages"] = has["text in two languages"] || len(r.Documents) == 2 && r.Documents[0].Lang != r.Documents[1].Lang
		has["article number"] = has["article number"] || a.Pages.Article != ""
		has["funding"] = has["funding"] || len(a.Funding) > 0 && len(a.FundingStatement) > 0
		has["received and accepted"] = has["received and accepted"] || len(a.History) == 2
		has["licence"] = has["licence"] || a.Licence != nil && a.Licence.SPDX == "CC-BY-4.0"
		has["subtitle"] = has["subtitle"] || len(a.Subtitles) > 0
		has["several affiliations"] = has["several affiliations"] || len(a.Affiliations) > 2 && len(a.Contributors) > 2
		for _, c := range a.Contributors {
			has["collective"] = has["collective"] || c.Collective
			has["corresponding"] = has["corresponding"] || c.Corresponding
			has["name in two scripts"] = has["name in two scripts"] || len(c.Names) > 1
		}
		for _, ref := range a.References {
			has["keyed reference"] = has["keyed reference"] || ref.Key == "TRA 1871a"
			has["numbered reference"] = has["numbered reference"] || ref.Key == "" && ref.Label != ""
			has["translated title"] = has["translated title"] || ref.TitleTranslated != "" && ref.LanguageNote == "In Russian"
			has["link in a reference"] = has["link in a reference"] || ref.URL != ""
		}
		walk(r, func(n *article.Node) {
			has["kind "+string(n.Kind)] = true
			has["role "+n.Role] = has["role "+n.Role] || n.Role != ""
			has["spanned columns"] = has["spanned columns"] || n.Cols > 1
			has["spanned rows"] = has["spanned rows"] || n.Rows > 1
			has["alternative text"] = has["alternative text"] || n.Kind == article.Image && n.Alt != ""
		})
	}
	want := []string{"type editorial", "type research-article", "type brief-report", "type correction", "language en", "language ru",
		"language ja", "language es", "no references in the editorial", "text in two languages", "article number", "funding",
		"received and accepted", "licence", "subtitle", "several affiliations", "collective", "corresponding", "name in two scripts",
		"keyed reference", "numbered reference", "translated title", "link in a reference", "spanned columns", "spanned rows",
		"alternative text", "role data-availability", "role order", "role bullet", "role foot", "role bibr", "role fn", "role fond", "role opis", "role delo"}
	for _, k := range []article.Kind{article.Italic, article.Monospace, article.Sup, article.Cross, article.Foreign, article.InlineMath,
		article.Footnote, article.Ruby, article.Section, article.Title, article.List, article.Item, article.Definitions, article.BlockQuote,
		article.Attribution, article.Verse, article.Line, article.Code, article.Box, article.Figure, article.Caption, article.Image,
		article.TableWrap, article.Table, article.Math, article.Acknowledged, article.NoteList, article.Link} {
		want = append(want, "kind "+string(k))
	}
	for _, w := range want {
		if !has[w] {
			t.Errorf("no article has: %s", w)
		}
	}
}

func TestCorrectionAndCorrectedArticleNameEachOther(t *testing.T) {
	names, read := edition(t)
	var corrections int
	for _, name := range names {
		a := read[name].Article
		if a.Type != "correction" {
			continue
		}
		corrections++
		for _, other := range names {
			b := read[other].Article
			if b.DOI != a.Related[0].DOI {
				continue
			}
			if a.Related[0].Relation != "corrected-article" || len(b.Related) != 1 || b.Related[0].Relation != "correction-forward" || b.Related[0].DOI != a.DOI {
				t.Errorf("%s says %+v, %s says %+v", name, a.Related, other, b.Related)
			}
			if a.Issue.Number == b.Issue.Number {
				t.Error("the correction stands in the issue of what it corrects")
			}
			return
		}
	}
	t.Errorf("%d corrections, none of an article that is here", corrections)
}

func TestCrossReferencesAndFiguresLeadSomewhere(t *testing.T) {
	names, read := edition(t)
	figures, err := Figures()
	if err != nil {
		t.Fatal(err)
	}
	unused := map[string]bool{}
	for _, f := range figures {
		unused[f.Name] = true
	}
	for _, name := range names {
		r := read[name]
		ids := map[string]bool{}
		for _, ref := range r.Article.References {
			ids[ref.ID] = true
		}
		walk(r, func(n *article.Node) { ids[n.ID] = true })
		walk(r, func(n *article.Node) {
			switch n.Kind {
			case article.Cross:
				if n.Target == "" || !ids[n.Target] {
					t.Errorf("%s: a cross-reference leads to %q, which is not there", name, n.Target)
				}
			case article.Image:
				if !slices.ContainsFunc(figures, func(f File) bool { return f.Name == n.Target }) {
					t.Errorf("%s: there is no figure %q", name, n.Target)
				}
				delete(unused, n.Target)
			}
		})
	}
	for name := range unused {
		t.Errorf("no article shows %s", name)
	}
}

func TestFiguresHoldNothingActive(t *testing.T) {
	figures, err := Figures()
	if err != nil {
		t.Fatal(err)
	}
	active := regexp.MustCompile(`(?i)<script|<foreignObject|<style|<image|\bon[a-z]+\s*=|href|url\(|<!`)
	for _, f := range figures {
		s := strings.ReplaceAll(string(f.Bytes), "<!--", "")
		if m := active.FindString(s); m != "" {
			t.Errorf("%s holds %q", f.Name, m)
		}
		if len(f.Bytes) > 4<<10 || !strings.Contains(s, "<title>") {
			t.Errorf("%s has %d bytes, or no title", f.Name, len(f.Bytes))
		}
	}
}

func TestArticlesAreValidJATS(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	schemas := filepath.Join(root, "..", "shared", "schemas")
	schema := filepath.Join(schemas, "jats", "JATS-journalpublishing1-3-mathml3.xsd")
	if _, err := os.Stat(schema); err != nil {
		t.Skip("the official schemas are not here: ../shared/schemas beside the repository")
	}
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Fatal("validity is checked with xmllint, which is not installed: apt-get install libxml2-utils, or scripts/install-test-tools")
	}
	files, err := filepath.Glob("articles/*.xml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no articles: %v", err)
	}
	check := exec.Command("xmllint", append([]string{"--nonet", "--noout", "--schema", schema}, files...)...)
	check.Env = append(os.Environ(), "XML_CATALOG_FILES="+filepath.Join(schemas, "catalog.xml"))
	if out, err := check.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
