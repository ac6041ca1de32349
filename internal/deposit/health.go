package deposit

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"offprint/internal/errs"
)

// States of an address.
const (
	LinkOK          = "ok"
	LinkGone        = "gone"        // 404, 410
	LinkFailing     = "failing"     // another failure of the server
	LinkUnreachable = "unreachable" // nobody answers
	LinkRefused     = "refused"     // it may not be asked: robots.txt, a private address, a sign-in
)

// Dead reports of a state that a reader who follows the link finds nothing.
func Dead(state string) bool {
	return state == LinkGone || state == LinkFailing || state == LinkUnreachable
}

// Health is how an address answers.
type Health struct {
	State  string
	Status int    // of HTTP, 0 without an answer
	Note   string // where it leads now, or what went wrong
}

// Links asks addresses whether they answer.
type Links struct {
	agent  string
	gap    time.Duration
	http   *http.Client
	robots map[string][]string // what each host does not want to be asked; guarded by mu
	mu     sync.Mutex
	may    func(netip.Addr) bool
}

// mostAtOnce is how many hosts are asked at the same time.
const mostAtOnce = 4

// NewLinks makes one that asks each host once in gap; mail is whom its operator may
// write to.
func NewLinks(mail string, gap time.Duration) *Links {
	l := &Links{agent: fmt.Sprintf(agent, mail), gap: gap, robots: map[string][]string{}, may: Public}
	transport := guarded(func(a netip.Addr) bool { return l.may(a) })
	l.http = &http.Client{Timeout: 30 * time.Second, Transport: transport, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > 5 || r.URL.Scheme != "http" && r.URL.Scheme != "https" {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	return l
}

// CheckAll asks addresses and tells how each answers, one of a host at a time with a
// pause. It ends with ctx.
func (l *Links) CheckAll(ctx context.Context, addresses []string, tell func(address string, h Health) error) error {
	byHost := map[string][]string{}
	var hosts []string
	for _, a := range addresses {
		host := ""
		if u, err := url.Parse(a); err == nil {
			host = strings.ToLower(u.Host)
		}
		if byHost[host] == nil {
			hosts = append(hosts, host)
		}
		byHost[host] = append(byHost[host], a)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wait sync.WaitGroup
	var telling sync.Mutex
	turns := make(chan struct{}, mostAtOnce)
	for _, host := range hosts {
		turns <- struct{}{}
		wait.Go(func() {
			defer func() { <-turns }()
			for i, a := range byHost[host] {
				if i > 0 && pause(ctx, l.gap) != nil || ctx.Err() != nil {
					return
				}
				h := l.Check(ctx, a)
				if ctx.Err() != nil {
					return
				}
				telling.Lock()
				err := tell(a, h)
				telling.Unlock()
				if err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	wait.Wait()
	return context.Cause(ctx)
}

// Check asks one address: its head, and where that is refused the beginning of its
// body.
func (l *Links) Check(ctx context.Context, address string) Health {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return Health{State: LinkRefused, Note: "no address of the web"}
	}
	if l.unwelcome(ctx, u) {
		return Health{State: LinkRefused, Note: "robots.txt asks robots to stay away"}
	}
	h := l.ask(ctx, http.MethodHead, address)
	if h.State == LinkOK || h.Status == 0 || ctx.Err() != nil {
		return h
	}
	return l.ask(ctx, http.MethodGet, address)
}

func (l *Links) ask(ctx context.Context, method, address string) Health {
	req, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err != nil {
		return Health{State: LinkRefused, Note: "no address of the web"}
	}
	req.Header.Set("User-Agent", l.agent)
	if method == http.MethodGet {
		req.Header.Set("Range", "bytes=0-1023")
	}
	resp, err := l.http.Do(req)
	if err != nil {
		if errors.Is(err, errs.Forbidden) {
			return Health{State: LinkRefused, Note: "it leads to an address that is not public"}
		}
		return Health{State: LinkUnreachable, Note: cutNote(short(err).Error())}
	}
	io.CopyN(io.Discard, resp.Body, 1024) // so that the connection can be used again, if it is that little
	resp.Body.Close()
	h := Health{State: LinkFailing, Status: resp.StatusCode}
	if final := resp.Request.URL.String(); final != address {
		h.Note = cutNote("leads to " + final)
	}
	switch code := resp.StatusCode; {
	case code < 400:
		h.State = LinkOK
	case code == http.StatusNotFound || code == http.StatusGone:
		h.State = LinkGone
	case code == http.StatusUnauthorized || code == http.StatusForbidden || code == http.StatusPaymentRequired || code == http.StatusTooManyRequests || code == http.StatusUnavailableForLegalReasons:
		h.State = LinkRefused
	}
	return h
}

func cutNote(s string) string {
	s = strings.ToValidUTF8(strings.Join(strings.Fields(s), " "), "")
	if r := []rune(s); len(r) > 300 {
		s = string(r[:300])
	}
	return s
}

// mostRobots is how much of a robots.txt is read, in bytes (RFC 9309, section 2.5).
const mostRobots = 500 << 10

// unwelcome tells whether the host's robots.txt asks robots not to come there.
func (l *Links) unwelcome(ctx context.Context, u *url.URL) bool {
	origin := u.Scheme + "://" + u.Host
	l.mu.Lock()
	rules, known := l.robots[origin]
	l.mu.Unlock()
	if !known {
		rules = l.readRobots(ctx, origin)
		l.mu.Lock()
		l.robots[origin] = rules
		l.mu.Unlock()
	}
	return disallowed(rules, u.RequestURI())
}

func (l *Links) readRobots(ctx context.Context, origin string) []string {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, origin+"/robots.txt", nil)
	if err != nil {
		return nil
	}
	req.Header.Set("User-Agent", l.agent)
	resp, err := l.http.Do(req)
	if err != nil {
		return nil
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil
	}
	return robotsRules(io.LimitReader(resp.Body, mostRobots))
}

// robotsRules are the rules of a robots.txt for us, else those for all: "-/path" is
// refused, "+/path" is not (RFC 9309, section 2.2). Patterns with * are taken up to
// the star.
func robotsRules(from io.Reader) (rules []string) {
	groups := map[string][]string{}
	var names []string
	naming := false
	in := bufio.NewScanner(from)
	for in.Scan() {
		line, _, _ := strings.Cut(in.Text(), "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "user-agent":
			if !naming {
				names = nil
			}
			naming = true
			names = append(names, strings.ToLower(value))
			if _, there := groups[strings.ToLower(value)]; !there {
				groups[strings.ToLower(value)] = []string{}
			}
		case "disallow", "allow":
			naming = false
			sign := "-"
			if strings.EqualFold(strings.TrimSpace(key), "allow") {
				sign = "+"
			}
			if value == "" {
				continue
			}
			if value = strings.TrimRight(value, "*"); strings.Contains(value, "*") {
				continue
			}
			for _, n := range names {
				if len(groups[n]) < 1000 {
					groups[n] = append(groups[n], sign+value)
				}
			}
		}
	}
	if own, ok := groups["offprint"]; ok {
		return own
	}
	return groups["*"]
}

// disallowed: the longest rule counts, and of two the one that allows.
func disallowed(rules []string, path string) bool {
	longest, refused := -1, false
	for _, r := range rules {
		prefix, exact := strings.CutSuffix(r[1:], "$")
		if !strings.HasPrefix(path, prefix) || exact && path != prefix {
			continue
		}
		if len(prefix) > longest || len(prefix) == longest && r[0] == '+' {
			longest, refused = len(prefix), r[0] == '-'
		}
	}
	return refused
}
