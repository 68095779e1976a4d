package screentest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
)

// hello is a role of one button that counts.
type hello struct{ taps int }

func (h *hello) Screen() string      { return "hello" }
func (h *hello) Key(screen.Key) bool { return false }
func (h *hello) Act(string)          { h.taps++ }
func (h *hello) Draw(c *screen.Canvas) {
	c.TopLine("Bonjour", strings.Repeat("I", h.taps))
	c.Button(screen.Button{Target: screen.Target{ID: "tap", Rect: screen.Rect{X: 2, Y: 4, W: 20, H: 3}}, Label: "Toucher"})
}

func TestDriver(t *testing.T) {
	t.Chdir(t.TempDir())
	synctest.Test(t, func(t *testing.T) {
		d := screentest.Start(t, &hello{}, 80, 22)
		t.Setenv("ACCUEIL_UPDATE", "1")
		d.Golden("hello")
		t.Setenv("ACCUEIL_UPDATE", "")
		d.Golden("hello")
		d.Tap("tap")
		d.See("I")
		d.NotSee("II")
		if got, want := d.Shell() != nil, true; got != want {
			t.Error("no shell")
		}
	})
	if _, err := os.Stat(filepath.Join("testdata", "hello.txt")); err != nil {
		t.Error(err)
	}
}

func TestCheckLayout(t *testing.T) { screentest.CheckLayout(t, &hello{}) }

// recorder is a testing.TB that takes failures down instead of failing.
type recorder struct {
	testing.TB
	failed []string
}

func (r *recorder) Helper()                        {}
func (r *recorder) Fatalf(format string, _ ...any) { r.failed = append(r.failed, format) }
func (r *recorder) Errorf(format string, _ ...any) { r.failed = append(r.failed, format) }

// TestDriverFails where it should: a test that cannot fail proves nothing.
func TestDriverFails(t *testing.T) {
	t.Chdir(t.TempDir())
	synctest.Test(t, func(t *testing.T) {
		rec := &recorder{TB: t}
		d := screentest.Start(rec, &hello{}, 80, 22)
		d.See("Adieu")
		d.NotSee("Bonjour")
		screentest.GoldenText(rec, "absent", "")
		screentest.CheckLayout(rec, cramped{})
		if len(rec.failed) < 4 {
			t.Errorf("failures: %q", rec.failed)
		}
	})
}

// cramped is a role whose text does not fit.
type cramped struct{}

func (cramped) Screen() string        { return "cramped" }
func (cramped) Key(screen.Key) bool   { return false }
func (cramped) Act(string)            {}
func (cramped) Draw(c *screen.Canvas) { c.Text(0, 0, 3, c.Theme().Text(), "trop long") }
