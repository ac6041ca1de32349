package ingest

import (
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"

	"offprint/internal/article"
	"offprint/internal/blob"
	"offprint/internal/errs"
	"offprint/internal/journal"
)

// attachment is a file that will be kept with the article.
type attachment struct {
	name string // of the File
	role string
	item blob.Item
	data []byte
}

// imageEndings are tried in turn when a figure is named without its ending, as
// JATS packages often do.
var imageEndings = []string{"", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff"}

// attach looks beside the source for the files that the full text names and
// for a PDF of the same name. What is found becomes a File of the record; what
// is named and not found is a loss.
func attach(src *Source, reading *journal.Reading, lim Limits) []attachment {
	var kept []attachment
	have := map[string]bool{}
	for _, f := range reading.Article.Files {
		have[f.Name] = true
	}
	take := func(name, role string, endings []string) (string, error) {
		var missing error // of the name as the source writes it
		for _, end := range endings {
			data, err := src.Beside(name+end, lim.File)
			if errors.Is(err, errs.NotFound) {
				if missing == nil {
					missing = err
				}
				continue
			}
			if err != nil {
				return "", err
			}
			it := blob.ItemOf(data)
			file := journal.File{Name: safeName(name + end), Role: role, Media: mediaType(name+end, data), Size: it.Size, SHA256: it.SHA256}
			if !have[file.Name] {
				have[file.Name] = true
				reading.Article.Files = append(reading.Article.Files, file)
				kept = append(kept, attachment{name: file.Name, role: role, item: it, data: data})
			}
			return file.Name, nil
		}
		return "", missing
	}
	eachNamed(reading, func(n *article.Node, role string) {
		name, err := take(n.Target, role, imageEndings)
		if err != nil {
			reading.Losses = append(reading.Losses, journal.Loss{Where: string(n.Kind), What: n.Target, Why: errs.Message(err)})
			return
		}
		n.Target = name
	})
	base := strings.TrimSuffix(path.Base(src.path), path.Ext(src.path))
	if _, err := take(base, "galley", []string{".pdf"}); err != nil && !errors.Is(err, errs.NotFound) {
		reading.Losses = append(reading.Losses, journal.Loss{Where: "file", What: base + ".pdf", Why: errs.Message(err)})
	}
	return kept
}

// eachNamed visits the nodes of the full texts that name a file beside the
// source, with the role that it has.
func eachNamed(reading *journal.Reading, visit func(n *article.Node, role string)) {
	for i := range reading.Documents {
		for _, part := range [][]article.Node{reading.Documents[i].Body, reading.Documents[i].Back, reading.Documents[i].Notes} {
			article.Walk(part, func(n *article.Node) bool {
				role := ""
				switch n.Kind {
				case article.Image, article.InlineImage:
					role = "figure"
				case article.Media, article.Supplementary:
					role = "supplement"
				}
				if role != "" && n.Target != "" && !isAddress(n.Target) {
					visit(n, role)
				}
				return true
			})
		}
	}
}

func isAddress(target string) bool {
	u, err := url.Parse(target)
	return err == nil && u.Scheme != "" && u.Host != ""
}

// safeName is the last part of a path with nothing that an address or a
// Content-Disposition would stumble over.
func safeName(name string) string {
	name = path.Base(strings.ReplaceAll(name, "\\", "/"))
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`"/\?#%*:<>|`, r) {
			return '-'
		}
		return r
	}, name)
}

// media are the types of what journals keep with articles; a table of our own,
// since the system's differs from machine to machine.
var media = map[string]string{
	".pdf": "application/pdf", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
	".gif": "image/gif", ".webp": "image/webp", ".tif": "image/tiff", ".tiff": "image/tiff", ".csv": "text/csv",
	".txt": "text/plain", ".xml": "application/xml", ".json": "application/json", ".zip": "application/zip",
	".mp4": "video/mp4", ".mp3": "audio/mpeg", ".epub": "application/epub+zip",
	".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml", ".md": "text/markdown", ".markdown": "text/markdown",
}

func mediaType(name string, data []byte) string {
	if t := media[strings.ToLower(path.Ext(name))]; t != "" {
		return t
	}
	t, _, _ := strings.Cut(http.DetectContentType(data), ";")
	return t
}
