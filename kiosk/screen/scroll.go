package screen

// Scroll is how far a list is scrolled. The role keeps it beside its view; the
// shell moves it when the list is dragged or scrolled with keys.
type Scroll struct {
	Top int // first item shown, counted from 0
}

// scrollArea is a list on the canvas that can be scrolled.
type scrollArea struct {
	rect    Rect
	state   *Scroll
	items   int
	shown   int
	rowsPer int // rows an item takes
}

// to scrolls so that item top is the first shown.
func (a scrollArea) to(top int) { a.state.Top = clamp(top, 0, max(0, a.items-a.shown)) }

// Names of the two targets beside a list; the shell acts on them by itself.
const (
	idScrollUp   = "scroll-up"
	idScrollDown = "scroll-down"
)

// List lays out count items of rows rows each, with gap rows between them, in
// the area, and calls draw for each visible one with its place. When they do
// not all fit, two targets at the right scroll by a page, and the list can be
// dragged, scrolled with the wheel and with Page Up and Page Down.
func (c *Canvas) List(r Rect, s *Scroll, count, rows, gap int, draw func(i int, place Rect)) {
	shown := max(1, (r.H+gap)/(rows+gap))
	area := scrollArea{c.onGlass(r), s, count, shown, rows + gap}
	top := clamp(s.Top, 0, max(0, count-shown))
	items := r
	if count > shown {
		c.scrolls = append(c.scrolls, area)
		items.W -= scrollKeyWidth + 2
	}
	for i := top; i < min(count, top+shown); i++ {
		draw(i, Rect{items.X, items.Y + (i-top)*(rows+gap), items.W, rows})
	}
	if count > shown {
		c.scrollKeys(r, top, count, shown)
	}
}

const scrollKeyWidth = 12

// scrollKeys draws the two targets and where in the list one is.
func (c *Canvas) scrollKeys(r Rect, top, count, shown int) {
	x := r.Right() - scrollKeyWidth
	c.scrollKey(Target{ID: idScrollUp, Rect: Rect{x, r.Y, scrollKeyWidth, 3}, Disabled: top == 0}, "▲")
	c.scrollKey(Target{ID: idScrollDown, Rect: Rect{x, r.Bottom() - 3, scrollKeyWidth, 3}, Disabled: top+shown >= count}, "▼")
	c.scrollBar(Rect{x, r.Y + 3, scrollKeyWidth, r.H - 6}, top, count, shown)
}

func (c *Canvas) scrollKey(t Target, sign string) {
	l := c.lookOf(t, c.theme.Ink)
	c.frame(t, l)
	c.TextCenter(t.Rect, t.Rect.Y+1, l.ground, sign)
	c.Target(t)
}

// scrollBar shows which part of the list is visible.
func (c *Canvas) scrollBar(r Rect, top, count, shown int) {
	if r.H < 3 {
		return
	}
	r = Rect{r.X + r.W/2 - 1, r.Y + 1, 1, r.H - 2}
	c.FillWith(r, c.theme.Text(), "│")
	length := max(1, r.H*shown/count)
	start := (r.H - length) * top / max(1, count-shown)
	c.FillWith(Rect{r.X, r.Y + start, 1, length}, c.theme.Text(), "┃")
}
