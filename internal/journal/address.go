package journal

import (
	"net/url"
	"strings"
)

// Address is the absolute address of an article's page without a language:
// "https://example.org/rjr/articles/panov-2020". The addresses of its other forms,
// its files, its issue and its journal follow from it. "" is an address that is not
// known, and so are all that follow from it.
type Address string

// Address is where the article stands on a site, "https://example.org"; a journal
// that has its own host is there, by the scheme of the site.
func (p *Publication) Address(site string) Address {
	if site == "" {
		return ""
	}
	return Address(p.Journal.address(site) + "articles/" + p.Slug)
}

// Address is the home page of the journal on a site.
func (j *Journal) Address(site string) string {
	if site == "" {
		return ""
	}
	return j.address(site)
}

func (j *Journal) address(site string) string {
	if j.Host == "" {
		return strings.TrimSuffix(site, "/") + "/" + j.Path + "/"
	}
	scheme, _, ok := strings.Cut(site, "://")
	if !ok {
		scheme = "https"
	}
	return scheme + "://" + j.Host + "/"
}

// Form is the address of another form of the record: "xml", "bib".
func (a Address) Form(suffix string) string {
	if a == "" {
		return ""
	}
	return string(a) + "." + suffix
}

// File is the address of a file: here, or where an earlier site keeps it.
func (a Address) File(f *File) string {
	switch {
	case f.SHA256 == "":
		return f.Address
	case a == "":
		return ""
	}
	return string(a) + "/files/" + url.PathEscape(f.Name)
}

// Journal is the address of the journal's home page.
func (a Address) Journal() string {
	if i := strings.LastIndex(string(a), "/articles/"); i >= 0 {
		return string(a[:i]) + "/"
	}
	return ""
}

// Issue is the address of the issue of an article; "" for an article outside issues.
func (a Address) Issue(is *Issue) string {
	base := a.Journal()
	if base == "" || is == nil || is.Slug == "" {
		return ""
	}
	return base + "issues/" + is.Slug
}

// Galleys are the files that hold the whole article: the PDF, an EPUB.
func (a *Article) Galleys() []*File {
	var out []*File
	for i := range a.Files {
		if a.Files[i].Role == "galley" {
			out = append(out, &a.Files[i])
		}
	}
	return out
}
