package report

import (
	"net/url"
	"strings"

	"offprint/internal/auth"
	"offprint/internal/format/counter"
)

// Requestor is the word by which a file of keys says to whom one was given.
const Requestor = "requestor"

// Check says why a request may not be answered, nil when it may: of a journal, by
// its path, or of the installation, "". No keys at all let everybody ask: what open
// journals are read is told on their pages, too. (Code of Practice 5.1, section 8.2.)
func Check(keys *auth.Keys, values url.Values, path string) *counter.Exception {
	var missing []string
	if values.Get("customer_id") == "" {
		missing = append(missing, "customer_id")
	}
	if keys != nil && values.Get("api_key") == "" {
		missing = append(missing, "api_key")
	}
	if missing != nil {
		return counter.Except(counter.Insufficient, "missing: %s", strings.Join(missing, ", "))
	}
	if keys != nil {
		key := keys.Find(values.Get("api_key"))
		switch {
		case key == nil:
			return counter.Except(counter.InvalidKey, "ask the publisher for a key")
		case key.About(Requestor) != "" && key.About(Requestor) != values.Get("requestor_id"):
			return counter.Except(counter.UnknownRequestor, "the key was given to another requestor_id")
		case !key.For(path):
			return counter.Except(counter.InvalidKey, "the key is for other journals: ask below their own addresses")
		}
	}
	if values.Get("customer_id") != counter.TheWorld {
		return counter.Except(counter.NotForInstitution, "usage is not told apart by institutions: ask for The World, customer_id %s", counter.TheWorld)
	}
	return nil
}
