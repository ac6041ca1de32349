package render

import "offprint/internal/article"

// orders are the types of numbered lists (HTML, 4.4.5).
var orders = map[string]string{
	"order": "", "ordered": "", "alpha-lower": "a", "alpha-upper": "A", "roman-lower": "i", "roman-upper": "I", "number": "", "arabic": "",
}

// list draws a list. Items that carry printed labels keep them and get no
// marks of ours.
func (d *drawer) list(n *article.Node) {
	d.listTitle(n)
	tag, class, kind := "ul", "", ""
	labels := false
	for i := range n.Kids {
		labels = labels || n.Kids[i].Label != ""
	}
	order, ordered := orders[n.Role]
	switch {
	case labels:
		class = "labelled"
	case ordered:
		tag, kind = "ol", order
	case n.Role != "bullet" && n.Role != "":
		class = "plain"
	}
	outer := d.open(tag, n, "class", class, "type", kind)
	title := titleOf(n)
	for i := range n.Kids {
		if k := &n.Kids[i]; k != title {
			d.item(k)
		}
	}
	d.shut(tag, outer)
}

// item draws an item; whatever else stands in a list is an item too.
func (d *drawer) item(n *article.Node) {
	if n.Kind != article.Item {
		d.raw("<li>")
		d.block(n)
		d.raw("</li>")
		return
	}
	outer := d.open("li", n)
	if n.Label != "" {
		d.raw(`<span class="label">`)
		d.text(n.Label)
		d.raw("</span> ")
	}
	d.paragraphs(n.Kids)
	d.shut("li", outer)
}

// listTitle draws the title of a list before it, since lists of HTML hold items
// only.
func (d *drawer) listTitle(n *article.Node) {
	title := titleOf(n)
	label := n.Label
	if title == nil && label == "" {
		return
	}
	if title == nil {
		d.raw(`<p class="head"><strong class="label">`)
		d.text(label)
		d.raw("</strong></p>")
		return
	}
	outer := d.open("p", title, "class", "head")
	if label != "" {
		d.raw(`<strong class="label">`)
		d.text(label)
		d.raw("</strong> ")
	}
	d.raw(`<span class="title">`)
	d.phrases(title.Kids)
	d.raw("</span>")
	d.shut("p", outer)
}

// definitions draws terms with what they mean. HTML wants a term before a
// meaning and a meaning after the last term (4.4.9).
func (d *drawer) definitions(n *article.Node) {
	if n.Kind != article.Definitions {
		d.contained("div", n, "")
		return
	}
	d.listTitle(n)
	outer := d.open("dl", n)
	title := titleOf(n)
	term, meant := false, true
	for i := range n.Kids {
		k := &n.Kids[i]
		if k == title {
			continue
		}
		tag := "dd"
		if k.Kind == article.Term {
			tag, term, meant = "dt", true, false
		} else if !term {
			d.raw("<dt></dt>")
			term = true
		}
		meant = meant || tag == "dd"
		class := ""
		if k.Role == "head" {
			class = "head"
		}
		before := d.open(tag, k, "class", class)
		if k.Label != "" {
			d.raw(`<span class="label">`)
			d.text(k.Label)
			d.raw("</span> ")
		}
		if tag == "dt" {
			d.phrases(k.Kids)
		} else {
			d.paragraphs(k.Kids)
		}
		d.shut(tag, before)
	}
	if !meant {
		d.raw("<dd></dd>")
	}
	d.shut("dl", outer)
}
