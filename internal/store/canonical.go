package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"offprint/internal/journal"
)

// DocumentHash is the SHA-256, in hexadecimal, under which a full text is
// stored and Record.Documents refers to it, and the JSON it is of.
func DocumentHash(d *journal.Document) (sum string, body []byte, err error) { return canonical(d) }

// RecordHash is the SHA-256, in hexadecimal, of a record as versions store it,
// and the JSON it is of.
func RecordHash(a *journal.Article) (sum string, body []byte, err error) { return canonical(a) }

// canonical is the JSON of encoding/json with its SHA-256.
func canonical[T any](v *T) (string, []byte, error) {
	body, err := canonicalJSON(v)
	if err != nil {
		return "", nil, err
	}
	return sumOf(body), body, nil
}

// canonicalJSON is the JSON of encoding/json: fields in the order of the struct,
// keys of maps sorted, no white space. Invalid UTF-8 becomes U+FFFD, written as
// a valid U+FFFD is, so that what is read back has the same JSON again.
func canonicalJSON[T any](v *T) ([]byte, error) {
	body, err := json.Marshal(v)
	if err == nil && bytes.Contains(body, []byte(`\ufffd`)) {
		var again T
		if err = json.Unmarshal(body, &again); err == nil {
			body, err = json.Marshal(&again)
		}
	}
	return body, err
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// clean makes a text fit for a column of either engine: PostgreSQL takes
// neither U+0000 nor invalid UTF-8.
func clean(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// keyMost is how many bytes of a key are stored as they are. PostgreSQL refuses
// index entries above 2,700 bytes.
const keyMost = 500

// key makes a text fit to be part of a primary key: what is too long ends in
// the hash of the whole.
func key(s string) string {
	s = clean(s)
	if len(s) <= keyMost {
		return s
	}
	return cutTo(s, keyMost-65) + "#" + sumOf([]byte(s))
}

// cutTo is the beginning of a text, that many bytes at most.
func cutTo(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// shorten is the text for a message, 80 characters at most.
func shorten(s string) string {
	s = strings.Join(strings.Fields(clean(s)), " ")
	if utf8.RuneCountInString(s) <= 80 {
		return s
	}
	return string([]rune(s)[:79]) + "…"
}
