package jats

import (
	"strings"
	"testing"

	"offprint/internal/article"
)

// fronted is a small article with these contributors and affiliations, and this
// back matter.
func fronted(front, back string) []byte {
	return []byte(`<article xml:lang="en"><front><article-meta><title-group><article-title>T</article-title></title-group>` + front + `</article-meta></front><body><p>x</p></body><back>` + back + `</back></article>`)
}

// TestNotesAboutSomeAuthorsNameThem: eLife's notes on contributions say what was
// done, and only the marks beside the names say by whom.
func TestNotesAboutSomeAuthorsNameThem(t *testing.T) {
	contrib := func(surname, given string, notes ...string) string {
		s := `<contrib contrib-type="author"><name><surname>` + surname + `</surname><given-names>` + given + `</given-names></name>`
		for _, id := range notes {
			s += `<xref ref-type="fn" rid="` + id + `"/>`
		}
		return s + `</contrib>`
	}
	source := fronted(`<contrib-group>`+contrib("Wick", "Ada", "con1", "conf1", "conf2", "con3")+contrib("Hill", "Ben", "con2", "conf1", "conf2")+contrib("Oil", "Cy", "con2", "conf1", "con4")+`</contrib-group>`,
		`<sec><title>Additional information</title><fn-group><title>Contributions</title>
<fn fn-type="con" id="con1"><p>Data curation</p></fn><fn fn-type="con" id="con2"><p>Writing</p></fn><fn fn-type="con" id="con3"><p>AW, Design</p></fn>
<fn fn-type="con" id="con4"><label>*</label><p>Software</p></fn><fn fn-type="conflict" id="conf1"><p>None declared</p></fn><fn fn-type="COI-statement" id="conf2"><p>Own lamps</p></fn>
<fn fn-type="con" id="con5"><p>Nobody's</p></fn></fn-group></sec>`)
	r, err := Decode(source)
	if err != nil {
		t.Fatal(err)
	}
	labels := map[string]string{}
	var walk func([]article.Node)
	walk = func(nodes []article.Node) {
		for i := range nodes {
			if nodes[i].Kind == article.Footnote {
				labels[nodes[i].ID] = nodes[i].Label
			}
			walk(nodes[i].Kids)
		}
	}
	walk(r.Documents[0].Back)
	for id, want := range map[string]string{"con1": "Ada Wick:", "con2": "Ben Hill, Cy Oil:", "con3": "", "con4": "*", "conf1": "", "conf2": "Ada Wick, Ben Hill:", "con5": ""} {
		if got, ok := labels[id]; !ok || got != want {
			t.Errorf("%s is labelled %q (%v), want %q", id, got, ok, want)
		}
	}
}

func TestPartsOfAnAffiliationAreDivided(t *testing.T) {
	for source, want := range map[string]string{
		`<institution>Oil Board</institution><addr-line><city>Northhaven</city><state>NH</state></addr-line><country>Lampland</country>`:                              "Oil Board | Northhaven, NH",
		`<institution>Oil Board</institution><addr-line><named-content content-type="city">Northhaven</named-content>, <named-content>NH</named-content></addr-line>`: "Oil Board | Northhaven, NH",
		"\n <addr-line>Northhaven</addr-line>, <country>Lampland</country>":                                                                                           "Northhaven | ",
		`<institution content-type="orgname">Oil Board</institution><institution content-type="orgdiv1">(OB)</institution>`:                                           "Oil Board (OB) | ",
		`<institution content-type="orgname">Oil Board</institution><institution content-type="orgdiv1">Wicks</institution>`:                                          "Oil Board, Wicks | ",
	} {
		r, err := Decode(fronted(`<aff id="a">`+source+`</aff>`, ""))
		if err != nil {
			t.Fatal(err)
		}
		a := r.Article.Affiliations[0]
		if got := strings.Join([]string{a.Names[0].Plain, a.City}, " | "); got != want {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
}

func TestKeysOfReferencesKeepTheirBrackets(t *testing.T) {
	for label, want := range map[string]string{"Brown (2015)": "Brown (2015)", "[Bro15]": "Bro15", "(Brown, 2015).": "Brown, 2015", "[12]": "", "FRUS 1951a": "FRUS 1951a", "1.": "", "Hill [1902]:": "Hill [1902]"} {
		if got := key(label); got != want {
			t.Errorf("%q: %q, want %q", label, got, want)
		}
	}
}

func TestCitationInFieldsOnlyIsPrintedInTheOrderOfACitation(t *testing.T) {
	for source, want := range map[string]string{
		`<year>2017</year><pub-id pub-id-type="doi">10.1234/lamps</pub-id><person-group><name><surname>Ogawa</surname><given-names>R</given-names></name></person-group><source>Night</source><article-title>Lamps</article-title>`:      "Ogawa R. Lamps. Night, 2017. https://doi.org/10.1234/lamps",
		`<fpage>11</fpage><lpage>14</lpage><volume>20</volume><year>1998</year><person-group><name><surname>Ogawa</surname><given-names>R</given-names></name></person-group><source>Night</source><article-title>Lamps</article-title>`: "Ogawa R. Lamps. Night, 20:11–14. 1998.",
		`<collab>Lamplighters</collab><source>Night</source><pub-id pub-id-type="doi">10.1234/night</pub-id><fpage>11</fpage><lpage>14</lpage><volume>20</volume><issue>2</issue>`:                                                       "Lamplighters. Night, 20(2):11–14. https://doi.org/10.1234/night",
		`<person-group><name><surname>Ogawa</surname><given-names>R</given-names></name></person-group><year>2017</year><article-title>Lamps</article-title><source>Night</source>`:                                                      "Ogawa R. 2017. Lamps. Night.",
	} {
		r, err := Decode(fronted("", `<ref-list><ref id="r1"><element-citation>`+source+`</element-citation></ref></ref-list>`))
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Article.References[0].Printed.Plain; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestNoGapStandsAfterABracketBeforeALink(t *testing.T) {
	r, err := Decode([]byte("<article><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front><body><p>As shown (<xref ref-type=\"fig\" rid=\"f\">\n\tFig. 2</xref>), it rose.</p></body></article>"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := article.Plain(r.Documents[0].Body), "As shown (Fig. 2), it rose."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestLicenceHasNoGapsAroundMarkup(t *testing.T) {
	r, err := Decode(fronted("<permissions><license><license-p>\nPublished in open access (\n<italic>Open Access</italic>\n) under the licence\n<italic>Attribution</italic>\n, as it stands.\n</license-p></license></permissions>", ""))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := r.Article.Licence.Text, "Published in open access (Open Access) under the licence Attribution, as it stands."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
