//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// plain fetches bytes as they travel: it undoes no compression.
var plain = http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{DisableCompression: true}}

// fetch gets what an address answers, as it travels, and how it is encoded.
func fetch(ctx context.Context, address, accept string) (body []byte, encoding string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, "", err
	}
	req.Header.Set("Accept-Encoding", accept)
	req.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	resp, err := plain.Do(req)
	if err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	if body, err = io.ReadAll(resp.Body); err != nil {
		return nil, "", err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, "", fmt.Errorf("%s answered %s", address, resp.Status)
	}
	return body, resp.Header.Get("Content-Encoding"), nil
}

// articlePath is the address of an article's page, without a form or a version.
var articlePath = regexp.MustCompile(`^/[^/]+/articles/[^/.]+$`)

// crawled bounds the pages that are looked at for articles.
const crawled = 40

// largestArticle follows the links of a site from its first page and gives the
// address of the article whose page is the largest.
func largestArticle(ctx context.Context, base string) (string, error) {
	seen, queue := map[string]bool{"/": true}, []string{"/"}
	best, size := "", 0
	for n := 0; len(queue) > 0 && n < crawled; n++ {
		path := queue[0]
		queue = queue[1:]
		body, _, err := fetch(ctx, base+path, "identity")
		if err != nil {
			return "", err
		}
		if articlePath.MatchString(path) && len(body) > size {
			best, size = path, len(body)
		}
		links, err := follow(base+path, body)
		if err != nil {
			return "", err
		}
		for _, l := range links {
			if !seen[l] {
				seen[l] = true
				queue = append(queue, l)
			}
		}
	}
	if best == "" {
		return "", errors.New("no article is linked from the pages of the site")
	}
	return base + best, nil
}

// follow gives the pages of the same site that a page links to: homes,
// archives, issues, articles.
func follow(address string, body []byte) ([]string, error) {
	at, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	if err != nil {
		return nil, err
	}
	var paths []string
	doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		href, _ := a.Attr("href")
		to, err := at.Parse(href)
		if err != nil || to.Host != at.Host || to.RawQuery != "" {
			return
		}
		depth := strings.Count(strings.Trim(to.Path, "/"), "/")
		page := depth == 0 || strings.Contains(to.Path, "/issues/") || articlePath.MatchString(to.Path)
		if page && !strings.Contains(to.Path, ".") {
			paths = append(paths, to.Path)
		}
	})
	return paths, nil
}
