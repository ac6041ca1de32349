package usage

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// CarriedLine is a line of a list of counts that an earlier site had made.
type CarriedLine struct {
	Line    int
	Article string // a DOI, an address of now or then, or what the earlier site called it
	Counts  []journal.Count
	Err     error // why the line cannot be taken; errs.Invalid
}

const (
	mostCarried     = 1_000_000 // lines
	mostCarriedLine = 64 << 10  // bytes
)

// carriedColumns are what a list's columns may be called, in small letters. The
// second names are those of the usage statistics that OJS gives as CSV.
var carriedColumns = map[string]string{
	"article": "article", "doi": "article", "address": "article", "url": "article", "id": "article",
	"views": "views", "abstract views": "views",
	"downloads": "downloads", "file views": "downloads", "galley views": "downloads",
	"since": "since", "from": "since", "until": "until", "to": "until", "source": "source",
}

// ReadCarried reads a list of counts as CSV (RFC 4180), with commas, semicolons or
// tabs between the columns that its first line names: article, and views,
// downloads or both; since, until and source where they are known, which else are
// those of given. Other columns are named in passed. f is called for every line,
// also for one that cannot be taken. Errors are errs.Invalid, and those of f.
func ReadCarried(r io.Reader, given journal.Count, f func(CarriedLine) error) (passed []string, err error) {
	in := bufio.NewReaderSize(&boundedLines{r: r}, mostCarriedLine)
	if mark, _ := in.Peek(3); string(mark) == "\ufeff" {
		_, _ = in.Discard(3)
	}
	head, err := in.Peek(mostCarriedLine)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, carriedErr(err)
	}
	table := csv.NewReader(in)
	table.Comma = separator(head)
	table.FieldsPerRecord, table.ReuseRecord, table.TrimLeadingSpace = -1, true, table.Comma != '\t'
	names, err := table.Read()
	if err != nil {
		return nil, carriedErr(err)
	}
	columns := make([]string, len(names))
	for i, n := range names {
		if columns[i] = carriedColumns[strings.ToLower(strings.TrimSpace(n))]; columns[i] == "" {
			passed = append(passed, strings.TrimSpace(n))
		}
	}
	if !slices.Contains(columns, "article") || !slices.Contains(columns, "views") && !slices.Contains(columns, "downloads") {
		return nil, errs.Newf(errs.Invalid, "the first line of the list must name its columns: article, and views, downloads or both")
	}
	for n := 0; ; n++ {
		fields, err := table.Read()
		if errors.Is(err, io.EOF) {
			return passed, nil
		}
		if err != nil {
			return passed, carriedErr(err)
		}
		if n == mostCarried {
			return passed, errs.Newf(errs.Invalid, "the list has more than %d lines: divide it", mostCarried)
		}
		line := newCarriedLine(columns, fields, given)
		line.Line, _ = table.FieldPos(0)
		if err := f(line); err != nil {
			return passed, err
		}
	}
}

func newCarriedLine(columns, fields []string, given journal.Count) (l CarriedLine) {
	of := given
	fail := func(format string, args ...any) {
		if l.Err == nil {
			l.Err = errs.Newf(errs.Invalid, format, args...)
		}
	}
	values := map[string]int64{}
	for i, v := range fields {
		if i >= len(columns) {
			break
		}
		v = strings.Clone(strings.TrimSpace(v)) // the reader uses its memory again
		switch c := columns[i]; {
		case v == "" || c == "":
		case c == "article":
			l.Article = v
		case c == "source":
			of.Source = v
		case c == "since" || c == "until":
			d := journal.Date(v).Valid()
			if string(d) != v {
				fail("%q is not a date: write 2019, 2019-03 or 2019-03-31", v)
			}
			if c == "since" {
				of.Since = d
			} else {
				of.Until = d
			}
		default:
			n, err := wholeNumber(v)
			if err != nil {
				fail("%q is not a number of %s", v, c)
			}
			values[c] += n
		}
	}
	switch {
	case l.Article == "":
		fail("it names no article")
	case of.Since != "" && of.Until != "" && of.Since > of.Until:
		fail("its time ends (%s) before it begins (%s)", of.Until, of.Since)
	case of.Source == "":
		fail("it does not say where the counts are from: name the earlier site with --source, or in a column source")
	}
	if l.Err != nil {
		return l
	}
	for _, metric := range []string{"views", "downloads"} {
		if n, ok := values[metric]; ok {
			c := of
			c.Metric, c.Value = metric, n
			l.Counts = append(l.Counts, c)
		}
	}
	return l
}

// wholeNumber reads a number whose thousands may be set apart by spaces.
func wholeNumber(s string) (int64, error) {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
	n, err := strconv.ParseInt(s, 10, 64)
	if err == nil && n < 0 {
		err = strconv.ErrRange
	}
	return n, err
}

// separator is what stands between the columns of the first line.
func separator(head []byte) rune {
	first, _, _ := strings.Cut(string(head), "\n")
	most, at := ',', 0
	for _, sep := range ",;\t" {
		if n := strings.Count(first, string(sep)); n > at {
			most, at = sep, n
		}
	}
	return most
}

// errLongLine is a line that no list has.
var errLongLine = errors.New("long line")

// boundedLines ends with errLongLine where a line is longer than mostCarriedLine.
type boundedLines struct {
	r io.Reader
	n int // bytes of the line so far
}

func (b *boundedLines) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	for _, c := range p[:n] {
		if b.n++; c == '\n' {
			b.n = 0
		}
		if b.n > mostCarriedLine {
			return n, errLongLine
		}
	}
	return n, err
}

func carriedErr(err error) error {
	var bad *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return errs.Newf(errs.Invalid, "the list is empty")
	case errors.Is(err, errLongLine):
		return errs.Newf(errs.Invalid, "the list has a line of more than %d bytes: it is not a list of counts", mostCarriedLine)
	case errors.As(err, &bad):
		return errs.Newf(errs.Invalid, "line %d of the list is not CSV: %v", bad.Line, bad.Err)
	}
	return err
}
