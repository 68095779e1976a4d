package screen_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
)

// stub is a role that writes down what happened to it. By default it shows two
// buttons and a way back.
type stub struct {
	name  string
	acts  []string
	keys  []screen.Key
	uses  bool // Key says it used the key
	draw  func(c *screen.Canvas)
	act   func(id string)
	drawn int
}

func (r *stub) Screen() string { return r.name }

func (r *stub) Act(id string) {
	r.acts = append(r.acts, id)
	if r.act != nil {
		r.act(id)
	}
}

func (r *stub) Key(k screen.Key) bool {
	r.keys = append(r.keys, k)
	return r.uses
}

func (r *stub) Draw(c *screen.Canvas) {
	r.drawn++
	if r.draw != nil {
		r.draw(c)
		return
	}
	c.TopLine(r.name, fmt.Sprint(len(r.acts)))
	button(c, "a", 2, 3, "Un", '1')
	button(c, "b", 30, 3, "Deux")
	button(c, screen.IDBack, 2, 10, "Retour")
}

func button(c *screen.Canvas, id string, x, y int, label string, keys ...rune) {
	c.Button(screen.Button{Target: screen.Target{ID: id, Rect: screen.Rect{X: x, Y: y, W: 20, H: 3}, Keys: keys}, Label: label})
}

// bubble runs a test on a simulated terminal of 80 × 22.
func bubble(t *testing.T, role *stub, test func(t *testing.T, d *screentest.Driver)) {
	t.Helper()
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		if role.name == "" {
			role.name = "first"
		}
		test(t, screentest.Start(t, role, 80, 22))
	})
}

// expect compares what the role was told with what it should have been.
func (r *stub) expect(t *testing.T, acts ...string) {
	t.Helper()
	if !slices.Equal(r.acts, acts) {
		t.Errorf("acts = %q, want %q", r.acts, acts)
	}
}

const afterDeadTime = 400 * time.Millisecond
