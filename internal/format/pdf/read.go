package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	pdfium "github.com/klippa-app/go-pdfium"
	pdferr "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"offprint/internal/errs"
)

// Read reads a PDF. What is no PDF, cannot be opened or needs a password is
// errs.Invalid, too many bytes are errs.TooLarge, a sandbox that does not start
// is errs.Unavailable; each error is a sentence for people. A document that is
// damaged, too long or too slow, but of which something could be read, is no
// error: what could be read is returned and its Notes say what is missing.
func (r *Reader) Read(ctx context.Context, data []byte) (*File, error) {
	if len(data) > r.limits.Bytes {
		return nil, errs.Newf(errs.TooLarge, "The PDF has %d MB; at most %d MB are read.", len(data)>>20, r.limits.Bytes>>20)
	}
	if !IsPDF(data) {
		return nil, errs.Newf(errs.Invalid, "This is not a PDF: it does not begin with %%PDF.")
	}
	j := &job{data: data, limits: r.limits, file: &File{}, scan: &scanner{}}
	err := j.run(ctx, r)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case r.life.Err() != nil:
		return nil, errs.Newf(errs.Unavailable, "The reader of PDFs was closed.")
	case err != nil && j.runes == 0:
		return nil, explain(err)
	case errors.Is(err, context.DeadlineExceeded):
		j.note("Reading took longer than %s and was stopped: %d of %d pages were read.", r.limits.Time, len(j.file.Pages), j.file.PageCount)
	case err != nil:
		j.note("The reader failed after page %d of %d (%v).", len(j.file.Pages), j.file.PageCount, err)
	}
	j.finish()
	return j.file, nil
}

// maxCrashes is how many pages may bring the sandbox down before a document is
// given up.
const maxCrashes = 3

// pageError is a failure of the sandbox while it read a page.
type pageError struct{ error }

func (e pageError) Unwrap() error { return e.error }

// run reads the document, and goes on in a new sandbox after a page that
// brought one down.
func (j *job) run(ctx context.Context, r *Reader) error {
	left := r.limits.Time
	for crashes := 0; ; crashes++ {
		start := time.Now()
		err := r.run(ctx, left, j.read)
		if page := (pageError{}); !errors.As(err, &page) || crashes == maxCrashes {
			return err
		}
		if left -= time.Since(start); left <= 0 {
			return context.DeadlineExceeded
		}
		j.failed = append(j.failed, len(j.file.Pages)+1)
		j.file.Pages = append(j.file.Pages, Page{Number: len(j.file.Pages) + 1})
	}
}

// IsPDF reports whether data begins as a PDF does. Other bytes may stand
// before the header, within the first 1024 (ISO 32000-1, annex H, note 13).
func IsPDF(data []byte) bool {
	return bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-"))
}

// explain says to people why nothing could be read.
func explain(err error) error {
	switch {
	case errors.Is(err, pdferr.ErrPassword):
		return errs.Newf(errs.Invalid, "The PDF is locked with a password. Save it without one and try again.")
	case errors.Is(err, pdferr.ErrSecurity):
		return errs.Newf(errs.Invalid, "The PDF is encrypted in a way that cannot be read. Save it without encryption and try again.")
	case errors.Is(err, context.DeadlineExceeded):
		return errs.Newf(errs.Invalid, "The PDF took too long to open and was given up; its structure is probably damaged.")
	case errors.Is(err, errs.Unavailable), errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, pdferr.ErrFormat), errors.Is(err, pdferr.ErrFile), errors.Is(err, pdferr.ErrPage), errors.Is(err, errNoPages):
		return errs.Newf(errs.Invalid, "The PDF is damaged: no page can be found in it. It may have been cut off on its way.")
	}
	return errs.Newf(errs.Invalid, "The PDF could not be read; its structure is probably damaged (%v).", err)
}

var errNoPages = errors.New("no pages")

// job is the reading of one document. It belongs to the goroutine that runs
// it, and to Read after that has ended.
type job struct {
	data   []byte
	limits Limits
	in     pdfium.Pdfium
	doc    references.FPDF_DOCUMENT
	file   *File
	scan   *scanner
	bytes  int // of text so far
	runes  int
	strays int // characters that stand for no letter
	failed []int
}

func (j *job) note(format string, args ...any) {
	j.file.Notes = append(j.file.Notes, fmt.Sprintf(format, args...))
}

func (j *job) read(in pdfium.Pdfium) error {
	j.in = in
	opened, err := in.OpenDocument(&requests.OpenDocument{File: &j.data})
	if err != nil {
		return err
	}
	j.doc = opened.Document
	count, err := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: j.doc})
	if err != nil {
		return err
	}
	if j.file.PageCount = count.PageCount; j.file.PageCount <= 0 {
		return errNoPages
	}
	if len(j.file.Pages) == 0 {
		j.structure()
		j.properties()
		j.outline()
	}
	if err := j.pages(); err != nil {
		return err
	}
	j.active()
	return nil
}

// structure notes what was repaired.
func (j *job) structure() {
	table, err := j.in.FPDF_DocumentHasValidCrossReferenceTable(&requests.FPDF_DocumentHasValidCrossReferenceTable{Document: j.doc})
	switch {
	case !bytes.Contains(j.data[max(0, len(j.data)-1024):], []byte("%%EOF")):
		j.note("The end of the file is missing: it may have been cut off. What was there was read.")
	case err == nil && !table.DocumentHasValidCrossReferenceTable:
		j.note("The file's table of objects is damaged; it was built anew.")
	}
	if s, err := j.in.FPDF_GetSecurityHandlerRevision(&requests.FPDF_GetSecurityHandlerRevision{Document: j.doc}); err == nil {
		j.file.Encrypted = s.SecurityHandlerRevision >= 0
	}
}

func (j *job) properties() {
	for _, t := range []struct {
		tag string
		to  *string
	}{
		{"Title", &j.file.Title}, {"Author", &j.file.Author}, {"Subject", &j.file.Subject},
		{"Keywords", &j.file.Keywords}, {"Producer", &j.file.Producer},
	} {
		if m, err := j.in.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: j.doc, Tag: t.tag}); err == nil {
			*t.to = clean(m.Value, 4096)
		}
	}
	if t, err := j.in.FPDFCatalog_IsTagged(&requests.FPDFCatalog_IsTagged{Document: j.doc}); err == nil {
		j.file.Tagged = t.IsTagged
	}
	if l, err := j.in.FPDFCatalog_GetLanguage(&requests.FPDFCatalog_GetLanguage{Document: j.doc}); err == nil {
		j.file.Language = clean(l.Language, 64)
	}
}

// pages reads the text of the pages. A page that cannot be read is noted and
// kept empty; a sandbox that has failed ends the reading.
func (j *job) pages() error {
	last := min(j.file.PageCount, j.limits.Pages)
	for i := len(j.file.Pages); i < last; i++ {
		page, err := j.page(i)
		if err != nil && !errors.Is(err, pdferr.ErrPage) {
			return pageError{err}
		}
		if err != nil {
			j.failed = append(j.failed, i+1)
		}
		j.file.Pages = append(j.file.Pages, page)
		if j.bytes > j.limits.Text {
			j.note("The document has more than %d MB of text; what follows page %d was left out.", j.limits.Text>>20, i+1)
			return nil
		}
	}
	if last < j.file.PageCount {
		j.note("The document has %d pages; the first %d were read.", j.file.PageCount, last)
	}
	return nil
}

// finish does what needs all pages.
func (j *job) finish() {
	f := j.file
	markRunning(f.Pages)
	if len(j.failed) > 0 {
		j.note("Pages that could not be read: %s.", numbers(j.failed))
	}
	switch {
	case j.runes == 0:
		j.note("The document has no text: its pages are probably pictures of a scan.")
	case j.strays*10 > j.runes:
		j.note("A part of the characters (%d %%) stands for no letters: the document's fonts do not say what they show. The text is not reliable.", j.strays*100/j.runes)
	}
	if turned(f.Pages) {
		j.note("Some lines are turned or run from top to bottom; their order is not reliable.")
	}
	a := &f.Active
	if a.JavaScript {
		j.note("The document holds scripts (JavaScript). They were not run.")
	}
	if a.Launch {
		j.note("The document holds an action that starts a program or opens another file. It was not followed.")
	}
	if a.EmbeddedFiles {
		j.note("The document carries other files within it (%d named). They were not looked into.", len(a.Embedded))
	}
}

// turned reports whether a tenth of the lines, or more, is turned.
func turned(pages []Page) bool {
	all, some := 0, 0
	for i := range pages {
		for k := range pages[i].Lines {
			if all++; pages[i].Lines[k].Turned {
				some++
			}
		}
	}
	return some*10 >= all && some > 0
}

// numbers lists page numbers, the first twenty of them.
func numbers(pages []int) string {
	var b strings.Builder
	for i, n := range pages {
		if i == 20 {
			return fmt.Sprintf("%s and %d more", b.String(), len(pages)-i)
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprint(&b, n)
	}
	return b.String()
}

// clean makes one line of s, of at most limit bytes, without control
// characters.
func clean(s string, limit int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if len(s) > limit {
		s = strings.ToValidUTF8(s[:limit], "") + "…"
	}
	return s
}
