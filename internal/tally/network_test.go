package tally_test

import (
	"errors"
	"net/netip"
	"strings"
	"testing"

	"offprint/internal/errs"
	"offprint/internal/tally"
)

const someNetworks = `network,country,institution
# invented
192.0.2.0/24,de,
192.0.2.64/26,,"Harbour University, Library"
192.0.2.70,CL,Lighthouse
198.51.100.10-198.51.100.20,FR,

2001:db8::/32;NO
2001:db8:7::/48;;Fjord Institute
`

func TestTheSmallestNetworkTellsWhereAReaderIs(t *testing.T) {
	n, err := tally.ParseNetworks(strings.NewReader(someNetworks))
	if err != nil || n.Count != 6 {
		t.Fatalf("%+v, %v", n, err)
	}
	for address, want := range map[string]tally.Origin{
		"192.0.1.255": {}, "192.0.2.0": {Country: "DE"}, "192.0.2.63": {Country: "DE"}, "192.0.3.0": {},
		"192.0.2.64": {Country: "DE", Institution: "Harbour University, Library"}, "192.0.2.69": {Country: "DE", Institution: "Harbour University, Library"},
		"192.0.2.70": {Country: "CL", Institution: "Lighthouse"}, "192.0.2.71": {Country: "DE", Institution: "Harbour University, Library"},
		"192.0.2.127": {Country: "DE", Institution: "Harbour University, Library"}, "192.0.2.128": {Country: "DE"},
		"198.51.100.9": {}, "198.51.100.10": {Country: "FR"}, "198.51.100.20": {Country: "FR"}, "198.51.100.21": {},
		"::ffff:192.0.2.70": {Country: "CL", Institution: "Lighthouse"},
		"2001:db8::1":       {Country: "NO"}, "2001:db8:7::1": {Country: "NO", Institution: "Fjord Institute"}, "2001:db8:8::1": {Country: "NO"}, "2001:db9::": {}, "::1": {},
	} {
		if got := n.Of(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %+v, want %+v", address, got, want)
		}
	}
	if n.Of(netip.Addr{}) != (tally.Origin{}) || (*tally.Networks)(nil).Of(netip.MustParseAddr("192.0.2.1")) != (tally.Origin{}) {
		t.Error("something is known of nothing")
	}
	whole, err := tally.ParseNetworks(strings.NewReader("::/0\tAQ\n"))
	if err != nil || whole.Of(netip.MustParseAddr("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")).Country != "AQ" {
		t.Errorf("all addresses: %v", err)
	}
}

func TestBadListOfNetworksIsRefusedWithTheLine(t *testing.T) {
	for list, want := range map[string]string{
		"192.0.2.0/33,DE":                                 "line 1",
		"network,country\nx,DE":                           `line 2 of the list of networks: "x" is not a network`,
		"192.0.2.0/24,Germany":                            `"Germany" is not a country`,
		"192.0.2.0/24":                                    "neither a country nor an institution",
		"192.0.2.9-192.0.2.1,DE":                          "not a network",
		"fe80::1%eth0,DE":                                 "not a network",
		"192.0.2.0/24,DE,\xff":                            "UTF-8",
		"192.0.2.0/24,DE," + strings.Repeat("x", 2000):    "1000 bytes",
		"192.0.2.0-192.0.2.9,DE\n192.0.2.5-192.0.2.20,FR": "lines 1 and 2 of the list of networks overlap in part",
		"192.0.2.0/24,DE\n10.0.0.0-10.0.0.9,FR\n10.0.0.9-10.0.0.10,NO": "lines 2 and 3",
	} {
		if _, err := tally.ParseNetworks(strings.NewReader(list)); !errors.Is(err, errs.Invalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %q", list, err, want)
		}
	}
}

func FuzzParseNetworks(f *testing.F) {
	f.Add(someNetworks, "192.0.2.70")
	f.Fuzz(func(t *testing.T, list, address string) {
		n, err := tally.ParseNetworks(strings.NewReader(list))
		if err != nil {
			return
		}
		if a, err := netip.ParseAddr(address); err == nil {
			n.Of(a)
		}
	})
}
