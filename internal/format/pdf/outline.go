package pdf

import (
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// The outline of a damaged or hostile document may lead back to itself.
const (
	maxEntries = 5000
	maxDepth   = 16
)

// outline reads the bookmarks (ISO 32000-1, 12.3.3), parents first.
func (j *job) outline() {
	first, err := j.in.FPDFBookmark_GetFirstChild(&requests.FPDFBookmark_GetFirstChild{Document: j.doc})
	if err == nil && first.Bookmark != nil {
		j.bookmarks(*first.Bookmark, 1)
	}
	if len(j.file.Outline) >= maxEntries {
		j.note("The outline has more than %d entries or leads back to itself; the rest was left out.", maxEntries)
	}
}

// bookmarks reads mark, what is below it, and what follows it.
func (j *job) bookmarks(mark references.FPDF_BOOKMARK, depth int) {
	for len(j.file.Outline) < maxEntries {
		entry := Entry{Depth: depth}
		if t, err := j.in.FPDFBookmark_GetTitle(&requests.FPDFBookmark_GetTitle{Bookmark: mark}); err == nil {
			entry.Title = clean(t.Title, 1024)
		}
		j.destination(mark, &entry)
		j.file.Outline = append(j.file.Outline, entry)
		if depth < maxDepth {
			child, err := j.in.FPDFBookmark_GetFirstChild(&requests.FPDFBookmark_GetFirstChild{Document: j.doc, Bookmark: &mark})
			if err == nil && child.Bookmark != nil {
				j.bookmarks(*child.Bookmark, depth+1)
			}
		}
		next, err := j.in.FPDFBookmark_GetNextSibling(&requests.FPDFBookmark_GetNextSibling{Document: j.doc, Bookmark: mark})
		if err != nil || next.Bookmark == nil {
			return
		}
		mark = *next.Bookmark
	}
}

// destination fills in where a bookmark leads, directly or by its action.
func (j *job) destination(mark references.FPDF_BOOKMARK, entry *Entry) {
	dest, err := j.in.FPDFBookmark_GetDest(&requests.FPDFBookmark_GetDest{Document: j.doc, Bookmark: mark})
	if err != nil || dest.Dest == nil {
		return
	}
	page, err := j.in.FPDFDest_GetDestPageIndex(&requests.FPDFDest_GetDestPageIndex{Document: j.doc, Dest: *dest.Dest})
	if err != nil || page.Index < 0 || page.Index >= j.file.PageCount {
		return
	}
	entry.Page = page.Index + 1
	at, err := j.in.FPDFDest_GetLocationInPage(&requests.FPDFDest_GetLocationInPage{Dest: *dest.Dest})
	if err == nil && at.Y != nil {
		entry.Top = float64(*at.Y)
	}
}
