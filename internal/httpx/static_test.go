package httpx

import (
	"net/http/httptest"
	"testing"
)

func sendStatic(s *Static, method string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/assets/a.css", nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.Send(w, r)
	return w
}

func TestAssetIsKeptForEverAndSentInACodingThatIsThere(t *testing.T) {
	css := &Static{Type: "text/css; charset=utf-8", Body: []byte("plain"), Gzip: []byte("gz"), Zstd: []byte("z"), ETag: `"abc"`}
	font := &Static{Type: "font/woff2", Body: []byte("plain"), ETag: `"def"`}
	older := &Static{Type: "text/css", Body: []byte("plain"), Gzip: []byte("gz"), ETag: `"ghi"`}
	for _, c := range []struct {
		file                           *Static
		accept, coding, body, wantETag string
	}{
		{css, "", "", "plain", `"abc"`},
		{css, "gzip", "gzip", "gz", `"abc-gzip"`},
		{css, "gzip, deflate, br, zstd", "zstd", "z", `"abc-zstd"`},
		{css, "zstd;q=0, gzip;q=0.5", "gzip", "gz", `"abc-gzip"`},
		{font, "gzip, zstd", "", "plain", `"def"`},
		{older, "zstd", "", "plain", `"ghi"`}, // gzip was not asked for
		{older, "zstd, gzip;q=0.2", "gzip", "gz", `"ghi-gzip"`},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			w := sendStatic(c.file, method, "Accept-Encoding", c.accept)
			h := w.Header()
			body := c.body
			if method == "HEAD" {
				body = ""
			}
			if w.Code != 200 || w.Body.String() != body || h.Get("Content-Encoding") != c.coding || h.Get("ETag") != c.wantETag {
				t.Errorf("%s %q: %d %q in coding %q with tag %s", method, c.accept, w.Code, w.Body, h.Get("Content-Encoding"), h.Get("ETag"))
			}
			if h.Get("Cache-Control") != "public, max-age=31536000, immutable" || h.Get("Vary") != "Accept-Encoding" || h.Get("Content-Type") != c.file.Type {
				t.Errorf("%s %q: %v", method, c.accept, h)
			}
		}
	}
}

func TestAssetIs304ForWhoHasIt(t *testing.T) {
	s := &Static{Type: "text/css", Body: []byte("plain"), Gzip: []byte("gz"), ETag: `"abc"`}
	for have, want := range map[string]int{`"abc"`: 304, `W/"abc"`: 304, `"x", W/"abc-gzip"`: 304, "*": 304, `"abc-zstd"`: 304, `"x"`: 200, `abc`: 200, `"xabc"`: 200, "": 200} {
		w := sendStatic(s, "GET", "If-None-Match", have, "Accept-Encoding", "gzip")
		if w.Code != want {
			t.Errorf("with %q: %d, want %d", have, w.Code, want)
		}
		if want == 304 && (w.Body.Len() != 0 || w.Header().Get("ETag") != `"abc-gzip"` || w.Header().Get("Content-Encoding") != "" || w.Header().Get("Vary") == "") {
			t.Errorf("the 304 for %q: %v %q", have, w.Header(), w.Body)
		}
	}
}
