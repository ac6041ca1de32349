package usage

import (
	"github.com/prometheus/client_golang/prometheus"

	"offprint/internal/tally"
)

// Metrics say what was counted and what was not, and why. A nil *Metrics counts
// nothing.
type Metrics struct {
	answers *prometheus.CounterVec
	by      map[string]prometheus.Counter // what Note would look up for every request
	day     *prometheus.GaugeVec
}

// NewMetrics makes the metrics and registers them.
func NewMetrics(reg prometheus.Registerer) *Metrics {
	m := &Metrics{by: map[string]prometheus.Counter{},
		answers: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "offprint_usage_answers_total",
			Help: "Answers that could count as reading, by what became of them: recorded, of these by a robot, or the reason why not."}, []string{"result"}),
		day: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "offprint_usage_day",
			Help: "Of the newest day that this node counted: events, and those filtered, by reason."}, []string{"what"})}
	for _, result := range []string{"recorded", "robot", "lost", "clock", notSuccessful, notAsked, notWhole, notTracked} {
		m.by[result] = m.answers.WithLabelValues(result)
	}
	reg.MustRegister(m.answers, m.day)
	return m
}

func (m *Metrics) note(result string) { m.add(result, 1) }

func (m *Metrics) add(result string, n int64) {
	if m != nil && n > 0 {
		m.by[result].Add(float64(n))
	}
}

func (m *Metrics) counted(d *tally.Day) {
	if m == nil || d == nil {
		return
	}
	m.day.WithLabelValues("events").Set(float64(d.Events))
	for _, why := range []tally.Reason{tally.ByRobot, tally.ByCrowd, tally.ByDoubleClick} {
		m.day.WithLabelValues(string(why)).Set(float64(d.Filtered[why]))
	}
}
