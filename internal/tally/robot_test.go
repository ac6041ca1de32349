package tally_test

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"offprint/internal/errs"
	"offprint/internal/tally"
)

func TestRobotsAreTold(t *testing.T) {
	l := tally.OfficialRobots()
	if l.Count != 327 || l.Changed != "2024-04-22" {
		t.Errorf("the list has %d patterns and is of %s", l.Count, l.Changed)
	}
	for agent, want := range map[string]bool{
		firefox: false,
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1": false,
		"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)":                                                                true,
		"GOOGLEBOT": true, "curl/8.5.0": true, "python-requests/2.31": true, "": true, "-": true,
		"facebookexternalhit/1.1": true, "WhatsApp/2.23.20.0": true, "TelegramBot (like TwitterBot)": true,
		firefox + strings.Repeat(" ", 1000) + "bot": false, // only the beginning is looked at
	} {
		for range 2 { // the second answer is remembered
			if l.Is(agent) != want {
				t.Errorf("%q: %v", agent, !want)
			}
		}
	}
}

func TestBadListOfRobotsIsRefusedWithTheReason(t *testing.T) {
	for list, want := range map[string]string{
		"":                         "cannot be read",
		"bot\nspider\n":            "JSON array",
		"[]":                       "0 patterns",
		`[{"pattern":"ok"},{}]`:    "entry 2",
		`[{"pattern":"a("}]`:       `entry 1 of the list of robots is not a regular expression: "a("`,
		strings.Repeat(" ", 5<<20): "bytes",
		`[{"pattern":"` + strings.Repeat("a", 501) + `"}]`: "entry 1",
	} {
		if _, err := tally.ParseRobots([]byte(list)); !errors.Is(err, errs.Invalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %q", list, err, want)
		}
	}
}

func FuzzParseRobots(f *testing.F) {
	f.Add([]byte(`[{"pattern":"bot","last_changed":"2017-08-08"}]`), "Googlebot")
	f.Fuzz(func(t *testing.T, list []byte, agent string) {
		if l, err := tally.ParseRobots(list); err == nil {
			l.Is(agent)
		}
	})
}

// TestRobotsAreToldAsByTheirPatterns compares with the patterns alone, also where
// letters of other alphabets stand for ASCII ones.
func TestRobotsAreToldAsByTheirPatterns(t *testing.T) {
	list := `[{"pattern":"bot"},{"pattern":"^IDA$"},{"pattern":"[^a]fish"},{"pattern":"daum(oa)?"},{"pattern":"(spider|crawl)er"},{"pattern":"^.?$"},{"pattern":"slİck"},{"pattern":"x*y+zk"},{"pattern":"(?-i)Case"}]`
	l, err := tally.ParseRobots([]byte(list))
	if err != nil {
		t.Fatal(err)
	}
	var all []*regexp.Regexp
	for _, p := range []string{"bot", "^IDA$", "[^a]fish", "daum(oa)?", "(spider|crawl)er", "^.?$", "slİck", "x*y+zk", "(?-i)Case"} {
		all = append(all, regexp.MustCompile("(?i)"+p))
	}
	robots := 0
	for _, agent := range []string{"", "a", "ab", "a bot", "BOT", "bo t", "ida", "idaho", "jellyfish", "afish", " fish", "DAUM", "Spiderer", "crawler", "spider", "ſpiderer", "SLİCK", "slick", "sli̇ck", "yyzK", "YZK", "zk", "Case", "CASE", "case", "\xffbot", "\xff"} {
		want := slices.ContainsFunc(all, func(re *regexp.Regexp) bool { return re.MatchString(agent) })
		if got := l.Is(agent); got != want {
			t.Errorf("%q is a robot: %v, by the patterns %v", agent, got, want)
		}
		if want {
			robots++
		}
	}
	if robots < 10 {
		t.Errorf("only %d robots: the test shows little", robots)
	}
}
