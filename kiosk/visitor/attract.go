package visitor

import (
	"time"

	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// turnTime is how long the attract screen rests before it moves.
const turnTime = 8 * time.Second

// attract is the screen nobody stands in front of: a greeting, the life of the
// room, and every language.
type attract struct {
	say      phrases.Speaker // the centre's first language
	now      time.Time
	name     string
	about    string
	greeting phrases.Speaker // the language that greets at this turn
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
	a.name, a.about = s.Name.In(a.say.Lang()), s.Texts[site.TextAbout].In(a.say.Lang())
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
	c.TopLine(a.name, a.say.Day(a.now)+"  "+a.say.Clock(a.now))
	_, body := c.Area().Inset(2, 0).Top(2)
	_, body = body.Foot(1)
	body = a.drawTongues(c, body)
	// Where it stands moves by a column now and then, so that no screen keeps
	// its shadow.
	body.X, body.W = body.X+a.turn%2, body.W-1
	body = a.drawGreeting(c, body)
	a.drawRoom(c, body)
}

// drawTongues draws every language at the foot and returns the area above.
func (a attract) drawTongues(c *screen.Canvas, r screen.Rect) screen.Rect {
	cols := min(len(a.tongues), max(1, (r.W+columnGap)/(18+columnGap)))
	rows := (len(a.tongues) + cols - 1) / cols
	h := smallHeight
	if r.H >= 24 {
		h = roomyHeight
	}
	foot, rest := r.Foot(rows*(h+1) - 1)
	var choices []choice
	for _, t := range a.tongues {
		choices = append(choices, choice{id: doSpeak + ":" + t.lang, label: []string{t.name}, main: true})
	}
	drawAll(c, foot.Grid(cols, rows, columnGap, 1)[:len(choices)], 1, choices)
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

// drawRoom draws a line a service, as many as there is room for.
func (a attract) drawRoom(c *screen.Canvas, r screen.Rect) {
	_, r = r.Top(1)
	step := clamp(r.H/max(1, len(a.lines)), 1, 3)
	names := r.W * 6 / 11
	for i, line := range a.lines[:min(len(a.lines), r.H)] {
		y := r.Y + i*step
		mark := markOf(c.Theme(), line.service)
		c.Text(r.X, y, 4, screen.Style{Fg: mark.Color, Bg: c.Theme().Paper, Bold: true}, mark.String())
		name, note := c.Theme().Text(), c.Theme().Soft()
		if i == a.turn%len(a.lines) {
			name, note = name.Strong(), c.Theme().Strong()
		}
		c.Text(r.X+5, y, names-7, name, fitting(names-7, 1, line.name))
		c.Text(r.X+names, y, r.W-names, note, fitting(r.W-names, 1, line.notes))
	}
}
