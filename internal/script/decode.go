package script

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"offprint/internal/errs"
)

// Decode makes text of bytes and names the encoding that it found, by the
// labels of the WHATWG Encoding Standard in lower case ("windows-1251").
//
// In this order: a byte order mark; UTF-8 if the bytes are that, whatever is
// declared; UTF-16 by its zero bytes; declared, if it is an encoding and the
// text it gives is plausible; statistics over windows-1251, koi8-r, koi8-u, ibm866,
// iso-8859-5, x-mac-cyrillic, shift_jis, euc-jp, windows-1252, windows-1250 and
// iso-8859-2.
// declared is what a header or the text itself says (see Declared), or "".
//
// The error is an errs.Problem of kind errs.Invalid that says what the bytes
// are instead and what to do. Damaged UTF-8 is the one case with both: the text
// with U+FFFD in place of what is broken, and the Problem; a caller that can
// report the damage may go on.
func Decode(b []byte, declared string) (text, charset string, err error) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		b = b[3:]
		declared = "utf-8"
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		return utf16(b, unicode.ExpectBOM, unicode.LittleEndian)
	}
	if what := binary(b); what != "" {
		return "", "", errs.Newf(errs.Invalid, "this is %s, not text; save the page as text or HTML and give that file", what)
	}
	if bytes.Contains(b[:min(len(b), 4096)], []byte("\x1b$")) {
		if text, ok := strict(htmlEncoding("iso-2022-jp"), b); ok {
			return text, "iso-2022-jp", nil
		}
	}
	if i := bytes.IndexByte(b, 0); i >= 0 {
		if order, ok := utf16Order(b); ok {
			return utf16(b, unicode.IgnoreBOM, order)
		}
		return "", "", errs.Newf(errs.Invalid, "the bytes are not text (a zero byte at offset %d); save the page as text in UTF-8 and give that file", i)
	}
	if i := firstControl(b); i >= 0 {
		return "", "", errs.Newf(errs.Invalid, "the bytes are not text (control characters from offset %d on); save the page as text in UTF-8 and give that file", i)
	}
	if utf8.Valid(b) {
		return string(b), "utf-8", nil
	}
	if broken, ok := nearlyUTF8(b); ok {
		line := 1 + bytes.Count(b[:broken], []byte("\n"))
		return strings.ToValidUTF8(string(b), "\ufffd"), "utf-8",
			errs.Newf(errs.Invalid, "the text is UTF-8 but damaged, first on line %d (byte %d); save it again from the original", line, broken)
	}
	return legacy(b, declared)
}

// Declared is the encoding that a text names itself, within its first 2,048
// bytes: in an XML declaration, or an HTML meta element; "" if there is none.
func Declared(b []byte) string {
	head := b[:min(len(b), 2048)]
	if bytes.IndexByte(head, '<') < 0 {
		return ""
	}
	head = bytes.ToLower(head)
	if bytes.HasPrefix(head, []byte("<?xml")) {
		decl, _, _ := bytes.Cut(head, []byte("?>"))
		if label := labelAfter(decl, "encoding"); label != "" {
			return label
		}
	}
	for rest := head; ; {
		i := bytes.Index(rest, []byte("<meta"))
		if i < 0 {
			return ""
		}
		rest = rest[i+5:]
		tag, _, _ := bytes.Cut(rest, []byte(">"))
		if label := labelAfter(tag, "charset"); label != "" {
			return label
		}
	}
}

// labelAfter reads name = value, quoted or not.
func labelAfter(b []byte, name string) string {
	_, after, found := bytes.Cut(b, []byte(name))
	if !found {
		return ""
	}
	s := strings.TrimLeft(string(after), " \t\r\n")
	s, found = strings.CutPrefix(s, "=")
	if !found {
		return ""
	}
	s = strings.TrimLeft(s, " \t\r\n\"'")
	if i := strings.IndexAny(s, " \t\r\n\"';/?"); i >= 0 {
		s = s[:i]
	}
	return s
}

func legacy(b []byte, declared string) (text, charset string, err error) {
	guess := statistics(b)
	if declared != "" {
		enc, err := htmlindex.Get(strings.TrimSpace(declared))
		name := ""
		if err == nil {
			name, _ = htmlindex.Name(enc)
		}
		switch {
		case name == "" || name == "utf-8" || name == "replacement":
		case guess.refutes(name):
		default:
			if text, ok := strict(enc, b); ok {
				return text, name, nil
			}
		}
	}
	if guess.best != "" {
		if text, ok := strict(htmlEncoding(guess.best), b); ok {
			return text, guess.best, nil
		}
	}
	said := "and names none"
	if declared != "" {
		said = "and is not the declared " + declared
	}
	return "", "", errs.Newf(errs.Invalid, "the encoding of the text is not UTF-8 %s; save the page as UTF-8 and give that file", said)
}

func htmlEncoding(name string) encoding.Encoding {
	enc, err := htmlindex.Get(name)
	if err != nil {
		panic("script: no encoding " + name) // names are constants of this package
	}
	return enc
}

// strict decodes all of b, or reports that some of it is no such text.
func strict(enc encoding.Encoding, b []byte) (string, bool) {
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil || bytes.Contains(out, []byte("\ufffd")) {
		return "", false
	}
	return string(out), true
}

func utf16(b []byte, policy unicode.BOMPolicy, order unicode.Endianness) (text, charset string, err error) {
	if policy == unicode.ExpectBOM && b[0] == 0xfe {
		order = unicode.BigEndian
	}
	charset = "utf-16le"
	if order == unicode.BigEndian {
		charset = "utf-16be"
	}
	text, ok := strict(unicode.UTF16(order, policy), b)
	if !ok || len(b)%2 != 0 || strings.ContainsRune(text, 0) {
		return "", "", errs.Newf(errs.Invalid, "the text begins as UTF-16 but is damaged; save the page as text in UTF-8 and give that file")
	}
	return text, charset, nil
}

// utf16Order recognises UTF-16 without a mark: nearly all its zero bytes stand
// at odd, or at even, offsets, and there are many.
func utf16Order(b []byte) (unicode.Endianness, bool) {
	head := b[:min(len(b), 4096)]
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	few := len(head) / 16
	switch {
	case len(b)%2 != 0:
	case zeros[1] > few && zeros[0] == 0:
		return unicode.LittleEndian, true
	case zeros[0] > few && zeros[1] == 0:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

// magic numbers of what people give instead of a page.
var magic = []struct{ prefix, what string }{
	{"%PDF-", "a PDF"}, {"PK\x03\x04", "a ZIP archive or an office document"}, {"\x1f\x8b", "a gzip file"},
	{"\x89PNG", "a PNG image"}, {"\xff\xd8\xff", "a JPEG image"}, {"GIF8", "a GIF image"}, {"RIFF", "a media file"},
	{"\xd0\xcf\x11\xe0", "an old Word or Excel document"}, {"{\\rtf", "an RTF document"}, {"\x7fELF", "a program"},
	{"Rar!", "a RAR archive"}, {"7z\xbc\xaf", "a 7z archive"}, {"\xfd7zXZ", "an xz file"}, {"BZh", "a bzip2 file"},
	{"\x28\xb5\x2f\xfd", "a zstd file"}, {"SQLite format 3", "an SQLite database"}, {"AT&TFORM", "a DjVu document"}, {"ID3", "a sound file"},
}

func binary(b []byte) string {
	for _, m := range magic {
		if bytes.HasPrefix(b, []byte(m.prefix)) {
			return m.what
		}
	}
	return ""
}

// firstControl finds the first control character if more than one byte in
// fifty is one. Escape and form feed do occur in text.
func firstControl(b []byte) int {
	head := b[:min(len(b), 65536)]
	first, n := -1, 0
	for i, c := range head {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b || c == 0x7f {
			if first < 0 {
				first = i
			}
			n++
		}
	}
	if n*50 <= len(head) {
		return -1
	}
	return first
}

// nearlyUTF8 recognises UTF-8 with damage: at least twenty good sequences to
// each bad byte. broken is the offset of the first bad byte.
func nearlyUTF8(b []byte) (broken int, ok bool) {
	good, bad := 0, 0
	broken = -1
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			if bad++; broken < 0 {
				broken = i
			}
		} else {
			good++
		}
		i += size
	}
	return broken, good >= 20*bad && good > 0
}
