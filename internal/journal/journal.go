// Package journal is the vocabulary of the trade: Journal, Issue, Article with
// its Contributors, References, Licence and Files. It holds the words and
// their invariants and does no I/O, no SQL, no HTML.
//
// Article is the one record that every output is a pure function of. It is
// stored as JSON, so its field tags are a format: fields are added, never
// renamed. An empty field means that the source does not say; nothing is ever
// filled in by a guess, and what contradicts itself is kept as a Dispute.
package journal

// Journal is one journal of an installation.
type Journal struct {
	ID string `json:"id"`
	// Path is the first segment of the journal's addresses: "rjr".
	Path string `json:"path"`
	// Host is the journal's own host name, where it has one.
	Host string `json:"host,omitempty"`
	// Titles by language; the first is the official title.
	Titles []Text `json:"titles"`
	Abbrev string `json:"abbrev,omitempty"`
	// Languages the journal publishes in, BCP 47; the first is the language
	// of its plain addresses.
	Languages  []string `json:"languages"`
	ISSNPrint  string   `json:"issn_print,omitempty"`
	ISSNOnline string   `json:"issn_online,omitempty"`
	Publisher  []Text   `json:"publisher,omitempty"`
	// Place is where the publisher sits, as printed.
	Place string `json:"place,omitempty"`
	// IDs are other identifiers: "nlm-ta", "publisher-id" …
	IDs         []ID     `json:"ids,omitempty"`
	Description []Text   `json:"description,omitempty"`
	Licence     *Licence `json:"licence,omitempty"`
	// Disputes are contradictions about the journal itself, such as two
	// sources that give its ISSNs the other way round.
	Disputes []Dispute `json:"disputes,omitempty"`
	// Accent is the journal's own colour, "#rrggbb", or empty.
	Accent string `json:"accent,omitempty"`
	// CitationStyle is the style in which the journal wants to be cited, by a
	// name of package citation; empty is the plain form of format/csl.
	CitationStyle string `json:"citationStyle,omitempty"`
	// Look is how its pages differ from the theme's, nil when in nothing else.
	Look *Look `json:"look,omitempty"`
	// Registry is what it is to registries, nil when nothing was said.
	Registry *Registry `json:"registry,omitempty"`
}

// Title is the journal's title in lang, or its official one.
func (j *Journal) Title(lang string) Text { return In(j.Titles, lang) }

// Language is the language of the journal's plain addresses.
func (j *Journal) Language() string {
	if len(j.Languages) == 0 {
		return "en"
	}
	return j.Languages[0]
}

// Issue is one issue of a journal. An issue has no ID of its own choosing: in
// one journal it is what year, volume and number say.
type Issue struct {
	ID        string `json:"id,omitempty"`
	JournalID string `json:"journal_id,omitempty"`
	// Slug is the issue's address and never changes.
	Slug      string   `json:"slug,omitempty"`
	Year      int      `json:"year,omitempty"`
	Volume    string   `json:"volume,omitempty"`
	Number    string   `json:"number,omitempty"`
	Titles    []Text   `json:"titles,omitempty"` // of a special issue
	Published Date     `json:"published,omitempty"`
	Cover     *Picture `json:"cover,omitempty"`
}

// Article is the record of one version of an article.
type Article struct {
	// Type is the JATS article-type: research-article, review-article,
	// correction, retraction, editorial, book-review, …
	Type string `json:"type,omitempty"`
	// Section is the journal's own heading for it, by language.
	Section []Text `json:"section,omitempty"`
	// Language of the text, BCP 47.
	Language string `json:"language,omitempty"`
	// Titles: the first is the original, the others are translations.
	Titles    []Text     `json:"titles,omitempty"`
	Subtitles []Text     `json:"subtitles,omitempty"`
	Abstracts []Abstract `json:"abstracts,omitempty"`
	Keywords  []Keywords `json:"keywords,omitempty"`
	// Subjects are codes of a classification: scheme "udc", "vak", "msc" …
	Subjects     []Subject     `json:"subjects,omitempty"`
	Contributors []Contributor `json:"contributors,omitempty"`
	Affiliations []Affiliation `json:"affiliations,omitempty"`

	Issue   *Issue `json:"issue,omitempty"` // Year, Volume, Number, Titles only
	Pages   Pages  `json:"pages,omitzero"`
	History []When `json:"history,omitempty"`
	// Published is the date of publication, as exact as it is known.
	Published Date `json:"published,omitempty"`

	DOI string `json:"doi,omitempty"` // 10.…, as registered, without a prefix
	IDs []ID   `json:"ids,omitempty"` // EDN, PMID, publisher-id, …

	Licence   *Licence `json:"licence,omitempty"`
	Copyright string   `json:"copyright,omitempty"`
	Funding   []Fund   `json:"funding,omitempty"`
	// FundingStatement is what the source says of its funding in prose.
	FundingStatement []Text `json:"funding_statement,omitempty"`

	References []Reference `json:"references,omitempty"`
	// Related are other works: a translation, a correction, data.
	Related []Related `json:"related,omitempty"`
	// Citation is the recommended citation as the source prints it.
	Citation string `json:"citation,omitempty"`

	Documents []DocumentRef `json:"documents,omitempty"` // full texts
	Files     []File        `json:"files,omitempty"`
	Disputes  []Dispute     `json:"disputes,omitempty"`
	// OldAddresses are addresses (absolute) under which the article was
	// published before; they answer with a redirect for ever.
	OldAddresses []string `json:"old_addresses,omitempty"`
}

// Abstract is an abstract in one language.
type Abstract struct {
	Text
	Role string `json:"role,omitempty"` // JATS abstract-type: graphical, plain-language-summary, …
}

// Keywords are the keywords in one language.
type Keywords struct {
	Lang  string   `json:"lang,omitempty"`
	Words []string `json:"words"`
}

// Subject is a code of a classification.
type Subject struct {
	Scheme string `json:"scheme"`
	Code   string `json:"code"`
}

// ID is an identifier other than the DOI.
type ID struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

// Pages are a range of pages or an article number, as printed.
type Pages struct {
	First   string `json:"first,omitempty"`
	Last    string `json:"last,omitempty"`
	Article string `json:"article,omitempty"` // electronic location, e227169
}

// String is the range with an en dash, or the article number.
func (p Pages) String() string {
	switch {
	case p.First != "" && p.Last != "" && p.Last != p.First:
		return p.First + "–" + p.Last
	case p.First != "":
		return p.First
	}
	return p.Article
}

// When is a dated step of an article's history: received, revised, accepted.
type When struct {
	Event string `json:"event"`
	Date  Date   `json:"date"`
}

// Fund is a source of funding.
type Fund struct {
	Funder string   `json:"funder"`
	ID     string   `json:"id,omitempty"`
	Awards []string `json:"awards,omitempty"`
	// Recipients are the people or bodies who got the awards, as printed.
	Recipients []string `json:"recipients,omitempty"`
}

// Contributor is a person or a body that made the work. Names are in the order
// of the source: the first is the name as shown, the others are the same
// person's name in other scripts or languages.
type Contributor struct {
	Role       string `json:"role"` // JATS contrib-type: author, editor, translator, …
	Names      []Name `json:"names"`
	Collective bool   `json:"collective,omitempty"`
	ORCID      string `json:"orcid,omitempty"` // 0000-0000-0000-0000
	Email      string `json:"email,omitempty"`
	Degree     string `json:"degree,omitempty"`
	// Position is the office in which somebody contributed, as printed:
	// "Reviewing Editor".
	Position      string `json:"position,omitempty"`
	Corresponding bool   `json:"corresponding,omitempty"`
	// Affiliations are indexes into Article.Affiliations.
	Affiliations []int `json:"affiliations,omitempty"`
	// AffiliationPrinted is the line as the source prints it, where it was
	// taken apart.
	AffiliationPrinted string   `json:"affiliation_printed,omitempty"`
	Country            string   `json:"country,omitempty"`      // as printed
	CountryCode        string   `json:"country_code,omitempty"` // ISO 3166-1 alpha-2
	Credit             []string `json:"credit,omitempty"`       // CRediT roles, as printed
	Bio                []Text   `json:"bio,omitempty"`
	// Notes are IDs of footnotes of the text that speak of this contributor:
	// equal contribution, present address, interests.
	Notes []string `json:"notes,omitempty"`
}

// Name is one form of a name.
type Name struct {
	Lang string `json:"lang,omitempty"`
	// Literal is the name as shown, in its own order.
	Literal string `json:"literal"`
	Family  string `json:"family,omitempty"`
	Given   string `json:"given,omitempty"` // with patronymic and initials, as printed
	Suffix  string `json:"suffix,omitempty"`
}

// Affiliation is an institution as an article names it.
type Affiliation struct {
	ID          string `json:"id,omitempty"` // label or id in the source
	Names       []Text `json:"names"`
	Acronym     string `json:"acronym,omitempty"`
	City        string `json:"city,omitempty"`
	Country     string `json:"country,omitempty"`
	CountryCode string `json:"country_code,omitempty"`
	ROR         string `json:"ror,omitempty"`
}

// Licence is the licence of a work. URL is canonical; Text is as printed.
type Licence struct {
	URL  string `json:"url,omitempty"`
	SPDX string `json:"spdx,omitempty"` // CC-BY-4.0
	Text string `json:"text,omitempty"`
	// Derived: the URL is not in the source but follows from its text.
	Derived bool `json:"derived,omitempty"`
}

// Related is a link to another work.
type Related struct {
	// Relation is JATS related-article-type: corrected-article,
	// correction-forward, translation, …
	Relation string `json:"relation"`
	DOI      string `json:"doi,omitempty"`
	// Slug names an article of the same journal.
	Slug  string `json:"slug,omitempty"`
	Title string `json:"title,omitempty"`
	URL   string `json:"url,omitempty"`
}

// DocumentRef points at a full text by the SHA-256 of its canonical JSON.
type DocumentRef struct {
	Lang   string `json:"lang"`
	SHA256 string `json:"sha256"`
	// Extracted: see article.Document.
	Extracted bool `json:"extracted,omitempty"`
}

// RefTo points at a full text that is stored under a hash.
func RefTo(d *Document, sha256 string) DocumentRef {
	return DocumentRef{Lang: d.Lang, SHA256: sha256, Extracted: d.Extracted}
}

// File belongs to an article.
type File struct {
	Name   string `json:"name"` // as it is served
	Role   string `json:"role"` // galley, figure, supplement, source
	Media  string `json:"media"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	Lang   string `json:"lang,omitempty"`
	Label  string `json:"label,omitempty"`
	// Address is where an earlier site keeps a file that was named by the
	// source but is not held here; SHA256 is empty then.
	Address string `json:"address,omitempty"`
}

// Dispute is a contradiction that was kept: the source says one thing, the
// record takes another, and why.
type Dispute struct {
	Field string `json:"field"`
	Says  string `json:"says"`
	Taken string `json:"taken"`
	Why   string `json:"why"`
}

// Count is a usage figure carried over from an earlier site.
type Count struct {
	Metric string `json:"metric"` // views, downloads
	Value  int64  `json:"value"`
	Source string `json:"source"` // the address or name of what said so
	// Since and Until are the time that it is of, as far as that is known.
	Since Date `json:"since,omitempty"`
	Until Date `json:"until,omitempty"`
}

// Loss is something in a source that was not understood or not taken.
type Loss struct {
	// Where is a line ("line 14"), an element path ("front/article-meta/x")
	// or a field.
	Where string `json:"where"`
	What  string `json:"what"` // what was found, shortened to 200 characters
	Why   string `json:"why"`
}

// Reading is what a reader of a format makes of bytes: the record of one article, what
// the source says of its journal, full texts, figures that it carried over and
// everything that was not understood.
type Reading struct {
	Article   Article
	Journal   Journal // titles, ISSNs and publisher as the source states them; not the journal of the installation
	Documents []Document
	Counts    []Count
	Losses    []Loss
}

// Publication is what a face or an output format is given: one version of an
// article in its place.
type Publication struct {
	Journal Journal
	Issue   *Issue // as stored, nil for an article outside issues
	ID      string // ULID of the article
	Slug    string
	Version int
	Latest  int // number of the newest version
	Created string
	Reason  string // of this version
	Record  Article
	Counts  []Count
	// Standing is how the article stands now, whichever version this is.
	Standing Standing
	// Notices are articles here whose records name this one; they are filled
	// where one article is read, not in walks over many.
	Notices []Notice
	// Withdrawn: the article is no longer public; only its address answers.
	Withdrawn bool
}
