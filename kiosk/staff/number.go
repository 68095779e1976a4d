package staff

import (
	"strconv"

	"accueil/kiosk/screen"
)

// Number is a sheet that asks for a number: it is typed, or one of the usual
// ones is touched.
type Number struct {
	Title, Hint string
	Typed       string
	Usual       []int                 // six
	Name        func(n int) string    // of a usual number
	ID          func(n string) string // the target of one
	Off         bool
}

// maxDigits of a number typed.
const maxDigits = 3

// TypeNumber takes a digit, or takes one back; false for any other key.
func TypeNumber(typed *string, k screen.Key) bool {
	switch {
	case k.Code == screen.KeyBackspace && *typed != "":
		*typed = (*typed)[:len(*typed)-1]
	case k.Code == screen.KeyRune && k.Rune >= '0' && k.Rune <= '9' && len(*typed) < maxDigits:
		*typed += string(k.Rune)
	default:
		return false
	}
	return true
}

// Draw draws the sheet.
func (n Number) Draw(c *screen.Canvas, body screen.Rect) {
	head, rest := body.Top(2)
	c.Text(head.X, head.Y, head.W, c.Theme().Strong(), n.Title)
	field, rest := rest.Top(2)
	used := c.Text(field.X, field.Y, field.W, c.Theme().Strong(), n.Typed+"_")
	c.Text(field.X+used+1, field.Y, field.W-used-1, c.Theme().Soft(), n.Hint)
	rest, _ = rest.Top(7)
	for i, place := range rest.Rows(2, 1) {
		for j, at := range place.Columns(3, 2) {
			n.usual(c, at, n.Usual[3*i+j])
		}
	}
}

func (n Number) usual(c *screen.Canvas, at screen.Rect, number int) {
	c.Button(screen.Button{
		Target: screen.Target{ID: n.ID(strconv.Itoa(number)), Rect: at, Kind: screen.Staff, Disabled: n.Off},
		Label:  n.Name(number),
	})
}
