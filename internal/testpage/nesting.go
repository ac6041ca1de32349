package testpage

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// void elements have no end tag (HTML Standard, section 13.1.2).
var void = map[string]bool{"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true,
	"link": true, "meta": true, "source": true, "track": true, "wbr": true}

// nesting compares the tags as they are written with the tree that a browser
// makes of them. Where the two differ the browser has repaired something: a
// paragraph that a list has closed, a link within a link, a missing end tag.
func (c *check) nesting(page string, root *html.Node) {
	written, ok := c.written(page)
	if !ok {
		return
	}
	var made []string
	var walk func(n *html.Node, path string)
	walk = func(n *html.Node, path string) {
		if n.Type == html.ElementNode {
			path += "/" + strings.ToLower(n.Data)
			made = append(made, path)
		}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			walk(k, path)
		}
	}
	walk(root, "")
	for i := range max(len(written), len(made)) {
		switch {
		case i >= len(written):
			c.fault("a browser adds %s", made[i])
		case i >= len(made):
			c.fault("a browser drops %s", written[i])
		case written[i] != made[i]:
			c.fault("a browser makes %s of %s", made[i], written[i])
		default:
			continue
		}
		return // all that follows differs too
	}
}

// written is the path of every start tag as the page has them.
func (c *check) written(page string) (paths []string, ok bool) {
	z := html.NewTokenizer(strings.NewReader(page))
	var open []string
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		name, _ := z.TagName()
		tag := string(name)
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			paths = append(paths, "/"+strings.Join(append(open[:len(open):len(open)], tag), "/"))
			if kind == html.StartTagToken && !void[tag] {
				open = append(open, tag)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != tag {
				c.fault("</%s> closes nothing in %s", tag, strings.Join(open, "/"))
				return nil, false
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		c.fault("%s is not closed", strings.Join(open, "/"))
		return nil, false
	}
	return paths, true
}

func unescape(fragment string) string {
	if s, err := url.PathUnescape(fragment); err == nil {
		return s
	}
	return fragment
}
