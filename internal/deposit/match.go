package deposit

import (
	"slices"
	"strings"
	"unicode"

	"offprint/internal/journal"
	"offprint/internal/script"
)

const (
	// Near is the least confidence with which a work is proposed.
	Near = 0.6
	// doubtful is what a comparison can reach at most in which something is otherwise.
	doubtful = 0.7
	// asGood is how near the second candidate may come to the first before neither is
	// sure.
	asGood = 0.03
	// leastWords is how many words a title must have that is looked for in the printed
	// text.
	leastWords = 3
)

// Best is the candidate that a reference is most likely, with how likely, between 0
// and 1; false when none is near.
func Best(r *journal.Reference, list []Work) (best Work, confidence float64, ok bool) {
	second := 0.0
	for i := range list {
		c := Confidence(r, &list[i])
		switch {
		case c > confidence:
			best, confidence, second = list[i], c, confidence
		case list[i].DOI != best.DOI:
			second = max(second, c)
		}
	}
	if second > 0 && confidence-second < asGood {
		confidence = min(confidence, doubtful)
	}
	return best, confidence, confidence >= Near
}

// Confidence says how likely a work is the one that a reference names, between 0 and
// 1: by title, first author, year and the place where it stands. What one of both
// does not say counts for nothing, and leaves the rest less sure; what is said
// otherwise makes it doubtful.
func Confidence(r *journal.Reference, w *Work) float64 {
	printed := wordsOf(r.Printed.Plain)
	title := titleLikeness(r, w, printed)
	if title < 0.5 {
		return title / 2
	}
	sum, known, most := 0.5*title, 0.5, 1.0
	if title < 0.8 {
		most = doubtful
	}
	if has, like := authorLikeness(r, w, printed); has {
		sum, known = sum+0.2*like, known+0.2
		if like == 0 {
			most = min(most, doubtful-0.1)
		}
	}
	if year := r.Issued.Year(); year > 0 && w.Year > 0 {
		like := map[int]float64{0: 1, 1: 0.5, -1: 0.5}[year-w.Year] // online and in print
		sum, known = sum+0.15*like, known+0.15
		if like == 0 {
			most = min(most, doubtful-0.1)
		}
	}
	n, like := 0, 0.0
	for _, f := range []struct{ a, b string }{{r.Volume, w.Volume}, {r.Pages.First + r.Pages.Article, w.Page}} {
		if f.a == "" || f.b == "" {
			continue
		}
		n++
		if same(f.a, f.b) {
			like++
		} else {
			most = min(most, doubtful)
		}
	}
	if r.Container != "" && len(w.Container) > 0 {
		n++
		c := 0.0
		for _, b := range w.Container {
			c = max(c, containerLikeness(r.Container, b), containerLikeness(r.ContainerTranslated, b))
		}
		like += c
	}
	if n > 0 {
		sum, known = sum+0.15*like/float64(n), known+0.15
	}
	// A title alone is no more than half of what there is to know.
	return min(most, sum/known*(0.4+0.6*known))
}

func same(a, b string) bool {
	clean := func(s string) string { return strings.TrimLeft(strings.ToLower(strings.TrimSpace(s)), "0") }
	return clean(a) == clean(b)
}

// titleLikeness compares titles by their words, the reference's own and translated
// one; where none was read, it says how much of the work's stands in the printed text.
func titleLikeness(r *journal.Reference, w *Work, printed []string) float64 {
	best := 0.0
	for _, b := range w.Titles {
		other := wordsOf(b)
		for _, a := range []string{r.Title, r.TitleTranslated, r.TitleOriginal} {
			best = max(best, likeness(wordsOf(a), other))
		}
		if r.Title == "" && len(other) >= leastWords {
			best = max(best, contained(other, printed))
		}
	}
	return best
}

// likeness is the share of words that two texts have in common, in any order (Dice).
func likeness(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	left := map[string]int{}
	for _, x := range a {
		left[x]++
	}
	n := 0
	for _, x := range b {
		if left[x] > 0 {
			left[x]--
			n++
		}
	}
	return 2 * float64(n) / float64(len(a)+len(b))
}

// contained is the share of words that stand in a text.
func contained(words, text []string) float64 {
	n := 0
	for _, x := range words {
		if slices.Contains(text, x) {
			n++
		}
	}
	return float64(n) / float64(len(words))
}

// containerLikeness also knows shortened names: "Russ. Jpn. Rev.".
func containerLikeness(a, b string) float64 {
	x, y := wordsOf(a), wordsOf(b)
	like := likeness(x, y)
	if len(x) > 0 && len(x) == len(y) {
		short := true
		for i := range x {
			short = short && (strings.HasPrefix(x[i], y[i]) || strings.HasPrefix(y[i], x[i]))
		}
		if short {
			like = 1
		}
	}
	return like
}

// authorLikeness tells whether the first author of a work is one of a reference.
func authorLikeness(r *journal.Reference, w *Work, printed []string) (known bool, like float64) {
	if len(w.Authors) == 0 {
		return false, 0
	}
	first := wordsOf(w.Authors[0])
	if len(first) == 0 {
		return false, 0
	}
	names := slices.Concat(r.Authors, r.Editors)
	for i, n := range names {
		if contained(first, wordsOf(n.Family+" "+n.Literal+" "+n.Given)) == 1 {
			if i == 0 {
				return true, 1
			}
			like = 0.8
		}
	}
	if like == 0 && contained(first, printed) == 1 {
		like = 0.8
	}
	if like == 0 && len(names) == 0 {
		return false, 0
	}
	return true, like
}

// wordsOf are the words of a text as they are compared: without case, marks and
// markup.
func wordsOf(s string) []string {
	var b strings.Builder
	tag := false
	for _, c := range s {
		switch {
		case c == '<':
			tag = true
		case c == '>' && tag:
			tag = false
			b.WriteByte(' ')
		case !tag:
			b.WriteRune(c)
		}
	}
	if tag { // a sign, no markup
		b.Reset()
		b.WriteString(s)
	}
	return strings.FieldsFunc(script.Fold(b.String()), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
}
