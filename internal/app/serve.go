package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/sync/errgroup"

	"offprint/internal/api"
	"offprint/internal/auth"
	"offprint/internal/config"
	"offprint/internal/errs"
	"offprint/internal/finding"
	"offprint/internal/httpx"
	"offprint/internal/report"
	"offprint/internal/usage"
	"offprint/internal/view"
	"offprint/internal/web"
)

// Start is what Serve is told beside the configuration.
type Start struct {
	Demo  bool // fill an empty installation with the demonstration journal
	Log   *slog.Logger
	Ready func(address string) // called when the first request can be answered
}

// Server is an opened installation with its site.
type Server struct {
	*App
	Site     *web.Site
	finder   *finding.Finder
	usage    *usage.Recorder // nil: readers are not counted
	registry *prometheus.Registry
	cfg      config.Config
	log      *slog.Logger
}

// typingRate is how many suggestions a network may ask for per search.
const typingRate = 4

// New opens an installation and builds its site, without listening.
func New(ctx context.Context, cfg config.Config, log *slog.Logger) (*Server, error) {
	a, err := Open(ctx, cfg.Place)
	if err != nil {
		return nil, err
	}
	s, err := build(a, cfg, log)
	if err != nil {
		a.Close()
		return nil, err
	}
	return s, nil
}

func build(a *App, cfg config.Config, log *slog.Logger) (*Server, error) {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	metrics := httpx.NewMetrics(registry)
	v, err := view.New(cfg.Theme)
	if err != nil {
		return nil, err
	}
	cache, err := httpx.NewCache(int64(cfg.CacheMB)<<20, metrics)
	if err != nil {
		return nil, err
	}
	finder := a.finder(log)
	limits, err := newLimits(cfg)
	if err != nil {
		return nil, err
	}
	cache.Limit(limits.pages)
	platform, err := report.PlatformOf(cfg.BaseURL, cfg.CounterName, cfg.CounterID, cfg.CounterRegistry)
	if err != nil {
		return nil, err
	}
	keys, err := auth.KeysOf("counter-keys", cfg.CounterKeys, report.Requestor)
	if err != nil {
		return nil, err
	}
	beside, err := api.New(api.Deps{Store: a.Store, Log: log, Limiter: limits.harvests, Platform: platform, Keys: keys, BaseURL: cfg.BaseURL})
	if err != nil {
		return nil, err
	}
	recorder, err := newRecorder(a, cfg, limits.searches, registry, log)
	if err != nil {
		return nil, err
	}
	var noter web.Noter
	if recorder != nil {
		noter = recorder
	}
	desk, err := auth.KeysOf("desk-keys", cfg.DeskKeys)
	if err != nil {
		return nil, err
	}
	site, err := web.New(web.Deps{Store: a.Store, Usage: noter, Desk: desk, UsageCell: leastCell(cfg), Beside: beside.Routes(), Finder: finder, Blobs: a.Blobs, View: v, Cache: cache, Metrics: metrics, Limiter: limits.searches, SuggestLimiter: limits.typing, Log: log, BaseURL: cfg.BaseURL})
	if err != nil {
		return nil, err
	}
	return &Server{App: a, Site: site, finder: finder, usage: recorder, registry: registry, cfg: cfg, log: log}, nil
}

// limits are who is slowed by what.
type limits struct{ searches, typing, harvests, pages *httpx.Limiter }

func newLimits(cfg config.Config) (l limits, err error) {
	for _, x := range []struct {
		into  **httpx.Limiter
		rate  float64
		burst int
	}{
		{&l.searches, cfg.SearchRate, cfg.SearchBurst},
		{&l.typing, typingRate * cfg.SearchRate, typingRate * cfg.SearchBurst},
		{&l.harvests, cfg.HarvestRate, cfg.HarvestBurst},
		{&l.pages, cfg.PageRate, cfg.PageBurst},
	} {
		if *x.into, err = httpx.NewLimiter(x.rate, x.burst, cfg.TrustedProxies); err != nil {
			return l, err
		}
	}
	if cfg.VerifyCrawlers {
		crawlers := httpx.NewCrawlers(net.DefaultResolver)
		for _, x := range []*httpx.Limiter{l.searches, l.typing, l.harvests, l.pages} {
			x.Spare(crawlers)
		}
	}
	return l, nil
}

// Handler is the site.
func (s *Server) Handler() http.Handler { return s.Site.Handler() }

// FollowSearch keeps the search in step with what is published until ctx ends.
func (s *Server) FollowSearch(ctx context.Context) error { return s.finder.Run(ctx) }

// Serve runs the site until ctx ends, then stops gracefully: it takes no new
// requests and gives those that run the time of cfg.StopWithin.
func Serve(ctx context.Context, cfg config.Config, start Start) error {
	listener, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		return errs.Newf(errs.Unavailable, "%s cannot be listened on: another program may use it, or it is not an address of this machine; choose another with --listen", cfg.Listen)
	}
	defer listener.Close()
	if cfg.BaseURL == "" {
		cfg.BaseURL = "http://" + address(listener.Addr())
	}
	s, err := New(ctx, cfg, start.Log)
	if err != nil {
		return err
	}
	defer s.Close()
	if start.Demo {
		if err := s.FillDemo(ctx); err != nil {
			return err
		}
		if err := s.Site.Reload(ctx); err != nil {
			return err
		}
	}
	group, run := errgroup.WithContext(ctx)
	if cfg.Metrics != "" {
		if err := s.serveMetrics(run, group); err != nil {
			return err
		}
	}
	group.Go(func() error {
		if err := s.Site.Run(run); run.Err() == nil {
			return fmt.Errorf("the change feed ended: %w", err)
		}
		return nil
	})
	group.Go(func() error {
		if err := s.Store.FollowBrowse(run); run.Err() == nil {
			return fmt.Errorf("the indexes of people and keywords ended: %w", err)
		}
		return nil
	})
	group.Go(func() error {
		if err := s.FollowReferences(run); run.Err() == nil {
			return fmt.Errorf("the reading of references ended: %w", err)
		}
		return nil
	})
	group.Go(func() error {
		if err := s.FollowSearch(run); run.Err() == nil {
			return fmt.Errorf("the search index ended: %w", err)
		}
		return nil
	})
	if cfg.CheckLinks {
		if err := reachable(cfg.Outward); err != nil {
			return err
		}
		group.Go(func() error { return s.CheckLinksNightly(run) })
	}
	if start.Demo && s.usage != nil {
		group.Go(func() error {
			if err := s.FillDemoReaders(run, time.Now().UTC()); err != nil && run.Err() == nil {
				s.log.Warn("the demonstration has no readers", "error", err)
			}
			s.Site.ShowAllUsage()
			return nil
		})
	}
	if s.usage != nil {
		group.Go(func() error {
			if err := s.usage.Run(run, s.Site.ShowUsage); run.Err() == nil {
				return fmt.Errorf("the counting of readers ended: %w", err)
			}
			return nil
		})
	}
	defer debug.SetGCPercent(debug.SetGCPercent(servingGCPercent))
	debug.FreeOSMemory() // what starting has left behind
	s.listen(run, group, httpx.NewServer(s.Handler(), start.Log), listener)
	if start.Ready != nil {
		start.Ready(cfg.BaseURL + s.opening(ctx))
	}
	err = group.Wait()
	if s.usage != nil {
		s.usage.Flush() // of requests that ended last
	}
	return err
}

// servingGCPercent is GOGC while serving: with the 20 MB that live, a busy site
// collects about once a second, and its memory stays below 90 MB.
const servingGCPercent = 300

// opening is where a person starts: the only journal, or the list of them.
func (s *Server) opening(ctx context.Context) string {
	list, err := s.Store.Journals(ctx)
	if err == nil && len(list) == 1 && list[0].Host == "" {
		return "/" + list[0].Path + "/"
	}
	return "/"
}

// listen serves until ctx ends.
func (s *Server) listen(ctx context.Context, group *errgroup.Group, server *http.Server, listener net.Listener) {
	group.Go(func() error {
		if err := server.Serve(httpx.Join(listener)); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.cfg.StopWithin)
		defer cancel()
		if err := server.Shutdown(patience); err != nil {
			s.log.Warn("stopped before all requests had ended", "error", err)
			return server.Close()
		}
		return nil
	})
}

// serveMetrics answers Prometheus on an address of its own.
func (s *Server) serveMetrics(ctx context.Context, group *errgroup.Group) error {
	listener, err := net.Listen("tcp", s.cfg.Metrics)
	if err != nil {
		return errs.Newf(errs.Unavailable, "%s cannot be listened on for metrics: choose another address with --metrics", s.cfg.Metrics)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.registry, promhttp.HandlerOpts{Timeout: 10 * time.Second, MaxRequestsInFlight: 4}))
	s.listen(ctx, group, httpx.NewServer(mux, s.log), listener)
	return nil
}

// address is what a browser on this machine can open.
func address(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if err != nil {
		return a.String()
	}
	if ip := net.ParseIP(strings.Trim(host, "[]")); ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	u := url.URL{Host: net.JoinHostPort(host, port)}
	return u.Host
}
