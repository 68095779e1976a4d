package screen

// The frame every visitor screen shares: a top line, the body, a bottom bar.
const (
	margin  = 2 // columns left free at either side
	topRows = 2 // top line and a free row
	barRows = 3 // of a target of the bottom bar
)

// Smallest terminals that get a layout; below only a message is shown. Those
// that stand upright are for roles that have a layout for them.
const (
	MinWidth, MinHeight         = 80, 22
	UprightWidth, UprightHeight = 50, 60
)

// Fits tells whether a terminal has room for a layout.
func Fits(w, h int, upright bool) bool {
	return w >= MinWidth && h >= MinHeight || upright && w >= UprightWidth && h >= UprightHeight
}

// Body is the area between the top line and the bottom bar, inside the margins.
func (c *Canvas) Body() Rect {
	return Rect{margin, topRows, max(0, c.w-2*margin), max(0, c.h-topRows-c.barArea().H)}
}

// barArea is the area of the bottom bar: one row of targets, or two where they would
// be too narrow for a finger.
func (c *Canvas) barArea() Rect {
	foot, _ := c.Area().Foot(barRows)
	if c.w < 2+6*12 {
		foot, _ = c.Area().Foot(2 * barRows)
	}
	return foot
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
	bar := c.barArea()
	c.Fill(bar, c.theme.Text().On(c.theme.Foot))
	rows := max(1, bar.H/barRows)
	for i, place := range bar.Inset(1, 0).Grid(len(items)/rows, rows, 0, 0) {
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
// anything, such as a hub that does not answer, and returns the rows it takes:
// on a narrow screen more than one.
func (c *Canvas) Banner(text string) int { return c.strip("▲ "+text, c.theme.Alert().Strong()) }

// strip writes a text across the screen, under the top line.
func (c *Canvas) strip(text string, s Style) int {
	rows := len(Lines(text, c.w-2*margin))
	c.Fill(Rect{0, 1, c.w, rows}, s)
	return c.Wrap(Rect{margin, 1, c.w - 2*margin, rows}, s, text)
}
