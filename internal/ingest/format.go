package ingest

import (
	"bytes"
	"path"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/format/jats"
	"offprint/internal/format/landing"
	"offprint/internal/journal"
)

// Formats that can be read, by the name that --format takes.
var Formats = []string{"auto", "landing", "jats"}

// read decodes a source with the named format, or with the one that its first
// bytes show.
func read(format string, src *Source, data []byte) (*journal.Reading, string, int, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, "", 0, errs.Newf(errs.Invalid, "the file is empty: export or save the article again")
	}
	if format == "" || format == "auto" {
		format = detect(src.path, data)
	}
	var (
		out     *journal.Reading
		version int
		err     error
	)
	switch format {
	case "jats":
		out, err = jats.Decode(data)
		version = jats.Version
	case "landing":
		out, err = landing.Read(path.Base(src.path), data)
		version = landing.Version
	default:
		return nil, "", 0, errs.Newf(errs.Invalid, "there is no format %q: choose one of %s", format, strings.Join(Formats, ", "))
	}
	if err != nil {
		return nil, format, version, err
	}
	if src.Address != "" {
		out.Article.OldAddresses = appendNew(out.Article.OldAddresses, src.Address)
	}
	return out, format, version, nil
}

func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}

// detect tells XML whose root element is article from everything else, which
// is a page.
func detect(name string, data []byte) string {
	head := data[:min(len(data), 8<<10)]
	ext := strings.ToLower(path.Ext(name))
	for {
		i := bytes.IndexByte(head, '<')
		if i < 0 || i+1 >= len(head) {
			break
		}
		head = head[i+1:]
		if head[0] == '?' || head[0] == '!' {
			if bytes.HasPrefix(head, []byte("!--")) {
				if end := bytes.Index(head, []byte("-->")); end >= 0 {
					head = head[end+3:]
				}
			}
			continue
		}
		root := strings.FieldsFunc(string(head[:min(len(head), 64)]), func(r rune) bool {
			return r == ' ' || r == '>' || r == '\n' || r == '\t' || r == '\r' || r == '/'
		})
		if len(root) > 0 && (root[0] == "article" || strings.HasSuffix(root[0], ":article")) && (ext == ".xml" || ext == ".nxml" || bytes.HasPrefix(bytes.TrimSpace(data), []byte("<?xml"))) {
			return "jats"
		}
		break
	}
	return "landing"
}
