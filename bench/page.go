//go:build linux

package main

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// browserAccepts is what browsers send as Accept-Encoding.
const browserAccepts = "gzip, deflate, br, zstd"

// kind is what a file is for the page that loads it.
type kind int

const (
	document kind = iota
	sheet
	script
	font
	image
	kinds
)

var kindName = [kinds]string{"HTML", "style sheets", "scripts", "fonts", "images"}

// asset is a file that a page loads.
type asset struct {
	kind    kind
	address string
}

// weight is bytes as they travel and as they are.
type weight struct{ files, sent, plain int }

// page counts what a browser transfers for an article page.
func (b *bench) page(ctx context.Context) error {
	site, base, _, err := b.serve(ctx, filepath.Join(b.dir, "page"), "--demo")
	if err != nil {
		return err
	}
	defer site.stop()
	address, err := largestArticle(ctx, base)
	if err != nil {
		return err
	}
	weights, foreign, err := weigh(ctx, address)
	if err != nil {
		return err
	}
	var sum weight
	for _, k := range []kind{document, sheet, script} {
		sum.files += weights[k].files
		sum.sent += weights[k].sent
		sum.plain += weights[k].plain
	}
	section("page: the largest article page of the demonstration, " + strings.TrimPrefix(address, base))
	for k, w := range weights {
		line(kindName[k], kilobytes(int64(w.sent)), fmt.Sprintf("%d of %s uncompressed", w.files, kilobytes(int64(w.plain))))
	}
	line("HTML, style sheets and scripts", kilobytes(int64(sum.sent)), atMost(float64(sum.sent)/1e3, 60, "kB")+
		fmt.Sprintf("; %.2f of %s uncompressed", float64(sum.sent)/float64(sum.plain), kilobytes(int64(sum.plain))))
	line("files of other hosts in the markup", fmt.Sprint(len(foreign)), atMost(float64(len(foreign)), 0, "")+" "+strings.Join(foreign, " "))
	return b.browse(ctx, address)
}

// weigh fetches a page and what it loads, each once, following style sheets
// and modules. Addresses of other hosts are not asked, only named.
func weigh(ctx context.Context, address string) (weights [kinds]weight, foreign []string, err error) {
	root, err := url.Parse(address)
	if err != nil {
		return weights, nil, err
	}
	seen, queue := map[string]bool{address: true}, []asset{{document, address}}
	for len(queue) > 0 {
		a := queue[0]
		queue = queue[1:]
		sent, _, err := fetch(ctx, a.address, browserAccepts)
		if err != nil {
			return weights, nil, err
		}
		plain, _, err := fetch(ctx, a.address, "identity")
		if err != nil {
			return weights, nil, err
		}
		w := &weights[a.kind]
		w.files, w.sent, w.plain = w.files+1, w.sent+len(sent), w.plain+len(plain)
		loads, err := loadedBy(a, plain)
		if err != nil {
			return weights, nil, err
		}
		for _, next := range loads {
			if to, err := url.Parse(next.address); seen[next.address] || err != nil {
				continue
			} else if seen[next.address] = true; to.Host == root.Host {
				queue = append(queue, next)
			} else {
				foreign = append(foreign, next.address)
			}
		}
	}
	slices.Sort(foreign)
	return weights, foreign, nil
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssImport  = regexp.MustCompile(`@import\s+(?:url\(\s*)?["']?([^"')\s;]+)`)
	cssURL     = regexp.MustCompile(`url\(\s*["']?([^"')\s]+)["']?\s*\)`)
	jsImport   = regexp.MustCompile(`(?m)^\s*(?:import|export)\b[^"'();]*["']([^"']+)["']`)
	fontFile   = regexp.MustCompile(`\.(?:woff2?|ttf|otf)(?:[?#]|$)`)
)

// loadedBy lists what a file makes a browser load, with absolute addresses: of
// a page also what a script or a wider window would choose, of a style sheet
// all that it names, whether a rule needs it or not.
func loadedBy(a asset, body []byte) ([]asset, error) {
	at, err := url.Parse(a.address)
	if err != nil {
		return nil, err
	}
	var list []asset
	add := func(k kind, ref string) {
		ref = strings.TrimSpace(ref)
		to, err := at.Parse(ref)
		if err != nil || ref == "" || to.Scheme != "http" && to.Scheme != "https" {
			return // data: is part of the file itself
		}
		if to.Fragment = ""; fontFile.MatchString(to.Path) {
			k = font
		}
		list = append(list, asset{k, to.String()})
	}
	switch a.kind {
	case document:
		err = loadedByPage(body, add)
	case sheet:
		css := cssComment.ReplaceAllString(string(body), "")
		for _, m := range cssImport.FindAllStringSubmatch(css, -1) {
			add(sheet, m[1])
		}
		for _, m := range cssURL.FindAllStringSubmatch(cssImport.ReplaceAllString(css, ""), -1) {
			add(image, m[1])
		}
	case script:
		for _, m := range jsImport.FindAllStringSubmatch(string(body), -1) {
			add(script, m[1])
		}
	}
	return list, err
}

// loadedByPage finds what a page loads by itself; links that a reader may
// follow are none of it.
func loadedByPage(body []byte, add func(kind, string)) error {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		return err
	}
	each := func(selector, attribute string, k kind) {
		doc.Find(selector).Each(func(_ int, s *goquery.Selection) {
			if v, ok := s.Attr(attribute); ok {
				add(k, v)
			}
		})
	}
	each(`link[rel~="stylesheet"]`, "href", sheet)
	each(`script[src]`, "src", script)
	each(`link[rel~="modulepreload"]`, "href", script)
	each(`link[rel~="preload"][as="script"]`, "href", script)
	each(`link[rel~="preload"][as="style"]`, "href", sheet)
	each(`link[rel~="preload"][as="font"]`, "href", font)
	each(`link[rel~="preload"][as="image"], link[rel~="icon"]`, "href", image)
	each(`img[src], input[src], video[src], audio[src], source[src], iframe[src], embed[src]`, "src", image)
	each(`object[data]`, "data", image)
	doc.Find("img[srcset], source[srcset]").Each(func(_ int, s *goquery.Selection) {
		for candidate := range strings.SplitSeq(s.AttrOr("srcset", ""), ",") {
			if f := strings.Fields(candidate); len(f) > 0 {
				add(image, f[0])
			}
		}
	})
	return nil
}
