package view

// Usage is how often something was read: numbers, and a chart of the months.
type Usage struct {
	Views, Texts int64
	Since        Date // first day that was counted
	// Generated: the numbers were made up, for the demonstration.
	Generated bool
	Chart     *UsageChart
}

// UsageChart is bars for the eye and rows for everybody.
type UsageChart struct {
	First, Last Date // months
	Width       int  // of the drawing, in its own units
	Bars        []UsageBar
	Rows        []UsageRow
}

// UsageBar is a rectangle of the drawing; Text is the part of the views that was
// of full texts.
type UsageBar struct {
	X, Y, Width, Height int
	Text                bool
}

// UsageRow is a month.
type UsageRow struct {
	Month        Date
	Views, Texts int64
}

const (
	// usageHeight is the height of the drawing, as the template has it.
	usageHeight = 60
	usageStep   = 10
	// mostUsageMonths is how many months a chart shows.
	mostUsageMonths = 24
)

// NewUsageChart draws months, oldest first; nil for less than two.
func NewUsageChart(rows []UsageRow) *UsageChart {
	if len(rows) > mostUsageMonths {
		rows = rows[len(rows)-mostUsageMonths:]
	}
	if len(rows) < 2 {
		return nil
	}
	c := &UsageChart{First: rows[0].Month, Last: rows[len(rows)-1].Month, Width: usageStep * len(rows), Rows: rows}
	most := int64(1)
	for _, r := range rows {
		most = max(most, r.Views)
	}
	for i, r := range rows {
		for _, part := range []struct {
			n    int64
			text bool
		}{{r.Views, false}, {r.Texts, true}} {
			if part.n > 0 {
				h := max(int(part.n*usageHeight/most), 1)
				c.Bars = append(c.Bars, UsageBar{X: usageStep*i + 1, Y: usageHeight - h, Width: usageStep - 2, Height: h, Text: part.text})
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

// ReadLine is an article with how often its full text was read.
type ReadLine struct {
	Link
	Views, Texts int64
}

// Statistics is what can be said of a journal in numbers.
type Statistics struct {
	Base
	Usage    *Usage
	MostRead []MostRead
	Years    []StatisticsYear
	CSV      string
	Reports  []UsageReport
}

// UsageReport is a report for libraries as a table; its name is that of the
// standard, in English.
type UsageReport struct{ Name, TSV, CSV string }

func (*Statistics) template() string { return "statistics" }

// StatisticsYear is a year of a journal.
type StatisticsYear struct {
	Year             string
	Articles         int
	Views, Texts     int64
	Issues, Searches int64
}
