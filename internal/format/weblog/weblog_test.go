package weblog

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// said is a log as it was understood, a line each.
func said(t testing.TB, log string) string {
	t.Helper()
	var b strings.Builder
	err := Read(strings.NewReader(log), func(n int, a *Answer) error {
		fmt.Fprintf(&b, "%d %s %s %s %s%s %d %q %q %d\n", n, a.At.UTC().Format(time.RFC3339), a.Client, a.Method, a.Host, a.Address, a.Status, a.Agent, a.Range, a.Cache)
		return nil
	}, func(n int) { fmt.Fprintf(&b, "%d bad\n", n) })
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestLogsAreUnderstood(t *testing.T) {
	for _, c := range []struct{ name, log, want string }{
		{"combined", `192.0.2.7 - - [27/Nov/2026:10:15:32 +0300] "GET /rjr/articles/panov HTTP/1.1" 200 15520 "-" "Mozilla/5.0 (X11; \"odd\") \xd0\x96"
2001:db8::1 - ida [27/Nov/2026:23:59:59 +0000] "GET https://journals.example.org/rjr/?a=1 HTTP/2.0" 304 0 "https://example.org/" "-" 0.001 HIT
192.0.2.8 - - [27/Nov/2026:10:15:33 +0000] "GET /x HTTP/1.1" 200 1 "-" "curl/8" "MISS"
`, `1 2026-11-27T07:15:32Z 192.0.2.7 GET /rjr/articles/panov 200 "Mozilla/5.0 (X11; \"odd\") Ж" "" 0
2 2026-11-27T23:59:59Z 2001:db8::1 GET journals.example.org/rjr/?a=1 304 "" "" 1
3 2026-11-27T10:15:33Z 192.0.2.8 GET /x 200 "curl/8" "" 2
`},
		{"CloudFront", "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header\n" +
			"2026-11-27\t07:15:32\tFRA2\t15520\t192.0.2.7\tGET\td111.cloudfront.net\t/rjr/articles/%D0%BC\t200\t-\tMozilla/5.0%2520(X11;%2520Linux)\tq=a\t-\tHit\tabc\tjournals.example.org\n" +
			"2026-11-27\t07:15:33\tFRA2\t15520\t192.0.2.7\tGET\td111.cloudfront.net\t/rjr/\t304\t-\tMozilla/5.0%20(X11)\t-\t-\tRefreshHit\tabc\tjournals.example.org\n",
			`3 2026-11-27T07:15:32Z 192.0.2.7 GET journals.example.org/rjr/articles/%D0%BC?q=a 200 "Mozilla/5.0 (X11; Linux)" "" 1
4 2026-11-27T07:15:33Z 192.0.2.7 GET journals.example.org/rjr/ 304 "Mozilla/5.0 (X11)" "" 2
`},
		{"JSON", `{"ClientIP":"192.0.2.7","ClientRequestHost":"journals.example.org","ClientRequestMethod":"GET","ClientRequestURI":"/rjr/articles/panov","EdgeStartTimestamp":1795763732000000000,"EdgeResponseStatus":200,"ClientRequestUserAgent":"Mozilla/5.0","CacheCacheStatus":"hit"}
{"timestamp":"2026-11-27T07:15:32+0000","client_ip":"192.0.2.9","host":"journals.example.org","url":"/rjr/a.pdf","request_method":"GET","response_status":206,"request_user_agent":"Mozilla/5.0","fastly_cache_status":"HIT-CLUSTER","request_range":"bytes=0-99"}
`, `1 2026-11-27T07:15:32Z 192.0.2.7 GET journals.example.org/rjr/articles/panov 200 "Mozilla/5.0" "" 1
2 2026-11-27T07:15:32Z 192.0.2.9 GET journals.example.org/rjr/a.pdf 206 "Mozilla/5.0" "bytes=0-99" 1
`},
		{"what is no answer", "\ufeffsomething else\n\n{\n{}\n" + `192.0.2.7 - - [27/Nov/2026] "GET / HTTP/1.1" 200 1 "-" "x"` + "\n" +
			`localhost - - [27/Nov/2026:10:15:32 +0300] "GET / HTTP/1.1" 200 1 "-" "x"` + "\n" + `192.0.2.7 - - [27/Nov/2026:10:15:32 +0300] "\x16\x03\x01" 400 0 "-" "-"` + "\n" +
			strings.Repeat("x", 3*MostLine) + "\n#Fields: date time\n2026-11-27\n", "1 bad\n3 bad\n4 bad\n5 bad\n6 bad\n7 bad\n8 bad\n10 bad\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := said(t, c.log); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`192.0.2.7 - - [27/Nov/2026:10:15:32 +0300] "GET /rjr/ HTTP/1.1" 200 15520 "-" "Mozilla/5.0" HIT`)
	f.Add("#Fields: date time c-ip cs-method cs-uri-stem sc-status\n2026-11-27 07:15:32 192.0.2.7 GET / 200")
	f.Add(`{"ClientIP":"192.0.2.7","EdgeStartTimestamp":1795763732000000000}`)
	f.Fuzz(func(t *testing.T, log string) {
		lines := 0
		err := Read(strings.NewReader(log), func(_ int, a *Answer) error {
			lines++
			if a.At.IsZero() || !a.Client.IsValid() || !strings.HasPrefix(a.Address, "/") || a.Status < 100 {
				t.Errorf("taken: %+v", a)
			}
			return nil
		}, func(int) { lines++ })
		if err != nil || lines > strings.Count(log, "\n")+1 {
			t.Errorf("%d lines, %v", lines, err)
		}
	})
}
