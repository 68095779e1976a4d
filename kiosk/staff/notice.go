package staff

import (
	"time"

	"accueil/internal/phrases"
	"accueil/kiosk/screen"
)

// Margin is the columns left free at either side of a staff screen.
const Margin = 2

// Note is a sentence about what was just done, or why not.
type Note struct {
	Text  string
	Loud  bool // it says why not
	until time.Time
}

// Say returns a note that lasts long enough to be read twice.
func Say(text string, loud bool) Note {
	lasts := 6 * time.Second
	if loud {
		lasts = 10 * time.Second
	}
	return Note{text, loud, time.Now().Add(lasts)}
}

// Now is the note, or none when its time is over.
func (n Note) Now() Note {
	if time.Now().After(n.until) {
		return Note{}
	}
	return n
}

// Notice writes a sentence into the two rows below the top line, over whatever
// is there: call it last.
func Notice(c *screen.Canvas, n Note) {
	if n.Text == "" {
		return
	}
	s, text := c.Theme().Soft(), n.Text
	if n.Loud {
		s, text = c.Theme().Alert().Strong(), "▲ "+text
	}
	w, _ := c.Size()
	room := screen.Rect{X: Margin, Y: 1, W: w - 2*Margin}
	room.H = min(2, len(screen.Lines(text, room.W)))
	c.Fill(screen.Rect{X: 0, Y: room.Y, W: w, H: room.H}, s)
	c.Wrap(room, s, text)
}

// KeyRows are the rows at the foot of a staff screen that its keys take.
const KeyRows = 2

// Keys draws the key line at the foot.
func Keys(c *screen.Canvas, hints []screen.KeyHint) {
	w, h := c.Size()
	c.KeyLine(screen.Rect{X: Margin, Y: h - KeyRows, W: w - 2*Margin, H: KeyRows}, hints)
}

// Body is the area between notice and keys.
func Body(c *screen.Canvas) screen.Rect {
	w, h := c.Size()
	return screen.Rect{X: Margin, Y: 3, W: w - 2*Margin, H: h - 3 - KeyRows}
}

// Back is the hint of the way back.
func Back(say phrases.Speaker) screen.KeyHint {
	return screen.KeyHint{ID: screen.IDBack, Key: say.Say("staff.key.escape"), Label: say.Say("say.back")}
}

// Fitting is the first of the texts that fits, or the last.
func Fitting(width int, texts ...string) string {
	for _, t := range texts {
		if screen.Width(t) <= width {
			return t
		}
	}
	return texts[len(texts)-1]
}

// Short is a duration in minutes, or in seconds below one.
func Short(say phrases.Speaker, d time.Duration) string {
	if d < time.Minute {
		return say.Say("staff.seconds", "Count", max(0, int(d/time.Second)))
	}
	return say.Minutes(d)
}
