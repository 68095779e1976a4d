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
// not all fit, two targets scroll by a page, beside the items or, where the
// area is narrow, below them; and the list can be dragged, scrolled with the
// wheel and with Page Up and Page Down.
func (c *Canvas) List(r Rect, s *Scroll, count, rows, gap int, draw func(i int, place Rect)) {
	items, keys := r, Rect{}
	if count*(rows+gap)-gap > r.H {
		items, keys = ListArea(r)
	}
	shown := max(1, (items.H+gap)/(rows+gap))
	top := clamp(s.Top, 0, max(0, count-shown))
	if count > shown {
		c.scrolls = append(c.scrolls, scrollArea{c.onGlass(r), s, count, shown, rows + gap})
	}
	for i := top; i < min(count, top+shown); i++ {
		draw(i, Rect{items.X, items.Y + (i-top)*(rows+gap), items.W, rows})
	}
	if count > shown {
		c.scrollKeys(keys, top, count, shown)
	}
}

const (
	scrollKeyWidth = 12
	scrollKeyRows  = 3
	// narrowList is the columns below which scrolling keys beside a list leave
	// too little for its words.
	narrowList = 60
)

// ListArea is where the items of a list stand that has to scroll, and where the
// keys are that do so.
func ListArea(r Rect) (items, keys Rect) {
	if r.W < narrowList {
		keys, items = r.Foot(scrollKeyRows)
		_, items = items.Foot(1)
		return items, keys
	}
	items, keys = r.Left(r.W - scrollKeyWidth)
	items.W -= 2
	return items, keys
}

// scrollKeys draws the two targets and where in the list one is.
func (c *Canvas) scrollKeys(r Rect, top, count, shown int) {
	up, rest := r.Top(scrollKeyRows)
	down, middle := rest.Foot(scrollKeyRows)
	if r.W > scrollKeyWidth {
		half := r.Columns(2, 2)
		up, down, middle = half[0], half[1], Rect{}
	}
	c.scrollKey(Target{ID: idScrollUp, Rect: up, Disabled: top == 0}, "▲")
	c.scrollKey(Target{ID: idScrollDown, Rect: down, Disabled: top+shown >= count}, "▼")
	c.scrollBar(middle, top, count, shown)
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
