// Package counter writes reports of usage as libraries load them: those of the
// COUNTER Code of Practice, Release 5.1, as JSON and as tables, and reads what a
// request to the COUNTER API asks for.
//
//	ask, fault := counter.Parse(counter.ReportOf("ir"), values, platform, span, false)
//	w := counter.NewJSON(out, ask, platform, time.Now())
//	item := counter.Item{Name: "Lamp of the harbour"}
//	ask.Add(&item, "2026-03", counter.Attributes{DataType: counter.Article, YOP: "2025", AccessType: counter.Open}, counts)
//	err := w.Item(&item)
//	err = w.Close()
//
// Terms. A report is made of items: the platform, titles (journals) or items
// (articles). An element or attribute is what an item is described by; a metric is
// what is counted. A standard view is a report whose filters and attributes are
// fixed by the Code. A span is the months of which usage is known.
//
// The package keeps one item in memory and knows no store. What it leaves out of
// the Code: books, databases, multimedia, access denied, components, and usage by
// institution, since everything here is read by The World.
package counter

import "slices"

// Metric is what is counted (Code of Practice 5.1, section 3.3.5).
type Metric int

// The metrics that occur, in the order of the alphabet, in which they are written.
const (
	SearchesPlatform Metric = iota
	TotalItemInvestigations
	TotalItemRequests
	UniqueItemInvestigations
	UniqueItemRequests
	metrics
)

var metricNames = [metrics]string{"Searches_Platform", "Total_Item_Investigations", "Total_Item_Requests", "Unique_Item_Investigations", "Unique_Item_Requests"}

func (m Metric) String() string { return metricNames[m] }

// Counts are one number of each metric.
type Counts [metrics]int64

// Values of attributes (sections 3.3.2, 3.3.6, 3.3.7).
const (
	Article    = "Article"
	Journal    = "Journal"
	Platformed = "Platform" // the data type of searches

	Controlled = "Controlled"
	FreeToRead = "Free_To_Read"
	Open       = "Open"

	Regular = "Regular"
	TDM     = "TDM"

	// UnknownYear is the year of publication of what has none.
	UnknownYear = "0001"
	// TheWorld is the customer to whom all usage is attributed (section 8.2).
	TheWorld = "0000000000000000"
	// TheWorldName is its name.
	TheWorldName = "The World"
	// Release is the release of the Code.
	Release = "5.1"
)

// Level is what the items of a report are.
type Level int

// The levels.
const (
	OfPlatform Level = iota
	OfTitle
	OfItem
)

// Report is one of the reports or standard views of the Code (sections 4.1, 4.3, 4.4).
type Report struct {
	ID, Name, Description string
	Level                 Level
	View                  bool // a standard view: only the period can be chosen

	metrics   []string // that a filter may name; of a view those it has
	dataTypes []string
	// attributes can be shown by a report and are shown by a view.
	attributes []string
	// accessTypes and methods are the filters of a view.
	accessTypes, methods []string
}

// Path is how the API names the report.
func (r *Report) Path() string { return lower(r.ID) }

func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

var (
	itemMetrics    = []string{"Total_Item_Investigations", "Total_Item_Requests", "Unique_Item_Investigations", "Unique_Item_Requests"}
	requestMetrics = []string{"Total_Item_Requests", "Unique_Item_Requests"}
	titleMetrics   = []string{"Unique_Title_Investigations", "Unique_Title_Requests"}
	denials        = []string{"Limit_Exceeded", "No_License"}

	allAccessTypes = []string{Controlled, FreeToRead, Open}
	allMethods     = []string{Regular, TDM}

	// Which data types a filter may name, by level (Table 3.p).
	titleTypes = []string{"Book", "Conference", "Journal", "Newspaper_or_Newsletter", "Other", "Patent", "Reference_Work", "Report", "Standard", "Thesis_or_Dissertation", "Unspecified"}
	itemTypes  = []string{"Article", "Audiovisual", "Book_Segment", "Conference_Item", "Database_Full_Item", "Dataset", "Image", "Interactive_Resource", "Multimedia", "News_Item",
		"Other", "Patent", "Reference_Item", "Report", "Software", "Sound", "Standard", "Thesis_or_Dissertation", "Unspecified"}
)

// union is the values of some lists, sorted, each once.
func union(lists ...[]string) []string {
	out := slices.Concat(lists...)
	slices.Sort(out)
	return slices.Compact(out)
}

var reports = []Report{
	{ID: "PR", Name: "Platform Report", Description: "A customizable report summarizing activity across the platform.",
		metrics: union([]string{"Searches_Platform"}, itemMetrics, titleMetrics), dataTypes: union(titleTypes, itemTypes, []string{Platformed}), attributes: []string{"Access_Method"}},
	{ID: "PR_P1", Name: "Platform Usage", Description: "Platform-level usage summarized by Metric_Type.", View: true,
		metrics: []string{"Searches_Platform", "Total_Item_Requests", "Unique_Item_Requests", "Unique_Title_Requests"}, methods: []string{Regular}, attributes: []string{"Data_Type"}},
	{ID: "TR", Name: "Title Report", Description: "A customizable report detailing activity at the level of the journal.", Level: OfTitle,
		metrics: union(itemMetrics, titleMetrics, denials), dataTypes: titleTypes, attributes: []string{"YOP", "Access_Type", "Access_Method"}},
	{ID: "TR_J1", Name: "Journal Requests (Controlled)", Description: "Usage of journal content, excluding Open and Free_To_Read content.", Level: OfTitle, View: true,
		metrics: requestMetrics, dataTypes: []string{Journal}, accessTypes: []string{Controlled}, methods: []string{Regular}},
	{ID: "TR_J3", Name: "Journal Usage by Access Type", Description: "Usage of journal content for all Metric_Types broken down by Access_Type.", Level: OfTitle, View: true,
		metrics: itemMetrics, dataTypes: []string{Journal}, methods: []string{Regular}, attributes: []string{"Access_Type"}},
	{ID: "TR_J4", Name: "Journal Requests by YOP (Controlled)", Description: "Usage of journal content, excluding Open and Free_To_Read content, by year of publication.", Level: OfTitle, View: true,
		metrics: requestMetrics, dataTypes: []string{Journal}, accessTypes: []string{Controlled}, methods: []string{Regular}, attributes: []string{"YOP"}},
	{ID: "IR", Name: "Item Report", Description: "A granular, customizable report showing activity at the level of the article.", Level: OfItem,
		metrics: union(itemMetrics, denials), dataTypes: itemTypes, attributes: []string{"Authors", "Publication_Date", "Article_Version", "YOP", "Access_Type", "Access_Method"}},
	{ID: "IR_A1", Name: "Journal Article Requests", Description: "Journal article requests at the level of the article.", Level: OfItem, View: true,
		metrics: requestMetrics, dataTypes: []string{Article}, methods: []string{Regular}, attributes: []string{"Authors", "Publication_Date", "Article_Version", "Access_Type"}},
}

// Reports are all reports, those of the platform first.
func Reports() []*Report {
	out := make([]*Report, len(reports))
	for i := range reports {
		out[i] = &reports[i]
	}
	return out
}

// ReportOf is the report that the API names so ("tr_j1"), nil when there is none.
func ReportOf(path string) *Report {
	for i := range reports {
		if reports[i].Path() == path {
			return &reports[i]
		}
	}
	return nil
}
