package ingest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// naming is a JATS article with a piece of markup in its body.
func naming(markup string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(`<?xml version="1.0"?><article article-type="research-article" xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta>` +
		`<title-group><article-title>On ebb</article-title></title-group></article-meta></front><body><p>Text.</p>` + markup + `</body></article>`)}
}

func TestFileThatAnArticleNamesIsNoSource(t *testing.T) {
	text := &fstest.MapFile{Data: []byte("<p>A table of ebb and flow.</p>")}
	supplement := func(target string) string {
		return fmt.Sprintf(`<supplementary-material xlink:href=%q><caption><p>More</p></caption></supplementary-material>`, target)
	}
	for name, c := range map[string]struct {
		files fstest.MapFS
		want  string
	}{
		"named":               {fstest.MapFS{"a.xml": naming(supplement("more.html")), "more.html": text, "other.html": text}, "a.xml other.html"},
		"sorted before it":    {fstest.MapFS{"z.xml": naming(supplement("more.html")), "more.html": text}, "z.xml"},
		"in a folder":         {fstest.MapFS{"x/a.xml": naming(supplement("s/more.txt")), "x/s/more.txt": text, "s/more.txt": text}, "s/more.txt x/a.xml"},
		"a medium":            {fstest.MapFS{"a.xml": naming(`<media xlink:href="more.htm"/>`), "more.htm": text}, "a.xml"},
		"data in XML":         {fstest.MapFS{"a.xml": naming(supplement("data.xml")), "data.xml": {Data: []byte("<data><row/></data>")}}, "a.xml"},
		"only in a comment":   {fstest.MapFS{"a.xml": naming("<!--" + supplement("more.html") + "-->"), "more.html": text}, "a.xml more.html"},
		"only a link":         {fstest.MapFS{"a.xml": naming(`<p><ext-link xlink:href="more.html">more</ext-link></p>`), "more.html": text}, "a.xml more.html"},
		"an article, too":     {fstest.MapFS{"a.xml": naming(supplement("b.xml")), "b.xml": naming(supplement("a.xml"))}, "a.xml b.xml"},
		"outside the folder":  {fstest.MapFS{"a.xml": naming(supplement("../../more.html")), "more.html": text}, "a.xml more.html"},
		"itself":              {fstest.MapFS{"a.xml": naming(supplement("a.xml"))}, "a.xml"},
		"not a whole article": {fstest.MapFS{"a.xml": {Data: []byte("<?xml version='1.0'?><article><body>" + supplement("more.html"))}, "more.html": text}, "a.xml more.html"},
	} {
		var got []string
		findIn(c.files, "test", DefaultLimits, func(p string) string { return p }, func(f Found) bool {
			if f.Err != nil {
				t.Errorf("%s: %v", name, f.Err)
			} else if !f.named {
				got = append(got, f.Name)
			}
			return true
		})
		slices.Sort(got)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: sources %q, want %q", name, got, c.want)
		}
	}
}
