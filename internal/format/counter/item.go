package counter

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"offprint/internal/pid"
)

// Attributes are in what way something was used.
type Attributes struct {
	DataType   string
	YOP        string // year of publication, four digits
	AccessType string
	Method     string // of access
}

// Compare orders attributes as a report has them.
func (a Attributes) Compare(b Attributes) int {
	return cmp.Or(cmp.Compare(a.DataType, b.DataType), cmp.Compare(a.YOP, b.YOP), cmp.Compare(a.AccessType, b.AccessType), cmp.Compare(a.Method, b.Method))
}

// IDs are the identifiers of a title or an item; empty where there is none.
type IDs struct {
	DOI                   string // 10.…
	Proprietary           string // of the platform, without its name before it
	PrintISSN, OnlineISSN string // 0000-0000
	URI                   string // an address
}

// Author is one of the makers of an item.
type Author struct {
	Name  string
	ORCID string // 0000-0000-0000-0000, or empty
}

// mostAuthors is how many authors a report names (Table 3.i).
const mostAuthors = 3

// Item is what a report has a line of: the platform, a title or an item. Of the
// platform nothing but its usage is filled in.
type Item struct {
	Name         string
	Publisher    string
	PublisherROR string // 0xxxxxx00, or empty
	IDs          IDs
	Authors      []Author
	Published    string // 2026-03-31; empty where the day is not known
	Version      string // NISO RP-8-2008: VoR
	Parent       *Item  // the journal of an article

	used map[Attributes][]Counts // by month
}

// Wants reports whether the filters for items and authors let an item through.
func (a *Ask) Wants(it *Item, p Platform) bool {
	return (a.items == nil || slices.ContainsFunc(a.items, func(id string) bool { return it.IDs.has(id, p) })) &&
		(a.authors == nil || slices.ContainsFunc(it.Authors, func(w Author) bool { return slices.Contains(a.authors, w.ORCID) }))
}

// has reports whether an identifier, as somebody writes it, is one of these.
func (d IDs) has(id string, p Platform) bool {
	if issn, ok := pid.ISSN(issnOf(id)); ok {
		return issn == d.PrintISSN || issn == d.OnlineISSN
	}
	if doi, ok := pid.DOI(strings.TrimPrefix(id, "DOI:")); ok {
		return d.DOI != "" && pid.SameDOI(doi, d.DOI)
	}
	return d.URI != "" && id == d.URI || d.Proprietary != "" && strings.TrimPrefix(id, "Proprietary:") == p.ID+":"+d.Proprietary
}

// Add adds to an item what was counted in a month, 2026-03, as far as the filters
// let it through and the attributes to show tell it apart.
func (a *Ask) Add(it *Item, month string, at Attributes, c Counts) {
	i, ok := slices.BinarySearch(a.months, month)
	if !ok || !a.allows(at) {
		return
	}
	key := a.told(at)
	if it.used == nil {
		it.used = map[Attributes][]Counts{}
	}
	if it.used[key] == nil {
		it.used[key] = make([]Counts, len(a.months))
	}
	for m := range c {
		if a.counts(Metric(m)) {
			it.used[key][i][m] += c[m]
		}
	}
}

func allow(list []string, v string) bool { return list == nil || slices.Contains(list, v) }

func (a *Ask) allows(at Attributes) bool {
	return allow(a.dataTypes, at.DataType) && allow(a.methods, at.Method) && (at.AccessType == "" || allow(a.accessTypes, at.AccessType)) &&
		(a.years == nil || slices.ContainsFunc(a.years, func(y string) bool {
			from, to, isRange := strings.Cut(y, "-")
			return at.YOP == from || isRange && from <= at.YOP && at.YOP <= to
		}))
}

func (a *Ask) counts(m Metric) bool { return allow(a.metrics, m.String()) }

// told is the attributes that the report tells apart.
func (a *Ask) told(at Attributes) Attributes {
	if !a.shows("Data_Type") {
		at.DataType = ""
	}
	if !a.shows("YOP") {
		at.YOP = ""
	}
	if !a.shows("Access_Type") {
		at.AccessType = ""
	}
	if !a.shows("Access_Method") {
		at.Method = ""
	}
	return at
}

// shows reports whether the report has an attribute. Data_Type is in all reports
// that are no standard views.
func (a *Ask) shows(attribute string) bool {
	return attribute == "Data_Type" && !a.Report.View || slices.Contains(a.shown, attribute)
}

// performance is one combination of attributes with its numbers.
type performance struct {
	Attributes
	months []Counts
}

// total is the sum of a metric over the period.
func (p *performance) total(m Metric) (n int64) {
	for i := range p.months {
		n += p.months[i][m]
	}
	return n
}

// performances are the combinations that have usage, in order (section 3.3.9: what
// was not used is left out).
func (it *Item) performances() []performance {
	var out []performance
	for _, at := range slices.SortedFunc(maps.Keys(it.used), Attributes.Compare) {
		p := performance{at, it.used[at]}
		for m := range metrics {
			if p.total(m) > 0 {
				out = append(out, p)
				break
			}
		}
	}
	return out
}
