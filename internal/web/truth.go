package web

import (
	"offprint/internal/view"
)

// reviewParts are the parts of a review as JATS names them (article-type of a
// sub-article).
var reviewParts = map[string]bool{"reviewer-report": true, "referee-report": true, "decision-letter": true, "editor-report": true, "aggregated-review-documents": true}

// newTruth sets what a reader should know before relying on the article, as far
// as the record knows it.
func newTruth(p *view.Article, a *reading) {
	rec := &a.pub.Record
	p.Truth = view.Truth{Standing: view.Tone(a.pub.Standing), Cited: len(rec.References)}
	for _, w := range rec.History {
		switch w.Event {
		case "received":
			p.Truth.Received = string(w.Date)
		case "accepted":
			p.Truth.Accepted = string(w.Date)
		}
	}
	for i := range a.refs {
		if a.refs[i].DOI != "" || safeURL(a.refs[i].URL) != "" {
			p.Truth.Resolved++
		}
	}
	if a.drawn != nil {
		p.Truth.Reviews = a.drawn.reviews
	}
}
