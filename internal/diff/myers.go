package diff

// hunk is what both texts have, and then what each has alone.
type hunk struct {
	kept, removed, added []string
}

// dearest bounds the length of an edit script; its square bounds memory.
const dearest = 1200

// hunks compares two lists of tokens. Joined again, kept and removed are the
// first list, kept and added the second.
func hunks(a, b []string) []hunk {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	out := []hunk{{kept: a[:head]}}
	x, y := a[head:len(a)-tail], b[head:len(b)-tail]
	for _, k := range common(x, y) {
		last := &out[len(out)-1]
		last.removed, last.added = append(last.removed, x[:k.i-k.fromI]...), append(last.added, y[:k.j-k.fromJ]...)
		x, y = x[k.i-k.fromI:], y[k.j-k.fromJ:]
		if len(last.removed)+len(last.added) == 0 {
			last.kept = append(last.kept[:len(last.kept):len(last.kept)], x[:k.n]...)
		} else {
			out = append(out, hunk{kept: x[:k.n:k.n]})
		}
		x, y = x[k.n:], y[k.n:]
	}
	last := &out[len(out)-1]
	last.removed, last.added = append(last.removed, x...), append(last.added, y...)
	if tail > 0 {
		if len(last.removed)+len(last.added) == 0 {
			last.kept = append(last.kept[:len(last.kept):len(last.kept)], a[len(a)-tail:]...)
		} else {
			out = append(out, hunk{kept: a[len(a)-tail:]})
		}
	}
	return out
}

// stretch is n tokens that both lists have, at i and j; fromI and fromJ are
// where the stretch before it ended.
type stretch struct{ i, j, n, fromI, fromJ int }

// common are the stretches that the shortest edit script keeps; none when it
// would be longer than dearest.
func common(a, b []string) []stretch {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	most := min(len(a)+len(b), dearest)
	v := make([]int, 2*most+2) // v[k+most]: the furthest x on diagonal k
	var trace [][]int
	for d := 0; d <= most; d++ {
		trace = append(trace, append([]int(nil), v[most-d:most+d+1]...))
		for k := -d; k <= d; k += 2 {
			var x int
			if k == -d || k != d && v[most+k-1] < v[most+k+1] {
				x = v[most+k+1]
			} else {
				x = v[most+k-1] + 1
			}
			y := x - k
			for x < len(a) && y < len(b) && a[x] == b[y] {
				x, y = x+1, y+1
			}
			v[most+k] = x
			if x >= len(a) && y >= len(b) {
				return backtrack(trace, d, len(a), len(b))
			}
		}
	}
	return nil
}

// backtrack follows the script back from its end.
func backtrack(trace [][]int, d, x, y int) []stretch {
	var out []stretch
	for ; d >= 0; d-- {
		before := trace[d] // the state before step d: diagonals -d … d
		at := func(k int) int {
			if k < -d || k > d {
				return -1
			}
			return before[k+d]
		}
		k := x - y
		var prevK int
		if k == -d || k != d && at(k-1) < at(k+1) {
			prevK = k + 1
		} else {
			prevK = k - 1
		}
		prevX, prevY := 0, 0
		startX, startY := 0, 0
		if d > 0 {
			prevX = at(prevK)
			prevY = prevX - prevK
			startX, startY = prevX, prevY
			if prevK == k+1 {
				startY++
			} else {
				startX++
			}
		}
		if n := x - startX; n > 0 {
			out = append(out, stretch{i: startX, j: startY, n: n})
		}
		x, y = prevX, prevY
	}
	for l, r := 0, len(out)-1; l < r; l, r = l+1, r-1 {
		out[l], out[r] = out[r], out[l]
	}
	for i := 1; i < len(out); i++ {
		out[i].fromI, out[i].fromJ = out[i-1].i+out[i-1].n, out[i-1].j+out[i-1].n
	}
	return out
}
