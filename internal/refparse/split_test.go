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
		{"lost line breaks among other numbers", "1. Quill A. Stairs. Harbour studies. Ser. 2. History. Leeds, 2001. 240 p. 2. Rower B. Piers. 3. Aufl. Bonn, 2002. (In Germ.). 3. Mast E. Ropes // Гавань. Вып. 4. С. 5–9. 4. Keel F. Knots. URL: https://example.org/5 5. Anchor G. Chains. 2005.", []string{
			"1. Quill A. Stairs. Harbour studies. Ser. 2. History. Leeds, 2001. 240 p.", "2. Rower B. Piers. 3. Aufl. Bonn, 2002. (In Germ.).", "3. Mast E. Ropes // Гавань. Вып. 4. С. 5–9.", "4. Keel F. Knots. URL: https://example.org/5", "5. Anchor G. Chains. 2005.",
		}},
		{"full lines without numbers", `Quill, A. N. (2018). Counting stairs by night. In B. Rower & F. Keel
(Eds.), Harbours of the north (pp. 45–61). Gull Press.
Mast, E. (2003). Ropes and those who tie them [A review of books by
A. Quill and B. Rower]. Knot Quarterly, 12(3), 4–9. Retrieved May 3,
2019, from https://example.org/knots
Buoy, H. (2004). Anchors of small boats in shallow water and on sand.
Gull Press.
Зимородков П. И. Письма с маяка // Огни: сб. / под ред. И. И.
Волнореза. М.: Берег, 2011. С. 17–29.`, []string{
			"Quill, A. N. (2018). Counting stairs by night. In B. Rower & F. Keel (Eds.), Harbours of the north (pp. 45–61). Gull Press.",
			"Mast, E. (2003). Ropes and those who tie them [A review of books by A. Quill and B. Rower]. Knot Quarterly, 12(3), 4–9. Retrieved May 3, 2019, from https://example.org/knots",
			"Buoy, H. (2004). Anchors of small boats in shallow water and on sand. Gull Press.",
			"Зимородков П. И. Письма с маяка // Огни: сб. / под ред. И. И. Волнореза. М.: Берег, 2011. С. 17–29.",
		}},
		{"last lines that are alike", "Quill A. Stairs of the northern ports // Harbour Herald. 2018. № 3. С.\n143–150.\n\nRower B. Piers, and what walks on them at night // Tides. 2019. № 4. С.\n205–337.\n\nMast E. Ropes and knots.\nMoscow, Nauka, 2010.\n\nKeel F. Knots and ropes.\nMoscow, Nauka, 2011.", []string{
			"Quill A. Stairs of the northern ports // Harbour Herald. 2018. № 3. С. 143–150.", "Rower B. Piers, and what walks on them at night // Tides. 2019. № 4. С. 205–337.",
			"Mast E. Ropes and knots. Moscow, Nauka, 2010.", "Keel F. Knots and ropes. Moscow, Nauka, 2011.",
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

// brokenAt breaks a text at a width, as pages do.
func brokenAt(text string, width int) string {
	var b strings.Builder
	column := 0
	for i, w := range strings.Split(text, " ") {
		if n := len([]rune(w)); i > 0 && column+n > width && !strings.HasPrefix(w, "http") {
			b.WriteByte('\n')
			column = 0
		} else if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		column += len([]rune(w)) + 1
	}
	return b.String()
}

// ownEntries are the samples.
func ownEntries(t *testing.T) (entries []string) {
	for _, line := range samples(t) {
		if !strings.HasPrefix(line, "#") {
			entries = append(entries, line)
		}
	}
	return entries
}

// TestOwnSamplesSplitAgain: the samples, numbered and broken at a width, or with empty
// lines between, are the same entries afterwards.
func TestOwnSamplesSplitAgain(t *testing.T) {
	plain := ownEntries(t)
	numbered := make([]string, len(plain))
	for i, e := range plain {
		numbered[i] = fmt.Sprintf("%d. %s", i+1, e)
	}
	for _, width := range []int{40, 66, 95} {
		for between, entries := range map[string][]string{"\n": numbered, "\n\n": plain} {
			var list strings.Builder
			for _, e := range entries {
				list.WriteString(brokenAt(e, width) + between)
			}
			got := texts(Split(list.String()))
			for i := range entries {
				if i >= len(got) || got[i] != entries[i] {
					t.Fatalf("width %d, %q between, entry %d:\n got %s\nwant %s", width, between, i+1, got[min(i, len(got)-1)], entries[i])
				}
			}
			if len(got) != len(entries) {
				t.Fatalf("width %d, %q between: %d entries of %d", width, between, len(got), len(entries))
			}
		}
	}
}

// TestOwnSamplesSplitMostly: where nothing divides them but the numbers within a line, or
// nothing at all, nine of ten begin where they should.
func TestOwnSamplesSplitMostly(t *testing.T) {
	entries := ownEntries(t)
	var oneLine, bare strings.Builder
	for i, e := range entries {
		fmt.Fprintf(&oneLine, "%d. %s ", i+1, e)
		bare.WriteString(brokenAt(e, 80) + "\n")
	}
	for name, list := range map[string]string{"one line": oneLine.String(), "no marks": bare.String()} {
		begins := map[string]bool{}
		for _, e := range Split(list) {
			text := e.Text
			if name == "one line" {
				_, text, _, _ = CutNumber(text)
			}
			begins[text[:runeStart(text, min(len(text), 20))]] = true
		}
		found := 0
		for _, e := range entries {
			if begins[e[:runeStart(e, min(len(e), 20))]] {
				found++
			} else {
				t.Logf("%s: %s", name, e)
			}
		}
		t.Logf("%s: %d of %d entries begin where they should; %d were made", name, found, len(entries), len(Split(list)))
		if found*10 < len(entries)*9 || len(Split(list))*10 > len(entries)*11 {
			t.Errorf("%s: %d of %d entries begin where they should; %d were made", name, found, len(entries), len(Split(list)))
		}
	}
}
