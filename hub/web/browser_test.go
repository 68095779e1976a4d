package web_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"accueil/hub/web"
	"accueil/internal/phrases"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

const chromium = "/usr/bin/chromium"

// patience is how long a browser may take on a busy machine; no test waits so
// long when all is well.
const patience = time.Minute

// browse starts a real browser for a test; each [tab] of it is a phone.
func browse(t *testing.T) context.Context {
	t.Helper()
	if _, err := os.Stat(chromium); err != nil {
		t.Skip("no browser here: install chromium")
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(chromium), chromedp.UserDataDir(t.TempDir()), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.WSURLReadTimeout(patience),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("hide-scrollbars", true),
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, leave := chromedp.NewContext(ctx)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil && !errors.Is(err, context.Canceled) {
			t.Log("the browser did not end well:", err)
		}
		leave()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// tab is one phone that shows a page.
type tab struct {
	t   *testing.T
	ctx context.Context
}

// spy notes when the page rings, which a browser without hands cannot hear, and begins
// to follow; and lets time pass for it.
const spy = `window.rang = 0; navigator.vibrate = function () { window.rang++; return true; };
	window.passed = 0; { const clock = Date.now; Date.now = () => clock() + window.passed; }
	window.began = 0; window.EventSource = class extends EventSource { constructor(at) { super(at); window.began++; this.addEventListener("message", () => window.heard++); } };
	window.heard = 0;`

// phone opens a page as on a phone of 360 by 740 points, prepared first.
func phone(t *testing.T, browser context.Context, address string, prepare ...step) *tab {
	t.Helper()
	ctx, leave := chromedp.NewContext(browser)
	t.Cleanup(leave)
	ctx, stop := context.WithTimeout(ctx, 2*patience)
	t.Cleanup(stop)
	b := &tab{t, ctx}
	b.do(size(360, 740, 1), order(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: spy}))
	b.do(prepare...)
	b.do(chromedp.Navigate(address))
	return b
}

// step is something done to a tab.
type step = chromedp.Action[chromedp.Void]

func (b *tab) do(steps ...step) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// tap presses what a selector finds, again where it was replaced meanwhile, as a
// finger would.
func (b *tab) tap(selector string) {
	b.t.Helper()
	for began := time.Now(); ; {
		err := chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(selector)))
		if err == nil {
			return
		}
		if !strings.Contains(err.Error(), "node") || time.Since(began) > patience {
			b.t.Fatalf("tap %s: %v", selector, err)
		}
	}
}

// ask evaluates an expression in the page.
func ask[T any](b *tab, expression string) T {
	b.t.Helper()
	answer, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return answer
}

// until waits for an expression to become true, over changes of the page.
func (b *tab) until(expression string) {
	b.t.Helper()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	late := time.After(patience)
	for {
		is, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		if is && err == nil {
			return
		}
		select {
		case <-look.C:
		case <-late:
			text, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string]("document.documentElement.outerHTML"))
			b.t.Fatalf("never came true: %s (%v)\n%s", expression, err, text)
		}
	}
}

// says is an expression: the page shows this text.
func says(text string) string {
	return "document.body && document.body.innerText.includes(`" + text + "`)"
}

// serveAt is a hub's pages that can be stopped, and started again at the same address.
func (p *pages) serveAt(addr string) (address string, stop func()) {
	p.t.Helper()
	book, err := phrases.Load()
	if err != nil {
		p.t.Fatal(err)
	}
	server, err := web.New(web.Options{Site: p.site, Phrases: book, Floor: p.floor, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		p.t.Fatal(err)
	}
	l, err := web.Listen(addr, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	ctx, end := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx, l) }()
	return l.Addr().String(), func() {
		end()
		if err := <-ended; err != nil && !errors.Is(err, http.ErrServerClosed) {
			p.t.Error(err)
		}
	}
}

// order is a command of the protocol as a step.
func order[P, R any](command cdp.Command[P, R], params P) step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}

// size makes the page so wide and high, in points; at a scale of 2 it is as on
// a screen twice as wide that somebody has enlarged.
func size(width, height int64, scale float64) step {
	return order(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: scale})
}

// colours makes the phone prefer light or dark, and nothing that moves.
func colours(scheme string) step {
	return order(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
}
