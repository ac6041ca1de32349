// Package testpage reads pages as tests need them: it says what is wrong with
// the HTML of one, and walks all addresses of a site.
//
//	for _, fault := range testpage.Faults(body) {
//		t.Errorf("%s: %s", address, fault)
//	}
//	site := testpage.Crawl(t, server.Client(), server.URL+"/")
//
// A fault is what every page of Offprint must be free of, whatever it shows:
// markup that a browser would repair, an id twice, a link within the page that
// leads nowhere, an image without alternative text, headings that leave a level
// out, a style or script inside the page. The package is not a validator; that
// is the checker of the W3C, which the browser tests run.
//
// Only tests import it.
package testpage

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/text/language"
)

// Faults lists what is wrong with a page, nothing for a good one.
func Faults(page string) []string {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return []string{"cannot be read: " + err.Error()}
	}
	c := &check{ids: map[string]int{}}
	c.nesting(page, root)
	c.walk(root)
	c.links()
	if c.first != 1 {
		c.fault("%d headings of the first level, want 1", c.first)
	}
	for _, mark := range []string{"ZgotmplZ", "<no value>", "%!", "&lt;nil&gt;"} {
		if strings.Contains(page, mark) {
			c.fault("holds %q, the mark of a failed template", mark)
		}
	}
	return c.faults
}

type check struct {
	faults  []string
	ids     map[string]int
	wanted  []string // ids that something refers to
	heading int      // level of the last one
	first   int      // headings of the first level
}

func (c *check) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

func (c *check) walk(n *html.Node) {
	if n.Type == html.ElementNode {
		c.element(n)
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		c.walk(k)
	}
}

func (c *check) element(n *html.Node) {
	a := attributes(n)
	if id, ok := a["id"]; ok {
		if c.ids[id]++; id == "" || strings.ContainsAny(id, " \t\n") || c.ids[id] == 2 {
			c.fault("the id %q is empty, holds a space or stands twice", id)
		}
	}
	if target, ok := strings.CutPrefix(a["href"], "#"); ok {
		c.wanted = append(c.wanted, target)
	}
	for _, name := range []string{"for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "headers"} {
		c.wanted = append(c.wanted, strings.Fields(a[name])...)
	}
	c.active(n, a)
	c.named(n, a)
	if lang, ok := a["lang"]; ok && lang != "" {
		if _, err := language.Parse(lang); err != nil {
			c.fault("lang=%q is no language tag", lang)
		}
	}
	if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
		level := int(n.Data[1] - '0')
		if level > c.heading+1 {
			c.fault("<%s> %q follows a heading of level %d", n.Data, Text(n), c.heading)
		}
		if c.heading = level; level == 1 {
			c.first++
		}
		if Text(n) == "" {
			c.fault("<%s> is empty", n.Data)
		}
	}
}

// active finds what the Content-Security-Policy of the site forbids.
func (c *check) active(n *html.Node, a map[string]string) {
	if _, ok := a["style"]; ok || n.Data == "style" {
		c.fault("a style inside the page: <%s style=%q>", n.Data, a["style"])
	}
	if n.Data == "script" && a["src"] == "" && a["type"] != "application/ld+json" { // which is data
		c.fault("a script inside the page")
	}
	for name, value := range a {
		if strings.HasPrefix(name, "on") {
			c.fault("a script inside the page: %s=%q", name, value)
		}
		low := strings.ToLower(strings.TrimSpace(value))
		if (name == "href" || name == "src" || name == "action") && (low == "" || strings.HasPrefix(low, "javascript:") || strings.HasPrefix(low, "data:")) {
			c.fault("<%s %s=%q> leads nowhere good", n.Data, name, value)
		}
	}
}

// named finds what has no name for those who do not see it.
func (c *check) named(n *html.Node, a map[string]string) {
	_, alt := a["alt"]
	switch n.Data {
	case "img":
		if !alt {
			c.fault("<img src=%q> has no alternative text", a["src"])
		}
	case "a", "button", "summary", "legend", "caption", "title", "dt", "th":
		if n.Namespace == "" && n.Data != "th" && Text(n) == "" && a["aria-label"] == "" && !hasAlt(n) {
			c.fault("<%s href=%q> has no text", n.Data, a["href"])
		}
	case "html":
		if a["lang"] == "" || a["dir"] == "" {
			c.fault("<html> has no lang or no dir")
		}
	case "time":
		if a["datetime"] == "" {
			c.fault("<time> %q has no datetime", Text(n))
		}
	}
}

func hasAlt(n *html.Node) bool {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Data == "img" && attributes(k)["alt"] != "" || hasAlt(k) {
			return true
		}
	}
	return false
}

func (c *check) links() {
	slices.Sort(c.wanted)
	for _, id := range slices.Compact(c.wanted) {
		if c.ids[unescape(id)] == 0 {
			c.fault("#%s is linked or referred to, and is not there", id)
		}
	}
}

// Text is the text of an element, with its white space collapsed.
func Text(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			walk(k)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

func attributes(n *html.Node) map[string]string {
	a := map[string]string{}
	for _, x := range n.Attr {
		a[x.Key] = x.Val
	}
	return a
}
