package printer

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Roll counts what this terminal printed on a roll, so that its end is known
// before it comes also with printers that say nothing. The count survives a
// restart; it is a help for the staff, not a fact. It is for one goroutine.
type Roll struct {
	path  string
	size  int // millimetres on a new roll
	state rollState
}

type rollState struct {
	Tickets     int  `json:"tickets"`
	Millimetres int  `json:"millimetres"`
	Worn        bool `json:"worn"` // the printer has said that the roll is near its end, or at it
}

// lowShare is the part of a roll after which its end is announced.
const lowShare = 0.9

const rollFile = "roll.json"

// OpenRoll reads the count kept in a folder, for rolls of so many metres. A
// count that cannot be read begins again: better that than no tickets.
func OpenRoll(dir string, metres int) *Roll {
	r := &Roll{path: filepath.Join(dir, rollFile), size: metres * 1000}
	if data, err := os.ReadFile(r.path); err != nil || json.Unmarshal(data, &r.state) != nil {
		r.state = rollState{}
	}
	return r
}

// Printed adds a ticket, and what the printer said after it.
func (r *Roll) Printed(b *Bitmap, c Condition) error {
	r.renew()
	r.observe(c)
	r.state.Tickets++
	r.state.Millimetres += b.Height/Dots + cutFeed
	return r.save()
}

// cutFeed is the paper fed to the knife, in millimetres.
const cutFeed = 15

// Observe takes in what the printer says: paper after a roll that was near its
// end is a new roll.
func (r *Roll) Observe(c Condition) error {
	r.renew()
	before := r.state
	if r.observe(c); r.state == before {
		return nil
	}
	return r.save()
}

func (r *Roll) observe(c Condition) {
	worn := c.Low || c.Trouble == PaperOut
	if c.Known && !worn && c.Trouble == "" && r.state.Worn {
		r.state = rollState{}
	}
	r.state.Worn = r.state.Worn || worn
}

// NewRoll notes that somebody has put in a new roll, for printers that cannot
// tell. A terminal that runs on the folder takes note before it counts on.
func NewRoll(dir string) error {
	if err := os.Remove(filepath.Join(dir, rollFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("begin to count a new roll: %w", err)
	}
	return nil
}

// renew begins a new roll when NewRoll has taken the count of the old one away.
func (r *Roll) renew() {
	if _, err := os.Stat(r.path); errors.Is(err, fs.ErrNotExist) {
		r.state = rollState{}
	}
}

// Low says whether the roll is near its end, by its printer or by the count.
func (r *Roll) Low() bool {
	return r.state.Worn || r.size > 0 && float64(r.state.Millimetres) >= lowShare*float64(r.size)
}

// Tickets is how many were printed on this roll.
func (r *Roll) Tickets() int { return r.state.Tickets }

// Left is how many tickets as long as those so far the roll still has; -1 when
// that cannot be said yet.
func (r *Roll) Left() int {
	if r.state.Tickets == 0 || r.size == 0 {
		return -1
	}
	each := r.state.Millimetres / r.state.Tickets
	return max(0, (r.size-r.state.Millimetres)/max(1, each))
}

func (r *Roll) save() error {
	data, err := json.Marshal(r.state)
	if err != nil {
		return err
	}
	next := r.path + ".new"
	if err := errors.Join(os.WriteFile(next, data, 0o600), os.Rename(next, r.path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("keep the count of the roll: %w", err)
	}
	return nil
}
