package pdf

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"
)

// FuzzScanner: whatever is written, in whatever pieces, the scanner neither
// fails nor depends on where the pieces end.
func FuzzScanner(f *testing.F) {
	f.Add([]byte("1 0 obj\n<< /S /JavaScript /JS (a\\)b) >>\nendobj\n2 0 obj << /Length 4 >> stream\n/EF<endstream"), 3)
	f.Add([]byte("<</EF<</F 1 0 R>>/Type/EmbeddedFile/S/Launch>>stream\r\nx"), 1)
	f.Add([]byte("/Java#53cript ((( %\n<41/JS>"), 7)
	f.Fuzz(func(t *testing.T, data []byte, at int) {
		whole, pieces := &scanner{}, &scanner{}
		whole.Write(data)
		at = max(0, min(at, len(data)))
		pieces.Write(data[:at])
		pieces.Write(data[at:])
		if whole.javaScript != pieces.javaScript || whole.launch != pieces.launch || whole.embedded != pieces.embedded {
			t.Errorf("cut at %d: %+v and %+v", at, whole, pieces)
		}
	})
}

// FuzzArrange: every word of every row comes out once, as text.
func FuzzArrange(f *testing.F) {
	f.Add([]byte("left and right and more words for the page"), uint16(300))
	f.Fuzz(func(t *testing.T, data []byte, scale uint16) {
		var rows []row
		words := 0
		for i := 0; i+4 < len(data) && i < 4000; i += 4 {
			left := float64(data[i]) * float64(scale) / 128
			w := word{text: "w", left: left, right: left + float64(data[i+1])/4}
			words++
			if data[i+2]%3 > 0 && len(rows) > 0 {
				rows[len(rows)-1].words = append(rows[len(rows)-1].words, w)
				continue
			}
			rows = append(rows, row{words: []word{w}, base: float64(data[i+3]) * 3, size: 5 + float64(data[i+2]%20), turned: data[i+2] > 250})
		}
		got := 0
		for _, l := range arrange(rows) {
			got += (len(l.Text) + 1) / 2
		}
		if got != words {
			t.Errorf("%d words of %d", got, words)
		}
	})
}

// FuzzDocument: a document is made of whatever lines there are.
func FuzzDocument(f *testing.F) {
	f.Add("1 Introduction\nText of a line that is divi-\nded here.\n\f2 Next\n* a note at the foot", byte(3))
	f.Fuzz(func(t *testing.T, text string, seed byte) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		file := &File{Pages: []Page{{Number: 1, Height: 800}}}
		line := ""
		for _, r := range text + "\n" {
			page := &file.Pages[len(file.Pages)-1]
			if r != '\n' && r != '\f' {
				line += string(r)
				continue
			}
			if line = clean(line, 1000); line != "" {
				n := float64(len(page.Lines))
				page.Lines = append(page.Lines, Line{Text: line, Base: 780 - 14*n, Left: 50, Right: 50 + float64(len(line)*3), Size: 8 + float64(int(seed)%5), Broken: divided(line), Bold: seed&1 > 0})
			}
			if line = ""; r == '\f' {
				file.Pages = append(file.Pages, Page{Number: len(file.Pages) + 1, Height: 800})
			}
			seed = seed*7 + 3
		}
		markRunning(file.Pages)
		_ = file.Text()
		_ = Document(file)
	})
}

// FuzzRead gives damaged documents to the sandbox. An error is no failure; a
// panic, or a reader that does not go on, is.
func FuzzRead(f *testing.F) {
	f.Add(book("/OpenAction << /S /JavaScript /JS (1) >>", "", nil, []string{"a", "b"}))
	for _, name := range []string{"packed-script.pdf", "columns.pdf"} {
		if data, err := os.ReadFile(filepath.Join("testdata", name)); err == nil {
			f.Add(data)
		}
	}
	r := NewLimited(cacheDir, Limits{Pages: 3, Memory: 64 << 20})
	f.Cleanup(func() { r.Close() })
	f.Fuzz(func(t *testing.T, data []byte) {
		if file, err := r.Read(t.Context(), data); err == nil {
			_ = Document(file)
		}
	})
}
