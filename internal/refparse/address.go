package refparse

import "strings"

// domains are the ends of hosts that an address without "https://" is known by.
var domains = wordSet("org com net edu gov info eu int ru рф ua by kz de fr uk it es pt br ar cl co mx jp cn kr id tr pl cz nl be ch at se no fi dk ca au in il us io")

// readBareAddress takes an address without a scheme, as the MLA prints them:
// "example.org/2019/wolf". It has a known end of a host and a path.
func (x *reader) readBareAddress() {
	if x.r.URL != "" || x.r.DOI != "" {
		return
	}
	for from := 0; ; {
		slash := strings.IndexByte(x.s[from:], '/')
		if slash < 0 {
			return
		}
		slash += from
		from = slash + 1
		start := strings.LastIndexAny(x.s[:slash], " (<[/:,;") + 1
		if start > 0 && !strings.ContainsRune(" (<", rune(x.s[start-1])) || brokenOff(x.s[:start]) {
			continue
		}
		if !isHost(x.s[start:slash]) {
			continue
		}
		end := slash
		for end < len(x.s) && x.s[end] > ' ' && x.s[end] != '>' && x.s[end] != '"' && !endsAddress(x.s[end:]) {
			end++
		}
		address := cutAddressTail(x.s[start:end])
		if len(address) <= slash-start+1 {
			continue
		}
		i, j := x.takeBytes(start, start+len(address))
		x.take(x.before(i), i)
		if j < len(x.t) && x.t[j].is('>') {
			x.take(j, j+1)
		}
		x.set("url", &x.r.URL, address, 0.9)
		x.web = true
		return
	}
}

// brokenOff: what stands before is the beginning of an address with a blank in it.
func brokenOff(s string) bool {
	s = strings.TrimRight(s, " ")
	word := strings.ToLower(s[strings.LastIndexByte(s, ' ')+1:])
	return strings.HasSuffix(s, "/") || strings.HasSuffix(s, "-") || strings.HasSuffix(s, ":") || strings.Contains(word, "http") || strings.Contains(word, "www") || strings.Contains(word, "/")
}

// isHost: at least two labels, and the last one is a known end.
func isHost(s string) bool {
	dot := strings.LastIndexByte(s, '.')
	if dot < 2 || len(s) > 80 || !domains[s[dot+1:]] {
		return false
	}
	for _, c := range s[:dot] {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.' {
			continue
		}
		return false
	}
	return s[0] != '.' && s[0] != '-' && !strings.Contains(s, "..")
}
