// Package httpx is what every HTTP face has in common: request ids, the log,
// security headers, limits and time-outs, failures mapped to a status once, and
// the cache of rendered pages.
//
// A face's handlers return their failures, and the face draws the page for one:
//
//	front := httpx.NewFront(httpx.FrontConfig{Log: log, ErrorPage: site.errorPage}, mux)
//	mux.Handle("GET /about", front.Handle("about", func(w http.ResponseWriter, r *http.Request) error { … }))
//	srv := httpx.NewServer(front, log)
//
// Terms. The front stands before all handlers. A page is what a handler makes,
// an entry is a page in memory, compressed and ready to be sent. A tag names
// something that a page shows ("article:01H…"); when it changes, the pages that
// show it are made anew.
//
// The package knows nothing of journals and articles, renders no page of its
// own, and decides nothing about what may be seen.
package httpx

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"offprint/internal/errs"
)

// Limits of every request.
const (
	MaxHeader = 128 << 10 // bytes of request line and headers
	MaxURL    = 4 << 10   // bytes of path and query, but see FrontConfig.Long
	MaxBody   = 1 << 20   // bytes of a form

	// Patience is how long the rows and files for one page may take.
	Patience = 20 * time.Second
)

// FrontConfig is what a Front is made from.
type FrontConfig struct {
	// Log gets failures of ours as errors and every request at the level
	// debug: a site behind a proxy has an access log already.
	Log     *slog.Logger
	Metrics *Metrics // may be nil
	// Quick may answer a GET or HEAD from memory; it then returns the name of
	// the route, else "". It is called before anything is made for a request
	// that only handlers need, and may be nil.
	Quick func(w http.ResponseWriter, r *http.Request) (route string)
	// Answered is told of every answer that has a Subject, after it was sent. It
	// must not wait; it may be nil.
	Answered func(began time.Time, r *http.Request, status int, subject any)
	// Long reports whether the query of an address may be as long as a header:
	// where people paste whole texts, the handler cuts them and says so. It may be
	// nil.
	Long func(r *http.Request) bool
	// ErrorPage writes the answer to a failed request with its status. It must
	// work when nothing else does.
	ErrorPage func(w http.ResponseWriter, r *http.Request, status int, err error)
}

// Front stands before the handlers of a site.
type Front struct {
	cfg     FrontConfig
	next    http.Handler
	ids     ids
	foreign *http.CrossOriginProtection
}

// NewFront puts a front before next.
func NewFront(cfg FrontConfig, next http.Handler) *Front {
	return &Front{cfg: cfg, next: next, ids: newIDs(), foreign: http.NewCrossOriginProtection()}
}

// ServeHTTP implements http.Handler.
func (f *Front) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	x := &exchange{ResponseWriter: out, start: time.Now()}
	x.ID = f.ids.of(r)
	x.id[0] = x.ID
	defer f.end(x, r)
	if long := len(r.URL.RawQuery)+len(r.URL.Path) > MaxURL; long && (len(r.URL.Path) > MaxURL || f.cfg.Long == nil || !f.cfg.Long(r)) {
		f.page(x, r, http.StatusRequestURITooLong, errs.Newf(errs.TooLarge, "the address is too long"))
		return
	}
	read := r.Method == http.MethodGet || r.Method == http.MethodHead
	if read && f.cfg.Quick != nil {
		if x.Route = f.cfg.Quick(x, r); x.Route != "" {
			x.Cache = "hit"
			return
		}
	}
	f.slow(x, r, read)
}

// slow is the way of every request that is not answered from memory.
func (f *Front) slow(x *exchange, r *http.Request, read bool) {
	x.Header() // whatever the handler writes
	x.client = context.WithValue(r.Context(), requestKey{}, &x.Request)
	ctx, cancel := context.WithTimeout(x.client, Patience)
	defer cancel()
	r = r.WithContext(ctx)
	if !read {
		if err := f.foreign.Check(r); err != nil {
			f.fail(x, r, errs.Newf(errs.Forbidden, "this form was sent from another site"))
			return
		}
	}
	if r.Body != nil && r.Body != http.NoBody {
		// It has to see net/http's own writer, to close the connection of
		// somebody who goes on sending.
		r.Body = http.MaxBytesReader(x.ResponseWriter, r.Body, MaxBody)
	}
	f.next.ServeHTTP(x, r)
}

// Handle makes a handler of a function that answers a request or says why it
// cannot. When it returns a failure it has written nothing, except when the
// failure came in the middle of a body. The route is its name for log and
// metrics.
func (f *Front) Handle(route string, h func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		Info(r.Context()).Route = route
		if err := h(w, r); err != nil {
			f.fail(w, r, err)
		}
	}
}

// end is what is done after every request, also after one that panicked: the
// process lives on, the reader gets an answer and the log the stack.
func (f *Front) end(x *exchange, r *http.Request) {
	if p := recover(); p != nil {
		if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			f.note(x, r)
			panic(http.ErrAbortHandler)
		}
		f.cfg.Log.Error("panic", "request", x.ID, "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
		if x.status != 0 { // too late for a page: break off, so that nobody takes it for whole
			f.note(x, r)
			panic(http.ErrAbortHandler)
		}
		f.page(x, r, http.StatusInternalServerError, errors.New("panic"))
	}
	f.note(x, r)
}

// note counts and logs a request that has been answered.
func (f *Front) note(x *exchange, r *http.Request) {
	if x.status == 0 {
		x.status = http.StatusOK // what net/http sends for a handler that wrote nothing
	}
	if x.Subject != nil && f.cfg.Answered != nil {
		f.cfg.Answered(x.start, r, x.status, x.Subject)
	}
	took := time.Since(x.start)
	if f.cfg.Metrics != nil {
		f.cfg.Metrics.request(x.Route, x.status, took)
	}
	if f.cfg.Log.Enabled(context.Background(), slog.LevelDebug) {
		f.cfg.Log.LogAttrs(context.Background(), slog.LevelDebug, "request",
			slog.String("request", x.ID), slog.String("method", r.Method), slog.String("host", r.Host), slog.String("path", r.URL.Path),
			slog.Int("status", x.status), slog.Int64("bytes", x.bytes), slog.Duration("took", took),
			slog.String("route", x.Route), slog.String("cache", x.Cache))
	}
}
