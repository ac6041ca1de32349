// Package auth knows who may see what is not for everybody, by keys that an operator
// gives out in a file:
//
//	keys, err := auth.KeysOf("desk-keys", "/etc/offprint/desk-keys")
//	key := keys.Find(typed)          // nil: nobody's
//	if key != nil && key.For("rjr") …
//	cookie := key.Session("desk")    // keys.BySession("desk", cookie) is key again
//
// Of the keys themselves only sums are kept, and comparing them takes as long whether
// they are nearly right or not. The package knows no request and no page.
package auth

import (
	"bufio"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"slices"
	"strings"

	"offprint/internal/errs"
)

// Keys are those that were given out; nil are none.
type Keys struct{ list []Key }

// Key is one of them.
type Key struct {
	sum      [sha256.Size]byte
	journals []string // paths of those it is for; nil: all and the installation
	about    map[string]string
}

const (
	leastKey     = 16 // letters
	mostKeyBytes = 4 << 20
)

// KeysOf reads a file of keys, one a line: the key, and after it, if need be,
// journals=PATH,PATH and words of the given names, as in requestor=ID. Empty lines
// and those that begin with # say nothing. Without a file there are no keys. The field
// names the setting in faults.
func KeysOf(field, file string, words ...string) (*Keys, error) {
	if file == "" {
		return nil, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, errs.Fieldf(errs.Invalid, field, "the file of keys %s cannot be opened: check its name and that it may be read", file)
	}
	defer f.Close()
	return Read(field, file, io.LimitReader(f, mostKeyBytes), words...)
}

// Read is KeysOf for what is open already.
func Read(field, file string, r io.Reader, words ...string) (*Keys, error) {
	k := &Keys{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		said := strings.Fields(lines.Text())
		if len(said) == 0 || strings.HasPrefix(said[0], "#") {
			continue
		}
		fault := func(what string) (*Keys, error) {
			return nil, errs.Fieldf(errs.Invalid, field, "%s, line %d: %s", file, n, what)
		}
		if len(said[0]) < leastKey {
			return fault("the key is shorter than 16 letters and could be guessed")
		}
		one := Key{sum: sha256.Sum256([]byte(said[0])), about: map[string]string{}}
		for _, w := range said[1:] {
			switch what, value, _ := strings.Cut(w, "="); {
			case what == "journals" && value != "":
				one.journals = strings.Split(value, ",")
			case slices.Contains(words, what) && value != "":
				one.about[what] = value
			default:
				may := "journals=PATH,PATH"
				for _, word := range words {
					may += " or " + word + "=…"
				}
				return fault("a key is followed by " + may + ", not by " + w)
			}
		}
		k.list = append(k.list, one)
	}
	if err := lines.Err(); err != nil {
		return nil, errs.Fieldf(errs.Invalid, field, "%s cannot be read: one of its lines is too long", file)
	}
	return k, nil
}

// Find is the key that somebody gives, nil when it is none.
func (k *Keys) Find(given string) *Key {
	sum := sha256.Sum256([]byte(given)) // sums are compared: how long it takes says nothing
	return k.find(func(one *Key) bool { return one.sum == sum })
}

// BySession is the key that a session for a purpose was made of, nil when it is none,
// or none any more.
func (k *Keys) BySession(purpose, session string) *Key {
	return k.find(func(one *Key) bool { return hmac.Equal([]byte(one.Session(purpose)), []byte(session)) })
}

func (k *Keys) find(is func(*Key) bool) *Key {
	if k == nil {
		return nil
	}
	for i := range k.list {
		if is(&k.list[i]) {
			return &k.list[i]
		}
	}
	return nil
}

// For reports whether the key is for a journal, by its path, or for the installation, "".
func (k *Key) For(path string) bool { return k.journals == nil || slices.Contains(k.journals, path) }

// About is what the file says of the key by a word, or empty.
func (k *Key) About(word string) string { return k.about[word] }

// Session stands for the key where it would be seen too often, in a cookie: who gets
// hold of one knows no key, and it ends when the key is taken out of the file.
func (k *Key) Session(purpose string) string {
	h := hmac.New(sha256.New, k.sum[:])
	h.Write([]byte(purpose))
	return hex.EncodeToString(h.Sum(nil))
}
