package weblog

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// combinedTime is how the combined format writes a time.
const combinedTime = "02/Jan/2006:15:04:05 -0700"

// combinedAnswer reads a line of the combined format: client, identity, user,
// [time], "request", status, bytes, "referrer", "agent", and what was appended.
func combinedAnswer(line string) (a Answer, err error) {
	fields, err := words(line)
	if err != nil || len(fields) < 9 {
		return a, errLine
	}
	a.setClient(fields[0])
	if a.At, err = time.Parse(combinedTime, fields[3]); err != nil {
		return a, errLine
	}
	request := strings.Split(fields[4], " ")
	if len(request) < 2 {
		return a, errLine
	}
	a.Method = request[0]
	a.setAddress(request[1])
	if a.Status, err = strconv.Atoi(fields[5]); err != nil {
		return a, errLine
	}
	a.Agent = dashed(fields[8])
	for _, more := range fields[9:] {
		if c := CacheOf(more); c != Unknown {
			a.Cache = c
		}
	}
	return a, nil
}

// words divides a line at spaces; "…" and […] are one word. In quotes, \" is a
// quotation mark and \xHH a byte.
func words(line string) (list []string, err error) {
	for {
		line = strings.TrimLeft(line, " \t")
		if line == "" {
			return list, nil
		}
		var word string
		switch line[0] {
		case '"':
			end := 1
			for end < len(line) && line[end] != '"' {
				if line[end] == '\\' {
					end++
				}
				end++
			}
			if end >= len(line) {
				return nil, errLine
			}
			word, line = unescape(line[1:end]), line[end+1:]
		case '[':
			var found bool
			if word, line, found = strings.Cut(line[1:], "]"); !found {
				return nil, errLine
			}
		default:
			word, line, _ = strings.Cut(line, " ")
		}
		list = append(list, word)
	}
}

func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if s[i] == 'x' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(n))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// dashed is a field that is "-" where there is nothing.
func dashed(s string) string {
	if s == "-" {
		return ""
	}
	return s
}

// extendedAnswer reads a line of the extended format. Values are divided by tabs
// or spaces; in values CloudFront writes spaces and other signs as %20, twice where
// they were so already.
func extendedAnswer(columns []string, line string) (a Answer, err error) {
	values := strings.Fields(line)
	if strings.Contains(line, "\t") {
		values = strings.Split(line, "\t")
	}
	if len(values) < len(columns) {
		return a, errLine
	}
	var date, clock, query string
	for i, c := range columns {
		v := dashed(values[i])
		if v == "" {
			continue
		}
		switch strings.ToLower(c) {
		case "date":
			date = v
		case "time":
			clock = v
		case "c-ip":
			a.setClient(v)
		case "cs-method":
			a.Method = v
		case "cs(host)", "x-host-header", "cs-host":
			if a.Host == "" || strings.EqualFold(c, "x-host-header") { // the reader's, where the other is the CDN's own
				a.Host = v
			}
		case "cs-uri-stem", "cs-uri":
			a.setAddress(v)
		case "cs-uri-query":
			query = v
		case "sc-status":
			if a.Status, err = strconv.Atoi(v); err != nil {
				return a, errLine
			}
		case "cs(user-agent)":
			a.Agent = plainAgent(v)
		case "cs(range)":
			a.Range = v
		case "x-edge-result-type", "x-cache", "x-cache-status", "sc-cache":
			a.Cache = CacheOf(v)
		}
	}
	if query != "" && !strings.Contains(a.Address, "?") {
		a.Address += "?" + query
	}
	if a.At, err = time.Parse("2006-01-02 15:04:05", date+" "+clock); err != nil {
		return a, errLine
	}
	return a, nil
}

func plainAgent(s string) string {
	for range 2 {
		u, err := url.PathUnescape(s)
		if err != nil {
			break
		}
		s = u
	}
	if !strings.Contains(s, " ") {
		s = strings.ReplaceAll(s, "+", " ")
	}
	return s
}

// jsonNames are the fields of a line of JSON, by what they mean: those of
// Cloudflare's Logpush, and those of the examples of Fastly and of nginx.
var jsonNames = map[string][]string{
	"at":      {"EdgeStartTimestamp", "timestamp", "time", "time_iso8601", "start_time"},
	"client":  {"ClientIP", "client_ip", "remote_addr"},
	"method":  {"ClientRequestMethod", "request_method", "method"},
	"host":    {"ClientRequestHost", "host", "http_host"},
	"address": {"ClientRequestURI", "url", "request_uri", "uri"},
	"status":  {"EdgeResponseStatus", "response_status", "status"},
	"agent":   {"ClientRequestUserAgent", "request_user_agent", "http_user_agent", "user_agent"},
	"cache":   {"CacheCacheStatus", "fastly_cache_status", "cache_status", "upstream_cache_status", "x_cache"},
	"range":   {"ClientRequestRange", "request_range", "http_range"},
}

func jsonAnswer(line []byte) (a Answer, err error) {
	var all map[string]any
	if err := json.Unmarshal(line, &all); err != nil {
		return a, errLine
	}
	value := func(meaning string) string {
		for _, n := range jsonNames[meaning] {
			switch v := all[n].(type) {
			case string:
				return v
			case float64:
				return strconv.FormatFloat(v, 'f', -1, 64)
			}
		}
		return ""
	}
	if a.At, err = jsonTime(value("at")); err != nil {
		return a, errLine
	}
	a.setClient(value("client"))
	a.Method = value("method")
	a.setAddress(value("address"))
	if h := value("host"); h != "" {
		a.Host = h
	}
	if a.Status, err = strconv.Atoi(value("status")); err != nil {
		return a, errLine
	}
	a.Agent, a.Range, a.Cache = value("agent"), value("range"), CacheOf(value("cache"))
	return a, nil
}

// jsonTime reads a time as RFC 3339 has it, or since 1970 in seconds, milliseconds,
// microseconds or nanoseconds.
func jsonTime(s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05-0700", combinedTime} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n <= 0 || n > 1e19 {
		return time.Time{}, fmt.Errorf("%q is no time", s)
	}
	for n >= 1e11 { // the year 5138 in seconds
		n /= 1000
	}
	return time.UnixMilli(int64(n * 1000)), nil
}
