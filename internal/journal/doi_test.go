package journal

import (
	"strings"
	"testing"
)

func TestPatternsOfWhichNoDOIsCanBeMadeAreRefused(t *testing.T) {
	for pattern, ok := range map[string]bool{"": true, "{journal}.{year}.{seq}": true, "{opaque}": true, "lamp-{volume}_{issue}.{seq}": true,
		"{journal}.{year}": false, "{seq": false, "{nothing}.{seq}": false, "a b{seq}": false, "журнал.{seq}": false, "(x){opaque}": false} {
		if err := CheckPattern(pattern); (err == nil) != ok {
			t.Errorf("%q: %v", pattern, err)
		}
	}
}

func TestDOIsAreMadeByThePattern(t *testing.T) {
	p := Publication{Journal: Journal{Path: "rjr"}, Issue: &Issue{Year: 2020, Volume: "3", Number: "2 (15)"}, Record: Article{Published: "2020-03"}}
	if got := NewDOI("10.5555", "{journal}.{year}.v{volume}n{issue}.{seq}", &p, 12, ""); got != "10.5555/rjr.2020.v3n2-15.12" {
		t.Error(got)
	}
	if a, b := Sequence("{journal}.{year}.{seq}", &p), Sequence("{opaque}", &p); a != "rjr.2020.#" || b != "" {
		t.Error(a, b)
	}
}

// A wrong character is always noticed, and two that changed places nearly always.
func TestOpaqueSuffixesAreChecked(t *testing.T) {
	seen, swapped, missed := map[string]bool{}, 0, 0
	for i := range 2000 {
		s := Opaque([5]byte{byte(i), byte(i * 7), byte(i * 31), byte(i >> 3), byte(i * 13)})
		if len(s) != 9 || !CheckOpaque(s) || seen[s] && i < 8 {
			t.Fatalf("%q", s)
		}
		seen[s] = true
		bare := strings.ReplaceAll(s, "-", "")
		for at := range 7 {
			for _, c := range alphabet {
				wrong := bare[:at] + string(c) + bare[at+1:]
				if wrong != bare && CheckOpaque(wrong) {
					t.Fatalf("%q passes for %q", wrong, bare)
				}
			}
			if at < 6 && bare[at] != bare[at+1] {
				swapped++
				if CheckOpaque(bare[:at] + bare[at+1:at+2] + bare[at:at+1] + bare[at+2:]) {
					missed++
				}
			}
		}
	}
	if missed*100 > swapped*4 {
		t.Errorf("%d of %d swaps pass", missed, swapped)
	}
}

func TestADOIIsGivenOnce(t *testing.T) {
	r := Registry{DOIPrefix: "10.5555", DOIPattern: "{journal}.{year}.{seq}", DOIsReserved: []string{"10.5555/rjr.2020.2"}}
	p := Publication{Journal: Journal{Path: "rjr"}, Record: Article{Published: "2020-03"}}
	taken := map[string]bool{"10.5555/rjr.2020.3": true}
	none := func() [5]byte { return [5]byte{} }
	var got []string
	for range 3 {
		got = append(got, r.NextDOI(&p, none, func(doi string) bool { return taken[doi] }))
	}
	p.Record.Published = "2021"
	got = append(got, r.NextDOI(&p, none, func(string) bool { return false }))
	if want := "10.5555/rjr.2020.1 10.5555/rjr.2020.4 10.5555/rjr.2020.5 10.5555/rjr.2021.1"; strings.Join(got, " ") != want {
		t.Errorf("got %s", got)
	}
	if got := (&Registry{DOIPattern: "{opaque}"}).NextDOI(&p, none, func(string) bool { return false }); got != "" {
		t.Errorf("%q without a prefix", got)
	}
}
