package screen_test

import (
	"testing"
	"testing/synctest"

	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
)

// stub is a role of two buttons that writes down what happened.
type stub struct {
	name string
	acts []string
	keys []screen.Key
	draw func(c *screen.Canvas)
}

func (r *stub) Screen() string { return r.name }
func (r *stub) Act(id string)  { r.acts = append(r.acts, id) }
func (r *stub) Key(k screen.Key) bool {
	r.keys = append(r.keys, k)
	return false
}

func (r *stub) Draw(c *screen.Canvas) {
	c.TopLine("Essai", "10:42")
	if r.draw != nil {
		r.draw(c)
		return
	}
	c.Button(screen.Button{Target: screen.Target{ID: "a", Rect: screen.Rect{X: 2, Y: 3, W: 20, H: 3}, Keys: []rune{'1'}}, Label: "Un"})
	c.Button(screen.Button{Target: screen.Target{ID: "b", Rect: screen.Rect{X: 30, Y: 3, W: 20, H: 3}}, Label: "Deux"})
}

func TestTapActs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		role := &stub{name: "one"}
		d := screentest.Start(t, role, 80, 22)
		d.See("Un")
		d.Tap("a")
		d.Type("1")
		if len(role.acts) != 2 || role.acts[0] != "a" || role.acts[1] != "a" {
			t.Fatalf("acts = %q", role.acts)
		}
	})
}
