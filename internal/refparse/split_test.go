package refparse

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func texts(entries []Entry) []string {
	var out []string
	for _, e := range entries {
		out = append(out, e.Text)
	}
	return out
}

func TestPastedListsBecomeEntries(t *testing.T) {
	for _, c := range []struct {
		name, list string
		want       []string
	}{
		{"numbers, broken lines, a heading", `References
1. Quill A.N. Counting stairs by night. Journal of Harbour
Studies, 2018, vol. 12, no. 3, pp. 45-61.
2. Rower B. Piers. London,
Gull Press, 2009.
3. Mast E. On ropes. 2010. Vol. 1.`, []string{
			"1. Quill A.N. Counting stairs by night. Journal of Harbour Studies, 2018, vol. 12, no. 3, pp. 45-61.",
			"2. Rower B. Piers. London, Gull Press, 2009.",
			"3. Mast E. On ropes. 2010. Vol. 1.",
		}},
		{"a page break with a running head and a page number", `[1] Quill A.N. Counting stairs by night // Harbour Herald. 2018.
№ 3. С. 45–61.
[2] Rower B. Piers. London:
45
Annals of Tidal Studies. 2020. No. 2
` + "\f" + `Annals of Tidal Studies. 2020. No. 2
Gull Press, 2009.
[3] Mast E. On ropes. Leeds: Gull Press, 2010.
46`, []string{
			"[1] Quill A.N. Counting stairs by night // Harbour Herald. 2018. № 3. С. 45–61.",
			"[2] Rower B. Piers. London: Gull Press, 2009.",
			"[3] Mast E. On ropes. Leeds: Gull Press, 2010.",
		}},
		{"numbers on lines of their own", "1.\nQuill A. Stairs. London, 2001.\n2.\nRower B. Piers. London, 2002.\n", []string{
			"1. Quill A. Stairs. London, 2001.", "2. Rower B. Piers. London, 2002.",
		}},
		{"lost line breaks", "1. Quill A. Stairs. London, 2001. 2. Rower B. Piers. London, 2002. 3. Mast E. Ropes. Leeds, 2003.\n4. Keel F. Knots. Leeds, 2004.", []string{
			"1. Quill A. Stairs. London, 2001.", "2. Rower B. Piers. London, 2002.", "3. Mast E. Ropes. Leeds, 2003.", "4. Keel F. Knots. Leeds, 2004.",
		}},
		{"keys", "Quill 2001 - Quill, A. (2001). Stairs. Part I -\nStone. Gull Press.\nHDS 1931a - A letter (1931, May 2). Vol. IV.\nRower 2002 - Rower, B. (2002). Piers. Gull Press.", []string{
			"Quill 2001 - Quill, A. (2001). Stairs. Part I - Stone. Gull Press.", "HDS 1931a - A letter (1931, May 2). Vol. IV.", "Rower 2002 - Rower, B. (2002). Piers. Gull Press.",
		}},
		{"hanging lines of a word processor", "Quill, A. (2001). Stairs of the northern ports.\n    Gull Press.\nRower, B. (2002). Piers, and what walks on\n    them at night. Gull Press.\nMast, E. (2003). Ropes. Gull Press.", []string{
			"Quill, A. (2001). Stairs of the northern ports. Gull Press.", "Rower, B. (2002). Piers, and what walks on them at night. Gull Press.", "Mast, E. (2003). Ropes. Gull Press.",
		}},
		{"empty lines", "Quill A. Stairs.\nLondon, 2001.\n\nRower B. Piers. London, 2002.\n\nMast E. Ropes.\nLeeds, 2003.\n", []string{
			"Quill A. Stairs. London, 2001.", "Rower B. Piers. London, 2002.", "Mast E. Ropes. Leeds, 2003.",
		}},
		{"broken lines without numbers", "Мостовой К. П. Высота лестниц в портовых горо-\nдах // Вестник гаваней. 2014. Т. 12, № 3.\nС. 45–61.\nПричалова А. Ю. О тросах и узлах северных\nморей. М.: Берег, 2011. 240 с.\nБуйков Р. С. Якоря. М.: Берег, 2003.", []string{
			"Мостовой К. П. Высота лестниц в портовых городах // Вестник гаваней. 2014. Т. 12, № 3. С. 45–61.",
			"Причалова А. Ю. О тросах и узлах северных морей. М.: Берег, 2011. 240 с.",
			"Буйков Р. С. Якоря. М.: Берег, 2003.",
		}},
		{"a line each", "Quill A. Stairs. London, 2001.\nRower B. Piers. London, 2002.\nMast E. Ropes. Leeds, 2003.", []string{
			"Quill A. Stairs. London, 2001.", "Rower B. Piers. London, 2002.", "Mast E. Ropes. Leeds, 2003.",
		}},
		{"a broken address, soft hyphens", "1. Quill A. Light\u00ad\nhouses. URL: https://example.org/lights/\nnorth.html (accessed 01.02.2020).\n2. Rower B. Sta\u00adirs. 2002.", []string{
			"1. Quill A. Lighthouses. URL: https://example.org/lights/north.html (accessed 01.02.2020).", "2. Rower B. Stairs. 2002.",
		}},
		{"a missing number", "1. Quill A. Stairs. London, 2001.\n3. Rower B. Piers. London, 2002.\n4. Mast E. Ropes. Leeds, 2003.", []string{
			"1. Quill A. Stairs. London, 2001.", "3. Rower B. Piers. London, 2002.", "4. Mast E. Ropes. Leeds, 2003.",
		}},
		{"nothing", " \n\n", nil},
	} {
		if got := texts(Split(c.list)); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %s\nwant %s", c.name, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
	}
}

// TestOwnSamplesSplitAgain: the samples, numbered and broken at a width, are the
// same entries afterwards.
func TestOwnSamplesSplitAgain(t *testing.T) {
	var entries []string
	for _, line := range samples(t) {
		if !strings.HasPrefix(line, "#") {
			entries = append(entries, fmt.Sprintf("%d. %s", len(entries)+1, line))
		}
	}
	for _, width := range []int{40, 66, 95} {
		var list strings.Builder
		for _, e := range entries {
			column := 0
			for i, w := range strings.Split(e, " ") {
				if n := len([]rune(w)); i > 0 && column+n > width && !strings.HasPrefix(w, "http") {
					list.WriteByte('\n')
					column = 0
				} else if i > 0 {
					list.WriteByte(' ')
				}
				list.WriteString(w)
				column += len([]rune(w)) + 1
			}
			list.WriteByte('\n')
		}
		if got := texts(Split(list.String())); !slices.Equal(got, entries) {
			for i := range entries {
				if i >= len(got) || got[i] != entries[i] {
					t.Fatalf("width %d, entry %d:\n got %s\nwant %s", width, i+1, got[min(i, len(got)-1)], entries[i])
				}
			}
			t.Fatalf("width %d: %d entries of %d", width, len(got), len(entries))
		}
	}
}
