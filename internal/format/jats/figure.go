package jats

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"offprint/internal/article"
)

// image reads a graphic. Its description and the captions that some
// publishers put inside it are its kids.
func (d *decoder) image(e *elem, kind article.Kind) article.Node {
	n := d.headed(e, kind)
	n.Target, n.Role = e.href(), ""
	if e.at("specific-use") == "alternative" {
		n.Role = "alternative"
	}
	if n.Alt == "" {
		n.Alt = e.at("alt")
	}
	return n
}

func (d *decoder) media(e *elem) article.Node {
	n := d.headed(e, article.Media)
	n.Target, n.Role = e.href(), mediaType(e)
	return n
}

func mediaType(e *elem) string {
	kind, sub := e.at("mimetype"), e.at("mime-subtype")
	if strings.Contains(kind, "/") || sub == "" {
		return kind
	}
	if kind == "" {
		kind = "application"
	}
	return kind + "/" + sub
}

// supplement reads supplementary material. Where the element itself names no
// file, the first file inside it is the one.
func (d *decoder) supplement(e *elem) article.Node {
	n := d.headed(e, article.Supplementary)
	n.Target, n.Role = e.href(), mediaType(e)
	if n.Target != "" {
		return n
	}
	for i := range n.Kids {
		k := &n.Kids[i]
		if k.Kind != article.Media && k.Kind != article.Image || k.Target == "" {
			continue
		}
		n.Target, n.Role = k.Target, k.Role
		if k.Label == "" && len(k.Kids) == 0 {
			n.Alt = join(n.Alt, k.Alt, " ")
			n.Kids = slices.Delete(n.Kids, i, i+1)
		}
		break
	}
	return n
}

// alternatives reads forms of the same thing. Of images, one is shown and the
// others are its kids; an image beside a table or a text stands behind it with
// the role "alternative".
func (d *decoder) alternatives(e *elem) []article.Node {
	e.took = true
	var images, others []article.Node
	for k := range e.each() {
		for _, n := range d.node(k) {
			if n.Kind == article.Image || n.Kind == article.InlineImage {
				n.Role = rendition(k)
				images = append(images, n)
			} else {
				others = append(others, n)
			}
		}
	}
	if len(images) == 0 {
		return others
	}
	best := 0
	for i := range images {
		if suits(&images[i]) > suits(&images[best]) {
			best = i
		}
	}
	shown := images[best]
	for i := range images {
		if i != best {
			shown.Kids = append(shown.Kids, images[i])
		}
	}
	shown.Role = ""
	if len(others) > 0 {
		shown.Role = "alternative"
	}
	return append(others, shown)
}

// rendition is what the source says of one of several forms.
func rendition(e *elem) string { return first(e.at("specific-use"), e.at("content-type")) }

// small marks a preview: a word or a size in pixels.
var small = regexp.MustCompile(`(?i)thumb|preview|\d{2,4}x\d{2,4}`)

// suits weighs how well a rendition serves in a page.
func suits(n *article.Node) int {
	switch {
	case small.MatchString(n.Role) || small.MatchString(n.Target):
		return 0
	case slices.Contains([]string{".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"}, strings.ToLower(path.Ext(n.Target))):
		return 2
	}
	return 1
}
