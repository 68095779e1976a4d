package lock

import (
	"accueil/internal/phrases"
	"accueil/kiosk/screen"
)

// Outside is what a terminal of the staff shows when its hub is there and does
// not let it in: its account was taken away, or given to another. Nothing could
// be done behind it, so nothing else is shown.
type Outside struct {
	Say  phrases.Speaker
	Role string // as people write it
	Name string // of the terminal
}

// Screen implements screen.Role.
func (o Outside) Screen() string { return "outside" }

// Act implements screen.Role.
func (o Outside) Act(string) {}

// Key implements screen.Role.
func (o Outside) Key(screen.Key) bool { return false }

// Draw implements screen.Role.
func (o Outside) Draw(c *screen.Canvas) {
	say, look := o.Say, c.Theme()
	c.TopLine(say.Say("login.title"), "")
	body := c.Body()
	_, body = body.Top(c.Wrap(body, look.Strong(), say.Say("login.outside")) + 1)
	_, body = body.Top(c.Wrap(body, look.Text(), say.Say("login.outside-meanwhile")) + 1)
	_, body = body.Top(c.Wrap(body, look.Text(), say.Say("login.outside-mend")) + 1)
	for _, command := range []string{"hub enrol " + o.Role + " " + o.Name, "kiosk enrol --hub https://…:8443 XXXX-XXXX"} {
		_, body = body.Top(c.Wrap(body, look.Strong(), command))
	}
}
