//go:build linux

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// jats imports generated JATS articles of ordinary length on one core, beside a
// copy of the same files; then it opens the page of a long article and of a very
// large one for the first time and again.
func (b *bench) jats(ctx context.Context) error {
	src := filepath.Join(b.dir, "jats")
	n := max(1, b.pages/10)
	size, err := writeArticles(src, n, ordinary)
	if err != nil {
		return err
	}
	defer os.RemoveAll(src)
	if err := b.compareImport(ctx, src, sources{"jats", "JATS articles", "articles/s", "with 40 references and full text", n, 100}, size); err != nil {
		return err
	}
	return b.reading(ctx)
}

// shape is how long a generated article is.
type shape struct{ sections, paragraphs, references int }

var (
	ordinary = shape{5, 2, 40}    // about 7,000 words with the references
	long     = shape{6, 2, 100}   // about 10,000
	huge     = shape{40, 20, 600} // about 3 MB of XML
)

// known is how long after an import a server has found who is who and what is
// related, so that pages say so.
const known = 1500 * time.Millisecond

// reading opens pages of long articles: drawn and compressed for the first time,
// drawn again when its people and related articles are known, and from memory.
func (b *bench) reading(ctx context.Context) error {
	data := filepath.Join(b.dir, "reading")
	if err := b.addJournal(ctx, data, 0); err != nil {
		return err
	}
	p, base, _, err := b.serve(ctx, data)
	if err != nil {
		return err
	}
	defer p.stop()
	if _, _, err := fetch(ctx, base+"/"+journalPath(0)+"/", "gzip"); err != nil { // templates are read at their first use
		return err
	}
	for _, one := range []struct {
		name  string
		shape shape
		most  float64 // milliseconds for the first answer
	}{{"10,000 words and 100 references", long, 50}, {"very great length", huge, 300}} {
		var first, anew, again []float64
		size := int64(0)
		for round := range b.rounds {
			src := filepath.Join(b.dir, fmt.Sprintf("one-%d-%d", one.shape.references, round))
			if size, err = writeArticlesFrom(src, round, round+1, one.shape); err != nil {
				return err
			}
			path, err := b.importOneArticle(ctx, data, src)
			if err != nil {
				return err
			}
			for i, times := range []*[]float64{&first, &anew, &again} {
				if times == &anew {
					time.Sleep(known)
				}
				begun := time.Now()
				if _, _, err := fetch(ctx, base+path, "gzip"); err != nil {
					return fmt.Errorf("answer %d: %w", i+1, err)
				}
				*times = append(*times, milliseconds(time.Since(begun)))
			}
		}
		section(fmt.Sprintf("jats: the page of an article of %s (%s), %d articles", one.name, kilobytes(size), b.rounds))
		line("drawn for the first time", fmt.Sprintf("%.1f ms", median(first)), atMost(median(first), one.most, "ms"))
		line("drawn again, when its people are known", fmt.Sprintf("%.1f ms", median(anew)), "")
		line("from memory", fmt.Sprintf("%.1f ms", median(again)), "")
		line("ratio", ratio(median(first), median(again)), "")
	}
	return nil
}

// importOneArticle imports a folder with one article and gives its address.
func (b *bench) importOneArticle(ctx context.Context, data, src string) (string, error) {
	out, _, err := timed(exec.CommandContext(ctx, b.binary, "import", "--data", data, "--journal", journalPath(0), "--json", src))
	if err != nil {
		return "", err
	}
	var r struct{ Action, Path, Error string }
	if err := json.Unmarshal(out, &r); err != nil || r.Action != "created" {
		return "", fmt.Errorf("the article was not created: %s", out)
	}
	return r.Path, nil
}

func writeArticles(dir string, n int, s shape) (size int64, err error) {
	return writeArticlesFrom(dir, 0, n, s)
}

// writeArticlesFrom writes articles by their numbers and gives their size.
func writeArticlesFrom(dir string, from, to int, s shape) (size int64, err error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return 0, err
	}
	for n := from; n < to; n++ {
		body := jatsArticle(n, s)
		size += int64(len(body))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("article-%d-%05d.xml", s.references, n)), []byte(body), 0o640); err != nil {
			return 0, err
		}
	}
	return size, nil
}

// jatsArticle is a JATS 1.3 document with a table, a formula and cited
// references; everything follows from its number.
func jatsArticle(n int, s shape) string {
	t := &text{Rand: rand.New(rand.NewPCG(uint64(s.references), uint64(n))), tongue: &tongues[0], n: n}
	issue := n % pagesOf / perIssue
	fmt.Fprintf(t, `<?xml version="1.0" encoding="UTF-8"?>
<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML" dtd-version="1.3" article-type="research-article" xml:lang="en">
<front><journal-meta><journal-title-group><journal-title>%s</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="doi">10.5555/jats.%d.%d</article-id><title-group><article-title>%s</article-title></title-group>
<contrib-group>`, t.tongue.journal, s.references, n, html.EscapeString(t.sentenceOf(9)))
	for range 3 {
		family, initials, _ := strings.Cut(t.name(), " ")
		fmt.Fprintf(t, `<contrib contrib-type="author"><name><surname>%s</surname><given-names>%s</given-names></name><xref ref-type="aff" rid="a1"/></contrib>`, family, initials)
	}
	fmt.Fprintf(t, `<aff id="a1"><institution>%s</institution><country>Norway</country></aff></contrib-group>
<pub-date date-type="pub"><year>%d</year></pub-date><volume>%d</volume><issue>%d</issue><fpage>%d</fpage><lpage>%d</lpage>
<abstract><p>%s</p></abstract></article-meta></front>
<body>`, html.EscapeString(t.one(t.tongue.places)), firstYear+issue/perYear, 1+issue/perYear, 1+issue%perYear, 1+n%perIssue*16, 15+n%perIssue*16, html.EscapeString(t.paragraph()))
	for i := range s.sections {
		t.section(i, s)
	}
	t.WriteString("</body>\n<back><ref-list>")
	for i := range s.references {
		fmt.Fprintf(t, `<ref id="r%d"><label>%d</label><mixed-citation publication-type="book"><name><surname>%s</surname></name>. <source>%s</source>. <publisher-name>%s</publisher-name>; <year>%d</year>.</mixed-citation></ref>`+"\n",
			i+1, i+1, t.one(t.tongue.families), html.EscapeString(t.sentenceOf(6)), html.EscapeString(t.one(t.tongue.publishers)), 1900+t.IntN(120))
	}
	t.WriteString("</ref-list></back></article>\n")
	return t.String()
}

// section is paragraphs that cite, with a table and a formula.
func (t *text) section(i int, s shape) {
	fmt.Fprintf(t, "<sec id=\"s%d\"><title>%s</title>\n", i+1, html.EscapeString(t.sentenceOf(4)))
	for range s.paragraphs {
		fmt.Fprintf(t, "<p>%s As <xref ref-type=\"bibr\" rid=\"r%d\">%[2]d</xref> shows, %s</p>\n", html.EscapeString(t.paragraph()), 1+t.IntN(s.references), html.EscapeString(t.paragraph()))
	}
	fmt.Fprintf(t, `<table-wrap id="t%d"><label>Table %[1]d</label><caption><p>%s</p></caption><table><thead><tr><th>Lake</th><th>Depth</th></tr></thead><tbody>`, i+1, html.EscapeString(t.sentenceOf(5)))
	for range 6 {
		fmt.Fprintf(t, "<tr><td>%s</td><td>%d</td></tr>", html.EscapeString(t.one(t.tongue.places)), t.IntN(900))
	}
	t.WriteString("</tbody></table></table-wrap>\n")
	fmt.Fprintf(t, `<p><disp-formula id="e%d"><label>(%[1]d)</label><mml:math><mml:mi>d</mml:mi><mml:mo>=</mml:mo><mml:mfrac><mml:mn>%d</mml:mn><mml:mi>h</mml:mi></mml:mfrac></mml:math></disp-formula></p></sec>`+"\n", i+1, t.IntN(90))
}
