package httpx

import (
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics of the HTTP faces, in Prometheus' terms. A nil *Metrics counts
// nothing.
type Metrics struct {
	registry     prometheus.Registerer
	requests     *prometheus.CounterVec
	seconds      *prometheus.HistogramVec
	making       *prometheus.HistogramVec
	hits, misses prometheus.Counter

	series sync.Map // of seriesKey to *series: what the vectors would look up anew for every request
}

type seriesKey struct {
	route  string
	status int
}

type series struct {
	count   prometheus.Counter
	seconds prometheus.Observer
}

// NewMetrics makes the metrics and registers them; it panics when they are
// registered there already.
func NewMetrics(reg prometheus.Registerer) *Metrics {
	m := &Metrics{
		registry: reg,
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "offprint_http_requests_total",
			Help: "Requests by route and status."}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "offprint_http_request_seconds",
			Help: "Time to answer, by route.", Buckets: []float64{.0005, .002, .01, .05, .2, 1, 5}}, []string{"route"}),
		making: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "offprint_page_make_seconds",
			Help: "Time to render and compress a page that was not in memory, by route.", Buckets: []float64{.002, .005, .01, .02, .05, .1, .5, 2}}, []string{"route"}),
	}
	lookups := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "offprint_page_cache_lookups_total",
		Help: "Look-ups of rendered pages: hit or miss."}, []string{"result"})
	m.hits, m.misses = lookups.WithLabelValues("hit"), lookups.WithLabelValues("miss")
	reg.MustRegister(m.requests, m.seconds, m.making, lookups)
	return m
}

// request counts an answered request. Routes are names that handlers set and
// statuses are few, so the number of series is bounded.
func (m *Metrics) request(route string, status int, took time.Duration) {
	if route == "" {
		route = "other"
	}
	key := seriesKey{route, status}
	v, ok := m.series.Load(key)
	if !ok {
		v, _ = m.series.LoadOrStore(key, &series{count: m.requests.WithLabelValues(route, strconv.Itoa(status)), seconds: m.seconds.WithLabelValues(route)})
	}
	s := v.(*series)
	s.count.Inc()
	s.seconds.Observe(took.Seconds())
}

func (m *Metrics) hit() {
	if m != nil {
		m.hits.Inc()
	}
}

func (m *Metrics) miss() {
	if m != nil {
		m.misses.Inc()
	}
}

func (m *Metrics) made(route string, took time.Duration) {
	if m != nil {
		m.making.WithLabelValues(route).Observe(took.Seconds())
	}
}

// watch registers the size of a cache.
func (m *Metrics) watch(c *Cache) {
	if m == nil {
		return
	}
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "offprint_page_cache_bytes",
		Help: "Bytes of rendered pages in memory."}, func() float64 { return float64(c.Bytes()) }))
}
