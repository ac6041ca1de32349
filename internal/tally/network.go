package tally

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"io"
	"math"
	"net/netip"
	"slices"
	"strings"
	"unicode/utf8"

	"offprint/internal/errs"
)

// Networks is an operator's list of networks: which country, and which
// institution, an address belongs to. It is safe for use by several goroutines.
type Networks struct {
	Count int // of lines

	parts   []networkPart // in the order of addresses; each reaches to the next
	origins []Origin
}

// networkPart begins at an address; all are of IPv6, where those of IPv4 are
// mapped (RFC 4291, section 2.5.5.2).
type networkPart struct {
	from   [16]byte
	origin uint32
}

const (
	mostNetworks    = 2_000_000
	mostNetworkLine = 1000 // bytes
)

// network is a line of a list.
type network struct {
	from, to netip.Addr // both included
	origin   Origin
	line     int
}

// ParseNetworks reads a list of networks: a line each, of the network, the country
// (ISO 3166-1, two letters) and the institution, between commas, semicolons or
// tabs; fields may be in quotes, and country or institution empty. A network is
// 192.0.2.0/24, 2001:db8::/32, one address, or 192.0.2.0-192.0.2.99. Empty lines,
// those that begin with #, and a first line that names the columns are passed
// over. Of networks within others the smaller one tells, as far as it tells
// anything. Errors are errs.Invalid and name the line.
func ParseNetworks(r io.Reader) (*Networks, error) {
	var list []network
	scan := bufio.NewScanner(r)
	scan.Buffer(make([]byte, 0, mostNetworkLine), mostNetworkLine)
	for n := 1; scan.Scan(); n++ {
		line := bytes.TrimSpace(bytes.TrimPrefix(scan.Bytes(), []byte("\ufeff")))
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		w, err := parseNetwork(line)
		switch {
		case err != nil && n == 1 && !bytes.ContainsAny(line, "/:.0123456789"):
			continue // the names of the columns
		case err != nil:
			return nil, errs.Newf(errs.Invalid, "line %d of the list of networks: %s", n, errs.Message(err))
		case len(list) == mostNetworks:
			return nil, errs.Newf(errs.Invalid, "the list of networks has more than %d lines", mostNetworks)
		}
		w.line = n
		list = append(list, w)
	}
	if errors.Is(scan.Err(), bufio.ErrTooLong) {
		return nil, errs.Newf(errs.Invalid, "the list of networks has a line of more than %d bytes", mostNetworkLine)
	}
	if scan.Err() != nil {
		return nil, scan.Err()
	}
	return newNetworks(list)
}

func parseNetwork(line []byte) (w network, err error) {
	if !utf8.Valid(line) {
		return w, errs.Newf(errs.Invalid, "it is not UTF-8")
	}
	fields := splitFields(string(line))
	if w.from, w.to, err = parseRange(fields[0]); err != nil {
		return w, err
	}
	if len(fields) > 1 {
		w.origin.Country = strings.ToUpper(fields[1])
	}
	if len(fields) > 2 {
		w.origin.Institution = cut(fields[2], mostOrigin)
	}
	for _, c := range w.origin.Country {
		if c < 'A' || c > 'Z' || len(w.origin.Country) != 2 {
			return w, errs.Newf(errs.Invalid, "%.20q is not a country: write two letters, as in ISO 3166-1, or nothing", fields[1])
		}
	}
	if w.origin == (Origin{}) {
		return w, errs.Newf(errs.Invalid, "it says neither a country nor an institution")
	}
	return w, nil
}

// splitFields splits a line at the separator that it has first outside quotes.
func splitFields(line string) (fields []string) {
	quoted, sep := false, rune(0)
	var b strings.Builder
	for _, c := range line {
		switch {
		case c == '"':
			quoted = !quoted
		case !quoted && (c == sep || sep == 0 && strings.ContainsRune(",;\t", c)):
			sep = c
			fields = append(fields, strings.TrimSpace(b.String()))
			b.Reset()
		default:
			b.WriteRune(c)
		}
	}
	return append(fields, strings.TrimSpace(b.String()))
}

func parseRange(s string) (from, to netip.Addr, err error) {
	bad := errs.Newf(errs.Invalid, "%.60q is not a network: write 192.0.2.0/24, 2001:db8::/32 or 192.0.2.0-192.0.2.99", s)
	if p, err := netip.ParsePrefix(s); err == nil {
		from = p.Masked().Addr()
		return from, lastOf(p.Masked()), nil
	}
	first, last, isRange := strings.Cut(s, "-")
	if from, err = netip.ParseAddr(strings.TrimSpace(first)); err != nil || from.Zone() != "" {
		return from, to, bad
	}
	if to = from; isRange {
		if to, err = netip.ParseAddr(strings.TrimSpace(last)); err != nil || to.Zone() != "" || to.Is4() != from.Is4() || to.Less(from) {
			return from, to, bad
		}
	}
	return from, to, nil
}

// lastOf is the last address of a network.
func lastOf(p netip.Prefix) netip.Addr {
	b := p.Addr().AsSlice()
	for i := range b {
		switch keep := p.Bits() - 8*i; {
		case keep <= 0:
			b[i] = 0xff
		case keep < 8:
			b[i] |= 0xff >> keep
		}
	}
	a, _ := netip.AddrFromSlice(b)
	return a
}

// newNetworks lays the networks over each other.
func newNetworks(list []network) (*Networks, error) {
	n := &Networks{Count: len(list), origins: []Origin{{}}}
	at := map[Origin]uint32{{}: 0}
	slices.SortStableFunc(list, func(a, b network) int {
		x, y := a.from.As16(), b.from.As16()
		v, w := a.to.As16(), b.to.As16()
		return cmp.Or(bytes.Compare(x[:], y[:]), bytes.Compare(w[:], v[:])) // the larger one first
	})
	begin := func(from [16]byte, o Origin) {
		place, ok := at[o]
		if !ok {
			place = uint32(len(n.origins))
			at[o] = place
			n.origins = append(n.origins, o)
		}
		if k := len(n.parts); k > 0 && n.parts[k-1].from == from {
			n.parts[k-1].origin = place
			return
		}
		n.parts = append(n.parts, networkPart{from, place})
	}
	var open []network // each within the one before
	shut := func(before *[16]byte) {
		for k := len(open) - 1; k >= 0; k-- {
			to := open[k].to.As16()
			if before != nil && bytes.Compare(to[:], before[:]) >= 0 {
				return
			}
			open = open[:k]
			outer := Origin{}
			if k > 0 {
				outer = open[k-1].origin
			}
			if next, ok := after(to); ok {
				begin(next, outer)
			}
		}
	}
	for i := range list {
		w := list[i]
		from, to := w.from.As16(), w.to.As16()
		shut(&from)
		if k := len(open); k > 0 {
			outer := open[k-1]
			if last := outer.to.As16(); bytes.Compare(to[:], last[:]) > 0 {
				return nil, errs.Newf(errs.Invalid, "lines %d and %d of the list of networks overlap in part", min(outer.line, w.line), max(outer.line, w.line))
			}
			w.origin = Origin{cmp.Or(w.origin.Country, outer.origin.Country), cmp.Or(w.origin.Institution, outer.origin.Institution)}
		}
		open = append(open, w)
		begin(from, w.origin)
	}
	shut(nil)
	return n, nil
}

// after is the address behind one; there is none behind the last.
func after(a [16]byte) ([16]byte, bool) {
	for i := len(a) - 1; i >= 0; i-- {
		if a[i] < math.MaxUint8 {
			a[i]++
			return a, true
		}
		a[i] = 0
	}
	return a, false
}

// Of is where an address is. A nil list knows nothing.
func (n *Networks) Of(a netip.Addr) Origin {
	if n == nil || !a.IsValid() {
		return Origin{}
	}
	want := a.As16()
	i, found := slices.BinarySearchFunc(n.parts, want, func(p networkPart, want [16]byte) int { return bytes.Compare(p.from[:], want[:]) })
	if !found {
		i--
	}
	if i < 0 {
		return Origin{}
	}
	return n.origins[n.parts[i].origin]
}
