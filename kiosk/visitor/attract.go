package visitor

import (
	"time"

	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// turnTime is how long the attract screen rests before it moves.
const turnTime = 8 * time.Second

// shiftTurns is after how many turns everything moves aside.
const shiftTurns = 64

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
	turn := int(r.opt.Clock().Unix() / int64(turnTime/time.Second))
	a := attract{
		say: r.say(), now: r.now(), turn: turn,
		greeting: r.opt.Book.In(s.Languages[turn%len(s.Languages)]),
		tongues:  r.tongues(),
	}
	a.name, a.about = s.Name.In(a.say.Lang()), s.Texts[site.TextAbout].In(a.greeting.Lang())
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
	// Everything moves by a column now and then, so that no screen keeps a
	// shadow of it.
	body.X += a.turn / shiftTurns % 2
	clock := a.say.Day(a.now) + "  " + a.say.Clock(a.now)
	used := c.TextRight(body.Right(), 0, 0, c.Theme().Soft(), clock)
	c.Text(body.X, 0, body.W-used-2, c.Theme().Strong(), a.name)
	_, body = body.Top(2)
	_, body = body.Foot(1)
	body = a.drawTongues(c, body)
	a.drawRoom(c, a.drawGreeting(c, body))
}

// drawBar draws none: the languages stand in its place.
func (attract) drawBar(*screen.Canvas) {}

// drawTongues draws every language at the foot and returns the area above.
func (a attract) drawTongues(c *screen.Canvas, r screen.Rect) screen.Rect {
	count := len(a.tongues) + 1 // and sound
	cols := min(count, max(1, (r.W+columnGap)/(18+columnGap)))
	rows := (count + cols - 1) / cols
	h := smallHeight
	if r.H >= 24 {
		h = roomyHeight
	}
	foot, rest := r.Foot(rows*(h+1) - 1)
	var choices []choice
	for _, t := range a.tongues {
		choices = append(choices, choice{id: doSpeak + ":" + t.lang, label: []string{t.name}, main: true})
	}
	choices = append(choices, choice{id: screen.IDSound, label: []string{"♪ " + a.say.Say("say.sound")}, keys: []rune{'s', 'S'}})
	drawAll(c, places(foot, cols, rows, h, 1)[:len(choices)], 1, choices)
	_, rest = rest.Foot(1)
	return rest
}

// drawGreeting greets in large letters, or in words in a language without any.
func (a attract) drawGreeting(c *screen.Canvas, r screen.Rect) screen.Rect {
	hello := a.greeting.Say("visitor.hello")
	w, h := screen.BigSize(hello)
	scale := clamp(min(r.W/max(1, w), (r.H-14)/(2*h)), 1, 3)
	if w > 0 && w <= r.W {
		top, rest := r.Top(scale*h + 1)
		c.BigScale(top.X, top.Y, scale, c.Theme().Text(), hello)
		r = rest
	} else {
		r = flow(c, r, para{text: hello, style: c.Theme().Strong()})
	}
	about := a.about
	if r.H < len(a.lines)+5 {
		about = ""
	}
	return flow(c, r,
		para{text: a.greeting.Say("visitor.touch"), style: c.Theme().Strong()},
		para{text: about, style: c.Theme().Soft(), above: 1},
	)
}

// drawRoom draws a line a service, as many as there is room for, in the middle
// of the area.
func (a attract) drawRoom(c *screen.Canvas, r screen.Rect) {
	lines := a.lines[:min(len(a.lines), r.H)]
	if len(lines) == 0 {
		return
	}
	step := clamp((r.H-2)/len(lines), 1, 3)
	r.Y += max(0, (r.H-(len(lines)-1)*step-1)/2)
	name, note, width := a.columns(r.W - markWidth - columnGap)
	for i, line := range lines {
		y := r.Y + i*step
		mark := markOf(c.Theme(), line.service)
		c.Text(r.X, y, markWidth, screen.Style{Fg: mark.Color, Bg: c.Theme().Paper, Bold: true}, mark.String())
		names, notes := c.Theme().Text(), c.Theme().Soft()
		if i == a.turn%len(lines) {
			names, notes = names.Strong(), c.Theme().Strong()
		}
		x := r.X + markWidth + width + columnGap
		c.Text(r.X+markWidth, y, width, names, line.name[name])
		c.Text(x, y, r.Right()-x, notes, line.notes[note])
	}
}

// columns chooses how services and how they stand are said, and how wide the
// names are: whole names if there is room for them.
func (a attract) columns(room int) (name, note, width int) {
	for name = range 2 {
		width = a.widest(func(l serviceLine) string { return l.name[name] })
		for note = range ways {
			rest := room - a.widest(func(l serviceLine) string { return l.notes[note] })
			if width <= rest {
				return name, note, min(rest, max(width, room*6/11))
			}
		}
	}
	return 1, ways - 1, width
}

func (a attract) widest(text func(serviceLine) string) int {
	width := 0
	for _, line := range a.lines {
		width = max(width, screen.Width(text(line)))
	}
	return width
}
