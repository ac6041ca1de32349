package jats

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"

	"offprint/internal/errs"
)

// declaration finds the encoding in the XML declaration (XML 1.0, section
// 4.3.3), which is written in ASCII.
var declaration = regexp.MustCompile(`^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']`)

// toUTF8 gives the document in UTF-8: by its byte order mark, else by its
// declaration, else it must be UTF-8 already.
func toUTF8(b []byte) ([]byte, error) {
	name := ""
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		b = b[3:]
	case bytes.HasPrefix(b, []byte("\xFF\xFE")), bytes.HasPrefix(b, []byte("<\x00")):
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
		name = "UTF-16"
	case bytes.HasPrefix(b, []byte("\xFE\xFF")), bytes.HasPrefix(b, []byte("\x00<")):
		from = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
		name = "UTF-16"
	default:
		if m := declaration.FindSubmatch(b[:min(len(b), 512)]); m != nil {
			name = string(m[1])
		}
	}
	if from == nil && name != "" && !strings.EqualFold(name, "utf-8") && !strings.EqualFold(name, "utf8") {
		if from, _ = charset.Lookup(name); from == nil {
			return nil, errs.Newf(errs.Invalid, "the file declares the encoding %q, which is not known: save it as UTF-8", name)
		}
	}
	if from == nil || from == encoding.Nop {
		return b, checkUTF8(b, name)
	}
	out, err := from.NewDecoder().Bytes(b)
	if err != nil {
		return nil, errs.Newf(errs.Invalid, "the file cannot be read as %s: save it as UTF-8", name)
	}
	return out, nil
}

func checkUTF8(b []byte, declared string) error {
	if utf8.Valid(b) {
		return nil
	}
	at := 0
	for at < len(b) {
		r, size := utf8.DecodeRune(b[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	line := 1 + bytes.Count(b[:at], []byte("\n"))
	column := at - bytes.LastIndexByte(b[:at], '\n')
	says := "declares no encoding"
	if declared != "" {
		says = "declares " + declared
	}
	return errs.Newf(errs.Invalid, "line %d, column %d: the file %s and is not UTF-8 there: declare its real encoding in the first line, or save it as UTF-8", line, column, says)
}
