package landing

import (
	"html"
	"slices"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/refparse"
	"offprint/internal/script"
)

// term is what a meta element says.
type term int

const (
	mNone term = iota
	mIgnored
	mTitle
	mSubtitle
	mAuthor
	mAuthors // several in one
	mInstitution
	mORCID
	mEmail
	mJournal
	mAbbrev
	mISSN
	mISSNPrint
	mISSNOnline
	mPublisher
	mVolume
	mIssue
	mFirst
	mLast
	mPages
	mElocation
	mDOI
	mIdentifier
	mDate
	mYear
	mReceived
	mAccepted
	mLanguage
	mKeywords
	mAbstract
	mPDF
	mGalley
	mAddress
	mReference
	mLicence
	mRights
	mType
	mSection
	mPMID
	mPMCID
	mUDC
	mSite
	mFunder
)

// vocabularies are the prefixes of meta elements, the most trusted first. What
// a trusted one says makes the others silent on that term.
var vocabularies = []string{"citation_", "bepress_citation_", "prism.", "dc.", "dcterms.", "eprints.", "ld:", "article:", "og:", "rel:"}

// terms maps the names of meta elements, without prefix, to what they say, by
// vocabulary: Highwire Press tags as Google Scholar documents them with the
// additions of OJS, Dublin Core, PRISM 2.1, Open Graph and schema.org.
var terms = map[string]map[string]term{
	"citation_": {
		"title": mTitle, "subtitle": mSubtitle, "author": mAuthor, "authors": mAuthors, "author_institution": mInstitution, "author_affiliation": mInstitution,
		"author_orcid": mORCID, "author_email": mEmail, "journal_title": mJournal, "journal_abbrev": mAbbrev, "journal_title_abbrev": mAbbrev, "issn": mISSN, "eissn": mISSNOnline, "pissn": mISSNPrint, "print_issn": mISSNPrint, "issn_print": mISSNPrint, "online_issn": mISSNOnline, "issn_online": mISSNOnline, "electronic_issn": mISSNOnline, "e_issn": mISSNOnline,
		"publisher": mPublisher, "volume": mVolume, "issue": mIssue, "firstpage": mFirst, "lastpage": mLast, "pages": mPages,
		"elocation_id": mElocation, "article_number": mElocation, "doi": mDOI, "publication_date": mDate, "online_date": mDate, "date": mDate, "cover_date": mDate,
		"year": mYear, "language": mLanguage, "keywords": mKeywords, "keyword": mKeywords, "abstract": mAbstract, "pdf_url": mPDF, "fulltext_html_url": mGalley,
		"xml_url": mGalley, "fulltext_url": mGalley, "full_html_url": mGalley, "epub_url": mGalley, "abstract_html_url": mAddress, "public_url": mAddress,
		"reference": mReference, "article_type": mType, "section": mSection, "pmid": mPMID, "pmcid": mPMCID, "udc": mUDC, "license": mLicence, "id": mIgnored,
		"springer_api_url": mIgnored, "fulltext_world_readable": mIgnored, "mjid": mIgnored, "access": mIgnored, "price": mIgnored, "inbook_title": mIgnored, "abstract_pdf_url": mGalley,
		"funding_source": mFunder, "submission_date": mReceived, "received_date": mReceived, "accepted_date": mAccepted, "acceptance_date": mAccepted, "publication_year": mYear,
	},
	"prism.": {
		"publicationname": mJournal, "issn": mISSNPrint, "eissn": mISSNOnline, "volume": mVolume, "number": mIssue, "issueidentifier": mIssue, "startingpage": mFirst, "endingpage": mLast,
		"pagerange": mPages, "doi": mDOI, "publicationdate": mDate, "coverdate": mDate, "section": mSection, "url": mAddress, "keyword": mKeywords, "copyright": mRights, "language": mLanguage,
		"datereceived": mReceived, "dateaccepted": mAccepted, "teaser": mIgnored, "rightsagent": mIgnored, "aggregationtype": mIgnored, "coverdisplaydate": mIgnored, "genre": mType,
	},
	"dc.": {
		"title": mTitle, "title.alternative": mTitle, "creator": mAuthor, "creator.personalname": mAuthor, "publisher": mPublisher,
		"identifier": mIdentifier, "identifier.doi": mDOI, "identifier.uri": mAddress, "identifier.pagenumber": mPages, "source": mJournal, "source.issn": mISSN, "source.volume": mVolume,
		"source.issue": mIssue, "source.uri": mIgnored, "date": mDate, "date.issued": mDate, "date.created": mIgnored, "date.modified": mIgnored, "date.available": mIgnored,
		"date.datesubmitted": mReceived, "date.dateaccepted": mAccepted, "language": mLanguage, "subject": mKeywords, "description": mAbstract, "description.abstract": mAbstract,
		"rights": mRights, "rights.uri": mLicence, "rights.license": mLicence, "type": mIgnored, "type.articletype": mSection, "format": mIgnored, "coverage": mIgnored, "contributor.sponsor": mFunder, "contributor": mIgnored, "relation": mIgnored,
	},
	"ld:": {
		"title": mTitle, "author": mAuthor, "institution": mInstitution, "orcid": mORCID, "email": mEmail, "journal": mJournal, "issn": mISSN, "publisher": mPublisher, "volume": mVolume, "issue": mIssue,
		"first": mFirst, "last": mLast, "pages": mPages, "doi": mDOI, "date": mDate, "language": mLanguage, "keywords": mKeywords, "abstract": mAbstract, "pdf": mPDF, "license": mLicence, "url": mAddress, "section": mSection, "reference": mReference,
	},
	"article:": {"published_time": mDate, "author": mIgnored, "section": mIgnored, "tag": mIgnored, "modified_time": mIgnored, "publisher": mIgnored},
	"og:":      {"title": mTitle, "url": mAddress, "site_name": mSite, "description": mIgnored, "type": mIgnored, "image": mIgnored, "locale": mIgnored},
	"rel:":     {"canonical": mAddress, "license": mLicence},
	"eprints.": {"title": mTitle, "creators_name": mAuthor, "creators_orcid": mORCID, "publication": mJournal, "volume": mVolume, "number": mIssue, "pagerange": mPages, "id_number": mIdentifier, "date": mDate, "abstract": mAbstract, "keywords": mKeywords, "issn": mISSN, "publisher": mPublisher, "document_url": mPDF, "type": mIgnored},
}

// siteMetas are prefixes of meta elements that say nothing of the article.
var siteMetas = []string{"og:", "twitter:", "fb:", "viewport", "generator", "robots", "googlebot", "description", "keywords", "author", "theme-color", "google-site", "yandex", "msvalidate",
	"csrf", "format-detection", "apple-", "mobile-", "referrer", "color-scheme", "content-type", "x-ua", "application-name", "msapplication", "gs_meta", "schema.", "copyright", "language", "title", "rating",
	"revisit", "distribution", "dcterms.", "dc.relation", "vs_", "image", "wt.", "journal_id", "access", "cmsmagazine", "wmail", "pinterest", "p:domain", "article:", "eprints."}

// lookupMeta finds what a meta element says and the rank of its vocabulary.
func lookupMeta(key string) (t term, rank int) {
	for i, prefix := range vocabularies {
		rest, found := strings.CutPrefix(key, prefix)
		if !found {
			continue
		}
		table := terms[prefix]
		switch prefix {
		case "bepress_citation_":
			table = terms["citation_"]
		case "dcterms.":
			table = terms["dc."]
			rest = strings.TrimPrefix(rest, "terms.")
		}
		return table[rest], i
	}
	return mNone, len(vocabularies)
}

// takeMetas reads the meta elements: for every term those of the most trusted
// vocabulary that has it. Titles, abstracts and keywords in further languages
// are taken from the others too.
func (p *page) takeMetas(metas []meta) {
	best := map[term]int{}
	for i := range metas {
		m := &metas[i]
		m.key = strings.Replace(m.key, ":", ".", boolInt(strings.HasPrefix(m.key, "prism:") || strings.HasPrefix(m.key, "dc:") || strings.HasPrefix(m.key, "dcterms:")))
		t, rank := lookupMeta(m.key)
		if t == mNone {
			p.unknownMeta(*m)
			continue
		}
		if have, ok := best[t]; !ok || rank < have {
			best[t] = rank
		}
	}
	if len(best) == 0 {
		return
	}
	if rankOf(best, mTitle) <= 1 {
		p.signs++ // citation_title is made for articles alone
	}
	authors := min(rankOf(best, mAuthor), rankOf(best, mAuthors))
	var others []journal.Name
	for _, m := range metas {
		t, rank := lookupMeta(m.key)
		m.value = strings.TrimSpace(html.UnescapeString(m.value)) // escaped twice by some platforms
		switch {
		case t == mNone || t == mIgnored || m.value == "":
		case t == mAuthor && rank > authors || t == mAuthors && rank > authors:
			if n, sure := parseName(m.value); sure != noName {
				others = append(others, n)
			}
		case rank > best[t] && !further(t) && !(t == mAddress || t == mLicence || t == mRights):
			p.compareMeta(t, m)
		default:
			p.takeMeta(t, m)
		}
	}
	p.furtherNames(others)
	p.pairNames()
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func rankOf(best map[term]int, t term) int {
	if r, ok := best[t]; ok {
		return r
	}
	return len(vocabularies)
}

// further: a term that may come again in another language.
func further(t term) bool {
	switch t {
	case mTitle, mAbstract, mKeywords, mJournal, mPublisher, mReceived, mAccepted, mISSNPrint, mISSNOnline:
		return true
	}
	return false
}

// unknownMeta reports a meta element of a scholarly vocabulary that is not
// known; those of the site are left out.
func (p *page) unknownMeta(m meta) {
	for _, prefix := range siteMetas {
		if strings.HasPrefix(m.key, prefix) {
			p.furnish++
			return
		}
	}
	p.loss("meta "+m.key, m.value, "a meta element that is not known")
}

// compareMeta notes a contradiction between two vocabularies.
func (p *page) compareMeta(t term, m meta) {
	where := "meta " + m.key
	switch t {
	case mDOI, mIdentifier:
		if doi, ok := pid.DOI(m.value); ok && p.r.Article.DOI != "" && !pid.SameDOI(doi, p.r.Article.DOI) {
			p.differ("doi", doi, p.r.Article.DOI, where)
		}
	case mVolume:
		p.setVolume(m.value, where)
	case mIssue:
		p.setNumber(m.value, where)
	case mPages:
		if pages, ok := parsePages(m.value); ok {
			p.setPages(pages, where)
		}
	case mDate:
		if d, ok := refparse.ParseDate(m.value); ok {
			p.setPublished(d)
		}
	}
}

// furtherNames adds the authors' names of another vocabulary that are in
// another script, when they are as many.
func (p *page) furtherNames(names []journal.Name) {
	people := p.r.Article.Contributors
	if len(people) == 0 || len(names) != len(people) {
		return
	}
	for i, n := range names {
		if script.Of(n.Literal) != script.Of(people[i].Names[0].Literal) {
			p.addName(i, n)
		}
	}
}

// takeMeta takes one statement.
func (p *page) takeMeta(t term, m meta) {
	where := "meta " + m.key
	switch t {
	case mTitle:
		p.metaTitle(m, where)
	case mSubtitle:
		p.r.Article.Subtitles = p.addText(p.r.Article.Subtitles, journal.T(m.lang, clean(m.value)))
	case mAbstract:
		p.addAbstract(firstOf(script.Language(m.value), m.lang), m.value, where)
	case mKeywords:
		p.addKeywords(firstOf(script.Language(m.value), m.lang), splitWords(m.value))
	case mJournal:
		p.addJournalTitle(m.lang, m.value)
	case mAbbrev:
		p.r.Journal.Abbrev = clean(m.value)
		p.took(m.value)
	case mSite:
		p.took(m.value)
	case mPublisher:
		p.r.Journal.Publisher = p.addText(p.r.Journal.Publisher, nameText(m.value))
		p.took(m.value)
	case mLanguage:
		p.metaLanguage(m, where)
	case mAddress:
		p.addOldAddress(m.value)
	case mPDF:
		p.addFile(m.value, "application/pdf")
	case mGalley:
		p.addFile(m.value, "")
	case mReference:
		p.metaReference(m.value, where)
	case mLicence:
		if strings.Contains(m.value, "creativecommons.org") {
			p.setLicence("", m.value, where)
		} else {
			p.setLicence(m.value, "", where)
		}
	case mRights:
		p.metaRights(m.value, where)
	case mType, mSection:
		if !p.typed(m.value) || t == mSection {
			p.r.Article.Section = p.addText(p.r.Article.Section, textOf(clean(m.value)))
			p.took(m.value)
		}
	case mAuthor, mAuthors, mInstitution, mORCID, mEmail:
		p.metaPerson(t, m, where)
	default:
		p.metaCode(t, m.value, where)
	}
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// metaTitle takes a title. What the words show counts more than the attribute,
// which platforms set to the language of the interface.
func (p *page) metaTitle(m meta, where string) {
	lang := script.Language(plainMarkup(m.value))
	if lang == "" {
		lang = m.lang
	}
	p.addTitle(lang, m.value, where)
}

// metaLanguage takes the language that tags declare for the text.
func (p *page) metaLanguage(m meta, where string) {
	lang := languageTag(m.value)
	switch {
	case lang == "":
		p.loss(where, m.value, "this is no code of a language")
	case p.declared == "":
		p.declared = lang
	case p.declared != lang:
		p.differ("language", lang, p.declared, where)
	}
}

func (p *page) metaRights(value, where string) {
	lower := strings.ToLower(value)
	switch {
	case strings.Contains(lower, "creativecommons.org") || strings.Contains(lower, "creative commons"):
		p.setLicence(value, "", where)
		if strings.HasPrefix(value, "http") {
			p.took(value)
		}
	case strings.HasPrefix(lower, "copyright") || strings.ContainsRune(value, '©'):
		p.r.Article.Copyright = clean(value)
		p.took(value)
	case strings.HasPrefix(lower, "http"):
		p.addLicence(&journal.Licence{URL: value}, where)
	default:
		p.addLicence(&journal.Licence{Text: clean(value)}, where)
	}
}

// metaPerson takes an author, or what belongs to the author before it.
func (p *page) metaPerson(t term, m meta, where string) {
	last := len(p.r.Article.Contributors) - 1
	switch {
	case t == mAuthors:
		if people, sure := splitNames(m.value); sure != noName {
			p.addPeople(people)
			return
		}
		p.loss(where, m.value, "these are no names")
	case t == mAuthor:
		if strings.Contains(m.value, ";") {
			if people, sure := splitNames(m.value); sure != noName {
				p.addPeople(people)
				return
			}
		}
		n, _ := parseName(m.value)
		n.Lang = ""
		if m.lang != "" && sameScript(n.Literal, m.lang) {
			n.Lang = m.lang
		}
		for _, c := range p.names.plain[plainKey(n.Literal)] {
			if p.r.Article.Contributors[c].Names[0].Literal == n.Literal {
				return
			}
		}
		p.addContributor(n)
	case last < 0:
		p.loss(where, m.value, "it stands before the first author")
	case t == mInstitution:
		p.affiliate(last, m.value, "", "")
	case t == mORCID:
		if id, ok := pid.ORCID(m.value); ok {
			p.r.Article.Contributors[last].ORCID = id
			return
		}
		p.loss(where, m.value, "this is no ORCID: its form or its check digit is wrong")
	case t == mEmail:
		p.r.Article.Contributors[last].Email = strings.TrimPrefix(strings.TrimSpace(m.value), "mailto:")
	}
}

// metaCode takes identifiers, numbers and dates.
func (p *page) metaCode(t term, value, where string) {
	switch t {
	case mDOI:
		p.setDOI(value, where)
	case mIdentifier:
		if _, ok := pid.DOI(value); ok {
			p.setDOI(value, where)
		} else if strings.HasPrefix(value, "http") {
			p.addOldAddress(value)
		}
	case mISSN:
		for v := range strings.FieldsFuncSeq(value, func(r rune) bool { return r == ',' || r == ';' }) {
			p.recordISSN(v, "")
		}
	case mISSNPrint:
		p.recordISSN(value, "print")
	case mISSNOnline:
		p.recordISSN(value, "online")
	case mVolume:
		p.setVolume(value, where)
	case mIssue:
		p.setNumber(value, where)
	case mFirst, mLast:
		p.metaPages(t, value, where)
	case mPages:
		if pages, ok := parsePages(value); ok {
			p.setPages(pages, where)
			return
		}
		p.loss(where, value, "these are no pages")
	case mElocation:
		p.setPages(journal.Pages{Article: value}, where)
	case mDate, mYear, mReceived, mAccepted:
		p.metaDate(t, value, where)
	case mPMID:
		p.addID("pmid", value)
	case mPMCID:
		p.addID("pmcid", value)
	case mUDC:
		p.addSubject("udc", value)
	case mFunder:
		p.r.Article.FundingStatement = p.addText(p.r.Article.FundingStatement, textOf(clean(value)))
	}
}

func (p *page) metaPages(t term, value, where string) {
	value = strings.TrimSpace(value)
	pages := &p.r.Article.Pages
	switch {
	case t == mFirst && pages.First == "":
		pages.First = value
	case t == mLast && pages.Last == "":
		pages.Last = value
	case t == mFirst && pages.First != value || t == mLast && pages.Last != value:
		p.differ("pages", value, pages.String(), where)
	}
}

func (p *page) metaDate(t term, value, where string) {
	d, ok := refparse.ParseDate(value)
	if !ok {
		p.loss(where, value, "this is no date")
		return
	}
	switch t {
	case mYear:
		p.setYear(d.Year(), where)
	case mReceived:
		p.addHistory("received", d)
	case mAccepted:
		p.addHistory("accepted", d)
	default:
		p.setPublished(d)
	}
}

// isAmong reports whether s is one of the words of a list.
func isAmong(s string, list ...string) bool { return slices.Contains(list, s) }
