package ingest

import (
	"io/fs"
	"path"
	"regexp"
	"strings"

	"offprint/internal/article"
	"offprint/internal/format/jats"
)

// namedIn adds to named the files that could be articles by their ending and
// that a JATS article in the folder names as its own: a supplement in HTML or a
// text of data is kept with that article and is none itself. Names are slash
// paths in dir. A file that is a JATS article is one, whoever names it.
func namedIn(dir fs.FS, folder string, lim Limits, named map[string]bool) {
	entries, err := fs.ReadDir(dir, folder)
	if err != nil {
		return // the walk says so
	}
	for _, e := range entries {
		if p := path.Join(folder, e.Name()); e.Type().IsRegular() && isXML(p) && !named[p] {
			namedBy(dir, p, lim, named)
		}
	}
}

// namedBy adds the files that one article names. A source that cannot be read
// names none; the import says why it cannot.
func namedBy(dir fs.FS, p string, lim Limits, named map[string]bool) {
	data, err := readFile(dir, p, lim.File)
	if err != nil || detect(p, data) != "jats" || !mayName(dir, p, data) {
		return
	}
	defer func() { _ = recover() }() // see Run.decode, which comes by the same source again
	// Only the reader knows what an address in the file means; it comes here for
	// the few articles that may name such a file.
	reading, err := jats.Decode(data)
	if err != nil {
		return
	}
	eachNamed(reading, func(n *article.Node, _ string) {
		if other := path.Join(path.Dir(p), n.Target); other != p && couldBeArticle(dir, other) {
			named[other] = true
		}
	})
}

func isXML(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".xml" || ext == ".nxml"
}

var hrefForm = regexp.MustCompile(`href\s*=\s*["']([^"']{1,500})["']`)

// mayName reports whether an address anywhere in the source of an article leads
// to a file that could be taken for an article.
func mayName(dir fs.FS, name string, data []byte) bool {
	for _, m := range hrefForm.FindAllSubmatch(data, -1) {
		target := string(m[1])
		if other := path.Join(path.Dir(name), target); !isAddress(target) && other != name && couldBeArticle(dir, other) {
			return true
		}
	}
	return false
}

// couldBeArticle: the file has such an ending, is there, and is not JATS.
func couldBeArticle(dir fs.FS, name string) bool {
	if !readable[strings.ToLower(path.Ext(name))] || !fs.ValidPath(name) {
		return false
	}
	info, err := fs.Stat(dir, name)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	if !isXML(name) {
		return true
	}
	f, err := dir.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 8<<10)
	n, _ := f.Read(head) // what cannot be read is no article
	return detect(name, head[:n]) != "jats"
}
