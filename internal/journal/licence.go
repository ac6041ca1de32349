package journal

import (
	"regexp"
	"strings"
)

// creativeCommons is the form of a Creative Commons address:
// creativecommons.org/licenses/by-nc/4.0/, with an optional jurisdiction or
// deed behind it.
var creativeCommons = regexp.MustCompile(`(?i)creativecommons\.org/(licenses|publicdomain)/([a-z-]+)(?:/([0-9]\.[0-9]))?(?:/([a-z]{2})(?:/|$))?`)

// LicenceOf makes a licence of an address or an SPDX identifier
// (https://spdx.org/licenses/). Creative Commons licences get both; anything
// else that is not an address is kept as text. It is nil for an empty string.
func LicenceOf(s string) *Licence {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil
	}
	if m := creativeCommons.FindStringSubmatch(s); m != nil {
		kind, version, place := strings.ToLower(m[2]), m[3], strings.ToLower(m[4])
		if version == "" && strings.EqualFold(m[1], "publicdomain") {
			version = "1.0"
		}
		url := "https://creativecommons.org/" + strings.ToLower(m[1]) + "/" + kind + "/"
		if version != "" {
			url += version + "/"
		}
		if place != "" && version < "4" { // 4.0 has no ports; what follows it is the language of the deed
			url += place + "/"
		}
		return &Licence{URL: url, SPDX: spdx(kind, version, place)}
	}
	if up := strings.ToUpper(s); strings.HasPrefix(up, "CC-BY") || strings.HasPrefix(up, "CC0") {
		if l := fromSPDX(up); l != nil {
			return l
		}
	}
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return &Licence{URL: s}
	}
	return &Licence{Text: s}
}

func spdx(kind, version, place string) string {
	switch {
	case version == "":
		return ""
	case kind == "zero":
		return "CC0-1.0"
	case !strings.HasPrefix(kind, "by"):
		return ""
	case place != "" && version < "4":
		return "CC-" + strings.ToUpper(kind) + "-" + version + "-" + strings.ToUpper(place)
	}
	return "CC-" + strings.ToUpper(kind) + "-" + version
}

func fromSPDX(id string) *Licence {
	if id == "CC0-1.0" {
		return &Licence{URL: "https://creativecommons.org/publicdomain/zero/1.0/", SPDX: id}
	}
	parts := strings.Split(strings.TrimPrefix(id, "CC-"), "-")
	for i, p := range parts {
		if len(p) == 3 && p[1] == '.' && i > 0 && i == len(parts)-1 {
			return &Licence{URL: "https://creativecommons.org/licenses/" + strings.ToLower(strings.Join(parts[:i], "-")) + "/" + p + "/", SPDX: id}
		}
	}
	return nil
}

// Name is the short name of the licence: "CC BY 4.0", or its text or address.
func (l *Licence) Name() string {
	switch {
	case l == nil:
		return ""
	case l.SPDX == "CC0-1.0":
		return "CC0 1.0"
	case strings.HasPrefix(l.SPDX, "CC-"):
		rest := strings.TrimPrefix(l.SPDX, "CC-")
		if i := strings.LastIndexByte(rest, '-'); i > 0 {
			return "CC " + rest[:i] + " " + rest[i+1:]
		}
	case l.SPDX != "":
		return l.SPDX
	case l.Text != "":
		return l.Text
	}
	return l.URL
}

// Open reports whether the licence lets everybody use the work: one of Creative
// Commons, or the public domain.
func (l *Licence) Open() bool {
	return l != nil && (strings.HasPrefix(l.SPDX, "CC") || creativeCommons.MatchString(l.URL))
}
