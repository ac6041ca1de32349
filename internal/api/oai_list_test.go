package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"offprint/internal/format/oaipmh"
	"offprint/internal/httpx"
	"offprint/internal/store"
)

// slowly answers a request with n rows, two at a time, to a harvester that needs a pause
// for each two. It returns how many were told.
func slowly(t *testing.T, client context.Context, n int, pause time.Duration) (told int, err error) {
	front := httpx.NewFront(httpx.FrontConfig{Log: slog.New(slog.DiscardHandler), ErrorPage: func(w http.ResponseWriter, _ *http.Request, status int, _ error) { w.WriteHeader(status) }}, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		h := &harvest{ctx: r.Context(), req: &oaipmh.Request{Verb: oaipmh.ListIdentifiers}, form: &oaiForm{part: 2}}
		for i := range n {
			h.rest = append(h.rest, store.Harvested{ArticleID: fmt.Sprint(i)})
		}
		err = h.eachPart(func(p *part) error {
			time.Sleep(pause)
			told += len(p.rows)
			return p.err
		})
	}))
	front.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/oai", nil).WithContext(client))
	return told, err
}

func TestSlowHarvesterGetsTheWholeList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if told, err := slowly(t, t.Context(), 11, httpx.Patience); told != 11 || err != nil {
			t.Errorf("%d of 11 were told, then %v", told, err)
		}
	})
}

func TestListForWhoHasLeftIsNotEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, leave := context.WithCancel(t.Context())
		time.AfterFunc(150*time.Second, leave)
		if told, err := slowly(t, client, 100, time.Minute); told > 8 || !errors.Is(err, context.Canceled) {
			t.Errorf("%d were told, then %v", told, err)
		}
	})
}
