package crossref

import (
	"strconv"
	"strings"

	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Record is the journal element of an article, nil where Crossref would not take it.
func Record(p *journal.Publication, address string) *xmltree.Element {
	if Lacks(p, address).Grave() {
		return nil
	}
	return xmltree.New("journal", journalMetadata(p), journalIssue(p), journalArticle(p, address))
}

func journalMetadata(p *journal.Publication) *xmltree.Element {
	j := &p.Journal
	e := xmltree.New("journal_metadata").Set("language", language(j.Language()))
	seen := map[string]bool{}
	for _, t := range j.Titles {
		title := script.Cut(script.Line(t.Plain), 255)
		if title != "" && !seen[title] && len(seen) < 10 {
			seen[title] = true
			e.Add(xmltree.Say("full_title", title))
		}
	}
	e.Add(xmltree.Say("abbrev_title", script.Cut(script.Line(j.Abbrev), 150)))
	e.Add(xmltree.Say("issn", printISSN(p)).Set("media_type", "print"), xmltree.Say("issn", onlineISSN(p)).Set("media_type", "electronic"))
	return e.Add(archives(j))
}

// archiveNames are the archives that the schema lists.
var archiveNames = []string{"ADS", "BL", "Cariniana Network", "CLOCKSS", "DWT", "HathiTrust", "Internet Archive", "KB", "LOCKSS", "LOC", "NAA", "NARA", "NDPP", "NSK",
	"PKP PN", "Portico", "PSNC", "Scholars Portal", "TNA"}

func archives(j *journal.Journal) *xmltree.Element {
	e := xmltree.New("archive_locations")
	for _, own := range j.Registered().Archives {
		for _, name := range archiveNames {
			if strings.EqualFold(strings.TrimSpace(own), name) {
				e.Add(xmltree.New("archive").Set("name", name))
			}
		}
	}
	if e.Empty() {
		return nil
	}
	return e
}

func journalIssue(p *journal.Publication) *xmltree.Element {
	is := p.Place()
	if is == nil || is.Volume == "" && is.Number == "" {
		return nil
	}
	when, medium := is.Published.Valid(), "online"
	if y := when.Year(); y < 1400 || y > 2200 || is.Year != 0 && y != is.Year {
		if when = journal.YearDate(is.Year); is.Year < 1400 || is.Year > 2200 {
			when = published(p)
		}
	}
	if p.Journal.ISSNOnline == "" && p.Journal.ISSNPrint != "" {
		medium = "print"
	}
	e := xmltree.New("journal_issue")
	if len(is.Titles) > 0 {
		e.Add(xmltree.Group("titles", face.Line("title", is.Titles[0])))
	}
	e.Add(date("publication_date", when).Set("media_type", medium))
	if volume := script.Cut(script.Line(is.Volume), 32); volume != "" {
		e.Add(xmltree.New("journal_volume", xmltree.Say("volume", volume)))
	}
	return e.Add(xmltree.Say("issue", script.Cut(script.Line(is.Number), 32)))
}

// date writes a date as exact as it is known, nil for none.
func date(name string, d journal.Date) *xmltree.Element {
	y, m, day := d.Parts()
	if y < 1400 || y > 2200 {
		return nil
	}
	e := xmltree.New(name)
	if m > 0 {
		e.Add(xmltree.Say("month", two(m)))
	}
	if day > 0 {
		e.Add(xmltree.Say("day", two(day)))
	}
	return e.Add(xmltree.Say("year", strconv.Itoa(y)))
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

func journalArticle(p *journal.Publication, address string) *xmltree.Element {
	rec := &p.Record
	e := xmltree.New("journal_article").Set("publication_type", "full_text").Set("language", language(rec.Language))
	e.Add(titles(p)...).Add(contributors(p)).Add(abstracts(rec)...)
	online, print := p.Released()
	e.Add(date("publication_date", online).Set("media_type", "online"), date("publication_date", print).Set("media_type", "print"))
	e.Add(date("acceptance_date", rec.On("accepted")).Set("media_type", "online"))
	e.Add(pages(rec.Pages), publisherItem(rec))
	if mark := crossmark(p); mark != nil {
		e.Add(mark)
	} else {
		e.Add(funding(rec), access(p))
	}
	e.Add(relations(rec), versionInfo(p))
	return e.Add(doiData(p, address), citationList(rec.References))
}

// titles are the titles in all languages, the original first, each with its subtitle.
func titles(p *journal.Publication) []*xmltree.Element {
	var out []*xmltree.Element
	for _, t := range p.Record.Titles {
		title := face.Line("title", p.Titled(t))
		if title == nil || len(out) == 20 {
			continue
		}
		out = append(out, xmltree.New("titles", title, face.Line("subtitle", p.Record.SubtitleIn(t.Lang))))
	}
	return out
}

// abstracts are the abstracts in all languages, in the part of JATS that Crossref
// takes (JATS 1.3d2 by its schema).
func abstracts(rec *journal.Article) []*xmltree.Element {
	var out []*xmltree.Element
	for i := range rec.Abstracts {
		a := &rec.Abstracts[i]
		e := xmltree.New("jats:abstract").Set("abstract-type", script.Line(a.Role)).Set("xml:lang", language(a.Lang))
		// A heading inside an abstract stands before a paragraph in a section of its own.
		in := e
		for _, k := range jats.Paragraphs(a.Text, "jats:title", "jats:p") {
			if k.Name() == "jats:title" {
				in = xmltree.New("jats:sec")
				e.Add(in)
			}
			in.Add(k)
		}
		if !e.Empty() {
			out = append(out, e)
		}
	}
	return out
}

func pages(p journal.Pages) *xmltree.Element {
	first := script.Line(p.First)
	if first == "" || len([]rune(first)) > 32 {
		return nil
	}
	last := script.Line(p.Last)
	if len([]rune(last)) > 32 || last == first {
		last = ""
	}
	return xmltree.New("pages", xmltree.Say("first_page", first), xmltree.Say("last_page", last))
}

// publisherItem are the article number and the identifiers that Crossref keeps.
func publisherItem(rec *journal.Article) *xmltree.Element {
	e := xmltree.New("publisher_item")
	if n := script.Line(rec.Pages.Article); n != "" && len([]rune(n)) <= 32 {
		e.Add(xmltree.Say("item_number", n).Set("item_number_type", "article_number"))
	}
	identifiers := 0
	for _, id := range rec.IDs {
		kind, value := strings.ToLower(id.Kind), script.Line(id.Value)
		switch kind {
		case "pii", "sici", "pmid":
		case "edn", "pmcid", "pmc", "publisher-id":
			kind = "other"
		default:
			continue
		}
		if value == "" || len([]rune(value)) > 255 || identifiers == 10 {
			continue
		}
		identifiers++
		e.Add(xmltree.Say("identifier", value).Set("id_type", kind))
	}
	if e.Empty() {
		return nil
	}
	return e
}

// versionInfo is the number of the version. The schema takes a description of it, too,
// but the reason that a version has is mostly the installation's own word ("imported
// again"), which says nothing of the article.
func versionInfo(p *journal.Publication) *xmltree.Element {
	if p.Version < 2 {
		return nil
	}
	return xmltree.New("version_info", xmltree.Say("version", strconv.Itoa(p.Version)))
}

// doiData is the DOI with the addresses of the page, of the files for readers, for
// text mining and for the check of similarity.
func doiData(p *journal.Publication, address string) *xmltree.Element {
	doi, _ := pid.DOI(p.Record.DOI)
	e := xmltree.New("doi_data", xmltree.Say("doi", doi), resource(address, "text/html", "vor"))
	at := journal.Address(address)
	var pdf *xmltree.Element
	var whole []*xmltree.Element
	for _, f := range p.Record.Galleys() {
		if r := resource(at.File(f), media[f.Media], "vor"); r != nil {
			whole = append(whole, xmltree.New("item", r))
			if pdf == nil && f.Media == "application/pdf" {
				pdf = r
			}
		}
	}
	if pdf == nil {
		pdf = resource(address, "text/html", "vor")
	}
	e.Add(xmltree.New("collection", xmltree.New("item", pdf).Set("crawler", "similarity-check")).Set("property", "crawler-based"))
	mining := append([]*xmltree.Element{xmltree.New("item", resource(at.Form("xml"), "application/xml", "vor"))}, whole...)
	return e.Add(xmltree.New("collection", mining...).Set("property", "text-mining"),
		xmltree.Group("collection", whole...).Set("property", "unspecified"))
}

// media are the media types of whole articles by the names of the schema's list.
var media = map[string]string{"application/pdf": "application/pdf", "text/html": "text/html", "application/epub+zip": "application/epub+zip",
	"application/xml": "application/xml", "text/xml": "text/xml", "text/plain": "text/plain"}

func resource(address, media, version string) *xmltree.Element {
	address = xmltree.Address(script.Line(address))
	scheme, _, ok := strings.Cut(strings.ToLower(address), "://")
	if !ok || scheme != "http" && scheme != "https" && scheme != "ftp" || len(address) > 2048 {
		return nil
	}
	return xmltree.Say("resource", address).Set("content_version", version).Set("mime_type", media)
}
