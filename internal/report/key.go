package report

import (
	"bufio"
	"crypto/sha256"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/format/counter"
)

// Keys say who may ask for reports. None at all let everybody ask: what open
// journals are read is told on their pages, too.
type Keys struct{ list []key }

// key is one that was given out; of itself only a sum is kept.
type key struct {
	sum       [sha256.Size]byte
	requestor string   // who it was given to; empty: it is not asked
	journals  []string // paths of those it is for; nil: all and the installation
}

const (
	leastKey     = 16 // letters
	mostKeyBytes = 4 << 20
)

// KeysOf reads a file of keys, one a line: the key, and after it, if need be,
// requestor=ID and journals=PATH,PATH. Empty lines and those that begin with # say
// nothing. Without a name there are no keys.
func KeysOf(name string) (*Keys, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, errs.Fieldf(errs.Invalid, "counter-keys", "the file of keys %s cannot be opened: check its name and that it may be read", name)
	}
	defer f.Close()
	return readKeys(name, io.LimitReader(f, mostKeyBytes))
}

func readKeys(name string, r io.Reader) (*Keys, error) {
	k := &Keys{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(lines.Text())
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		fault := func(what string) (*Keys, error) {
			return nil, errs.Fieldf(errs.Invalid, "counter-keys", "%s, line %d: %s", name, n, what)
		}
		if len(words[0]) < leastKey {
			return fault("the key is shorter than 16 letters and could be guessed")
		}
		one := key{sum: sha256.Sum256([]byte(words[0]))}
		for _, w := range words[1:] {
			switch what, value, _ := strings.Cut(w, "="); {
			case what == "requestor" && value != "":
				one.requestor = value
			case what == "journals" && value != "":
				one.journals = strings.Split(value, ",")
			default:
				return fault("a key is followed by requestor=ID or journals=PATH,PATH, not by " + w)
			}
		}
		k.list = append(k.list, one)
	}
	if err := lines.Err(); err != nil {
		return nil, errs.Fieldf(errs.Invalid, "counter-keys", "%s cannot be read: one of its lines is too long", name)
	}
	return k, nil
}

// Check says why a request may not be answered, nil when it may: of a journal, by
// its path, or of the installation, "". (Code of Practice 5.1, section 8.2.)
func (k *Keys) Check(values url.Values, path string) *counter.Exception {
	var missing []string
	if values.Get("customer_id") == "" {
		missing = append(missing, "customer_id")
	}
	if k != nil && values.Get("api_key") == "" {
		missing = append(missing, "api_key")
	}
	if missing != nil {
		return counter.Except(counter.Insufficient, "missing: %s", strings.Join(missing, ", "))
	}
	if k != nil {
		sum := sha256.Sum256([]byte(values.Get("api_key"))) // sums are compared: how long it takes says nothing
		i := slices.IndexFunc(k.list, func(x key) bool { return x.sum == sum })
		switch {
		case i < 0:
			return counter.Except(counter.InvalidKey, "ask the publisher for a key")
		case k.list[i].requestor != "" && k.list[i].requestor != values.Get("requestor_id"):
			return counter.Except(counter.UnknownRequestor, "the key was given to another requestor_id")
		case k.list[i].journals != nil && !slices.Contains(k.list[i].journals, path):
			return counter.Except(counter.InvalidKey, "the key is for other journals: ask below their own addresses")
		}
	}
	if values.Get("customer_id") != counter.TheWorld {
		return counter.Except(counter.NotForInstitution, "usage is not told apart by institutions: ask for The World, customer_id %s", counter.TheWorld)
	}
	return nil
}
