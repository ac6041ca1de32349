package browser

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// await waits until a script is true.
func (b *tab) await(what, script string) {
	b.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(b.ctx, 10*time.Second)
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](script))
		cancel()
		if ok && err == nil {
			return
		}
	}
	b.t.Fatalf("%s did not happen within 30 seconds", what)
}

// TestPagesWorkWithoutScripts: everything is read, the search and the form of
// the theme work.
func TestPagesWorkWithoutScripts(t *testing.T) {
	d := site(t)
	b := open(t, d)
	ctx, cancel := b.within()
	defer cancel()
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	b.screen(1440, 900, 1)
	for _, address := range addresses(d.kinds("en")) {
		b.visit(d.URL + address)
		hidden := eval[[]string](b, `[...document.querySelectorAll("main p, main li, main dd, main h1, main h2, main h3, main figure")].filter(e => !e.closest("details, [hidden]") && !e.checkVisibility()).map(e => e.outerHTML.slice(0, 100))`)
		if len(hidden) > 0 {
			t.Errorf("%s hides %q", address, hidden)
		}
		if dead := eval[[]string](b, `[...document.querySelectorAll("button")].filter(e => e.checkVisibility() && !e.form).map(e => e.outerHTML.slice(0, 100))`); len(dead) > 0 {
			t.Errorf("%s shows buttons that do nothing: %q", address, dead)
		}
	}
	b.visit(d.URL + "/demo/")
	b.do(chromedp.SendKeys(chromedp.CSS("#q"), "river\r"))
	b.await("the search", `location.pathname === "/demo/search" && document.querySelectorAll(".items li").length > 0`)
	chooseTheme(t, b, d, "dark", "rgb(22, 24, 27)")
	chooseTheme(t, b, d, "light", "rgb(252, 252, 250)")
}

// chooseTheme sends the form at the foot of a page and looks at the next ones.
func chooseTheme(t *testing.T, b *tab, d *demonstration, theme, paper string) {
	t.Helper()
	b.visit(d.URL + "/demo/issues/")
	b.do(chromedp.Click(chromedp.CSS(`.colophon input[value="`+theme+`"]`)), chromedp.Click(chromedp.CSS(`.colophon button`)))
	b.await("the theme "+theme, `location.pathname === "/demo/issues/" && document.documentElement.dataset.theme === "`+theme+`"`)
	b.visit(d.URL + "/demo/")
	if got := eval[string](b, `getComputedStyle(document.body).backgroundColor`); got != paper {
		t.Errorf("the theme %s has the paper %s, want %s", theme, got, paper)
	}
}

func TestThemeOfTheDeviceIsFollowed(t *testing.T) {
	d := site(t)
	b := open(t, d)
	for scheme, paper := range map[string]string{"dark": "rgb(22, 24, 27)", "light": "rgb(252, 252, 250)"} {
		b.prefers("prefers-color-scheme", scheme)
		b.visit(d.URL + "/demo/")
		if got := eval[string](b, `getComputedStyle(document.body).backgroundColor`); got != paper {
			t.Errorf("a %s device sees %s", scheme, got)
		}
	}
}

// TestPagesAskNoOtherHostAndSayNothing: no request elsewhere, no message on the
// console, which is where a broken policy or script shows.
func TestPagesAskNoOtherHostAndSayNothing(t *testing.T) {
	d := site(t)
	b := open(t, d)
	b.screen(1440, 900, 1)
	for _, address := range addresses(d.kinds("en")) {
		b.visit(d.URL + address)
	}
	time.Sleep(500 * time.Millisecond) // the last messages
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, address := range b.asked {
		t.Errorf("another host was asked: %s", address)
	}
	for _, m := range b.console {
		if !strings.Contains(m, "404") { // the page that is not there
			t.Errorf("the console says %s", m)
		}
	}
}

// TestNothingMovesWhenFontsComeLate: the fallbacks have the width of the fonts.
// A shift of 0.1 is what the Web Vitals call good; ours is far below. A busy
// machine may paint before it has the fallbacks, once; what the page itself does
// it does every time.
func TestNothingMovesWhenFontsComeLate(t *testing.T) {
	d := site(t)
	b := open(t, d)
	b.screen(1440, 900, 1)
	d.slow.set(700 * time.Millisecond)
	defer d.slow.set(0)
	for _, address := range addresses(d.kinds("en")) {
		shift := shiftOf(b, d.URL+address)
		if shift > 0.02 {
			shift = min(shift, shiftOf(b, d.URL+address))
		}
		if shift > 0.02 {
			t.Errorf("%s moves by %.4f", address, shift)
		}
	}
}

// shiftOf is how far a page moves (Layout Instability API) that has none of its
// fonts when it is opened.
func shiftOf(b *tab, address string) float64 {
	b.t.Helper()
	ctx, cancel := b.within()
	defer cancel()
	if _, err := chromedp.Call(ctx, network.ClearBrowserCache, cdp.Empty{}); err != nil {
		b.t.Fatal(err)
	}
	b.visit(address)
	eval[bool](b, `document.fonts.ready.then(() => new Promise(r => setTimeout(() => r(true), 300)))`)
	return eval[float64](b, `new Promise(r => { let sum = 0; new PerformanceObserver(l => { for (const e of l.getEntries()) sum += e.value; }).observe({type: "layout-shift", buffered: true}); setTimeout(() => r(sum), 200); })`)
}
