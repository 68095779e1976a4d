package screen

import "strings"

// Said is one thing a frame says in words, as they are thought and not as they
// are drawn: whole where it is broken over lines, in logical order where the
// script runs from right to left.
type Said struct {
	Target string // what it belongs to, "" for a text that cannot be touched
	Key    rune   // the digit that acts on the target, 0 for none
	Text   string
}

// heard is a text as it was written, and where it begins on the glass.
type heard struct {
	x, y int
	text string
}

// hear notes a text that is being written. What a painter writes on behalf of
// another is noted once, by the outer one.
func (c *Canvas) hear(x, y int, text string) {
	if c.hushed == 0 && text != "" {
		at := c.onGlass(Rect{x, y, 1, 1})
		c.heard = append(c.heard, heard{at.X, at.Y, text})
	}
}

// hearOnce notes a text and nothing more until the returned function is called.
func (c *Canvas) hearOnce(x, y int, text string) (done func()) {
	c.hear(x, y, text)
	c.hushed++
	return func() { c.hushed-- }
}

// forget drops what was said so far: something lies over it.
func (c *Canvas) forget() { c.heard = c.heard[:0] }

// Said returns what the frame says in the order to read it aloud: the texts,
// then what can be chosen, each in drawing order, which is that of the
// keyboard's focus. A target says its hint, or what was written on it.
func (c *Canvas) Said() []Said {
	var texts, choices []Said
	words := map[string][]string{}
	for _, h := range c.heard {
		text := strings.TrimSpace(spoken(h.text))
		if t, ok := c.owner(h.x, h.y); ok {
			words[t.ID] = append(words[t.ID], text)
		} else if text != "" {
			texts = append(texts, Said{Text: text})
		}
	}
	for _, t := range c.focusable() {
		choices = append(choices, t.said(words[t.ID]))
	}
	return append(texts, choices...)
}

// said is what a target says, given what was written on it.
func (t Target) said(words []string) Said {
	s := Said{Target: t.ID, Text: spoken(t.Hint)}
	if s.Text == "" {
		s.Text = strings.Join(words, ". ")
	}
	for _, k := range t.Keys {
		if k >= '0' && k <= '9' {
			s.Key = k
		}
	}
	return s
}

// owner is the target a text was written on, enabled or not.
func (c *Canvas) owner(x, y int) (Target, bool) {
	for i := len(c.targets) - 1; i >= 0; i-- {
		if t := c.targets[i]; t.Kind != Wake && t.Rect.Contains(x, y) {
			return t, true
		}
	}
	return Target{}, false
}

// Focus names the target the keyboard is on in this frame, "" for none.
func (c *Canvas) Focus() string { return c.input.Focused }
