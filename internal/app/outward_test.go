package app

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"offprint/internal/config"
	"offprint/internal/deposit"
	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/store"
)

const outwardArticle = `<article article-type="research-article" xml:lang="en"><front><article-meta>
<article-id pub-id-type="doi">10.5555/outward.1</article-id><title-group><article-title>Harbours</article-title></title-group><pub-date><year>2022</year></pub-date></article-meta></front>
<back><ref-list>
<ref id="b1"><mixed-citation>Marlow E. Tides of the northern harbours. Journal of Harbour Studies. 1998;12(3):101-119.</mixed-citation></ref>
<ref id="b2"><mixed-citation>Kuiper J. A page. https://web.archive.org/web/2020/http://example.org/page.</mixed-citation></ref>
<ref id="b3"><mixed-citation>Letter of 12 May 1951. National Archive (invented). Fond 12. Opis 3. Delo 11. L. 4.</mixed-citation></ref>
</ref-list></back></article>`

// crossrefOf answers as Crossref does, of one work that was retracted.
func crossrefOf(t *testing.T) (address string, asked *[]string) {
	t.Helper()
	asked = &[]string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r.URL.Path+" "+r.URL.Query().Get("query.bibliographic"))
		switch r.URL.Path {
		case "/works":
			fmt.Fprint(w, `{"status":"ok","message-type":"work-list","message":{"total-results":1,"items":[{"DOI":"10.5555/Tides.1","type":"journal-article","title":["Tides of the Northern Harbours"],
"container-title":["Journal of Harbour Studies"],"author":[{"given":"Edith","family":"Marlow","sequence":"first"}],"issued":{"date-parts":[[1998,4]]},"volume":"12","issue":"3","page":"101-119"}]}}`)
		case "/works/10.5555/tides.1":
			fmt.Fprint(w, `{"status":"ok","message-type":"work","message":{"DOI":"10.5555/tides.1","updated-by":[{"DOI":"10.5555/notice","type":"retraction","label":"Retraction","source":"publisher","updated":{"date-parts":[[2021,7,1]]}}]}}`)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL, asked
}

func TestDOIOfAReferenceIsAnEditorsWord(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "k", ISSNOnline: "2049-3630", Titles: []journal.Text{journal.T("en", "Keys")}, Languages: []string{"en", "ru"}})
	one := in.take("k", fstest.MapFS{"1.xml": {Data: []byte(outwardArticle)}})[0].Path
	address, asked := crossrefOf(t)
	ctx := t.Context()
	r := Registry{Outward: config.Outward{Mailto: "editor@example.org"}, Address: address}
	off := r
	off.Offline = true
	if err := in.MatchReferences(ctx, off, Matching{Journal: "k"}, nil); !errors.Is(err, errs.Unavailable) || len(*asked) > 0 {
		t.Fatalf("offline: %v, asked %q", err, *asked)
	}
	var list []Proposal
	keep := func(p Proposal) error { list = append(list, p); return nil }
	if err := in.MatchReferences(ctx, r, Matching{Journal: "k"}, keep); err != nil {
		t.Fatal(err)
	}
	// The letter in an archive is not asked for, and what is far is not proposed.
	if len(*asked) != 2 || len(list) != 2 || list[0].DOI != "10.5555/tides.1" || list[0].Confidence < 0.95 || list[0].State != store.MatchProposed || list[1].State != store.MatchNone {
		t.Fatalf("%+v, asked %q", list, *asked)
	}
	if list[0].Path != one+"#ref-1" {
		t.Errorf("it stands at %s", list[0].Path)
	}
	if err := in.MatchReferences(ctx, r, Matching{Journal: "k", Above: 0.9}, keep); err != nil || len(*asked) != 2 {
		t.Errorf("asked twice: %q %v", *asked, err)
	}
	if strings.Contains(in.page(one).Doc.Find("#ref-1").Text(), "tides.1") {
		t.Error("a proposal is shown")
	}
	in.settle()
	before := in.harvest("/oai", "verb", "ListIdentifiers", "metadataPrefix", "oai_dc").Identifiers.List
	if len(before) != 1 {
		t.Fatalf("harvested %+v", before)
	}
	id := before[0].Identifier
	if n, err := in.Decide(ctx, nil, "k", 0.9, true); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	g := in.await(one, "doi:10.5555/tides.1")
	if link, _ := g.Doc.Find("#ref-1 a.outward").Attr("href"); link != "https://doi.org/10.5555/tides.1" {
		t.Errorf("leads to %q", link)
	}
	if link, _ := g.Doc.Find("#ref-2 a.outward").First().Attr("href"); !strings.HasPrefix(link, "https://web.archive.org/web/2020/http://example.org/page") || strings.HasSuffix(link, ".") {
		t.Errorf("the archived copy is at %q", link)
	}
	// Every form of the record has it, and harvesters get the article again.
	for _, ending := range []string{".xml", ".crossref.xml", ".jsonld"} {
		in.await(one+ending, "10.5555/tides.1")
	}
	for _, prefix := range []string{"jats", "crossref"} {
		if r := in.harvest("/oai", "verb", "GetRecord", "metadataPrefix", prefix, "identifier", id).Record; !strings.Contains(r.Metadata.XML, "10.5555/tides.1") {
			t.Errorf("%s lacks it:\n%s", prefix, r.Metadata.XML)
		}
	}
	in.settle()
	if stamp := in.harvest("/oai", "verb", "GetRecord", "metadataPrefix", "oai_dc", "identifier", id).Record.Header.Stamp; stamp <= before[0].Stamp {
		t.Errorf("harvesters are not told: %s after %s", stamp, before[0].Stamp)
	}
	// What is read of a printed reference without doubt stands in deposits, too.
	in.await(one+".crossref.xml", "<volume>12</volume>")
	// What has become of the work stands beside it, in the reader's language.
	var fates []Fate
	if err := in.CheckRetractions(ctx, r, "", time.Hour, func(f Fate) error { fates = append(fates, f); return nil }); err != nil || len(fates) != 1 || !fates[0].Known {
		t.Fatalf("%+v %v", fates, err)
	}
	g = in.await(one, "Retracted 2021")
	if link, _ := g.Doc.Find("#ref-1 .fate a").Attr("href"); link != "https://doi.org/10.5555/notice" {
		t.Errorf("the notice is at %q", link)
	}
	in.await("/k/ru"+strings.TrimPrefix(one, "/k"), "Отозвано 2021")
	questions := len(*asked)
	if err := in.CheckRetractions(ctx, r, "", time.Hour, func(Fate) error { return nil }); err != nil || len(*asked) != questions {
		t.Errorf("asked again at once: %v", err)
	}
	in.check()
	if n, err := in.Decide(ctx, []string{list[0].ID}, "", 0, false); err != nil || n != 1 {
		t.Error(n, err)
	}
}

func (in *installation) check() {
	in.t.Helper()
	if _, err := in.Check(in.t.Context(), func(f Finding) { in.t.Errorf("check: %+v", f) }); err != nil {
		in.t.Error(err)
	}
}

func TestAddressesAreReportedToEditorsOnly(t *testing.T) {
	in := serve(t)
	in.add(journal.Journal{Path: "k", Titles: []journal.Text{journal.T("en", "Keys")}, Languages: []string{"en"}})
	private := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a private address was asked") }))
	defer private.Close()
	text := strings.Replace(outwardArticle, "https://web.archive.org/web/2020/http://example.org/page.", private.URL+"/x", 1)
	in.take("k", fstest.MapFS{"1.xml": {Data: []byte(text)}})
	var told, report []LinkAnswer
	links := deposit.NewLinks("editor@example.org", time.Millisecond)
	for range 2 { // the second time nothing is due
		if err := in.CheckLinks(t.Context(), links, "", time.Hour, func(l LinkAnswer) error { told = append(told, l); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	if len(told) != 1 || told[0].State != deposit.LinkRefused {
		t.Fatalf("%+v", told)
	}
	if err := in.LinkReport(t.Context(), "k", false, func(l LinkAnswer) error { report = append(report, l); return nil }); err != nil || len(report) != 1 || report[0].Since == "" || !strings.HasSuffix(report[0].Path, "#ref-2") {
		t.Errorf("%+v %v", report, err)
	}
}
