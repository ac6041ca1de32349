package highwire

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"offprint/internal/testrecord"
)

func TestSampleInMetaElements(t *testing.T) {
	p := testrecord.Sample()
	var b bytes.Buffer
	Metas(p, string(p.Address(testrecord.Site)), func(name, lang, content string) { fmt.Fprintf(&b, "%s [%s] %s\n", name, lang, content) })
	testrecord.Golden(t, "sample.txt", b.Bytes())
}

func TestContentsAreOnOneLine(t *testing.T) {
	testrecord.Each(t, func(t *testing.T, c *testrecord.Case) {
		titles := map[string]bool{}
		Metas(c.Pub, c.Address, func(name, lang, content string) {
			if content == "" || strings.ContainsAny(content, "\n\r\t\x00") || !strings.HasPrefix(name, "citation_") {
				t.Errorf("%s is %q", name, content)
			}
			if name == "citation_title" {
				if titles[lang] && lang != "" {
					t.Errorf("two titles in %q", lang)
				}
				titles[lang] = true
			}
		})
	})
}
