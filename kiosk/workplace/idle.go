package workplace

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/screensaver"
	"github.com/jezek/xgb/xproto"
)

// lookTime is the time between two looks at the display.
const lookTime = 5 * time.Second

// unknown is the idle time of a display that does not tell it.
const unknown = -1

// Untouched is how long nobody has used mouse, finger or keyboard on the display;
// false while that is not known, as on Wayland.
func (w *Workplace) Untouched() (time.Duration, bool) {
	idle := time.Duration(w.idle.Load())
	return idle, idle >= 0
}

// Watch asks the display again and again until ctx ends. A display that does not
// answer is asked anew; nobody waits for it.
func (w *Workplace) Watch(ctx context.Context) {
	w.idle.Store(unknown)
	if os.Getenv("DISPLAY") == "" || os.Getenv("WAYLAND_DISPLAY") != "" {
		return
	}
	said := false
	for ctx.Err() == nil {
		err := w.watchDisplay(ctx)
		w.idle.Store(unknown)
		if err != nil && !said {
			said = true
			w.opt.Log.Warn("nobody can tell whether somebody works at the display", "err", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(10 * w.look):
		}
	}
}

// watchDisplay is one connection to the display.
func (w *Workplace) watchDisplay(ctx context.Context) error {
	x, err := xgb.NewConn()
	if err != nil {
		return fmt.Errorf("open the display: %w", err)
	}
	defer context.AfterFunc(ctx, x.Close)() // a display that hangs is left so
	if err := screensaver.Init(x); err != nil {
		x.Close()
		return fmt.Errorf("ask the display for its idle time: %w", err)
	}
	root := xproto.Drawable(xproto.Setup(x).DefaultScreen(x).Root)
	tick := time.NewTicker(w.look)
	defer tick.Stop()
	for {
		info, err := screensaver.QueryInfo(x, root).Reply()
		if err != nil || info == nil {
			return fmt.Errorf("ask the display for its idle time: %w", err)
		}
		w.idle.Store(int64(time.Duration(info.MsSinceUserInput) * time.Millisecond))
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
