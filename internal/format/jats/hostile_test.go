package jats

import (
	"fmt"
	"strings"
	"testing"
)

// Documents made to exhaust a reader: each is read in time that grows with its
// size, which is why this test ends.
func TestHostileDocumentsAreReadToTheirEnd(t *testing.T) {
	const n = 30_000
	many := func(s string) string { return strings.Repeat(s, n) }
	series := func(format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	front := func(s string) []byte {
		return []byte(`<article xml:lang="en"><front><article-meta>` + s + `</article-meta></front></article>`)
	}
	for name, b := range map[string][]byte{
		"comments":     with("<p>" + many("a<!-- -->") + "</p>"),
		"wrappers":     with("<p>" + many("<odd>a</odd>") + "</p>"),
		"strangers":    with("<p>" + series("<o%d>a</o%[1]d>") + "</p>"),
		"nested":       with(strings.Repeat("<odd>", 190) + many("<x1/>a") + strings.Repeat("</odd>", 190)),
		"labels":       with("<sec>" + many("<label>aaaaaaaaaa</label>") + "</sec>"),
		"cells":        with("<table><colgroup><col align=\"left\" span=\"1000\"/></colgroup><tr>" + many(`<td colspan="1000" rowspan="65534">a</td>`) + "</tr></table>"),
		"citation":     with("<p><element-citation>" + many("<source>a</source>") + "</element-citation></p>"),
		"people":       front("<contrib-group>" + series(`<contrib><name><surname>a</surname></name><xref ref-type="aff" rid="a%d"/></contrib>`) + "</contrib-group>" + series(`<aff id="a%d">x<email>y</email></aff>`)),
		"marks":        front("<contrib-group><contrib><name><surname>a</surname></name>" + series(`<xref rid="a%d"/>`) + "</contrib></contrib-group>" + series(`<aff id="a%d">x</aff>`)),
		"notes":        front("<contrib-group><contrib><name><surname>a</surname></name></contrib></contrib-group><author-notes>" + series(`<corresp id="c%d"><email>x</email></corresp>`) + "</author-notes>"),
		"keywords":     front("<kwd-group>" + series("<kwd>%d</kwd>") + "</kwd-group>" + series("<kwd-group><kwd>x%d</kwd></kwd-group>")),
		"abstracts":    front(series("<abstract><p>%d</p></abstract>")),
		"titles":       front("<title-group>" + series("<trans-title>%d</trans-title>") + "</title-group>"),
		"subjects":     front("<article-categories>" + series(`<subj-group xml:lang="a%d"><subject>s</subject></subj-group>`) + "</article-categories>"),
		"funds":        front("<funding-group><award-group>" + many("<funding-source>a</funding-source><award-id>b</award-id>") + "</award-group></funding-group>"),
		"reviewers":    []byte(`<article><body/><sub-article><front-stub><aff id="a">` + many("long ") + `</aff><contrib-group>` + many(`<contrib><name><surname>a</surname></name><xref rid="a"/></contrib>`) + `</contrib-group></front-stub></sub-article></article>`),
		"entities":     with("<p>" + series("&e%d;") + "</p>"),
		"names":        with(strings.Repeat("<"+strings.Repeat("n", 10_000)+">", 150) + many("<x/>") + strings.Repeat("</"+strings.Repeat("n", 10_000)+">", 150)),
		"formula":      with("<disp-formula>" + many("<mml:math><mml:mi>x</mml:mi></mml:math>") + "</disp-formula>"),
		"alternatives": with("<fig><alternatives>" + many(`<graphic xlink:href="a"/>`) + "</alternatives></fig>"),
	} {
		if _, err := Decode(b); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
