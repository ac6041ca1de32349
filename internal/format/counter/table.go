package counter

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"time"
)

// Media types of reports as tables.
const (
	MediaTSV = "text/tab-separated-values; charset=utf-8"
	MediaCSV = "text/csv; charset=utf-8; header=absent" // it begins with the rows of the header
)

// byteOrderMark says to spreadsheets which encoding it is (section 5.2).
const byteOrderMark = "\ufeff"

// Table writes a report as a table (sections 3.2.1 and 3.2.2): thirteen rows of
// header, one that is empty, one of headings, and one for each metric of an item.
type Table struct {
	w        io.Writer
	ask      *Ask
	platform Platform
	created  time.Time
	between  byte
	columns  []string
	buf      bytes.Buffer
	begun    bool
	err      error
}

// NewTSV begins a report as tab-separated values; created is when its usage was
// looked at.
func NewTSV(w io.Writer, a *Ask, p Platform, created time.Time) *Table {
	return newTable(w, a, p, created, '\t')
}

// NewCSV begins a report as comma-separated values (RFC 4180).
func NewCSV(w io.Writer, a *Ask, p Platform, created time.Time) *Table {
	return newTable(w, a, p, created, ',')
}

func newTable(w io.Writer, a *Ask, p Platform, created time.Time, between byte) *Table {
	return &Table{w: w, ask: a, platform: p, created: created, between: between, columns: a.columns()}
}

// columns are the columns that describe an item, without those of numbers
// (Tables 4.b, 4.k and 4.p).
func (a *Ask) columns() []string {
	var out []string
	add := func(names ...string) { out = append(out, names...) }
	shown := func(names ...string) {
		for _, n := range names {
			if a.shows(n) {
				add(n)
			}
		}
	}
	full := !a.Report.View
	switch a.Report.Level {
	case OfPlatform:
		add("Platform")
	case OfTitle:
		add("Title", "Publisher", "Publisher_ID", "Platform", "DOI", "Proprietary_ID")
	case OfItem:
		add("Item", "Publisher", "Publisher_ID", "Platform")
		shown("Authors", "Publication_Date", "Article_Version")
		add("DOI", "Proprietary_ID")
	}
	if a.Report.Level > OfPlatform {
		if full {
			add("ISBN")
		}
		add("Print_ISSN", "Online_ISSN", "URI")
	}
	switch {
	case a.Report.Level != OfItem || !a.parents:
	case full:
		add("Parent_Title", "Parent_Authors", "Parent_Publication_Date", "Parent_Article_Version", "Parent_Data_Type", "Parent_DOI", "Parent_Proprietary_ID",
			"Parent_ISBN", "Parent_Print_ISSN", "Parent_Online_ISSN", "Parent_URI")
	default:
		add("Parent_Title", "Parent_Authors", "Parent_Article_Version", "Parent_DOI", "Parent_Proprietary_ID", "Parent_Print_ISSN", "Parent_Online_ISSN", "Parent_URI")
	}
	shown("Data_Type", "YOP", "Access_Type", "Access_Method")
	return out
}

// value is what stands in a column; of what there is none it is empty.
func (t *Table) value(column string, it *Item, at Attributes) string {
	if rest, ok := strings.CutPrefix(column, "Parent_"); ok {
		switch {
		case it.Parent == nil:
			return ""
		case rest == "Data_Type":
			return Journal
		}
		return t.value(rest, it.Parent, at)
	}
	switch column {
	case "Title", "Item":
		return it.Name
	case "Publisher":
		return it.Publisher
	case "Publisher_ID":
		return named("ROR", it.PublisherROR)
	case "Platform":
		return t.platform.Name
	case "Authors":
		var list []string
		for _, w := range it.authors() {
			name := w.Name
			if w.ORCID != "" {
				name += " (ORCID:" + w.ORCID + ")"
			}
			list = append(list, name)
		}
		return strings.Join(list, "; ")
	case "Publication_Date":
		return it.Published
	case "Article_Version":
		return it.Version
	case "DOI":
		return it.IDs.doi()
	case "Proprietary_ID":
		return named(t.platform.ID, it.IDs.Proprietary)
	case "Print_ISSN":
		return it.IDs.PrintISSN
	case "Online_ISSN":
		return it.IDs.OnlineISSN
	case "URI":
		return it.IDs.URI
	case "Data_Type":
		return at.DataType
	case "YOP":
		return at.YOP
	case "Access_Type":
		return at.AccessType
	case "Access_Method":
		return at.Method
	}
	return "" // ISBN
}

// named is an identifier with the name of its kind, or empty.
func named(name, value string) string {
	if value == "" {
		return ""
	}
	return name + ":" + value
}

// begin writes the header, once.
func (t *Table) begin() {
	if t.begun {
		return
	}
	t.begun = true
	a := t.ask
	var exceptions []string
	for _, e := range a.Exceptions {
		exceptions = append(exceptions, e.String())
	}
	t.buf.WriteString(byteOrderMark)
	for _, row := range [][2]string{
		{"Report_Name", a.Report.Name},
		{"Report_ID", a.Report.ID},
		{"Release", Release},
		{"Institution_Name", TheWorldName},
		{"Institution_ID", t.platform.ID + ":" + TheWorld},
		{"Metric_Types", strings.Join(a.metrics, "; ")},
		{"Report_Filters", a.filterRow()},
		{"Report_Attributes", a.attributeRow()},
		{"Exceptions", strings.Join(exceptions, "; ")},
		{"Reporting_Period", "Begin_Date=" + firstDay(a.Begin) + "; End_Date=" + lastDay(a.End)},
		{"Created", t.created.UTC().Format(time.RFC3339)},
		{"Created_By", MadeBy},
		{"Registry_Record", t.platform.Registry},
	} {
		t.cell(row[0], false)
		t.cell(row[1], true)
		t.end()
	}
	t.end()
	for i, c := range t.columns {
		t.cell(c, i > 0)
	}
	t.cell("Metric_Type", true)
	t.cell("Reporting_Period_Total", true)
	if a.Monthly {
		for _, m := range a.months {
			if at, err := time.Parse("2006-01", m); err == nil {
				t.cell(at.Format("Jan-2006"), true)
			}
		}
	}
	t.end()
}

// filterRow are the filters beside those of metrics and dates.
func (a *Ask) filterRow() string {
	var out []string
	for _, f := range []struct {
		name   string
		values []string
	}{
		{"Platform", list(a.platform)}, {"Item_ID", a.items}, {"Author", a.authors}, {"Data_Type", a.dataTypes}, {"YOP", a.years}, {"Access_Type", a.accessTypes}, {"Access_Method", a.methods},
	} {
		if f.values != nil {
			out = append(out, f.name+"="+strings.Join(f.values, "|"))
		}
	}
	return strings.Join(out, "; ")
}

func list(v string) []string {
	if v == "" {
		return nil
	}
	return []string{v}
}

func (a *Ask) attributeRow() string {
	if a.Report.View {
		return ""
	}
	var out []string
	if a.shown != nil {
		out = append(out, "Attributes_To_Show="+strings.Join(a.shown, "|"))
	}
	if !a.Monthly {
		out = append(out, "Exclude_Monthly_Details=True")
	}
	if a.parents {
		out = append(out, "Include_Parent_Details=True")
	}
	return strings.Join(out, "; ")
}

// Item writes the rows of an item.
func (t *Table) Item(it *Item) error {
	list := it.performances()
	if len(list) > 0 {
		t.begin()
	}
	for i := range list {
		p := &list[i]
		before := t.buf.Len()
		for k, c := range t.columns {
			t.cell(t.value(c, it, p.Attributes), k > 0)
		}
		described := string(t.buf.Bytes()[before:])
		t.buf.Truncate(before)
		for m := range metrics {
			total := p.total(m)
			if total == 0 {
				continue
			}
			t.buf.WriteString(described)
			t.cell(m.String(), true)
			t.number(total)
			if t.ask.Monthly {
				for k := range p.months {
					t.number(p.months[k][m])
				}
			}
			t.end()
		}
	}
	return t.flush(1 << 16)
}

// cell writes a value, in quotation marks where it has such or what stands between
// values (RFC 4180, section 2). Lines are broken only between rows.
func (t *Table) cell(v string, more bool) {
	if more {
		t.buf.WriteByte(t.between)
	}
	v = oneLine(v)
	if strings.ContainsRune(v, '"') || strings.IndexByte(v, t.between) >= 0 {
		v = `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
	}
	t.buf.WriteString(v)
}

// oneLine is a value without tabs and line breaks.
func oneLine(v string) string {
	if strings.ContainsAny(v, "\t\r\n\v\f\u0085\u2028\u2029") {
		return strings.Join(strings.Fields(v), " ")
	}
	return v
}

func (t *Table) number(n int64) {
	t.buf.WriteByte(t.between)
	t.buf.Write(strconv.AppendInt(t.buf.AvailableBuffer(), n, 10))
}

// end ends a row: with CRLF where RFC 4180 says so.
func (t *Table) end() {
	if t.between == ',' {
		t.buf.WriteByte('\r')
	}
	t.buf.WriteByte('\n')
}

func (t *Table) flush(least int) error {
	if t.err == nil && t.buf.Len() >= least {
		_, t.err = t.w.Write(t.buf.Bytes())
		t.buf.Reset()
	}
	return t.err
}

// Close ends the report.
func (t *Table) Close() error {
	if !t.begun {
		t.ask.nothing()
		t.begin()
	}
	return t.flush(0)
}
