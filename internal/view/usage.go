package view

// UsageTotals is how often something was read.
type UsageTotals struct {
	Views, Downloads int64
	Since            Date // first day that was counted
	// Generated: the numbers were made up, for the demonstration.
	Generated bool
}

// Usage is numbers and a chart of the months.
type Usage struct {
	UsageTotals
	Chart *UsageChart // nil where nothing was read yet
	CSV   string      // address of the months as a table
}

// Readers is how often several articles were read in sum.
type Readers struct {
	UsageTotals
	More string // address of the journal's statistics
	CSV  string // address of the months as a table
}

// UsageChart is bars for the eye and rows for everybody.
type UsageChart struct {
	First, Last Date // months
	Width       int  // of the drawing, in its own units
	Bars        []UsageBar
	Rows        []UsageRow
}

// UsageBar is a rectangle of the drawing; downloads stand on the views.
type UsageBar struct {
	X, Y, Width, Height int
	Downloads           bool
}

// UsageRow is a month.
type UsageRow struct {
	Month            Date
	Views, Downloads int64
}

const (
	// usageHeight is the height of the drawing, as the template has it.
	usageHeight = 60
	usageStep   = 10
	// mostUsageMonths is how many months a chart shows.
	mostUsageMonths = 24
)

// NewUsageChart draws months, oldest first; nil for none.
func NewUsageChart(rows []UsageRow) *UsageChart {
	if len(rows) > mostUsageMonths {
		rows = rows[len(rows)-mostUsageMonths:]
	}
	if len(rows) == 0 {
		return nil
	}
	c := &UsageChart{First: rows[0].Month, Last: rows[len(rows)-1].Month, Width: usageStep * len(rows), Rows: rows}
	most := int64(1)
	for _, r := range rows {
		most = max(most, r.Views+r.Downloads)
	}
	for i, r := range rows {
		y := usageHeight
		for _, part := range []struct {
			n         int64
			downloads bool
		}{{r.Views, false}, {r.Downloads, true}} {
			if part.n > 0 {
				h := min(max(int(part.n*usageHeight/most), 1), y)
				y -= h
				c.Bars = append(c.Bars, UsageBar{X: usageStep*i + 1, Y: y, Width: usageStep - 2, Height: h, Downloads: part.downloads})
			}
		}
	}
	return c
}

// MostRead are the articles that were read most in some time, a year or a month.
type MostRead struct {
	Time  Date
	Lines []ReadLine
}

// ReadLine is an article with how often its pages and files were opened.
type ReadLine struct {
	Link
	Views, Downloads int64
}

// Statistics is what can be said of a journal in numbers.
type Statistics struct {
	Base
	Usage    *Usage
	MostRead []MostRead
	// MostReadCSV is the address of the same as a table.
	MostReadCSV string
	Years       []StatisticsYear
	CSV         string
	Reports     []UsageReport
	// Origins are where readers were, in whole months from one to another.
	Origins     []Origins
	From, Until Date
	Least       int // sessions that are told
	OriginsCSV  string
}

// Origins are readers by one thing that is known of their networks. Kind is a
// catalogue name in the family "origin.".
type Origins struct {
	Kind  string
	Lines []ReadFrom
}

// ReadFrom is a country or an institution; without a name all others. Views are
// all openings.
type ReadFrom struct {
	Name         Run
	Views, Texts int64
}

// UsageReport is a report for libraries as a table; its name is that of the
// standard, in English.
type UsageReport struct{ Name, TSV, CSV string }

func (*Statistics) template() string { return "statistics" }

// StatisticsYear is a year of a journal.
type StatisticsYear struct {
	Year             string
	Articles         int
	Views, Downloads int64
	Texts            int64 // Total_Item_Requests of the Code
	Issues, Searches int64
	// Investigations and those of one reader once.
	Investigations, UniqueInvestigations, UniqueTexts int64
}
