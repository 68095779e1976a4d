package screen

import (
	"io"
	"time"

	"github.com/gdamore/tcell/v2"
)

// A paste whose end never came is over so long after its last key, and so long
// after its first: without these a terminal that sends half a paste would have no
// keyboard any more.
const (
	pasteLimit = 2 * time.Second
	pasteTime  = 10 * time.Second
)

// terminal stands between tview and tcell and keeps from tview what would stop
// its loop behind the shell's back or let a paste press keys.
type terminal struct {
	tcell.Screen
	initErr error
	ascii   bool // ask the terminal for UTF-8
	lost    func(error)
	now     func() time.Time
	pasted  time.Time // when the paste began
	pasting time.Time // when something of it came last; zero when there is none
}

// Init remembers the error, which tview's SetScreen drops.
func (t *terminal) Init() error {
	t.initErr = t.Screen.Init()
	t.say(utf8On)
	return t.initErr
}

// Fini gives the terminal back as it was.
func (t *terminal) Fini() {
	t.say(utf8Off)
	t.Screen.Fini()
}

// ISO 2022 sequences by which a terminal leaves its own encoding for UTF-8 and
// comes back to it.
const (
	utf8On  = "\x1b%G"
	utf8Off = "\x1b%@"
)

// say writes a sequence to a terminal that started without UTF-8.
func (t *terminal) say(sequence string) {
	if tty, ok := t.Tty(); ok && t.ascii && t.initErr == nil {
		_, _ = io.WriteString(tty, sequence) // a terminal that is gone tells so when read
	}
}

// Clear does nothing: the shell paints every cell of every frame, and clearing
// first would make every cell differ from the last frame.
func (t *terminal) Clear() {}

// PollEvent passes on what a person did. tview would stop by itself on an
// error event, with the producer still waiting for it; the shell is told
// instead and stops in order.
func (t *terminal) PollEvent() tcell.Event {
	for {
		switch ev := t.Screen.PollEvent().(type) {
		case *tcell.EventError:
			t.lost(ev)
		case *tcell.EventPaste:
			t.pasting = time.Time{}
			if ev.Start() {
				t.pasted = t.now()
				t.pasting = t.pasted
			}
		case *tcell.EventKey:
			if !t.swallows() {
				return ev
			}
		case *tcell.EventMouse:
			if !t.swallows() {
				return ev
			}
		case nil:
			return nil
		default:
			return ev
		}
	}
}

// swallows tells whether what comes belongs to a paste. A long one that is read
// slowly must not become keys in its middle.
func (t *terminal) swallows() bool {
	if t.pasting.IsZero() {
		return false
	}
	now := t.now()
	if now.Sub(t.pasting) > pasteLimit || now.Sub(t.pasted) > pasteTime {
		t.pasting = time.Time{}
		return false
	}
	t.pasting = now
	return true
}

// show copies what changed since the last frame to the terminal.
func (t *terminal) show(c, last *Canvas) {
	whole := c.w != last.w || c.h != last.h
	for i, cell := range c.cells {
		if cell.tail || !whole && cell == last.cells[i] && !wideBefore(c, last, i) {
			continue
		}
		text, style := seamless(cell.text, cell.style)
		t.Put(i%c.w, i/c.w, text, style.tcell())
	}
}

// seamless draws a block character so that the colour of its upper half is the
// ground's: fonts often leave a seam between rows, above the block, and it takes
// that colour.
func seamless(text string, s Style) (string, Style) {
	switch text {
	case "█":
		return " ", s.Invert()
	case "▀":
		return "▄", s.Invert()
	case "▛":
		return "▗", s.Invert()
	case "▜":
		return "▖", s.Invert()
	}
	return text, s
}

// wideBefore tells whether a wide character that was there covered the cell:
// its second half is drawn again even when it looks unchanged.
func wideBefore(c, last *Canvas, i int) bool { return i%c.w > 0 && last.cells[i].tail }

func (s Style) tcell() tcell.Style {
	return tcell.StyleDefault.
		Foreground(tcell.NewHexColor(int32(s.Fg))).
		Background(tcell.NewHexColor(int32(s.Bg))).
		Bold(s.Bold).Underline(s.Underline)
}
