package board

import (
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// draw paints the board: the call, the last calls beside it, the services below.
func (v *view) draw(c *screen.Canvas) {
	w, h := c.Size()
	v.top(c)
	spacing := 1
	if h >= 36 {
		spacing = 2
	}
	said, services := v.share(w-2*staff.Margin, h, spacing)
	rows := services.rows
	above := screen.Rect{X: staff.Margin, Y: 1, W: w - 2*staff.Margin, H: h - rows - said - 2}
	below := screen.Rect{X: staff.Margin, Y: h - rows, W: w - 2*staff.Margin, H: rows}
	if above.H >= 14 {
		above.Y, above.H = 2, above.H-1
	}
	if h >= 26 {
		above.H, below.Y = above.H-1, below.Y-1
	}
	switch {
	case !v.known:
		v.message(c, above, "board.never")
		return
	case v.large == nil && v.closed:
		v.message(c, above, "board.closed")
	case v.large == nil:
		v.message(c, above, "board.empty")
	default:
		v.drawCalls(c, above)
	}
	if said > 0 {
		v.drawNotices(c, screen.Rect{X: staff.Margin, Y: below.Y - said, W: below.W, H: said - 1})
	}
	v.drawServices(c, below, services, spacing)
}

const (
	// leastCalls is how many rows the calls keep before workshops are shown.
	leastCalls = 20
	// leastServices is how many rows services may take on the smallest screen, and in
	// proportion on others, before they take turns.
	leastServices = 8
	// leastTable is how many rows they keep beside announcements: two and the marks.
	leastTable = 3
)

// share parts the rows below the calls between what is said, with the free row above
// it, and the services. The newest call never gives way: announcements that have no
// room together take turns, and so do services.
func (v *view) share(width, h, spacing int) (said int, services page) {
	room := h - 2 - v.leastRows(width)
	if h >= 26 {
		room--
	}
	said = v.noticeRows(width)
	if said > room-leastTable && len(v.notices) > 1 {
		n := nth(v.says, v.turn, len(v.notices))
		v.notices = v.notices[n : n+1]
		said = v.noticeRows(width)
	}
	most := max(leastServices, h*leastServices/screen.MinHeight)
	services = v.page(max(leastTable, min(most, room-said)), spacing)
	if !v.announced && h-services.rows-said < leastCalls { // workshops give way to calls
		return 0, v.page(max(leastTable, min(most, room)), spacing)
	}
	return said, services
}

// leastRows is how many rows the newest call needs, or what is shown instead of it.
func (v *view) leastRows(width int) int {
	if v.large == nil {
		return bigSize("0", 1).h + 1 + len(v.says)
	}
	l := layout{labels: 1, desk: 1}
	if need := v.need(l); need.w+3+listRoom <= width {
		return need.h
	}
	return v.need(l).h + stripRows
}

// top says where one is and what time it is; and, loudly, when what is shown is
// no longer true, or a call was taken back.
func (v *view) top(c *screen.Canvas) {
	w, _ := c.Size()
	if v.known && !v.hub {
		s := c.Theme().Alert().Strong()
		c.Fill(screen.Rect{X: 0, Y: 0, W: w, H: 1}, s)
		away := "▲ " + v.say.Say("board.away", "Duration", staff.Short(v.say, v.age))
		c.Text(staff.Margin, 0, w-2*staff.Margin, s, staff.Fitting(w-2*staff.Margin, away+" "+v.say.Say("board.ask"), away))
		return
	}
	if v.withdrawn != nil {
		s := c.Theme().Alert().Strong()
		c.Fill(screen.Rect{X: 0, Y: 0, W: w, H: 1}, s)
		clock := c.TextRight(w-staff.Margin, 0, w-2*staff.Margin, s, v.say.Clock(v.now))
		c.Text(staff.Margin, 0, w-2*staff.Margin-clock-2, s, "▲ "+v.say.Say("board.withdrawn", "Label", labels(*v.withdrawn)))
		return
	}
	c.TopLine(v.site.Name.In(v.say.Lang()), v.say.Day(v.now)+"  "+v.say.Clock(v.now))
}

// message fills the place of the calls with the time and a phrase in every
// language, so that the board is never blank.
func (v *view) message(c *screen.Canvas, r screen.Rect, key string) {
	clock := v.say.Clock(v.now)
	scale := 1
	if bigSize(clock, 2).w <= r.W && bigSize(clock, 2).h+2+len(v.says) <= r.H {
		scale = 2
	}
	big := bigSize(clock, scale)
	at := r.Center(big.w, big.h+1+len(v.says))
	c.BigScale(at.X, at.Y, scale, c.Theme().Text(), clock)
	for i, say := range v.says {
		c.TextCenter(r, at.Y+big.h+1+i, c.Theme().Soft(), say.Say(key))
	}
}

// drawCalls draws the newest call large and the last ones beside or below it.
func (v *view) drawCalls(c *screen.Canvas, r screen.Rect) {
	if 2*r.H > r.W { // it stands upright
		large, list := r.Top(r.H / 2)
		l := v.layout(screen.Rect{W: large.W, H: large.H + stripRows}, true)
		large.H = min(large.H, v.need(l).h+4)
		list.Y, list.H = large.Bottom()+1, r.Bottom()-large.Bottom()-1
		v.drawLarge(c, large, l)
		v.drawList(c, list)
		return
	}
	l := v.layout(r, false)
	if l.full {
		strip, above := r.Foot(stripRows)
		v.drawLarge(c, above, l)
		v.drawStrip(c, screen.Rect{X: strip.X, Y: strip.Y + 1, W: strip.W, H: 1})
		return
	}
	large, list := r.Left(max(v.need(l).w, min(r.W*6/10, r.W-listRoom-3)))
	v.drawLarge(c, large, l)
	_, list = list.Left(3)
	v.drawList(c, list)
}

// drawStrip writes the calls before in one row, as many as fit.
func (v *view) drawStrip(c *screen.Canvas, r screen.Rect) {
	for _, call := range v.calls {
		words := string(call.Label) + " → " + v.desk(call.Desk)
		w := screen.Width(words) + 2
		if w > r.W {
			return
		}
		m := v.mark(c.Theme(), call.Service)
		c.Text(r.X, r.Y, 1, screen.Style{Fg: m.Color, Bg: c.Theme().Paper}, m.Shape)
		c.Text(r.X+2, r.Y, r.W-2, c.Theme().Text(), words)
		_, r = r.Left(w + 4)
	}
}

// drawList draws the calls before, newest first.
func (v *view) drawList(c *screen.Canvas, r screen.Rect) {
	th := c.Theme()
	c.Text(r.X, r.Y, r.W, th.Soft(), v.say.Say("board.last"))
	if _, rest := r.Top(2); v.drawListLarge(c, rest) {
		return
	}
	step := max(1, min(3, (r.H-1)/max(1, len(v.calls))))
	for i, call := range v.calls {
		y := r.Y + 2 + i*step
		if y >= r.Bottom() {
			break
		}
		v.listed(c, screen.Rect{X: r.X, Y: y, W: r.W, H: 1}, call)
	}
}

// drawListLarge draws the calls before in large letters, if there is room for
// all of them.
func (v *view) drawListLarge(c *screen.Canvas, r screen.Rect) bool {
	if len(v.calls)*(screen.LetterRows+1)-1 > r.H {
		return false
	}
	const markRoom = 3
	for _, call := range v.calls {
		if lines, ok := screen.LetterLines(v.short(call), r.W-markRoom); !ok || len(lines) > 1 {
			return false
		}
	}
	for _, call := range v.calls {
		m := v.mark(c.Theme(), call.Service)
		c.Text(r.X, r.Y+1, 1, screen.Style{Fg: m.Color, Bg: c.Theme().Paper, Bold: true}, m.Shape)
		_, in := r.Left(markRoom)
		c.Letters(in, c.Theme().Text(), []string{v.short(call)})
		_, r = r.Top(screen.LetterRows + 1)
	}
	return true
}

// short is a call in as few characters as say it.
func (v *view) short(call wire.Call) string { return labels(call) + " → " + v.desk(call.Desk) }

// listed writes one call of the list.
func (v *view) listed(c *screen.Canvas, r screen.Rect, call wire.Call) {
	th := c.Theme()
	m := v.mark(th, call.Service)
	used := c.Text(r.X, r.Y, r.W, screen.Style{Fg: m.Color, Bg: th.Paper}, m.Shape) + 1
	desk := v.desk(call.Desk)
	to := staff.Fitting(r.W-used-11-arrowRoom, v.say.Say("board.desk", "Desk", desk), desk)
	wide := arrowRoom + screen.Width(to)
	room := r.W - used - wide - 2
	used += c.Text(r.X+used, r.Y, room, th.Strong(), staff.Fitting(room, labels(call), string(call.Label))) + 2
	at := max(used, min(18, r.W-wide))
	c.Text(r.X+at, r.Y, arrowRoom, th.Text(), "→") // it points to the desk in every language
	c.Text(r.X+at+arrowRoom, r.Y, r.W-at-arrowRoom, th.Text(), to)
}

// arrowRoom is the arrow of a listed call and its room.
const arrowRoom = 3

// mark is that of a call's service.
func (v *view) mark(t screen.Theme, service string) screen.Mark {
	s, ok := v.site.Service(service)
	if !ok {
		return t.Mark(service)
	}
	return t.MarkAs(s.Key, s.Letter, s.Shape, screen.Color(s.RGB()))
}

// labels are the label and, while nobody knows which one was handed over, its
// other.
func labels(call wire.Call) string {
	if call.Alias == "" {
		return string(call.Label)
	}
	return string(call.Label) + " / " + string(call.Alias)
}
