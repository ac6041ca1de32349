package xmltree

import "strings"

// Address escapes in an address what no address may have (RFC 3986, section 2), so
// that it stays the same address and is valid where a schema asks for one (xs:anyURI).
// Letters of other scripts stay as they are.
func Address(s string) string {
	if !strings.ContainsAny(s, " <>\"{}|\\^`[]%#\n\t\r") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		hex := func(at int) bool { return at < len(s) && strings.IndexByte("0123456789abcdefABCDEF", s[at]) >= 0 }
		switch {
		case c <= ' ' || strings.IndexByte("<>\"{}|\\^`[]", c) >= 0,
			c == '%' && !(hex(i+1) && hex(i+2)),
			c == '#' && strings.Contains(s[:i], "#"):
			b.WriteString("%" + strings.ToUpper(string("0123456789abcdef"[c>>4])+string("0123456789abcdef"[c&15])))
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
