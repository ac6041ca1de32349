package pdf

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// maxChars bounds the characters of one page. A densely printed page has ten
// thousand.
const maxChars = 300_000

// word is a run of characters without blanks.
type word struct {
	text        string
	left, right float64
}

// row is what PDFium takes for one line: it may run across columns.
type row struct {
	words        []word
	base, size   float64
	bold, italic bool
	turned       bool
}

// page reads page i, from 0.
func (j *job) page(i int) (Page, error) {
	page := Page{Number: i + 1}
	by := requests.Page{ByIndex: &requests.PageByIndex{Document: j.doc, Index: i}}
	loaded, err := j.in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: by})
	if err != nil {
		return page, err
	}
	size, err := j.in.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: j.doc, Index: i})
	if err != nil {
		return page, err
	}
	page.Width, page.Height = size.Width, size.Height
	t := &textPage{job: j, ref: loaded.TextPage, width: size.Width, height: size.Height}
	if rotation, err := j.in.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: by}); err == nil {
		t.quarters = int(rotation.PageRotation) & 3
	}
	rows, err := t.rows()
	if err != nil {
		return page, err
	}
	page.Lines = arrange(rows)
	for k := range page.Lines {
		j.bytes += len(page.Lines[k].Text) + 1
	}
	_, err = j.in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: t.ref})
	return page, err
}

// textPage asks for the characters of a page. Every question is a call into
// the sandbox, which is what reading costs; so places are asked for at the
// ends of words, and type at the ends of lines.
type textPage struct {
	*job
	ref           references.FPDF_TEXTPAGE
	width, height float64 // as shown
	quarters      int     // turns the page clockwise when it is shown
}

func (t *textPage) rows() ([]row, error) {
	chars, err := t.chars()
	if err != nil {
		return nil, err
	}
	var rows []row
	for start := 0; start < len(chars); {
		end := start
		for end < len(chars) && !lineEnd(chars[end]) {
			end++
		}
		if end < len(chars) && chars[end] == hyphen {
			end++
		}
		r, err := t.row(chars, start, end)
		if err != nil {
			return nil, err
		}
		if n := len(rows); n > 0 && len(r.words) > 0 && raised(&rows[n-1], &r) {
			rows[n-1].append(&r)
		} else if len(r.words) > 0 {
			rows = append(rows, r)
		}
		start = end
		for start < len(chars) && (chars[start] == '\r' || chars[start] == '\n') {
			start++
		}
	}
	return rows, nil
}

// hyphen is what PDFium gives for the hyphen of a word that it takes to be
// divided at the end of a line; no line end follows it.
const hyphen = 0x02

func lineEnd(r rune) bool { return r == '\r' || r == '\n' || r == hyphen }

// raised reports whether next goes on with prev's line at another height, as
// an exponent or the mark of a note does, or goes back to the line after one.
func raised(prev, next *row) bool {
	size := max(prev.size, next.size)
	gap := next.words[0].left - prev.words[len(prev.words)-1].right
	return !prev.turned && !next.turned && math.Abs(prev.base-next.base) < 0.6*size && gap > -0.3*size && gap < 0.6*size
}

// append puts next's words at the end of r. The type of the row is that of its
// larger part, the baseline too.
func (r *row) append(next *row) {
	last := &r.words[len(r.words)-1]
	words := next.words
	if words[0].left-last.right < 0.18*max(r.size, next.size) {
		last.text += words[0].text
		last.right = max(last.right, words[0].right)
		words = words[1:]
	}
	if next.size > r.size {
		r.size, r.base = next.size, next.base
	}
	r.bold, r.italic = r.bold && next.bold, r.italic && next.italic
	r.words = append(r.words, words...)
}

// chars are the characters of the page by PDFium's index. Those made by it,
// blanks and line ends, are among them.
func (t *textPage) chars() ([]rune, error) {
	count, err := t.in.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: t.ref})
	if err != nil {
		return nil, err
	}
	n := count.Count
	if n > maxChars {
		t.note("Page %d has %d characters; the first %d were read.", len(t.file.Pages)+1, n, maxChars)
		n = maxChars
	}
	chars := make([]rune, max(n, 0))
	ask := &requests.FPDFText_GetUnicode{TextPage: t.ref}
	for i := range chars {
		ask.Index = i
		u, err := t.in.FPDFText_GetUnicode(ask)
		if err != nil {
			return nil, err
		}
		if chars[i] = rune(u.Unicode); u.Unicode > unicode.MaxRune {
			chars[i] = unicode.ReplacementChar
		}
	}
	return chars, nil
}

// row reads the characters from start to end as one line.
func (t *textPage) row(chars []rune, start, end int) (row, error) {
	var r row
	first, last, longest := -1, -1, -1
	letters := 0
	for i := start; i < end; {
		for i < end && blank(chars[i]) {
			i++
		}
		from := i
		for i < end && !blank(chars[i]) {
			i++
		}
		if from == i {
			break
		}
		w, err := t.word(chars, from, i)
		if err != nil {
			return r, err
		}
		if w.text == "" {
			continue
		}
		if first < 0 {
			first = from
		}
		if last = i - 1; i-from > letters {
			longest, letters = from, i-from
		}
		r.words = append(r.words, w)
	}
	if first < 0 {
		return r, nil
	}
	err := t.style(&r, longest)
	if r.bold, r.italic = t.face(longest); r.bold || r.italic {
		for _, i := range []int{first, last} {
			bold, italic := t.face(i)
			r.bold, r.italic = r.bold && bold, r.italic && italic
		}
	}
	return r, err
}

func blank(r rune) bool { return r == 0 || unicode.IsSpace(r) }

func (t *textPage) word(chars []rune, from, to int) (word, error) {
	w := word{text: t.letters(chars[from:to])}
	if w.text == "" {
		return w, nil
	}
	left, right, err := t.box(from)
	if err != nil || to-from == 1 {
		w.left, w.right = left, right
		return w, err
	}
	endLeft, endRight, err := t.box(to - 1)
	w.left, w.right = min(left, endLeft), max(right, endRight)
	if left < endLeft && rightToLeft(chars[from]) && rightToLeft(chars[to-1]) {
		w.text = reversed(w.text)
	}
	return w, err
}

// rightToLeft reports whether a character is of a script that runs from right
// to left. A word of it whose first character stands on the left was written
// as it looks and not as it is spelt.
func rightToLeft(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana) && unicode.IsLetter(r)
}

// reversed turns a word round, marks staying behind their letters.
func reversed(s string) string {
	var out string
	letter := ""
	for _, r := range s {
		if unicode.Is(unicode.Mn, r) {
			letter += string(r)
			continue
		}
		out = letter + out
		letter = string(r)
	}
	return letter + out
}

// letters makes text of characters: pairs of surrogates become one, soft
// hyphens stay only at the end, where they are a hyphen.
func (t *textPage) letters(chars []rune) string {
	var b strings.Builder
	for i, r := range chars {
		if i > 0 && utf16.IsSurrogate(chars[i-1]) && utf16.IsSurrogate(r) {
			if pair := utf16.DecodeRune(chars[i-1], r); pair != unicode.ReplacementChar {
				b.WriteRune(pair)
			}
			continue
		}
		t.runes++
		switch {
		case r == hyphen || r == 0xFFFE:
			b.WriteByte('-')
		case r == 0xAD:
			if i == len(chars)-1 {
				b.WriteByte('-')
			}
		case utf16.IsSurrogate(r):
			// the first half of a pair
		case r == unicode.ReplacementChar || unicode.Is(unicode.Co, r):
			t.strays++
			b.WriteRune(r)
		case unicode.IsControl(r):
			t.strays++
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// box is the left and right end of a character, as the page is shown.
func (t *textPage) box(i int) (left, right float64, err error) {
	box, err := t.in.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: t.ref, Index: i})
	if err != nil {
		// A character that PDFium made has no place; the sandbox tells that by
		// the same error as its own failure, which the next call meets again.
		return 0, 0, t.alive(err)
	}
	x1, _ := t.shown(box.Left, box.Bottom)
	x2, _ := t.shown(box.Right, box.Top)
	return math.Min(x1, x2), math.Max(x1, x2), nil
}

// alive is err when the sandbox does not answer any more, and otherwise nil.
func (t *textPage) alive(err error) error {
	if _, dead := t.in.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: t.ref}); dead != nil {
		return err
	}
	return nil
}

// shown turns a place on the page as it is written into one as it is shown.
func (t *textPage) shown(x, y float64) (float64, float64) {
	switch t.quarters {
	case 1:
		return y, t.height - x
	case 2:
		return t.width - x, t.height - y
	case 3:
		return t.width - y, x
	}
	return x, y
}

// style fills in the height and size of a row from one of its characters: of
// its longest word, since a line may begin with the mark of a note.
func (t *textPage) style(r *row, i int) error {
	origin, err := t.in.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: t.ref, Index: i})
	if err != nil {
		return t.alive(err)
	}
	_, r.base = t.shown(origin.X, origin.Y)
	size, err := t.in.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: t.ref, Index: i})
	if err != nil {
		return err
	}
	r.size = size.FontSize
	if m, err := t.in.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: t.ref, Index: i}); err == nil {
		c, d := float64(m.Matrix.C), float64(m.Matrix.D)
		r.size *= math.Sqrt(c*c + d*d)
	}
	if !(r.size > 0.1 && r.size < 2000) { // also what is not a number
		r.size = 10
	}
	r.size = math.Round(r.size*10) / 10
	angle, err := t.in.FPDFText_GetCharAngle(&requests.FPDFText_GetCharAngle{TextPage: t.ref, Index: i})
	if err != nil {
		return err
	}
	turn := math.Mod(float64(angle.CharAngle)-float64(t.quarters)*math.Pi/2+4*math.Pi, 2*math.Pi)
	r.turned = turn > 0.1 && turn < 2*math.Pi-0.1
	return nil
}

// face guesses bold and italic. Descriptors often do not say it, names do.
func (t *textPage) face(i int) (bold, italic bool) {
	font, err := t.in.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: t.ref, Index: i})
	if err != nil {
		return false, false
	}
	name := strings.ToLower(font.FontName)
	if len(name) > 7 && name[6] == '+' { // the mark of a subset, 9.6.4
		name = name[7:]
	}
	has := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(name, p) {
				return true
			}
		}
		return false
	}
	const flagItalic, flagForceBold = 1 << 6, 1 << 18 // table 123
	bold = has("bold", "black", "heavy", "cmbx", "sfbx", "cmssbx") || strings.HasSuffix(name, "-bd") || font.Flags&flagForceBold != 0
	italic = has("italic", "oblique", "cmti", "sfti", "slanted") || font.Flags&flagItalic != 0
	if bold {
		return bold, italic
	}
	weight, err := t.in.FPDFText_GetFontWeight(&requests.FPDFText_GetFontWeight{TextPage: t.ref, Index: i})
	return err == nil && weight.FontWeight >= 600, italic
}
