package landing

import (
	"path"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/refparse"
)

// addFile notes a file of the article that the page links to. It is not
// fetched; the record says where it was. media is what the tag says it is, or
// "".
func (p *page) addFile(address, media string) {
	address = strings.TrimSpace(address)
	if !refparse.IsAddress(address) {
		if address != "" {
			p.loss("file", address, "a file without a full address")
		}
		return
	}
	for _, have := range p.r.Article.Files {
		if have.Address == address {
			return
		}
	}
	plain, _, _ := strings.Cut(address, "?")
	name := path.Base(plain)
	switch strings.ToLower(path.Ext(name)) {
	case ".pdf":
		media = "application/pdf"
	case ".xml":
		media = "application/xml"
	case ".epub":
		media = "application/epub+zip"
	case ".html", ".htm":
		media = "text/html"
	}
	if media == "application/pdf" && path.Ext(name) == "" {
		name += ".pdf"
	}
	if p.full(len(p.r.Article.Files), maxItems, "files") {
		return
	}
	p.r.Article.Files = append(p.r.Article.Files, journal.File{Name: name, Role: "galley", Media: media, Address: address})
}
