package screen

// The frame every visitor screen shares: a top line, the body, a bottom bar.
const (
	margin  = 2 // columns left free at either side
	topRows = 2 // top line and a free row
	barRows = 3
)

// Smallest terminal that gets a layout; below it only a message is shown.
const (
	MinWidth  = 80
	MinHeight = 22
)

// Body is the area between the top line and the bottom bar, inside the margins.
func (c *Canvas) Body() Rect {
	return Rect{margin, topRows, max(0, c.w-2*margin), max(0, c.h-topRows-barRows)}
}

// TopLine writes where the visitor is at the left and the clock at the right.
func (c *Canvas) TopLine(where, clock string) {
	room := c.w - 2*margin
	used := c.TextRight(c.w-margin, 0, room, c.theme.Soft(), clock)
	c.Text(margin, 0, room-used-2, c.theme.Strong(), where)
}

// BarItem is a target of the bottom bar; the zero item leaves its place empty.
type BarItem struct {
	ID       string
	Icon     string // at most three columns: "‹", "?", "A文"
	Label    string
	Hint     string
	Keys     []rune
	Disabled bool
	On       bool // a switch that is on: its label is underlined
}

// BottomBar draws the bottom bar: six places that never move.
func (c *Canvas) BottomBar(items [6]BarItem) {
	bar := Rect{0, c.h - barRows, c.w, barRows}
	c.Fill(bar, c.theme.Text().On(c.theme.Foot))
	for i, place := range bar.Inset(1, 0).Columns(len(items), 0) {
		c.barItem(place, items[i])
	}
}

func (c *Canvas) barItem(place Rect, b BarItem) {
	if b.ID == "" {
		return
	}
	t := Target{ID: b.ID, Rect: place, Keys: b.Keys, Hint: b.Hint, Disabled: b.Disabled}
	l := c.lookOf(t, c.theme.Ink)
	switch {
	case b.Disabled:
		l.ground = Style{Fg: c.theme.PanelQuiet, Bg: c.theme.Foot}
	case !c.Pressed(b.ID):
		l.ground.Bg = c.theme.Foot
	}
	c.Fill(place, l.ground)
	if c.Focused(b.ID) {
		c.corners(place, l.ground)
	}
	if c.Pressed(b.ID) {
		c.FillWith(Rect{place.X, place.Y, 1, place.H}, l.bar, l.sign)
	}
	x := place.X + 1
	x += c.Text(x, place.Y+1, 3, l.ground, b.Icon) + 1
	l.ground.Bold = b.On
	l.ground.Underline = b.On
	c.Text(x, place.Y+1, place.Right()-x, l.ground, b.Label)
	c.Target(t)
}

// Banner fills the row above the body with a warning that does not stop
// anything, such as a hub that does not answer.
func (c *Canvas) Banner(text string) {
	r := Rect{0, 1, c.w, 1}
	c.Fill(r, c.theme.Alert())
	c.Text(margin, 1, c.w-2*margin, c.theme.Alert().Strong(), "▲ "+text)
}
