package query

import (
	"net/url"
	"path"
	"strings"
)

// Direct is the one thing that a text names. At most one of DOI, ORCID and Path
// is set; the tree is there as well, for the case that it leads nowhere.
type Direct struct {
	DOI   string // plain: 10.1000/182
	ORCID string // plain: 0000-0002-1825-0097
	// Path is that of an article's address, escaped, with one slash at its
	// start and without query and fragment: /rjr/articles/a-name. Host is the
	// host and port of the address in lower case, empty for a path alone. Whose
	// host that is, the caller knows; it follows no other than its own.
	Host, Path string
}

// directTo is what the tree or the whole text leads to.
func directTo(root *Node, text []rune) Direct {
	if root != nil && root.Op == Word {
		switch root.Field {
		case DOI:
			return Direct{DOI: root.Text}
		case ORCID:
			return Direct{ORCID: root.Text}
		}
	}
	host, at, ok := address(strings.TrimSpace(string(text)))
	if !ok {
		return Direct{}
	}
	return Direct{Host: host, Path: at}
}

// labelled is the identifier that stands in the text after its name and no colon,
// as it is copied from a page: "DOI 10.1000/182", "ORCID iD: 0000-0002-1825-0097".
func labelled(text []rune) (n Node, ok bool) {
	words := strings.Fields(string(text))
	if len(words) < 2 || len(words) > 3 {
		return Node{}, false
	}
	last := words[len(words)-1]
	if !strings.HasPrefix(last, "http") && digits([]rune(last)) == 0 {
		return Node{}, false
	}
	for _, field := range []Field{DOI, ORCID} {
		if strings.EqualFold(words[0], string(field)) {
			id, ok := identifier(field, strings.Join(words, " "))
			return Node{Op: Word, Field: field, Text: id}, ok
		}
	}
	return Node{}, false
}

// articles is the part of an address below which the articles of a journal are.
const articles = "articles"

// address is the host and path of an address of an article.
func address(s string) (host, at string, ok bool) {
	lower := strings.ToLower(s)
	switch {
	case strings.ContainsAny(s, " \\\"<>|"):
		return "", "", false
	case strings.HasPrefix(lower, "http://"), strings.HasPrefix(lower, "https://"):
	case strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "//"):
	default: // example.org/rjr/articles/a-name
		if first, _, _ := strings.Cut(s, "/"); !strings.Contains(first, ".") {
			return "", "", false
		}
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.User != nil || u.Host == "" && !strings.HasPrefix(s, "/") {
		return "", "", false
	}
	at = path.Clean(u.EscapedPath())
	parts := strings.Split(at, "/")
	for i, part := range parts {
		if part == articles && i+1 < len(parts) && strings.HasPrefix(at, "/") {
			return strings.ToLower(u.Host), at, true
		}
	}
	return "", "", false
}
