package app

import (
	"compress/gzip"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/tally"
)

// TestCacheLogIsCountedAsTheSiteWouldHave: what a content delivery network answered
// by itself counts as if the site had answered it, together with what the site did
// answer, and once.
func TestCacheLogIsCountedAsTheSiteWouldHave(t *testing.T) {
	in := serve(t, counting)
	in.add(journal.Journal{Path: "lamps", Titles: []journal.Text{journal.T("en", "Lamps")}, Languages: []string{"en"}})
	path := in.take("lamps", withFiles())[0].Path
	in.await(path, "Lamp of the harbour")
	j, err := in.Store.Journal(t.Context(), "lamps")
	if err != nil {
		t.Fatal(err)
	}
	a, err := in.Store.PublishedArticle(t.Context(), j.ID, path[len("/lamps/articles/"):])
	if err != nil {
		t.Fatal(err)
	}
	// Two minutes from what the site itself answers, on the same day.
	moment := time.Now().UTC().Truncate(time.Second)
	now := moment.Add(-2 * time.Minute)
	if now.Day() != moment.Day() {
		now = moment.Add(2 * time.Minute)
	}
	in.get(path, "User-Agent", browserAgent) // from 127.0.0.1, whom the network answers, too
	pdf := path + "/files/" + url.PathEscape("Лампа № 1.pdf")
	line := func(client string, at time.Time, request string, status int, agent, cache string) string {
		return fmt.Sprintf("%s - - [%s] %q %d 100 \"-\" %q %s\n", client, at.Format("02/Jan/2006:15:04:05 -0700"), request, status, agent, cache)
	}
	log := strings.Join([]string{
		line("127.0.0.1", now, "GET "+path+" HTTP/2.0", 200, browserAgent, "HIT"), // the reader who asked the site, too: one session, if the hour is the same
		line("192.0.2.1", now, "GET "+path+" HTTP/2.0", 200, browserAgent, "HIT"),
		line("192.0.2.1", now.Add(9*time.Second), "GET "+path+"#references HTTP/2.0", 200, browserAgent, "HIT"), // not an address that is sent
		line("192.0.2.1", now.Add(10*time.Second), "GET "+path+" HTTP/2.0", 304, browserAgent, "HIT"),           // a double click
		line("192.0.2.1", now.Add(20*time.Second), "GET "+pdf+" HTTP/2.0", 200, browserAgent, "HIT"),
		line("192.0.2.1", now.Add(21*time.Second), "GET "+pdf+" HTTP/2.0", 206, browserAgent, "HIT"),
		line("192.0.2.2", now, "GET "+path+".bib HTTP/2.0", 200, browserAgent, "HIT"),
		line("192.0.2.3", now, "GET "+path+".xml HTTP/2.0", 200, "reading-room/1", "HIT"), // text and data mining
		line("192.0.2.4", now, "GET "+path+" HTTP/2.0", 200, browserAgent, "MISS"),        // the site was asked
		line("192.0.2.5", now, "GET "+path+" HTTP/2.0", 200, "Googlebot/2.1", "HIT"),
		line("192.0.2.6", now, "GET /assets/site.css HTTP/2.0", 200, browserAgent, "HIT"),
		line("192.0.2.7", now, "HEAD "+path+" HTTP/2.0", 200, browserAgent, "HIT"),
		line("192.0.2.8", now.AddDate(0, 0, 3), "GET "+path+" HTTP/2.0", 200, browserAgent, "HIT"),
		line("192.0.2.9", now.AddDate(0, 0, -3), "GET "+path+" HTTP/2.0", 200, browserAgent, "HIT"), // of a day whose key is destroyed
		"something else\n",
		line("192.0.2.10", now, "GET "+path+" HTTP/2.0", 200, browserAgent, ""),
	}, "")
	file := filepath.Join(t.TempDir(), "cdn.log.gz")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	fmt.Fprint(z, log)
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	in.usage.Flush()
	done, err := in.CountCacheLog(t.Context(), CacheLog{File: file})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprintf("%d taken, %d clock, %d asked, %d unsaid, %d failed, %d other, %d bad", done.Events, done.Clock, done.Asked, done.Unsaid, done.Failed, done.Other, done.Bad),
		"8 taken, 1 clock, 1 asked, 1 unsaid, 2 failed, 2 other, 1 bad"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	sameHour := moment.Hour() == now.Hour()
	want := tally.Counts{Investigations: 7, Requests: 6, UniqueInvestigations: 6, UniqueRequests: 5}
	if sameHour {
		want.UniqueInvestigations, want.UniqueRequests = 5, 4
	}
	if got := in.counted(tally.OfArticle, a.ID); got != want {
		t.Errorf("counted %+v, want %+v", got, want)
	}
	again, err := in.CountCacheLog(t.Context(), CacheLog{File: file})
	if err != nil || again.Events != 0 || again.Before == 0 {
		t.Errorf("a second time: %+v, %v", again, err)
	}
	if got := in.counted(tally.OfArticle, a.ID); got != want {
		t.Errorf("counted after the second time %+v", got)
	}
	if err := os.WriteFile(file, []byte(line("192.0.2.1", now, "GET "+path+" HTTP/2.0", 200, browserAgent, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := in.CountCacheLog(t.Context(), CacheLog{File: file}); !errors.Is(err, errs.Invalid) {
		t.Errorf("a log without the state of the cache: %v", err)
	}
	if done, err := in.CountCacheLog(t.Context(), CacheLog{File: file, AllHits: true, BaseURL: in.server.URL}); err != nil || done.Events != 1 {
		t.Errorf("all hits: %+v, %v", done, err)
	}
}
