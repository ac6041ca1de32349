package render

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"offprint/internal/article"
)

// drawable reports whether browsers show a file as an image.
func drawable(name string) bool {
	name, _, _ = strings.Cut(name, "?")
	return slices.Contains([]string{".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"}, strings.ToLower(path.Ext(name)))
}

// figure draws a figure: what it shows, then its number, title and caption.
func (d *drawer) figure(n *article.Node) {
	inside := d.inBox
	d.inBox = true
	outer := d.open("figure", n)
	for i := range n.Kids {
		switch k := &n.Kids[i]; {
		case k.Kind == article.Image:
			d.picture(k, n)
		case !captioned(k):
			d.block(k)
		}
	}
	d.caption(n)
	d.shut("figure", outer)
	d.inBox = inside
}

// captioned reports whether a kid of a figure belongs to its caption.
func captioned(n *article.Node) bool {
	switch n.Kind {
	case article.Title, article.Caption, article.Attribution:
		return true
	case article.Paragraph:
		return n.Role == "permissions" || n.Role == "long-desc"
	}
	return false
}

// briefCaption is how many characters a caption may have that is still read in
// half the width of the text.
const briefCaption = 240

// groupClass says how the parts of a group stand: side by side, or below each
// other where one needs the whole width, as tables, formulas and long captions
// do.
func groupClass(n *article.Node) string {
	for i := range n.Kids {
		k := &n.Kids[i]
		switch k.Kind {
		case article.TableWrap, article.Table, article.Math:
			return "figures stacked"
		case article.Figure:
			said := 0
			for j := range k.Kids {
				if captioned(&k.Kids[j]) {
					said += len([]rune(article.Plain(k.Kids[j].Kids)))
				}
			}
			if said > briefCaption {
				return "figures stacked"
			}
		}
	}
	return "figures"
}

// caption draws number, title, caption and what says whose the figure is.
func (d *drawer) caption(n *article.Node) {
	content := d.aside(func() {
		d.head(n)
		title := titleOf(n)
		for i := range n.Kids {
			k := &n.Kids[i]
			switch {
			case k == title || !captioned(k):
			case k.Kind == article.Caption:
				d.captionBody(k)
			default:
				d.block(k)
			}
		}
	})
	if content != "" {
		d.raw("<figcaption>", content, "</figcaption>")
	}
}

func (d *drawer) captionBody(n *article.Node) {
	if n.Lang == "" && d.given[n] == "" {
		d.blocks(n.Kids)
		return
	}
	d.contained("div", n, "")
}

// picture draws an image of a figure, linked to the file itself. An image that
// browsers do not show is a link to the file.
func (d *drawer) picture(n, figure *article.Node) {
	label := first(number(figure.Label), d.word("figure"))
	alt := first(n.Alt, figure.Alt, label)
	url := d.file(n.Target)
	if d.given[n] != "" {
		outer := d.open("span", n)
		d.shut("span", outer)
	}
	switch {
	case url == "" && Address(n.Target) != "":
		d.elsewhere(n, alt)
	case url == "":
		d.missing(n, alt)
	case !d.drawable(n.Target):
		d.fileLink(n, url)
	default:
		image := d.img(n.Target, url, alt)
		if d.link || d.opt.NoLinks {
			d.raw(image)
			break
		}
		d.raw(`<a class="full" href="`, escape(url), `" aria-label="`, escape(label+", "+d.word("full-size")), `">`, image, "</a>")
	}
	for i := range n.Kids {
		if k := &n.Kids[i]; k.Kind != article.Image && k.Kind != article.InlineImage {
			d.block(k)
		}
	}
}

// drawable reports whether browsers show a file, or a rendition of it.
func (d *drawer) drawable(name string) bool {
	if d.opt.Image != nil {
		if im, ok := d.opt.Image(name); ok {
			return im.URL != ""
		}
	}
	return drawable(name)
}

// img is the element of a picture, with its size, so that nothing moves when it
// arrives, and its renditions. The text is never wider than 38 rem.
func (d *drawer) img(target, url, alt string) string {
	var b strings.Builder
	var im Image
	if d.opt.Image != nil {
		im, _ = d.opt.Image(target)
	}
	b.WriteString(`<img src="` + escape(first(im.URL, url)) + `" alt="` + escape(alt) + `"`)
	if len(im.Sources) > 0 {
		set := make([]string, len(im.Sources))
		for i, s := range im.Sources {
			set[i] = s.URL + " " + strconv.Itoa(s.Width) + "w"
		}
		b.WriteString(` srcset="` + escape(strings.Join(set, ", ")) + `" sizes="(min-width: 42rem) 38rem, 100vw"`)
	}
	if im.Width > 0 && im.Height > 0 {
		b.WriteString(` width="` + strconv.Itoa(im.Width) + `" height="` + strconv.Itoa(im.Height) + `"`)
	}
	b.WriteString(` loading="lazy" decoding="async">`)
	return b.String()
}

// partLinks lead to a figure or table on a page of its own.
func (d *drawer) partLinks(n *article.Node, csv bool) {
	id := d.given[n]
	if d.opt.PartURL == nil || id == "" || d.link || d.opt.NoLinks || d.bare || !d.wants(id) {
		return
	}
	label := first(name(n), d.word("figure"))
	d.raw(`<p class="part-links">`)
	link := func(url, key string) {
		d.raw(`<a href="`, escape(url), `">`)
		d.say(key)
		d.raw(`<span class="unseen">: `)
		d.text(label)
		d.raw("</span></a>")
	}
	if url := d.opt.PartURL(id, false); url != "" {
		link(url, "full-view")
	}
	if url := d.opt.PartURL(id, true); csv && url != "" {
		d.raw(" ")
		link(url, "values")
	}
	d.raw("</p>")
}

// image draws an image that stands alone.
func (d *drawer) image(n *article.Node) {
	outer := d.open("figure", n)
	d.picture(&article.Node{Kind: n.Kind, Target: n.Target, Alt: n.Alt}, &article.Node{Label: n.Label})
	for i := range n.Kids {
		if k := &n.Kids[i]; !captioned(k) && k.Kind != article.Image && k.Kind != article.InlineImage {
			d.block(k)
		}
	}
	d.caption(n)
	d.shut("figure", outer)
}

// elsewhere draws a link to an image that only another site has; a page asks
// other sites for nothing.
func (d *drawer) elsewhere(n *article.Node, alt string) {
	d.raw(`<p class="missing">`)
	address := Address(n.Target)
	if !d.link && !d.opt.NoLinks {
		d.raw(`<a href="`, escape(address), `">`)
		defer d.raw("</a></p>")
	} else {
		defer d.raw("</p>")
	}
	d.text(alt + ": ")
	d.say("elsewhere")
}

func (d *drawer) missing(n *article.Node, alt string) {
	d.raw(`<p class="missing">`)
	d.say("missing")
	if what := first(n.Alt, base(n.Target), alt); what != "" {
		d.text(": " + what)
	}
	d.raw("</p>")
}

func (d *drawer) fileLink(n *article.Node, url string) {
	d.raw(`<p class="file">`)
	linked := !d.link && !d.opt.NoLinks
	if linked {
		d.raw(`<a href="`, escape(url), `">`)
	}
	if name := base(n.Target); name != "" {
		d.text(name)
	} else {
		d.say("download")
	}
	if linked {
		d.raw("</a>")
	}
	d.raw("</p>")
}

// address is where a file can be had: here, or elsewhere under an address of
// its own.
func (d *drawer) address(target string) string { return first(d.file(target), Address(target)) }

// media draws a film or a sound with the browser's own controls, and anything
// else as a file.
func (d *drawer) media(n *article.Node) {
	url := d.file(n.Target)
	tag, _, _ := strings.Cut(strings.ToLower(n.Role), "/")
	outer := d.open("figure", n, "class", "media")
	switch {
	case url != "" && (tag == "video" || tag == "audio"):
		d.raw("<", tag, ` controls preload="metadata" src="`, escape(url), `" aria-label="`, escape(first(n.Alt, name(n), base(n.Target))), `"></`, tag, ">")
	case d.address(n.Target) != "":
		d.fileLink(n, d.address(n.Target))
	case n.Target != "":
		d.missingFile(n)
	}
	for i := range n.Kids {
		if !captioned(&n.Kids[i]) {
			d.block(&n.Kids[i])
		}
	}
	d.caption(n)
	d.shut("figure", outer)
}

func (d *drawer) missingFile(n *article.Node) {
	d.raw(`<p class="file">`)
	d.text(base(n.Target))
	d.raw("</p>")
}

// supplement draws a supplementary file with what is said of it.
func (d *drawer) supplement(n *article.Node) {
	inside := d.inBox
	d.inBox = true
	outer := d.open("div", n, "class", "file")
	d.head(n)
	d.body(n)
	switch url := d.address(n.Target); {
	case url != "":
		d.fileLink(n, url)
	case n.Target != "":
		d.missingFile(n)
	}
	d.shut("div", outer)
	d.inBox = inside
}
