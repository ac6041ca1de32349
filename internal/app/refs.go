package app

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"offprint/internal/errs"
	"offprint/internal/format/csl"
	"offprint/internal/refparse"
	"offprint/internal/script"
)

// longestReference bounds a line, in bytes. A longer one is passed over.
const longestReference = 64 << 10

// ReferenceLine is a line that was read as a reference, or why it was not.
type ReferenceLine struct {
	Number  int    // of the line, from 1
	Text    string // of a line that was not read, its beginning
	Parsed  *csl.Parsed
	Problem error
	// Last of what has arrived: a printer should not wait for more.
	Last bool
}

// ReadReferences takes reference strings apart, one a line, and hands each to
// one in order. Empty lines are passed over. It needs memory for one line.
func ReadReferences(from io.Reader, one func(ReferenceLine) error) error {
	in := bufio.NewReaderSize(from, longestReference)
	for number := 1; ; number++ {
		raw, err := in.ReadSlice('\n')
		end := errors.Is(err, io.EOF)
		line := ReferenceLine{Number: number}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			line.Text = strings.ToValidUTF8(string(raw[:200]), "\ufffd")
			line.Problem = errs.Newf(errs.Invalid, "the line is longer than %d kB; a reference is one line of at most a few hundred words", longestReference>>10)
			if end, err = passLine(in); err != nil {
				return err
			}
		case err != nil && !end:
			return err
		default:
			line.Text, line.Problem = referenceText(raw)
		}
		if strings.TrimSpace(line.Text) != "" || line.Problem != nil {
			if line.Problem == nil {
				r := refparse.Parse(line.Text)
				r.Number = number
				parsed := csl.NewParsed(&r, line.Text)
				line.Parsed = &parsed
			}
			line.Last = end || in.Buffered() == 0
			if err := one(line); err != nil {
				return err
			}
		}
		if end {
			return nil
		}
	}
}

// passLine reads to the end of a line that is too long.
func passLine(in *bufio.Reader) (end bool, err error) {
	for {
		_, err := in.ReadSlice('\n')
		switch {
		case err == nil:
			return false, nil
		case errors.Is(err, io.EOF):
			return true, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return false, err
		}
	}
}

// referenceText is a line as text; what is not UTF-8 is decoded for itself, for
// lines of several sources may stand in one file.
func referenceText(line []byte) (string, error) {
	line = bytes.TrimRight(line, "\r\n")
	if utf8.Valid(line) && bytes.IndexByte(line, 0) < 0 {
		return strings.TrimPrefix(string(line), "\ufeff"), nil
	}
	text, _, err := script.Decode(bytes.Clone(line), "")
	if text != "" {
		return text, nil // damaged UTF-8 is read as far as it goes
	}
	what, _, _ := strings.Cut(errs.Message(err), ";")
	return strings.ToValidUTF8(string(line[:min(len(line), 200)]), "\ufffd"), errs.Newf(errs.Invalid, "%s; a reference is a line of text, in UTF-8 or in an encoding that it shows", what)
}

// longestList bounds a list that is divided, in bytes.
const longestList = 16 << 20

// SplitReferences divides a pasted list into its entries.
func SplitReferences(from io.Reader) ([]refparse.Entry, error) {
	raw, err := io.ReadAll(io.LimitReader(from, longestList+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > longestList {
		return nil, errs.Newf(errs.Invalid, "the list is longer than %d MB; divide it and give the parts", longestList>>20)
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil, nil
	}
	text, _, err := script.Decode(raw, "")
	if text == "" && err != nil {
		what, _, _ := strings.Cut(errs.Message(err), ";")
		return nil, errs.Newf(errs.Invalid, "%s; a list of references is text", what)
	}
	return refparse.Split(text), nil
}
