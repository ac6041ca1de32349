package counter

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"offprint/internal/pid"
)

// Media is the media type of reports as JSON.
const Media = "application/json; charset=utf-8"

// JSON writes a report as JSON, by the description of the COUNTER API 5.1. It
// keeps one item in memory.
type JSON struct {
	w        io.Writer
	ask      *Ask
	platform Platform
	created  time.Time
	buf      bytes.Buffer
	enc      *json.Encoder
	begun    bool
	group    bool  // items are in a group
	parent   *Item // whose items are being written
	err      error
}

// NewJSON begins a report; created is when its usage was looked at.
func NewJSON(w io.Writer, a *Ask, p Platform, created time.Time) *JSON {
	j := &JSON{w: w, ask: a, platform: p, created: created}
	j.enc = json.NewEncoder(&j.buf)
	j.enc.SetEscapeHTML(false)
	return j
}

type jsonHeader struct {
	ReportName      string              `json:"Report_Name"`
	ReportID        string              `json:"Report_ID"`
	Release         string              `json:"Release"`
	InstitutionName string              `json:"Institution_Name"`
	InstitutionID   map[string][]string `json:"Institution_ID"`
	Filters         jsonFilters         `json:"Report_Filters"`
	Attributes      *jsonAttributes     `json:"Report_Attributes,omitempty"`
	Exceptions      []*Exception        `json:"Exceptions,omitempty"`
	Created         string              `json:"Created"`
	CreatedBy       string              `json:"Created_By"`
	Registry        string              `json:"Registry_Record"`
}

type jsonFilters struct {
	Platform     string   `json:"Platform,omitempty"`
	BeginDate    string   `json:"Begin_Date"`
	EndDate      string   `json:"End_Date"`
	MetricType   []string `json:"Metric_Type,omitempty"`
	DataType     []string `json:"Data_Type,omitempty"`
	YOP          []string `json:"YOP,omitempty"`
	AccessType   []string `json:"Access_Type,omitempty"`
	AccessMethod []string `json:"Access_Method,omitempty"`
	ItemID       string   `json:"Item_ID,omitempty"`
	Author       string   `json:"Author,omitempty"`
}

type jsonAttributes struct {
	Show    []string `json:"Attributes_To_Show,omitempty"`
	Parents string   `json:"Include_Parent_Details,omitempty"`
}

type jsonIDs struct {
	DOI         string `json:"DOI,omitempty"`
	Proprietary string `json:"Proprietary,omitempty"`
	PrintISSN   string `json:"Print_ISSN,omitempty"`
	OnlineISSN  string `json:"Online_ISSN,omitempty"`
	URI         string `json:"URI,omitempty"`
}

type jsonAuthor struct {
	Name  string `json:"Name"`
	ORCID string `json:"ORCID,omitempty"`
}

// jsonItem is an item of any level; the fields that its level requires are
// pointers, so that they are there when empty.
type jsonItem struct {
	Title       *string             `json:"Title,omitempty"`
	Item        *string             `json:"Item,omitempty"`
	Publisher   *string             `json:"Publisher,omitempty"`
	PublisherID map[string][]string `json:"Publisher_ID,omitempty"`
	Platform    string              `json:"Platform,omitempty"`
	DataType    string              `json:"Data_Type,omitempty"` // of a parent
	Authors     []jsonAuthor        `json:"Authors,omitempty"`
	Published   string              `json:"Publication_Date,omitempty"`
	Version     string              `json:"Article_Version,omitempty"`
	IDs         *jsonIDs            `json:"Item_ID,omitempty"`
}

// MadeBy is what reports and answers say that they are made by.
const MadeBy = "Offprint"

// Institution is to whom all usage is attributed, by the names of identifiers.
func (p Platform) Institution() map[string][]string {
	return map[string][]string{"Proprietary": {p.ID + ":" + TheWorld}}
}

func (j *JSON) header() jsonHeader {
	a := j.ask
	h := jsonHeader{ReportName: a.Report.Name, ReportID: a.Report.ID, Release: Release, InstitutionName: TheWorldName, InstitutionID: j.platform.Institution(),
		Filters: jsonFilters{Platform: a.platform, BeginDate: firstDay(a.Begin), EndDate: lastDay(a.End), MetricType: a.metrics, DataType: a.dataTypes, YOP: a.years,
			AccessType: a.accessTypes, AccessMethod: a.methods, ItemID: strings.Join(a.items, "|"), Author: strings.Join(a.authors, "|")},
		Exceptions: a.Exceptions, Created: j.created.UTC().Format(time.RFC3339), CreatedBy: MadeBy, Registry: j.platform.Registry}
	if a.Report.View {
		return h
	}
	var show jsonAttributes
	show.Show = a.shown
	if a.parents {
		show.Parents = "True"
	}
	if show.Show != nil || show.Parents != "" {
		h.Attributes = &show
	}
	return h
}

// begin writes the header, once: what is an exception is known when the first
// item is, or there is none.
func (j *JSON) begin() {
	if j.begun {
		return
	}
	j.begun = true
	j.buf.WriteString(`{"Report_Header":`)
	j.encode(j.header())
	j.buf.WriteString(`,"Report_Items":[`)
}

// encode appends a value without the line break that the encoder ends it with.
func (j *JSON) encode(v any) {
	if err := j.enc.Encode(v); err != nil && j.err == nil {
		j.err = err
	}
	j.buf.Truncate(j.buf.Len() - 1)
}

// Item writes an item, unless it was not used. Items of one parent come together.
func (j *JSON) Item(it *Item) error {
	list := it.performances()
	if len(list) == 0 || j.err != nil {
		return j.err
	}
	first := !j.begun
	j.begin()
	if j.ask.Report.Level == OfItem {
		j.inGroup(it, first)
	} else if !first {
		j.buf.WriteByte(',')
	}
	j.open(j.ask.element(it, j.platform))
	j.buf.WriteString(`"Attribute_Performance":[`)
	for i := range list {
		if i > 0 {
			j.buf.WriteByte(',')
		}
		j.performance(&list[i])
	}
	j.buf.WriteString("]}")
	return j.flush(1 << 16)
}

// inGroup opens the object that holds the items of a parent, or of none.
func (j *JSON) inGroup(it *Item, first bool) {
	parent := it.Parent
	if !j.ask.parents {
		parent = nil
	}
	if j.group && parent == j.parent {
		j.buf.WriteByte(',')
		return
	}
	if !first {
		j.buf.WriteString("]},")
	}
	j.group, j.parent = true, parent
	if parent == nil {
		j.buf.WriteString(`{"Items":[`)
		return
	}
	name := oneLine(parent.Name)
	e := jsonItem{Title: &name, IDs: parent.IDs.json(j.platform)}
	if !j.ask.Report.View {
		e.DataType = Journal
	}
	j.open(e)
	j.buf.WriteString(`"Items":[`)
}

// open writes an object of which more follows.
func (j *JSON) open(v any) {
	j.encode(v)
	j.buf.Truncate(j.buf.Len() - 1)
	if b := j.buf.Bytes(); b[len(b)-1] != '{' {
		j.buf.WriteByte(',')
	}
}

// element is how the report describes an item.
func (a *Ask) element(it *Item, p Platform) jsonItem {
	e, name := jsonItem{Platform: p.Name}, oneLine(it.Name)
	switch a.Report.Level {
	case OfPlatform:
		return e
	case OfTitle:
		e.Title = &name
	case OfItem:
		e.Item = &name
		if a.shows("Authors") {
			for _, w := range it.authors() {
				e.Authors = append(e.Authors, jsonAuthor(w))
			}
		}
		if a.shows("Publication_Date") {
			e.Published = it.Published
		}
		if a.shows("Article_Version") {
			e.Version = it.Version
		}
	}
	e.Publisher, e.IDs = &it.Publisher, it.IDs.json(p)
	if it.PublisherROR != "" {
		e.PublisherID = map[string][]string{"ROR": {it.PublisherROR}}
	}
	return e
}

// authors are the first authors, each once.
func (it *Item) authors() []Author {
	var out []Author
	seen := map[Author]bool{}
	for _, w := range it.Authors {
		if utf8.RuneCountInString(w.Name) < 2 || seen[w] {
			continue
		}
		if seen[w] = true; len(out) == mostAuthors {
			break
		}
		out = append(out, w)
	}
	return out
}

func (d IDs) json(p Platform) *jsonIDs {
	out := jsonIDs{DOI: d.doi(), PrintISSN: d.PrintISSN, OnlineISSN: d.OnlineISSN, URI: d.URI}
	if d.Proprietary != "" {
		out.Proprietary = p.ID + ":" + d.Proprietary
	}
	if out == (jsonIDs{}) {
		return nil
	}
	return &out
}

// doi is the DOI if it has the form of one.
func (d IDs) doi() string {
	if doi, ok := pid.DOI(d.DOI); ok {
		return doi
	}
	return ""
}

func (j *JSON) performance(p *performance) {
	j.open(struct {
		DataType   string `json:"Data_Type,omitempty"`
		YOP        string `json:"YOP,omitempty"`
		AccessType string `json:"Access_Type,omitempty"`
		Method     string `json:"Access_Method,omitempty"`
	}(p.Attributes))
	j.buf.WriteString(`"Performance":{`)
	some := false
	for m := range metrics {
		if p.total(m) == 0 {
			continue
		}
		if some {
			j.buf.WriteByte(',')
		}
		some = true
		j.buf.WriteString(`"` + m.String() + `":{`)
		j.months(p, m)
		j.buf.WriteByte('}')
	}
	j.buf.WriteString("}}")
}

func (j *JSON) months(p *performance, m Metric) {
	some := false
	for i := range p.months {
		n := p.months[i][m]
		if n == 0 {
			continue
		}
		if some {
			j.buf.WriteByte(',')
		}
		some = true
		j.buf.WriteString(`"` + j.ask.months[i] + `":`)
		j.buf.Write(strconv.AppendInt(j.buf.AvailableBuffer(), n, 10))
	}
}

// flush hands on what is written when it is at least so much.
func (j *JSON) flush(least int) error {
	if j.err == nil && j.buf.Len() >= least {
		_, j.err = j.w.Write(j.buf.Bytes())
		j.buf.Reset()
	}
	return j.err
}

// Close ends the report.
func (j *JSON) Close() error {
	if !j.begun {
		j.ask.nothing()
		j.begin()
	}
	if j.group {
		j.buf.WriteString("]}")
	}
	j.buf.WriteString("]}")
	return j.flush(0)
}

// nothing says that there was no usage, of months of which usage is known.
func (a *Ask) nothing() {
	if !a.None {
		a.except(NoUsage, "%s", through(a.Begin, a.End))
	}
}
