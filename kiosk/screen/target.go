package screen

import "slices"

// Kind says how a touch target behaves and how large it has to be.
type Kind int

const (
	// Touch is a visitor's target: at least 3 rows by 12 columns.
	Touch Kind = iota
	// Letter is a key of the on-screen keyboard: at least 3 rows by 5 columns.
	Letter
	// Staff is a target of a staff screen, used with keys and a mouse: any size.
	Staff
	// Wake covers an attract screen: any touch or key acts on it and on nothing else.
	Wake
)

// Names of the targets that mean the same on every screen.
const (
	IDBack     = "back" // Escape acts on it
	IDHelp     = "help"
	IDLanguage = "language"
	IDSound    = "sound"
	IDSize     = "size"
	IDContrast = "contrast"

	IDScrollUp   = idScrollUp
	IDScrollDown = idScrollDown
)

// Target is an area that can be touched, focused and acted on. The keys act on
// it as a touch does.
type Target struct {
	ID       string
	Rect     Rect
	Keys     []rune
	Hint     string // what it does, in words, for reading aloud
	Disabled bool
	Kind     Kind
}

// Target lays a target on the canvas; the painters do it by themselves. A
// later target lies over an earlier one.
func (c *Canvas) Target(t Target) {
	if t.ID != "" {
		t.Rect = c.onGlass(t.Rect)
		c.targets = append(c.targets, t)
	}
}

// Unseen has the keys of a target act although it is scrolled out of sight; it
// cannot be touched or focused.
func (c *Canvas) Unseen(t Target) { c.unseen = append(c.unseen, t) }

// Targets returns the targets laid so far, in drawing order.
func (c *Canvas) Targets() []Target { return c.targets }

// Pressed tells whether the target is held down in this frame.
func (c *Canvas) Pressed(id string) bool { return id != "" && c.input.Pressed == id }

// Focused tells whether the keyboard is on the target in this frame.
func (c *Canvas) Focused(id string) bool { return id != "" && c.input.Focused == id }

// targetAt returns the enabled target under a cell.
func (c *Canvas) targetAt(x, y int) (Target, bool) {
	for i := len(c.targets) - 1; i >= 0; i-- {
		if t := c.targets[i]; t.Rect.Contains(x, y) {
			return t, !t.Disabled
		}
	}
	return Target{}, false
}

// target returns the enabled target with that name.
func (c *Canvas) target(id string) (Target, bool) {
	for _, t := range c.targets {
		if t.ID == id && !t.Disabled {
			return t, true
		}
	}
	return Target{}, false
}

// targetFor returns the enabled target that claims the key, one in sight before
// one scrolled out of it.
func (c *Canvas) targetFor(key rune) (Target, bool) {
	for _, targets := range [][]Target{c.targets, c.unseen} {
		for _, t := range targets {
			if !t.Disabled && slices.Contains(t.Keys, key) {
				return t, true
			}
		}
	}
	return Target{}, false
}
