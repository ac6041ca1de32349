// Package pid parses, checks and prints the persistent identifiers of the
// trade: DOI (ISO 26324), ISSN (ISO 3297), ORCID (ISO 27729 with the check of
// ISO 7064 MOD 11-2) and ROR.
//
// Every function takes the identifier as people paste it, with an address or a
// label before it and punctuation after it, and returns the plain form and
// whether it is one:
//
//	doi, ok := pid.DOI("https://doi.org/10.1000/182.") // "10.1000/182", true
//
// A false answer comes with an empty string. The package knows the form of
// identifiers only: it asks no registry, so a well-formed one may still name
// nothing, and it never repairs what it is given beyond the marks that
// surround it.
package pid

import "strings"

// cutPrefixFold removes prefix from s, whatever its letter case (ASCII).
func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

// cutAddress removes a scheme and the host (with "www." too) from an address
// of that host.
func cutAddress(s, host string) (string, bool) {
	rest, found := cutPrefixFold(s, "https://")
	if !found {
		rest, _ = cutPrefixFold(s, "http://")
	}
	rest, _ = cutPrefixFold(rest, "www.")
	if rest, ok := cutPrefixFold(rest, host+"/"); ok {
		return rest, true
	}
	return s, false
}

// isHyphen knows the hyphen-minus and U+2010 to U+2015, which word processors
// put between the halves of a number, and the minus sign.
func isHyphen(r rune) bool {
	return r == '-' || r >= 0x2010 && r <= 0x2015 || r == 0x2212
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
