package pdf

import (
	"bytes"
	"regexp"
	"strconv"

	"github.com/klippa-app/go-pdfium/requests"
)

// maxEmbedded bounds the names of embedded files that are kept.
const maxEmbedded = 200

// active looks for what acts. Actions hang on many places: the document, its
// pages, bookmarks, annotations, fields, and chains of other actions. So the
// document is written once more, decrypted and with its compressed objects
// unpacked, and the copy is searched as it goes by. The file itself is
// searched as well, for what PDFium does not reach and another reader might.
func (j *job) active() {
	a := &j.file.Active
	_, err := j.in.FPDF_SaveAsCopy(&requests.FPDF_SaveAsCopy{Document: j.doc, Flags: requests.SaveFlagRemoveSecurity, FileWriter: j.scan})
	if err != nil {
		j.note("The document could not be searched through for scripts, launch actions and embedded files.")
	}
	a.JavaScript = j.scan.javaScript || scriptAction.Match(j.data)
	a.Launch = j.scan.launch || launchAction.Match(j.data)
	a.EmbeddedFiles = j.scan.embedded
	count, err := j.in.FPDFDoc_GetAttachmentCount(&requests.FPDFDoc_GetAttachmentCount{Document: j.doc})
	if err != nil {
		return
	}
	for i := range min(count.AttachmentCount, maxEmbedded) {
		a.EmbeddedFiles = true
		name := ""
		if f, err := j.in.FPDFDoc_GetAttachment(&requests.FPDFDoc_GetAttachment{Document: j.doc, Index: i}); err == nil {
			if n, err := j.in.FPDFAttachment_GetName(&requests.FPDFAttachment_GetName{Attachment: f.Attachment}); err == nil {
				name = clean(n.Name, 255)
			}
		}
		a.Embedded = append(a.Embedded, name)
	}
}

// Actions in objects that are not compressed (12.6.4.5, 12.6.4.16).
var (
	scriptAction = regexp.MustCompile(`/S[\x00\t\n\f\r ]*/JavaScript\b`)
	launchAction = regexp.MustCompile(`/S[\x00\t\n\f\r ]*/Launch\b`)
)

// scanner reads the objects of a PDF as they are written to it and notes the
// names that matter, outside strings and streams. It follows the lexical rules
// of ISO 32000-1, 7.2 and 7.3.
type scanner struct {
	javaScript, launch, embedded bool

	state  state
	depth  int    // of parentheses in a string
	token  []byte // a name or a keyword, at most 32 bytes
	names  [2]string
	length int64 // of the stream to come, or -1
	skip   int64 // bytes of the stream still to come
	tail   []byte
}

type state int

const (
	outside state = iota // of a token
	inName
	inWord
	inString
	inEscape
	atAngle // after <, which begins a string or, doubled, a dictionary
	inHex
	inComment
	atStream  // after the keyword, before the end of its line
	inStream  // of known length
	inUnknown // until endstream
)

// Write implements io.Writer. It never fails.
func (s *scanner) Write(p []byte) (int, error) {
	for i := 0; i < len(p); {
		if s.state == inStream {
			n := min(int64(len(p)-i), s.skip)
			if s.skip -= n; s.skip == 0 {
				s.state = outside
			}
			i += int(n)
			continue
		}
		if s.step(p[i]) {
			i++
		}
	}
	return len(p), nil
}

// step reads one byte; it is false when the byte has to be read once more.
func (s *scanner) step(c byte) bool {
	switch s.state {
	case inName, inWord:
		if !delimiter(c) {
			if len(s.token) < 32 {
				s.token = append(s.token, c)
			}
			return true
		}
		s.end()
		return false
	case inEscape:
		s.state = inString
	case inString:
		s.inString(c)
	case atAngle:
		if s.state = inHex; c == '<' || c == '>' {
			s.state = outside
		}
	case inHex:
		if c == '>' {
			s.state = outside
		}
	case inComment:
		if c == '\n' || c == '\r' {
			s.state = outside
		}
	case atStream:
		return s.beginStream(c)
	case inUnknown:
		if s.tail = append(s.tail, c); len(s.tail) > 9 {
			s.tail = s.tail[1:]
		}
		if string(s.tail) == "endstream" {
			s.state = outside
		}
	default:
		s.begin(c)
	}
	return true
}

func (s *scanner) inString(c byte) {
	switch c {
	case '\\':
		s.state = inEscape
	case '(':
		s.depth++
	case ')':
		if s.depth--; s.depth == 0 {
			s.state = outside
		}
	}
}

// begin starts a token.
func (s *scanner) begin(c byte) {
	switch c {
	case '/':
		s.state, s.token = inName, s.token[:0]
	case '(':
		s.value()
		s.state, s.depth = inString, 1
	case '<':
		s.value()
		s.state = atAngle
	case '%':
		s.state = inComment
	case '>', '[', ']', '{', '}', ')', 0, '\t', '\n', '\f', '\r', ' ':
	default:
		s.state, s.token = inWord, append(s.token[:0], c)
	}
}

// value is called when a string or a dictionary begins, the value of the name
// before it.
func (s *scanner) value() {
	switch s.names[1] {
	case "JS":
		s.javaScript = true
	case "EF":
		s.embedded = true
	}
}

// end finishes a name or a keyword.
func (s *scanner) end() {
	word := string(s.token)
	if s.state == inName {
		s.state = outside
		s.name(unescape(word))
		return
	}
	s.state = outside
	switch word {
	case "stream":
		s.state = atStream
	case "obj":
		s.length, s.names = -1, [2]string{}
	default:
		if n, err := strconv.ParseInt(word, 10, 63); err == nil && s.names[1] == "Length" && s.length == -1 {
			s.length = n
		} else if word == "R" && s.names[1] == "Length" {
			s.length = -2 // stands in another object
		}
	}
}

func (s *scanner) name(name string) {
	s.names[0], s.names[1] = s.names[1], name
	switch {
	case name == "JavaScript":
		s.javaScript = true
	case name == "Launch" && s.names[0] == "S":
		s.launch = true
	case name == "EmbeddedFile" && s.names[0] == "Type":
		s.embedded = true
	}
}

// beginStream skips the end of the line after the keyword stream (7.3.8.1).
func (s *scanner) beginStream(c byte) bool {
	if c == '\r' || c == ' ' {
		return true
	}
	s.tail = s.tail[:0]
	s.state = inUnknown
	if s.length > 0 {
		s.state, s.skip = inStream, s.length
	} else if s.length == 0 {
		s.state = outside
	}
	return c == '\n'
}

func delimiter(c byte) bool { return bytes.IndexByte([]byte("\x00\t\n\f\r ()<>[]{}/%"), c) >= 0 }

// unescape undoes #xx in a name (7.3.5).
func unescape(name string) string {
	out := make([]byte, 0, len(name))
	for i := 0; i < len(name); i++ {
		if name[i] == '#' && i+2 < len(name) {
			if v, err := strconv.ParseUint(name[i+1:i+3], 16, 8); err == nil {
				out = append(out, byte(v))
				i += 2
				continue
			}
		}
		out = append(out, name[i])
	}
	return string(out)
}
