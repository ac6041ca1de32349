package web

import (
	"math"
	"net/http"
	"path"
	"strconv"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/httpx"
)

type handler = func(*visit, http.ResponseWriter, *http.Request) error

// limited answers a search, or says to a network that asks too much when to come
// back (RFC 6585, section 4).
func (s *Site) limited(h handler) handler { return s.limitedBy(s.Limiter, h) }

// limitedSuggest does so for suggestions, of which a person who types needs more.
func (s *Site) limitedSuggest(h handler) handler { return s.limitedBy(s.SuggestLimiter, h) }

func (s *Site) limitedBy(l *httpx.Limiter, h handler) handler {
	return func(v *visit, w http.ResponseWriter, r *http.Request) error {
		wait, ok := l.Allow(r)
		if ok {
			return h(v, w, r)
		}
		w.Header()["Retry-After"] = []string{strconv.Itoa(int(math.Ceil(wait.Seconds())))}
		w.Header()["Cache-Control"] = []string{"no-store"}
		s.errorPage(w, r, http.StatusTooManyRequests, errs.Newf(errs.Unavailable, "too many searches came from this network"))
		return nil
	}
}

// long: what is pasted into the search box may be long; the search reads the
// beginning and says so.
func (s *Site) long(r *http.Request) bool {
	name := path.Base(r.URL.Path)
	return name == "search" || strings.HasPrefix(name, "search.") || name == "suggest.json"
}

// absolute is an address with its host.
func (v *visit) absolute(address string) string {
	if strings.HasPrefix(address, "/") {
		return v.origin + address
	}
	return address
}
