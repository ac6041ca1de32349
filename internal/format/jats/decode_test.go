package jats

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"offprint/internal/article"
	"offprint/internal/errs"
	"offprint/internal/journal"
)

var update = flag.Bool("update", false, "write the golden files")

func TestSamplesAreReadAsInTheGoldenFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/*.xml")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no samples in testdata")
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		reading, err := Decode(b)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		var out bytes.Buffer
		enc := json.NewEncoder(&out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		if err := enc.Encode(reading); err != nil {
			t.Fatal(err)
		}
		golden := strings.TrimSuffix(file, ".xml") + ".json"
		if *update {
			if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(out.Bytes(), want) {
			t.Errorf("%s differs; see it with -update and git diff\ngot:\n%s", golden, out.String())
		}
	}
}

// with puts a body into a small article.
func with(body string) []byte {
	return []byte(`<article xml:lang="en" xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front><body>` + body + `</body></article>`)
}

func read(t testing.TB, body string) *journal.Reading {
	t.Helper()
	r, err := Decode(with(body))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWhiteSpaceOfMixedContent(t *testing.T) {
	for in, want := range map[string]string{
		"<p>\n  one\n  two </p>":                                   "one two",
		"<p>a <italic> b </italic> c</p>":                          "a b c",
		"<p><italic>a</italic> <bold>b</bold></p>":                 "a b",
		"<p><italic>a</italic><bold>b</bold></p>":                  "ab",
		"<p> <italic> a</italic></p>":                              "a",
		"<p><italic>a </italic></p>":                               "a",
		"<p>a<break/> b</p>":                                       "a\nb",
		"<p>( <italic>a</italic> ), b</p>":                         "(a), b",
		"<p>“ <italic>a</italic> ”. b</p>":                         "“a”. b",
		"<p><italic>a</italic> .5 mg</p>":                          "a .5 mg",
		"<p>« <italic>a</italic> » !</p>":                          "« a » !",
		"<p>a\u00a0b\u2009<italic>c</italic></p>":                  "a\u00a0b\u2009c",
		"<p>a<!-- x --> b<?pi y?>c</p>":                            "a bc",
		"<p>a <![CDATA[<b> & ]]> c</p>":                            "a <b> & c",
		"<p>before <disp-quote><p> in </p></disp-quote> after</p>": "before\n\nin\n\nafter",
		"<p>&amp;&lt;&#x2014;&mdash;&hairsp;&thinsp;x</p>":         "&<——\u200a\u2009x",
		"<p>a<xref ref-type=\"bibr\" rid=\"x\"> 1 </xref> , b</p>": "a 1, b",
		"<p>(<xref ref-type=\"bibr\" rid=\"x\">A</xref>\n;\n<xref ref-type=\"bibr\" rid=\"y\">B</xref>)</p>": "(A; B)",
		"<p><italic>a</italic> ; b</p>":                                                "a ; b",
		"<sec><title> A\n B </title></sec>":                                            "A B",
		"<preformat>  a\n    b\n</preformat>":                                          "a\n    b",
		"<p>x <unheard-of>in <italic>it</italic></unheard-of> y</p>":                   "x in it y",
		"<list><list-item>bare words</list-item></list>":                               "bare words",
		"<p><styled-content style-type=\"x\"> </styled-content>a</p>":                  "a",
		"<p>a<sup> 2 </sup>b</p>":                                                      "a 2 b",
		"<p>one</p>\n<p>two</p>":                                                       "one\n\ntwo",
		"<p><email>a@example.org</email></p>":                                          "a@example.org",
		"<p><ext-link xlink:href=\"https://example.org/\"/></p>":                       "https://example.org/",
		"<p><name><surname>Hill</surname><given-names>J</given-names></name> said</p>": "Hill J said",
		"<p><name><surname>折本</surname><given-names>文乃</given-names></name></p>":       "折本文乃",
	} {
		r := read(t, in)
		if len(r.Documents) == 0 {
			t.Errorf("%s: no text", in)
			continue
		}
		got := article.Plain(r.Documents[0].Body)
		if strings.HasPrefix(in, "<preformat>") {
			got = r.Documents[0].Body[0].Text
			want = "  " + want
		}
		if got != want {
			t.Errorf("%s\n got %q\nwant %q", in, got, want)
		}
	}
}

func TestTablesOfTheOASISModel(t *testing.T) {
	r := read(t, `<oasis:table xmlns:oasis="http://www.niso.org/standards/z39-96/ns/oasis-exchange/table"><oasis:tgroup cols="3"><oasis:colspec colname="a"/><oasis:colspec colname="b" align="right"/><oasis:colspec colname="c"/>
		<oasis:thead><oasis:row><oasis:entry morerows="1">x</oasis:entry><oasis:entry namest="b" nameend="c" align="center">y</oasis:entry></oasis:row></oasis:thead>
		<oasis:tbody><oasis:row><oasis:entry colname="b">1</oasis:entry></oasis:row></oasis:tbody></oasis:tgroup></oasis:table>`)
	if len(r.Losses) > 0 {
		t.Errorf("losses are %v", r.Losses)
	}
	table := r.Documents[0].Body[0]
	if table.Kind != article.Table || len(table.Kids) != 2 || table.Kids[0].Role != "head" || table.Kids[1].Role != "body" {
		t.Fatalf("the table is %+v", table)
	}
	x, y, one := table.Kids[0].Kids[0], table.Kids[0].Kids[1], table.Kids[1].Kids[0]
	if x.Rows != 2 || x.Role != "head" || y.Cols != 2 || y.Align != "center" || one.Align != "end" || one.Role != "data" {
		t.Errorf("the cells are %+v, %+v, %+v", x, y, one)
	}
}

func TestSpeechesThatFollowEachOtherAreADialogue(t *testing.T) {
	for _, in := range []string{
		"<speech><speaker>A</speaker><p>x</p></speech>\n<speech><speaker>B</speaker><p>y</p></speech>",
		"<p>So: <speech><speaker>A</speaker><p>x</p></speech> <speech><speaker>B</speaker><p>y</p></speech></p>",
	} {
		kinds := 0
		article.Walk(read(t, in).Documents[0].Body, func(n *article.Node) bool {
			if n.Kind == article.Dialogue {
				kinds += 10 + len(n.Kids)
			}
			return true
		})
		if kinds != 12 {
			t.Errorf("%s is not one dialogue of two speeches", in)
		}
	}
}

func TestLossesAreCountedByPath(t *testing.T) {
	r := read(t, `<sec><p>x<index-term><term>a</term></index-term><index-term>b</index-term></p><sec><p>y<index-term>c</index-term></p></sec></sec><p><strange>kept</strange></p>`)
	want := []journal.Loss{
		{Where: "body/sec/p/index-term ×3", What: "a", Why: whyElement},
		{Where: "body/p/strange", What: "<strange>", Why: whyWrapper},
	}
	if got := article.Plain(r.Documents[0].Body); got != "x\n\ny\n\nkept" {
		t.Errorf("the text is %q: entries of an index are no part of it", got)
	}
	if len(r.Losses) != len(want) {
		t.Fatalf("losses are %v", r.Losses)
	}
	for i := range want {
		if r.Losses[i] != want[i] {
			t.Errorf("loss %d is %v, want %v", i, r.Losses[i], want[i])
		}
	}
}

func TestEntitiesAreNeverExpanded(t *testing.T) {
	bomb := `<!DOCTYPE article [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>` + string(with("<p>&b; and &f; and &eacute;</p>"))
	r, err := Decode([]byte(bomb))
	if err != nil {
		t.Fatal(err)
	}
	if got := article.Plain(r.Documents[0].Body); got != "&b; and &f; and é" {
		t.Errorf("the text is %q", got)
	}
	if len(r.Losses) != 2 || r.Losses[0].What != "&b;" || r.Losses[1].What != "&f;" {
		t.Errorf("losses are %v", r.Losses)
	}
}

func TestWhatIsNoArticleIsRefusedWithItsPlace(t *testing.T) {
	deep := strings.Repeat("<sec>", 250) + strings.Repeat("</sec>", 250)
	for _, c := range []struct {
		name, in string
		kind     error
		says     string
	}{
		{"empty", "", errs.Invalid, "no XML element"},
		{"text", "hello", errs.Invalid, "text outside"},
		{"cut off", "<article>\n<front>", errs.Invalid, "line 2, column 8: the file ends inside <front>"},
		{"crossed", "<article>\n <p></b></article>", errs.Invalid, "line 2, column 5: </b> stands where </p> is due"},
		{"stray end", "<article/></p>", errs.Invalid, "</p> closes an element that was not opened"},
		{"bare ampersand", "<article>\na & b</article>", errs.Invalid, "line 2"},
		{"two roots", "<article><body/></article><article/>", errs.Invalid, "second root"},
		{"nested too deep", string(with(deep)), errs.TooLarge, "more than 200 deep"},
		{"web page", "<html><body/></html>", errs.Invalid, "a web page"},
		{"TEI", `<TEI xmlns="http://www.tei-c.org/ns/1.0"/>`, errs.Invalid, "TEI"},
		{"DocBook", `<article xmlns="http://docbook.org/ns/docbook"><title>x</title></article>`, errs.Invalid, "DocBook"},
		{"OJS", `<article xmlns="http://pkp.sfu.ca"><body/></article>`, errs.Invalid, "OJS"},
		{"unknown root", "<recipe/>", errs.Invalid, "<recipe>"},
		{"no front", "<article><p/></article>", errs.Invalid, "neither <front> nor <body>"},
		{"wrong bytes", "<article>\n<body>\xe0</body></article>", errs.Invalid, "line 2, column 7: the file declares no encoding"},
		{"wrong declaration", "<?xml version='1.0' encoding='klingon'?><article/>", errs.Invalid, `"klingon"`},
	} {
		_, err := Decode([]byte(c.in))
		var problem *errs.Problem
		if !errors.As(err, &problem) || !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want one that says %q", c.name, err, c.says)
		}
	}
}

func TestEncodingsAreRecognised(t *testing.T) {
	utf16 := []byte{0xFF, 0xFE}
	for _, r := range string(with("<p>свет</p>")) {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	for name, b := range map[string][]byte{
		"UTF-16":            utf16,
		"UTF-8 with a mark": append([]byte("\xEF\xBB\xBF"), with("<p>свет</p>")...),
		"windows-1251":      append([]byte("<?xml version=\"1.0\" encoding=\"windows-1251\"?>"), with("<p>\xf1\xe2\xe5\xf2</p>")...),
		"koi8-r":            append([]byte("<?xml version='1.0' encoding='KOI8-R'?>"), with("<p>\xd3\xd7\xc5\xd4</p>")...),
	} {
		r, err := Decode(b)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := article.Plain(r.Documents[0].Body); got != "свет" {
			t.Errorf("%s is read as %q", name, got)
		}
	}
}

func TestKeysAreLabelsThatAreNoNumbers(t *testing.T) {
	for label, want := range map[string]string{"FRUS 1951a": "FRUS 1951a", "1": "", "[12]": "", "1.": "", "[Hill 2001]": "Hill 2001", "*": "", "Панов 2020.": "Панов 2020", "S1": "S1"} {
		if got := key(label); got != want {
			t.Errorf("key(%q) = %q, want %q", label, got, want)
		}
	}
}

func TestRepeatedLabelIsNotPrintedTwice(t *testing.T) {
	for _, c := range [][3]string{
		{"1. Hill J.", "1", "Hill J."}, {"[1] Hill J.", "[1]", "Hill J."}, {"2020 was cold.", "2", "2020 was cold."},
		{"Hill J.", "1", "Hill J."}, {"12 Hill", "12", "Hill"}, {"1", "1", "1"}, {"x", "", "x"},
	} {
		if got := unlabelled(c[0], c[1]); got != c[2] {
			t.Errorf("unlabelled(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func FuzzDecode(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.xml")
	for _, file := range files {
		if b, err := os.ReadFile(file); err == nil {
			f.Add(b)
		}
	}
	f.Add(with(`<p>a &nosuch; <table><tr><td colspan="99999999">x</td></tr></table></p>`))
	f.Add(with(`<sec><title>x<fn><p>y</p></fn></title><disp-formula><mml:math><mml:mi>x</mml:mi></mml:math></disp-formula></sec>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Decode(b)
		if err != nil {
			var problem *errs.Problem
			if !errors.As(err, &problem) {
				t.Fatalf("%v is not a problem for people", err)
			}
			return
		}
		for i, ref := range r.Article.References {
			if ref.Number != i+1 {
				t.Fatalf("reference %d is numbered %d", i+1, ref.Number)
			}
		}
		for _, c := range r.Article.Contributors {
			for _, i := range c.Affiliations {
				if i < 0 || i >= len(r.Article.Affiliations) {
					t.Fatalf("affiliation %d of %d", i, len(r.Article.Affiliations))
				}
			}
		}
		if _, err := json.Marshal(r); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	var all [][]byte
	for _, file := range corpus(b) {
		x, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, x)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := Decode(all[i%len(all)]); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}

// sized is an article whose text is as long as wanted, in bytes.
func sized(b testing.TB, size int) []byte {
	file, err := os.ReadFile("testdata/lamp.xml")
	if err != nil {
		b.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(file), "<sec id=\"s1\"")
	section, after, _ := strings.Cut(rest, "</sec>")
	section = "<sec" + section + "</sec>"
	n := max(1, (size-len(before)-len(after))/len(section))
	return []byte(before + strings.Repeat(section, n) + after)
}

func BenchmarkDecodeOrdinary(b *testing.B) { decodeSized(b, 100_000) }
func BenchmarkDecodeLarge(b *testing.B)    { decodeSized(b, 3_000_000) }

func decodeSized(b *testing.B, size int) {
	file := sized(b, size)
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode(file); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}
