package refparse

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"offprint/internal/journal"
)

// FuzzParse: any string gives a reading whose values stand in it, with a
// confidence between 0 and 1 for each.
func FuzzParse(f *testing.F) {
	for _, s := range seeds() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := Parse(s)
		for field, sure := range r.Confidence {
			if sure <= 0 || sure > 1 {
				t.Errorf("%s has the confidence %v", field, sure)
			}
		}
		if !utf8.ValidString(s) {
			return
		}
		for _, v := range printedValues(&r) {
			if v != "" && !strings.Contains(s, v) {
				t.Errorf("%q is not in %q", v, s)
			}
		}
		if again := Complete(journal.Reference{Key: r.Key, Printed: r.Printed}); again.Title != r.Title {
			t.Errorf("read again, the title is %q and not %q", again.Title, r.Title)
		}
	})
}

// FuzzSplit: a list gives entries of one line each, with no more letters than it
// has, and its entries divide into themselves.
func FuzzSplit(f *testing.F) {
	all := seeds()
	for i := range all {
		f.Add(all[i])
		f.Add("1. " + all[i] + "\n2. " + all[(i+1)%len(all)] + " 3. " + all[(i+2)%len(all)])
		f.Add(all[i] + "\n\n" + all[(i+1)%len(all)] + "\f45\n" + all[(i+2)%len(all)])
	}
	f.Fuzz(func(t *testing.T, s string) {
		letters := 0
		for _, e := range Split(s) {
			if strings.ContainsAny(e.Text, "\n\r\f") || e.Line < 1 {
				t.Errorf("line %d: %q", e.Line, e.Text)
			}
			letters += len(e.Text)
		}
		if letters > len(s)+strings.Count(s, "\n")+strings.Count(s, "\r")+strings.Count(s, "\f")+strings.Count(s, "\u2028")+strings.Count(s, "\u2029")+3*strings.Count(s, "\xff")+len(s)*2*btoi(!utf8.ValidString(s)) {
			t.Errorf("%d bytes of entries from %d", letters, len(s))
		}
	})
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func seeds() []string {
	return []string{
		"", "1.", "[1] ", "A", "10.", "(1998)", "// С. 5", "[[[", "“”", "In: ", "_______.", "Ф. 1. Оп. 2. Д. 3.",
		"FRUS 1951a - The Acting Secretary of State to SCAP (1951, March 12). In Foreign Relations (FRUS), 1951. Vol. VI, Part 1.",
		"Мостовой, К. П. Лестницы и причалы : очерк / К. П. Мостовой. – СПб. : Гавань, 2009. – 312 с. – Текст : непосредственный.",
		"Маякова Е. В. Свет на молу // Огни: сб. / под ред. И. И. Волнореза. М.: Берег, 2011. Вып. 4. С. 17–29.",
		"Mostovoi K.P. Vysota lestnits [The height of stairs]. Vestnik [Herald], 2014, vol. 12, no. 3, pp. 45–61. (In Russ.).",
		"QUILHA, A. N.; REMADOR, B. A altura. Revista, Santos, v. 12, n. 3, p. 45-61, jul./dez. 2018. Disponível em: https://example.org/a. Acesso em: 27 jul. 2022.",
		"Quill AN, Rower B. Counting stairs. J Harb Stud. 2018;12(3):45-61. doi: 10.5555/jhs.2018.12",
		"灯台一郎「階段の高さについて」『港湾史学』第12巻第3号、2014年、45-61頁.",
		"陈海, 2010, '港口阶梯的高度', 海洋学报, 第3期, 第45-61页.",
		"A. Quill and B. Rower, Tides, Phys. Rev. X 12 (2018) 145 [arXiv:1801.01234].",
		"BRASIL. Lei nº 12.345, de 3 de maio de 2011. Dispõe sobre a altura. Diário Oficial da União, Brasília, DF, 4 maio 2011.",
		"קויל א. על מדרגות. ירושלים: כתר, 1999. 240 עמ'.",
	}
}

// TestHostileInputIsBounded: what no list holds costs little.
func TestHostileInputIsBounded(t *testing.T) {
	for name, s := range map[string]string{
		"a line of a megabyte":    strings.Repeat("Quill A., ", 100_000),
		"brackets":                strings.Repeat("([«", 2000),
		"brackets that close":     strings.Repeat("(", 2900) + strings.Repeat(")", 2900),
		"names without end":       strings.Repeat("Иванов И. И., ", 230),
		"initials":                strings.Repeat("A.", 2900),
		"numbers":                 strings.Repeat("1999, 12(3), 4-5; ", 320),
		"slashes":                 strings.Repeat(" / A. B. // ", 480),
		"colons":                  strings.Repeat("М.: А, ", 600),
		"years":                   strings.Repeat("1999 ", 1190),
		"capitals":                strings.Repeat("Abc ", 1490),
		"addresses":               strings.Repeat("http://a.b/c 10.1234/5 ", 250),
		"Chinese":                 strings.Repeat("港口、", 600),
		"quotation marks":         strings.Repeat("“a” ", 850),
		"bytes that are no UTF-8": strings.Repeat("\xff\xfe\x00", 1900),
	} {
		begun := time.Now()
		Parse(s)
		if took := time.Since(begun); took > 2*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
	for name, c := range map[string]struct {
		list string
		want int
	}{
		"50,000 lines":             {strings.Repeat("Quill A. Stairs of the northern ports. London: Gull Press, 2001. 240 p.\n", 50_000), maxEntries},
		"one entry of many lines":  {strings.Repeat("Quill A. B. Stairs of the north\n2001. ", 30_000), 1},
		"a number again and again": {"1. Quill A. Stairs. " + strings.Repeat("2. Quill A. ", 90_000), 2},
	} {
		begun := time.Now()
		if n := len(Split(c.list)); n != c.want {
			t.Errorf("%s: %d entries, want %d", name, n, c.want)
		}
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}
