package httpx

import (
	"strconv"
	"strings"
)

// accepted calls f for each item of an Accept or Accept-Encoding header with
// its quality (RFC 9110, sections 12.4.2 and 12.5).
func accepted(header string, f func(item string, q float64)) {
	for part := range strings.SplitSeq(header, ",") {
		item, params, _ := strings.Cut(part, ";")
		q := 1.0
		for p := range strings.SplitSeq(params, ";") {
			name, value, ok := strings.Cut(strings.TrimSpace(p), "=")
			if ok && strings.EqualFold(strings.TrimSpace(name), "q") {
				var err error
				if q, err = strconv.ParseFloat(strings.TrimSpace(value), 64); err != nil || !(q >= 0 && q <= 1) { // NaN too
					q = 0
				}
			}
		}
		if item = strings.ToLower(strings.TrimSpace(item)); item != "" {
			f(item, q)
		}
	}
}

// The content codings a page is kept in.
type coding int

const (
	identity coding = iota
	gzipped
	zstandard
	codings
)

// codingSuffix makes the entity tags of one page in several codings different,
// as strong tags must be (RFC 9110, section 8.8.3.3).
var codingSuffix = [codings]string{"", "-gzip", "-zstd"}

// chooseCoding picks the coding for an Accept-Encoding header from those that
// there are: the one with the highest quality, zstd before gzip before none.
// None is the answer also to a reader who refuses everything: a page that he
// may be able to read is better than 406 (RFC 9110, section 12.5.3).
func chooseCoding(header string, hasGzip, hasZstd bool) coding {
	if header == "" {
		return identity
	}
	has := [codings]bool{identity: true, gzipped: hasGzip, zstandard: hasZstd}
	q := [codings]float64{identity: 0.001, gzipped: -1, zstandard: -1}
	star := -1.0
	accepted(header, func(item string, v float64) {
		switch item {
		case "zstd":
			q[zstandard] = v
		case "gzip", "x-gzip":
			q[gzipped] = v
		case "identity":
			q[identity] = v
		case "*":
			star = v
		}
	})
	best, choice := 0.0, identity
	for _, c := range []coding{zstandard, gzipped, identity} {
		v := q[c]
		if v < 0 {
			v = star
		}
		if has[c] && v > best {
			best, choice = v, c
		}
	}
	return choice
}

// Negotiate picks the media type for an Accept header from what is offered, in
// order of preference; the first when nothing is said, "" when nothing fits.
func Negotiate(accept string, offers []string) string {
	if strings.TrimSpace(accept) == "" {
		return offers[0]
	}
	best, choice := 0.0, ""
	for _, offer := range offers {
		kind, _, _ := strings.Cut(offer, "/")
		q, exact := 0.0, 0
		accepted(accept, func(item string, v float64) {
			how := 0
			switch item {
			case offer:
				how = 3
			case kind + "/*":
				how = 2
			case "*/*":
				how = 1
			}
			if how > exact {
				q, exact = v, how
			}
		})
		if q > best {
			best, choice = q, offer
		}
	}
	return choice
}
