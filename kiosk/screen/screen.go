// Package screen is the terminal shell every role stands on: touch targets,
// themes, large characters, QR codes, on-screen keys, dialogs and idle time.
//
// A role draws itself whole on a Canvas, each time, from what it knows; the
// painters lay touch targets while they draw, and the shell tells the role
// which of them was acted on. Only the shell's event loop touches a role, so a
// role needs no locks; what comes from elsewhere goes through Shell.Post.
package screen

import "time"

// Role is one kind of terminal: visitor, adviser, board and so on. The shell
// calls it from its event loop only.
type Role interface {
	// Screen names the screen shown now. When the name changes, focus and
	// press are forgotten and touches count for nothing for a moment, so that
	// a second tap meant for the old screen does not act on the new one.
	Screen() string
	// Draw paints the screen and changes nothing.
	Draw(c *Canvas)
	// Act is called when a target was tapped, or its key pressed.
	Act(id string)
	// Key is offered each key that no target claims and tells whether it used
	// it; if not, Escape goes back, Tab and arrows move the focus, Page Up and
	// Page Down scroll.
	Key(k Key) bool
}

// Idler is a Role that starts over when nobody is there any more.
type Idler interface {
	// Idle returns after how long without any touch or key the visitor is
	// warned and after how long everything is reset; 0 for reset means never.
	// It is asked once a second.
	Idle() (warn, reset time.Duration)
	// IdleWarn is called once a second from the warning on with the time
	// left, and with 0 when someone is there after all.
	IdleWarn(left time.Duration)
	// IdleReset is called when the time is over.
	IdleReset()
}

// Watcher is a Role that wants to know what is on the screen, to read it aloud.
type Watcher interface {
	// Drawn is called after every frame. The canvas may be looked at until it
	// returns.
	Drawn(c *Canvas)
}

// Key is a key of the keyboard, without what terminals call control keys.
type Key struct {
	Code  Code
	Rune  rune // of KeyRune
	Shift bool
	F     int // 1 to 12, of KeyF
}

// Code is a key that is not a character.
type Code int

// The keys a role can be offered.
const (
	KeyRune Code = iota
	KeyEnter
	KeyEscape
	KeyTab
	KeyBackTab
	KeyBackspace
	KeyDelete
	KeyInsert
	KeyUp
	KeyDown
	KeyLeft
	KeyRight
	KeyHome
	KeyEnd
	KeyPageUp
	KeyPageDown
	KeyF
)
