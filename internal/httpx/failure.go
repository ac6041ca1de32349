package httpx

import (
	"context"
	"errors"
	"io"
	"math"
	"net/http"
	"strconv"
	"time"

	"offprint/internal/errs"
)

// Status is the HTTP status that a kind of failure has.
func Status(err error) int {
	var tooLong *http.MaxBytesError
	switch {
	case errors.Is(err, errs.NotFound):
		return http.StatusNotFound
	case errors.Is(err, errs.Invalid):
		return http.StatusBadRequest
	case errors.Is(err, errs.Forbidden):
		return http.StatusForbidden
	case errors.Is(err, errs.Conflict):
		return http.StatusConflict
	case errors.Is(err, errs.TooLarge), errors.As(err, &tooLong):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, errs.Unavailable), errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// fail has the page of a failure written, and logs the failure if it is ours.
func (f *Front) fail(w http.ResponseWriter, r *http.Request, err error) {
	x := exchangeOf(w)
	if fast := (*TooFast)(nil); errors.As(err, &fast) && x.status == 0 {
		tooFast(x, fast.Wait)
		return
	}
	status := Status(err)
	gone := errors.Is(err, context.Canceled) && r.Context().Err() != nil // the reader has left
	if status >= 500 && !gone {
		f.cfg.Log.Error("request failed", "request", x.ID, "method", r.Method, "path", r.URL.Path, "status", status, "error", err)
	}
	if x.status != 0 {
		// A part of the answer is on its way: break off, so that nobody
		// takes it for whole.
		panic(http.ErrAbortHandler)
	}
	if gone {
		x.status = 499 // as nginx counts them; nothing is sent
		return
	}
	f.page(x, r, status, err)
}

// tooFast asks to come again (RFC 6585, section 4), in words that cost nothing to
// make: who asks too much is no reader.
func tooFast(x *exchange, wait time.Duration) {
	h := x.Header()
	for _, name := range ofThePage {
		h.Del(name)
	}
	h["Content-Type"], h["Cache-Control"] = plainText, noStore
	h["Retry-After"] = []string{strconv.Itoa(max(int(math.Ceil(wait.Seconds())), 1))}
	x.WriteHeader(http.StatusTooManyRequests)
	_, _ = io.WriteString(x, "Too much was asked from this network. Come again a little later.\n") // who left is no failure
}

var plainText = []string{"text/plain; charset=utf-8"}

// ofThePage are headers that a handler may have set for the page it failed to
// give.
var ofThePage = []string{"Etag", "Content-Length", "Content-Encoding", "Content-Disposition", "Content-Language",
	"Content-Range", "Accept-Ranges", "Link", "Last-Modified", "Location", "Vary", "Access-Control-Allow-Origin"}

func (f *Front) page(x *exchange, r *http.Request, status int, err error) {
	h := x.Header()
	for _, name := range ofThePage {
		h.Del(name)
	}
	secure(h) // the policy for a file would take the page's style away
	h["Cache-Control"] = noStore
	if status == http.StatusServiceUnavailable && h.Get("Retry-After") == "" {
		h.Set("Retry-After", "10")
	}
	if _, ok := r.Context().Value(requestKey{}).(*Request); !ok { // refused, or panicked, outside of slow
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, &x.Request))
	}
	f.cfg.ErrorPage(x, r, status, err)
}
