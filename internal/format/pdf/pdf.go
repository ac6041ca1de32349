// Package pdf reads what a PDF (ISO 32000) says: its text page by page, its
// outline, its metadata, and what in it acts rather than reads (scripts,
// launch actions, embedded files).
//
// A line is a run of characters on one baseline of one column. A running line
// is one that repeats from page to page: a running head, a page number. The
// outline is the tree of bookmarks. Lengths are points, 1/72 inch, measured
// from the lower left corner of the page as it is shown.
//
//	reader := pdf.New(filepath.Join(dataDir, "cache", "wasm"))
//	defer reader.Close()
//	file, err := reader.Read(ctx, data)
//	text := file.Text()               // for search
//	doc := pdf.Document(file)         // for a plain reading view
//
// PDFium does the reading, compiled to WebAssembly, in a sandbox that has no
// files, no network and a bounded memory. Nothing in a PDF is ever run. What
// comes out was guessed from places on paper, not written as text: whoever
// shows it must say that it was extracted. This package draws no pages and
// writes no PDF.
package pdf

import (
	"strings"
)

// File is what was read of one PDF.
type File struct {
	// PageCount is the number of pages of the document, Pages those that were
	// read, in order. They differ when a limit was reached; Notes says so.
	PageCount int
	Pages     []Page
	Outline   []Entry
	// Title, Author, Subject, Keywords and Producer come from the document
	// information dictionary (ISO 32000-1, 14.3.3) as they are: often empty,
	// often the name of a template.
	Title, Author, Subject, Keywords, Producer string
	// Language is the catalogue's Lang (14.9.2), BCP 47, or empty.
	Language string
	// Tagged says that the document claims to carry its structure (14.8).
	Tagged bool
	// Encrypted says that it is encrypted and opens without a password.
	Encrypted bool
	// Active is what it holds beside pages.
	Active Active
	// Notes say in words for people what was found wrong, left out or not
	// understood.
	Notes []string
}

// Active is what in a PDF acts, or is carried along unseen.
type Active struct {
	JavaScript bool
	// Launch: an action that starts a program or opens another file.
	Launch bool
	// Embedded are the names of the files inside it; a file without a name is
	// "". EmbeddedFiles is true also when only their data was found.
	Embedded      []string
	EmbeddedFiles bool
}

// Entry is one bookmark of the outline.
type Entry struct {
	Title string
	// Depth is 1 at the top.
	Depth int
	// Page is the number of the page it leads to, from 1, or 0.
	Page int
	// Top is the height on that page that it leads to, or 0 when it does not
	// say one.
	Top float64
}

// Page is one page in reading order.
type Page struct {
	Number        int // from 1
	Width, Height float64
	Lines         []Line
}

// Line is a run of characters on one baseline of one column.
type Line struct {
	Text string
	// Left, Right and Base are where it stands; Base is the baseline's height.
	Left, Right, Base float64
	// Size is the height of the type.
	Size   float64
	Bold   bool
	Italic bool
	// Column counts the columns of the page from 1 in reading order; 0 is a
	// line across all of them.
	Column int
	// Band counts the parts of a page that lines across all columns make.
	Band int
	// Running: it repeats from page to page and is not part of the text.
	Running bool
	// Turned: it does not run from left to right as the page is shown.
	Turned bool
	// Broken: a word was divided at its end. The hyphen still stands in Text.
	Broken bool
}

// Text is the text of all pages read, one line of a page on one line.
// Running lines are left out, pages are separated by a form feed, and divided
// words are put together: a hyphen after two letters or more at the end of a
// line goes when the next line goes on with a small letter, except where the
// document elsewhere writes the word with its hyphen only (well-known).
func (f *File) Text() string {
	words := vocabulary(f)
	var b strings.Builder
	for i := range f.Pages {
		if i > 0 {
			b.WriteByte('\f')
		}
		b.WriteString(pageText(&f.Pages[i], words))
	}
	return b.String()
}

// pageText is one page's lines, one each, without its running lines.
func pageText(p *Page, words map[string]bool) string {
	var b strings.Builder
	open := false // the line before ended within a word
	for i := range p.Lines {
		l := &p.Lines[i]
		if l.Running {
			continue
		}
		if b.Len() > 0 && !open {
			b.WriteByte('\n')
		}
		text := l.Text
		if open = l.Broken; open {
			next := following(p.Lines[i+1:])
			text = joined(text, next, words)
			open = next != ""
		}
		b.WriteString(text)
	}
	return b.String()
}

// following is the text of the next line that is not a running one; there are
// only few of those.
func following(lines []Line) string {
	for i := range lines[:min(len(lines), 8*zone)] {
		if !lines[i].Running {
			return lines[i].Text
		}
	}
	return ""
}
