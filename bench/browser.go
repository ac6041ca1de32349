//go:build linux

package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	intercept "github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	pages "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// fontDelay is how much later than everything else fonts arrive: the page is
// drawn without them first.
const fontDelay = 1500 * time.Millisecond

// shiftScript adds up layout shifts as a page loads (Layout Instability API,
// https://wicg.github.io/layout-instability/).
const shiftScript = `window.benchShift = {sum: 0, moved: []};
const benchName = n => n.nodeType === 1 ? n.localName + (n.id ? "#" + n.id : n.className ? "." + n.className : "") : "text in " + benchName(n.parentNode);
new PerformanceObserver(list => {
	for (const e of list.getEntries()) {
		if (e.hadRecentInput) continue;
		benchShift.sum += e.value;
		for (const s of e.sources) if (s.node) benchShift.moved.push(benchName(s.node));
	}
}).observe({type: "layout-shift", buffered: true});`

// screens are the windows a page is looked at in.
var screens = []struct {
	name          string
	width, height int64
}{{"desktop", 1280, 900}, {"phone", 390, 844}}

// visit is what a browser did with a page.
type visit struct {
	mu      sync.Mutex
	fonts   int      // asked for
	foreign []string // addresses of other hosts asked for
	shift
}

// shift is what shiftScript has seen.
type shift struct {
	Sum   float64  `json:"sum"`
	Moved []string `json:"moved"` // elements, at most five of each shift
}

// browse loads the page in Chromium with fonts that come late and with fonts
// that never come. Without Chromium it says so and measures nothing.
func (b *bench) browse(ctx context.Context, address string) error {
	program, err := need("chromium", "chromium")
	if err != nil {
		fmt.Printf("  not measured: layout shift and requests of a browser: %v\n", err)
		return nil
	}
	profile, err := os.MkdirTemp(b.dir, "chromium-")
	if err != nil {
		return err
	}
	opts := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(program), chromedp.UserDataDir(profile))
	if os.Getuid() == 0 {
		opts = append(opts, chromedp.NoSandbox) // Chromium refuses to run as root with it
	}
	allocator, end := chromedp.NewExecAllocator(ctx, opts...)
	defer end()
	browser, end := chromedp.NewContext(allocator)
	defer end()
	if err := chromedp.Do(browser); err != nil {
		return fmt.Errorf("chromium: %w", err)
	}
	for _, s := range screens {
		late, err := look(browser, address, s.width, s.height, true)
		if err != nil {
			return fmt.Errorf("chromium, %s: %w", s.name, err)
		}
		never, err := look(browser, address, s.width, s.height, false)
		if err != nil {
			return fmt.Errorf("chromium, %s: %w", s.name, err)
		}
		line(fmt.Sprintf("layout shift, %s, fonts %.1f s late", s.name, fontDelay.Seconds()), fmt.Sprintf("%.4f", late.Sum),
			atMost(late.Sum, 0.001, "")+fmt.Sprintf("; %.4f without its %d fonts", never.Sum, late.fonts))
		if late.Sum > 0 {
			line("  what moved", "", strings.Join(late.Moved, ", "))
		}
		line("requests to other hosts, "+s.name, fmt.Sprint(len(late.foreign)), atMost(float64(len(late.foreign)), 0, "")+" "+strings.Join(late.foreign, " "))
	}
	return nil
}

// look loads a page in a new tab and waits until it is quiet.
func look(browser context.Context, address string, width, height int64, fonts bool) (*visit, error) {
	at, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	tab, end := chromedp.NewContext(browser)
	defer end()
	tab, cancel := context.WithTimeout(tab, time.Minute)
	defer cancel()
	v := &visit{}
	err = chromedp.Listen(tab, func(event any) {
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			v.saw(e.Request.URL, at.Host)
		case *intercept.EventRequestPaused:
			go v.delay(tab, e.RequestID, fonts)
		}
	})
	if err != nil {
		return nil, err
	}
	err = chromedp.Do(tab, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		return watch(ctx, t, width, height)
	}), chromedp.Navigate(address), chromedp.Sleep(fontDelay+time.Second))
	if err != nil {
		return nil, err
	}
	loaded, err := chromedp.Run(tab, chromedp.Evaluate[bool](`document.fonts.status === "loaded"`))
	if err == nil && !loaded {
		err = fmt.Errorf("the fonts were still on their way %v after the page", fontDelay+time.Second)
	}
	if err != nil {
		return nil, err
	}
	seen, err := chromedp.Run(tab, chromedp.Evaluate[shift](`window.benchShift`))
	v.mu.Lock()
	defer v.mu.Unlock()
	v.shift = seen
	return v, err
}

// watch prepares a tab: its size, the requests, the layout shifts.
func watch(ctx context.Context, t *chromedp.Target, width, height int64) error {
	if _, err := cdp.Call(ctx, t, network.Enable, network.EnableParams{}); err != nil {
		return err
	}
	if _, err := cdp.Call(ctx, t, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}); err != nil {
		return err
	}
	onlyFonts := []*intercept.RequestPattern{{ResourceType: network.ResourceTypeFont}}
	if _, err := cdp.Call(ctx, t, intercept.Enable, intercept.EnableParams{Patterns: onlyFonts}); err != nil {
		return err
	}
	screen := emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1, Mobile: width < 600}
	if _, err := cdp.Call(ctx, t, emulation.SetDeviceMetricsOverride, screen); err != nil {
		return err
	}
	_, err := cdp.Call(ctx, t, pages.AddScriptToEvaluateOnNewDocument, pages.AddScriptToEvaluateOnNewDocumentParams{Source: shiftScript})
	return err
}

func (v *visit) saw(address, host string) {
	to, err := url.Parse(address)
	if err != nil || to.Host == host || to.Scheme != "http" && to.Scheme != "https" {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.foreign = append(v.foreign, address)
}

// delay lets a font through after a while, or not at all.
func (v *visit) delay(tab context.Context, id intercept.RequestID, through bool) {
	v.mu.Lock()
	v.fonts++
	v.mu.Unlock()
	// A failure to answer says that the tab was closed.
	if !through {
		_, _ = chromedp.Call(tab, intercept.FailRequest, intercept.FailRequestParams{RequestID: id, ErrorReason: network.ErrorReasonBlockedByClient})
		return
	}
	select {
	case <-tab.Done():
	case <-time.After(fontDelay):
		_, _ = chromedp.Call(tab, intercept.ContinueRequest, intercept.ContinueRequestParams{RequestID: id})
	}
}
