package crossref

import (
	"strings"

	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// funding says who paid, in the form of the Funder Registry (fundref.xsd).
func funding(rec *journal.Article) *xmltree.Element {
	e := xmltree.New("fr:program").Set("name", "fundref")
	for i := range rec.Funding {
		f := &rec.Funding[i]
		funder := script.Line(f.Funder)
		id := funderID(f.ID)
		if funder == "" && id == "" {
			continue
		}
		name := xmltree.Mixed("fr:assertion", xmltree.Text(or(funder, id))).Set("name", "funder_name")
		if id != "" {
			name.Add(xmltree.Say("fr:assertion", id).Set("name", "funder_identifier"))
		}
		group := xmltree.New("fr:assertion", name).Set("name", "fundgroup")
		for _, award := range f.Awards {
			group.Add(xmltree.Say("fr:assertion", script.Line(award)).Set("name", "award_number"))
		}
		e.Add(group)
	}
	if e.Empty() {
		return nil
	}
	return e
}

// funderID is the address of a funder in the Funder Registry. fundref.xsd has no place
// for one in ROR.
func funderID(id string) string {
	if doi, ok := pid.DOI(id); ok && strings.HasPrefix(doi, "10.13039/") {
		return "https://doi.org/" + doi
	}
	return ""
}

// access says under which licence the article may be read and mined, and from when
// (AccessIndicators.xsd). A Creative Commons licence is one for mining too; the licence
// of the accepted manuscript is what the journal says.
func access(p *journal.Publication) *xmltree.Element {
	e := xmltree.New("ai:program").Set("name", "AccessIndicators")
	r := p.Journal.Registered()
	licence := ""
	if p.Record.Licence != nil {
		licence = p.Record.Licence.URL
	}
	open := strings.Contains(licence, "creativecommons.org/")
	if open {
		e.Add(xmltree.New("ai:free_to_read").Set("start_date", start(p)))
	}
	mining := r.MiningLicence
	if mining == "" && open {
		mining = licence
	}
	e.Add(licenceRef(p, licence, "vor"), licenceRef(p, r.AcceptedLicence, "am"), licenceRef(p, mining, "tdm"))
	if e.Empty() {
		return nil
	}
	return e
}

// start is the day from which a licence holds: that of publication, where it is known.
func start(p *journal.Publication) string {
	online, print := p.Released()
	if day := online.Exact(); day != "" {
		return day
	}
	return print.Exact()
}

func licenceRef(p *journal.Publication, address, to string) *xmltree.Element {
	address = xmltree.Address(script.Line(address))
	if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") || len(address) < 10 {
		return nil
	}
	return xmltree.Say("ai:license_ref", address).Set("applies_to", to).Set("start_date", start(p))
}

// updates are the kinds of Crossmark update by the relation of a notice to the article
// that it is about (JATS, related-article-type; Crossref, "Version control, corrections,
// and retractions").
var updates = map[string]string{
	"corrected-article": "correction", "retracted-article": "retraction", "partial-retraction": "partial_retraction", "object-of-concern": "expression_of_concern",
	"addended-article": "addendum", "updated-article": "new_version", "withdrawn-article": "withdrawal", "removed-article": "removal",
}

// crossmark is the article's part in Crossmark: the policy, what it updates, its dates,
// and in the place that the schema has for it then, funding and licences. It is nil for
// a journal that has no policy.
func crossmark(p *journal.Publication) *xmltree.Element {
	policy, ok := pid.DOI(p.Journal.Registered().UpdatePolicy)
	if !ok || !depositable(policy) {
		return nil
	}
	e := xmltree.New("crossmark", xmltree.Say("crossmark_version", "1"), xmltree.Say("crossmark_policy", policy))
	list := xmltree.New("updates")
	for i := range p.Record.Related {
		r := &p.Record.Related[i]
		doi, ok := pid.DOI(r.DOI)
		if kind, day := updates[r.Relation], start(p); ok && kind != "" && day != "" && depositable(doi) {
			list.Add(xmltree.Say("update", doi).Set("type", kind).Set("date", day))
		}
	}
	if !list.Empty() {
		e.Add(list)
	}
	return e.Add(customMetadata(p))
}

// assertions are the dated steps that readers are shown.
var assertions = [...]struct{ event, label string }{{"received", "Received"}, {"rev-recd", "Revised"}, {"revised", "Revised"}, {"accepted", "Accepted"}}

func customMetadata(p *journal.Publication) *xmltree.Element {
	e := xmltree.New("custom_metadata")
	for _, a := range assertions {
		if d := p.Record.On(a.event); d != "" {
			e.Add(xmltree.Say("assertion", string(d)).Set("name", strings.ToLower(a.label)).Set("label", a.label).
				Set("group_name", "publication_history").Set("group_label", "Publication History"))
		}
	}
	e.Add(funding(&p.Record), access(p))
	if e.Empty() {
		return nil
	}
	return e
}

// intra and inter are the relations of the schema by those of JATS: between forms of
// one work, and between works (relations.xsd).
var intra = map[string]string{
	"translation": "hasTranslation", "translated-article": "isTranslationOf", "preprint": "hasPreprint", "article-reference": "isPreprintOf",
	"version": "hasVersion", "updated-article": "replaces", "update": "isReplacedBy", "alternate-form": "isVariantFormOf",
}

var inter = map[string]string{
	"companion": "isRelatedMaterial", "in-this-issue": "isRelatedMaterial", "related-article": "isRelatedMaterial", "index-article": "isRelatedMaterial",
	"commentary-article": "isCommentOn", "commentary": "hasComment", "letter": "isReplyTo", "letter-article": "isReplyTo", "reply": "hasReply", "response": "hasReply",
	"peer-review": "hasReview", "reviewed-article": "isReviewOf", "peer-reviewed-article": "isReviewOf", "peer-review-of": "isReviewOf", "product": "isReviewOf",
	"data": "basedOnData", "dataset": "basedOnData", "data-paper": "isDocumentedBy", "supplement": "isSupplementedBy", "supplement-to": "isSupplementTo",
	"software": "requires", "part-of": "isPartOf", "continues": "continues", "continued-by": "isContinuedBy",
}

func relations(rec *journal.Article) *xmltree.Element {
	e := xmltree.New("rel:program").Set("name", "relations")
	for i := range rec.Related {
		r := &rec.Related[i]
		kind, value := "doi", ""
		if doi, ok := pid.DOI(r.DOI); ok {
			value = doi
		} else if r.URL != "" {
			kind, value = "uri", xmltree.Address(script.Line(r.URL))
		}
		name, what := "rel:intra_work_relation", intra[r.Relation]
		if what == "" {
			name, what = "rel:inter_work_relation", inter[r.Relation]
		}
		if value == "" || what == "" {
			continue
		}
		e.Add(xmltree.New("rel:related_item", xmltree.Say("rel:description", script.Line(r.Title)),
			xmltree.Say(name, value).Set("relationship-type", what).Set("identifier-type", kind)))
	}
	if e.Empty() {
		return nil
	}
	return e
}
