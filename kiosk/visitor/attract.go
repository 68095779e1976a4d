package visitor

import (
	"strings"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/kiosk/notice"
	"accueil/kiosk/screen"
)

// turnTime is how long the attract screen rests before it moves.
const turnTime = 8 * time.Second

// After shiftTurns turns everything moves aside by a column, shiftColumns times
// and back, so that no screen keeps a shadow of it.
const (
	shiftTurns   = 8
	shiftColumns = 3
)

// attract is the screen nobody stands in front of: a greeting, the life of the
// room, and every language.
type attract struct {
	say      phrases.Speaker // the centre's first language
	now      time.Time
	name     string
	greeting phrases.Speaker // the language that greets at this turn
	about    string          // in that language
	turn     int
	lines    []serviceLine
	coming   [][2]string // workshops: what, and when
	tongues  []tongue
}

// serviceLine is a service in one line of the attract screen.
type serviceLine struct {
	service site.Service
	name    []string // longest first
	notes   []string
}

// tongue is a language in its own words.
type tongue struct{ lang, name string }

func (r *Role) attract() attract {
	s := r.opt.Site
	turn := r.turn()
	a := attract{
		say: r.say(), now: r.now(), turn: turn,
		greeting: r.opt.Book.In(s.Languages[turn%len(s.Languages)]),
		tongues:  r.tongues(),
	}
	for _, w := range s.Workshops {
		a.coming = append(a.coming, [2]string{w.Title.In(a.say.Lang()), w.When.In(a.say.Lang())})
	}
	a.name, a.about = s.Name.In(a.say.Lang()), s.Texts[site.TextAbout].In(a.greeting.Lang())
	view, _ := r.opt.Line.Public()
	if said := notice.Texts(view.Notices, a.greeting, s.Languages[0], a.now); len(said) > 0 {
		a.about = "▶ " + strings.Join(said, " · ")
	}
	for _, service := range s.Services {
		a.lines = append(a.lines, serviceLine{
			service: service,
			name:    []string{service.Name.In(a.say.Lang()), service.Pole.In(a.say.Lang())},
			notes:   r.standing(service).notes(a.say, a.now),
		})
	}
	return a
}

// tongues lists the languages of the site, each in its own words.
func (r *Role) tongues() []tongue {
	var list []tongue
	for _, lang := range r.opt.Site.Languages {
		list = append(list, tongue{lang, r.opt.Book.In(lang).Say("language.name")})
	}
	return list
}

func (a attract) draw(c *screen.Canvas) {
	c.Target(screen.Target{ID: doWake, Rect: c.Area(), Kind: screen.Wake, Hint: a.say.Say("visitor.touch")})
	body := c.Area().Inset(2, 0)
	body.W -= shiftColumns - 1
	body.X += a.turn / shiftTurns % shiftColumns
	a.drawTop(c, body)
	_, body = body.Top(2)
	_, body = body.Foot(1)
	body = a.drawTongues(c, body)
	body = a.drawGreeting(c, body)
	if a.turn%4 == 3 && len(a.coming) > 0 && body.H < len(a.lines)+roomyHeight {
		a.drawComing(c, body) // in turns, where there is no room for both
		return
	}
	if step := 2; body.H > len(a.lines)*step+comingRows+1 {
		foot, above := body.Foot(comingRows + 2) // a row free on either side
		a.drawComing(c, foot.Inset(0, 1))
		body = above
	}
	a.drawRoom(c, body)
}

// comingRows is how many rows the next workshops take below the services.
const comingRows = 5

// drawTop writes whose screen this is, and the time.
func (a attract) drawTop(c *screen.Canvas, r screen.Rect) {
	clock := a.say.Clock(a.now)
	if day := a.say.Day(a.now) + "  " + clock; screen.Width(day)+columnGap+screen.Width(a.name) <= r.W {
		clock = day
	}
	used := c.TextRight(r.Right(), 0, 0, c.Theme().Soft(), clock)
	c.Text(r.X, 0, r.W-used-1, c.Theme().Strong(), a.name)
}

// drawBar draws none: the languages stand in its place.
func (attract) drawBar(*screen.Canvas) {}

// tongueWidth is the fewest columns for the name of a language.
const tongueWidth = 16

// drawTongues draws every language at the foot and returns the area above.
func (a attract) drawTongues(c *screen.Canvas, r screen.Rect) screen.Rect {
	count := len(a.tongues) + 1 // and sound
	cols := clamp((r.W+columnGap)/(tongueWidth+columnGap), 1, count)
	rows := (count + cols - 1) / cols
	cols = (count + rows - 1) / rows // rows alike
	h := smallHeight
	if rows*(roomyHeight+1) <= r.H/3 {
		h = roomyHeight
	}
	foot, rest := r.Foot(rows*(h+1) - 1)
	var choices []choice
	for _, t := range a.tongues {
		choices = append(choices, choice{id: doSpeak + ":" + t.lang, label: []string{t.name}})
	}
	choices = append(choices, choice{id: screen.IDSound, label: []string{"♪ " + a.say.Say("say.sound")}, keys: []rune{'s', 'S'}})
	drawAll(c, places(foot, cols, rows, h, 1)[:len(choices)], 1, choices)
	_, rest = rest.Foot(1)
	return rest
}

// drawGreeting greets in large letters, or in words in a writing without any,
// from the side that language is read from.
func (a attract) drawGreeting(c *screen.Canvas, r screen.Rect) screen.Rect {
	c.Mirrored(screen.RightToLeft(a.greeting.Lang()))
	defer c.Mirrored(screen.RightToLeft(a.say.Lang()))
	in := r
	if screen.RightToLeft(a.greeting.Lang()) != screen.RightToLeft(a.say.Lang()) {
		w, _ := c.Size()
		in.X = w - r.Right()
	}
	rest := a.greet(c, in)
	rest.X = r.X
	return rest
}

func (a attract) greet(c *screen.Canvas, r screen.Rect) screen.Rect {
	hello := a.greeting.Say("visitor.hello")
	w, h := screen.BigSize(hello)
	scale := clamp(min(r.W/max(1, w), (r.H-14)/(2*h)), 1, 3)
	if w > 0 && w <= r.W && r.H > h+2+len(a.lines) {
		top, rest := r.Top(scale*h + 1)
		c.BigScale(top.X, top.Y, scale, c.Theme().Text(), hello)
		r = rest
	} else {
		r = flow(c, r, para{text: hello, style: c.Theme().Strong(), big: true})
	}
	about := a.about
	if r.H < len(a.lines)+6 {
		about = ""
	}
	touch := para{text: a.greeting.Say("visitor.touch"), style: c.Theme().Strong(), big: r.H > len(a.lines)*2+14}
	rest := flow(c, r, touch, para{text: about, style: c.Theme().Soft(), above: 1})
	_, rest = rest.Top(clamp(rest.H-len(a.lines), 0, 1))
	return rest
}

// drawRoom draws a line a service, or two where they are narrow, as many as
// there is room for.
func (a attract) drawRoom(c *screen.Canvas, r screen.Rect) {
	name, note, width, two := a.columns(r.W - markWidth - columnGap)
	high := 1
	if two {
		high = 2
	}
	lines := a.lines[:min(len(a.lines), r.H/high)]
	if len(lines) == 0 {
		return
	}
	step := clamp((r.H+1)/len(lines), high, high+1)
	r.Y += max(0, (r.H-(len(lines)-1)*step-high)/2)
	for i, line := range lines {
		y := r.Y + i*step
		mark := markOf(c.Theme(), line.service)
		c.Text(r.X, y, markWidth, screen.Style{Fg: mark.Color, Bg: c.Theme().Paper, Bold: true}, mark.String())
		c.Text(r.X+markWidth, y, width, c.Theme().Strong(), line.name[name])
		x := r.X + markWidth
		if !two {
			x += width + columnGap
		}
		c.Text(x, y+high-1, r.Right()-x, c.Theme().Soft(), line.notes[note])
	}
}

// drawComing writes the next workshops, other ones at every turn.
func (a attract) drawComing(c *screen.Canvas, r screen.Rect) {
	head, r := r.Top(1)
	c.Text(head.X, head.Y, head.W, c.Theme().Soft(), a.say.Say("visitor.shelf-workshops"))
	first := a.turn * max(1, r.H/2)
	for i := range len(a.coming) {
		w := a.coming[(first+i)%len(a.coming)]
		paras := []para{{text: w[0], style: c.Theme().Strong()}, {text: w[1], style: c.Theme().Text()}}
		if flowHeight(r.W, paras...) > r.H {
			return
		}
		if screen.Width(w[0])+columnGap+screen.Width(w[1]) <= r.W {
			c.Text(r.X, r.Y, r.W, c.Theme().Strong(), w[0])
			c.TextRight(r.Right(), r.Y, r.W, c.Theme().Soft(), w[1])
			_, r = r.Top(1)
			continue
		}
		r = flow(c, r, paras...)
	}
}

// columns chooses how services and how they stand are said, and how wide the
// names are: whole names if there is room for them, and two lines each where
// there is none for both side by side.
func (a attract) columns(room int) (name, note, width int, two bool) {
	for name = range 2 {
		width = a.widest(func(l serviceLine) string { return l.name[name] })
		for note = range ways {
			rest := room - a.widest(func(l serviceLine) string { return l.notes[note] })
			if width <= rest {
				return name, note, min(rest, max(width, room*6/11)), false
			}
		}
	}
	name, note = 0, 0
	for name < 1 && a.widest(func(l serviceLine) string { return l.name[name] }) > room {
		name++
	}
	for note < ways-1 && a.widest(func(l serviceLine) string { return l.notes[note] }) > room {
		note++
	}
	return name, note, room, true
}

func (a attract) widest(text func(serviceLine) string) int {
	width := 0
	for _, line := range a.lines {
		width = max(width, screen.Width(text(line)))
	}
	return width
}
