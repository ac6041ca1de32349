package pdf

import (
	"math"
	"slices"
	"sort"
	"strings"
)

// segment is a part of a row that lies in one column.
type segment struct {
	Line
	row int // which row it is from, in PDFium's order
}

// arrange puts the rows of a page into reading order: bands from top to
// bottom, in a band its columns from left to right, in a column its lines from
// top to bottom. PDFium gives rows in the order in which they were written;
// that order is kept within a column unless it plainly jumps about.
func arrange(rows []row) []Line {
	gutters := gutters(rows)
	var segments []segment
	for i := range rows {
		segments = append(segments, cut(&rows[i], i, gutters)...)
	}
	if len(gutters) > 0 {
		bands(segments)
	}
	sort.SliceStable(segments, func(a, b int) bool {
		x, y := &segments[a], &segments[b]
		switch {
		case x.Turned != y.Turned:
			return y.Turned
		case x.Band != y.Band:
			return x.Band < y.Band
		}
		return x.Column < y.Column
	})
	lines := make([]Line, len(segments))
	for i := range segments {
		lines[i] = segments[i].Line
		if i > 0 && lines[i].Column == 0 && lines[i-1].Column == 0 && lines[i].Turned == lines[i-1].Turned {
			lines[i].Band = lines[i-1].Band // no column between them
		}
	}
	for start := 0; start < len(lines); {
		end := start + 1
		for end < len(lines) && sameColumn(&lines[start], &lines[end]) {
			end++
		}
		straighten(lines[start:end])
		start = end
	}
	return lines
}

func sameColumn(a, b *Line) bool {
	return a.Column == b.Column && a.Band == b.Band && a.Turned == b.Turned
}

// straighten sorts the lines of one column by height when more than a tenth of
// them stand above the line before them.
func straighten(lines []Line) {
	jumps := 0
	for i := 1; i < len(lines); i++ {
		if lines[i].Base > lines[i-1].Base+lines[i].Size*0.6 {
			jumps++
		}
	}
	if jumps*10 <= len(lines) || len(lines) > 0 && lines[0].Turned {
		return
	}
	sort.SliceStable(lines, func(a, b int) bool {
		return math.Round(lines[a].Base) > math.Round(lines[b].Base) ||
			math.Round(lines[a].Base) == math.Round(lines[b].Base) && lines[a].Left < lines[b].Left
	})
}

// cut divides a row at the gutters that it does not write across.
func cut(r *row, index int, gutters []gutter) []segment {
	var out []segment
	start := 0
	emit := func(end int) {
		words := r.words[start:end]
		l := Line{Base: r.base, Size: r.size, Bold: r.bold, Italic: r.italic, Turned: r.turned}
		l.Left, l.Right = words[0].left, words[0].right
		text := make([]string, len(words))
		for i, w := range words {
			text[i] = w.text
			l.Left, l.Right = min(l.Left, w.left), max(l.Right, w.right)
		}
		l.Text = strings.Join(text, " ")
		l.Broken = divided(l.Text)
		if len(gutters) > 0 {
			l.Column = column(l.Left, l.Right, gutters)
		}
		out = append(out, segment{Line: l, row: index})
		start = end
	}
	for i := 1; i < len(r.words) && !r.turned; i++ {
		for _, g := range gutters {
			if r.words[i-1].right <= g.right+1 && r.words[i].left >= g.left-1 && r.words[i].left-r.words[i-1].right >= 0.6*min(r.size, g.right-g.left) {
				emit(i)
				break
			}
		}
	}
	emit(len(r.words))
	return out
}

// column is the number of the column that holds left to right, or 0.
func column(left, right float64, gutters []gutter) int {
	for i, g := range gutters {
		if right <= g.right {
			if i == 0 || left >= gutters[i-1].left {
				return i + 1
			}
			return 0
		}
		if left < g.left {
			return 0
		}
	}
	return len(gutters) + 1
}

// bands numbers the parts of the page between the lines that run across all
// columns. Such a line is a band of its own, so that it comes after what
// stands above it and before what stands below.
func bands(segments []segment) {
	var across []float64
	for i := range segments {
		if s := &segments[i]; s.Column == 0 && !s.Turned {
			across = append(across, s.Base)
		}
	}
	sort.Sort(sort.Reverse(sort.Float64Slice(across)))
	across = slices.Compact(across)
	for i := range segments {
		s := &segments[i]
		above := sort.Search(len(across), func(k int) bool { return across[k] <= s.Base })
		if s.Band = 2 * above; s.Column == 0 {
			s.Band++
		}
	}
}

// gutter is the white strip between two columns.
type gutter struct{ left, right float64 }

// gutters finds the columns of a page. The left edge of a column is a place
// where many pieces of lines begin; it counts when what stands on both sides
// is about as wide as a column of text, which cells of a table are not, and
// lies beside each other.
func gutters(rows []row) []gutter {
	pieces := pieces(rows)
	if len(pieces) < 12 {
		return nil
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, p := range pieces {
		lo, hi = min(lo, p.left), max(hi, p.right)
	}
	var out []gutter
	for _, edge := range edges(pieces, lo+(hi-lo)*0.2, lo+(hi-lo)*0.8) {
		if g, ok := between(rows, edge, hi-lo); ok {
			if n := len(out); n == 0 || g.left > out[n-1].right {
				out = append(out, g)
			}
		}
	}
	return out
}

// piece is a part of a row between gaps of about the size of its type.
type piece struct{ left, right, base, size float64 }

func pieces(rows []row) []piece {
	var out []piece
	for i := range rows {
		r := &rows[i]
		if r.turned {
			continue
		}
		p := piece{r.words[0].left, r.words[0].right, r.base, r.size}
		for _, w := range r.words[1:] {
			if w.left-p.right > 0.9*r.size || w.left < p.left-r.size {
				out = append(out, p)
				p = piece{w.left, w.right, r.base, r.size}
			}
			p.right = max(p.right, w.right)
		}
		out = append(out, p)
	}
	return out
}

// maxColumns bounds the columns of a page.
const maxColumns = 8

// edges are the places from lo to hi where at least six pieces begin, within
// three points, from left to right; of places close together the fullest.
func edges(pieces []piece, lo, hi float64) []float64 {
	var starts []float64
	for _, p := range pieces {
		if p.left >= lo && p.left <= hi {
			starts = append(starts, p.left)
		}
	}
	sort.Float64s(starts)
	type cluster struct {
		at float64
		n  int
	}
	var found []cluster
	for i, k := 0, 0; i < len(starts); i++ {
		for k < len(starts) && starts[k] <= starts[i]+3 {
			k++
		}
		c := cluster{starts[i], k - i}
		if n := len(found); c.n >= 6 && n > 0 && c.at-found[n-1].at < 30 {
			if c.n > found[n-1].n {
				found[n-1] = c
			}
		} else if c.n >= 6 {
			found = append(found, c)
		}
	}
	sort.Slice(found, func(a, b int) bool { return found[a].n > found[b].n })
	found = found[:min(len(found), maxColumns)]
	out := make([]float64, len(found))
	for i, c := range found {
		out[i] = c.at
	}
	sort.Float64s(out)
	return out
}

// between looks for a gutter that ends at edge. A row that leaves no gap there
// runs across and belongs to neither side.
func between(rows []row, edge, width float64) (gutter, bool) {
	var left, right []piece
	var ends, widths, others []float64
	for i := range rows {
		r := &rows[i]
		if r.turned {
			continue
		}
		a, b := r.sides(edge - 2)
		if a != nil && b != nil && b.left-a.right < 0.6*r.size {
			continue
		}
		if a != nil {
			left = append(left, *a)
			ends = append(ends, a.right)
			widths = append(widths, a.right-a.left)
		}
		if b != nil && b.left <= edge+2*r.size {
			right = append(right, *b)
			others = append(others, b.right-b.left)
		}
	}
	if len(left) < 6 || len(right) < 6 || median(widths) < 0.17*width || median(others) < 0.17*width {
		return gutter{}, false
	}
	sort.Slice(left, func(a, b int) bool { return left[a].base < left[b].base })
	beside := 0
	for _, p := range right {
		near := sort.Search(len(left), func(i int) bool { return left[i].base > p.base-1.1*p.size })
		if near < len(left) && left[near].base < p.base+1.1*p.size {
			beside++
		}
	}
	// In text most lines are full, so that they end where their column does.
	sort.Float64s(ends)
	end := ends[len(ends)*9/10]
	if beside*3 < len(right) || end > edge-4 || edge-end > 0.2*width {
		return gutter{}, false
	}
	return gutter{left: end + 1, right: edge - 1}, true
}

// sides are the parts of a row to the left and to the right of x. A word that
// lies across x makes both nil.
func (r *row) sides(x float64) (left, right *piece) {
	for _, w := range r.words {
		side := &left
		switch {
		case w.left >= x:
			side = &right
		case w.right > x:
			return nil, nil
		}
		if *side == nil {
			*side = &piece{w.left, w.right, r.base, r.size}
		}
		(*side).left, (*side).right = min((*side).left, w.left), max((*side).right, w.right)
	}
	return left, right
}

func median(v []float64) float64 {
	sort.Float64s(v)
	return v[len(v)/2]
}
