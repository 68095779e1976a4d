package visitor

import (
	"time"

	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// view is one screen, ready to be drawn: whole, and nothing but values.
type view interface {
	draw(c *screen.Canvas)
	// drawBar draws the bottom bar, after all else: the keyboard walks over the
	// targets as they were drawn.
	drawBar(c *screen.Canvas)
}

// view makes the screen that is shown now.
func (r *Role) view() view {
	here := r.visit.here()
	switch here.at {
	case atQuestions:
		return r.questions()
	case atQuestion:
		return r.question(here)
	case atAnswer:
		return r.answer(here)
	case atTicket:
		return r.ticket()
	case atTrouble:
		return r.trouble(here)
	case atLater:
		return r.comeback(here)
	case atDistance:
		return r.distance(here)
	case atThemes:
		return r.themes(here)
	case atBrowse:
		return r.browse(here)
	case atResource:
		return r.resource(here)
	case atWorkshop:
		return r.workshop(here)
	case atWifi:
		return r.network()
	case atRoom:
		return r.room()
	case atReception:
		return r.reception(here)
	case atLanguage:
		return r.languages()
	case atWords:
		return r.ownWords(here)
	case atPrograms:
		return r.programList(here)
	case atWork:
		return r.working()
	case atHelp:
		return r.help()
	}
	return r.attract()
}

// page is what all screens of a visit share: the frame, and how to say things.
type page struct {
	say    phrases.Speaker
	now    time.Time
	where  string   // what this screen is about
	held   string   // the ticket in the visitor's hand, "" for none
	banner string   // "" for none
	calm   bool     // the banner is no warning
	said   []string // what the staff announce, shown where there is no banner
	turn   int      // how many turns have passed: what has no room at once takes turns
	sound  bool     // the screen is read aloud
	large  bool
	bare   bool // without the clock
	at     place
}

// page makes the frame of the screen that is shown.
func (r *Role) page(where string) page {
	p := page{say: r.say(), now: r.now(), where: where, large: r.visit.large, at: r.visit.here().at, turn: r.turn()}
	if t := r.visit.held; t != nil && p.at != atTicket {
		p.held = p.say.Say("visitor.held", "Label", string(t.Label))
	}
	if !r.opt.Line.Hub() {
		p.banner = p.say.Say(r.lostWords())
	}
	if called := r.calledWords(); called != "" {
		p.banner = called
	}
	p.sound = r.visit.sound
	if sound := r.soundNotice(p.say); p.banner == "" && sound != "" {
		p.banner, p.calm = "♪ "+sound, true
	}
	p.said = r.announced(p.say, p.now)
	return p
}

// lostWords is the phrase for a hub that does not answer.
func (r *Role) lostWords() string {
	switch {
	case r.visit.held != nil:
		return "line.lost"
	case r.opt.Line.TurnedAway():
		return "visitor.line-turned-away"
	}
	return "visitor.line-lost"
}

// roomyBody is the rows from which on a body has room for headings.
const roomyBody = 20

// narrow is the columns below which a top line has room for the hour only.
const narrow = 80

// clock is the right end of the top line.
func (p page) clock(c *screen.Canvas) string {
	if w, _ := c.Size(); p.bare {
		return ""
	} else if w < narrow {
		return p.say.Clock(p.now)
	}
	return p.say.Day(p.now) + "  " + p.say.Clock(p.now)
}

// room is the columns the top line leaves for what a screen is about.
func (p page) room(c *screen.Canvas) int {
	return c.Body().W - screen.Width(p.clock(c)) - columnGap
}

// draw draws the top of the frame and returns the body, with a free row above
// the bar.
func (p page) draw(c *screen.Canvas) screen.Rect {
	where := []string{p.where}
	if p.held != "" && !p.bare {
		where = []string{p.where + " · " + p.held, p.held, p.where}
	}
	words, clock := fitting(p.room(c), 1, where), p.clock(c)
	if screen.Width(words) > p.room(c) {
		clock = "" // where one is comes before when
	}
	c.TopLine(words, clock)
	_, body := c.Body().Foot(1)
	banner := p.banner
	if banner == "" {
		banner = p.announcement(c.Body())
	}
	if banner == "" {
		return body
	}
	tell := c.Banner
	if p.calm && p.banner != "" {
		tell = c.Notice
	}
	if rows := tell(banner); rows > 1 || body.H > roomyBody {
		_, body = body.Top(rows)
	}
	return body
}

func (p page) drawBar(c *screen.Canvas) {
	bar := p.bar(c.Theme())
	for i := range bar {
		bar[i].Hint = bar[i].Label
	}
	c.BottomBar(bar)
}

// bar is the bottom bar: back, help, language, sound, size, contrast.
func (p page) bar(t screen.Theme) [6]screen.BarItem {
	return [6]screen.BarItem{
		{ID: screen.IDBack, Icon: "‹", Label: p.say.Say("say.back"), Keys: []rune{'\b'}},
		{ID: screen.IDHelp, Icon: "?", Label: p.say.Say("say.help"), Keys: []rune{'?'}, On: p.at == atHelp},
		{ID: screen.IDLanguage, Icon: "文", Label: p.say.Say("say.language"), Keys: []rune{'l', 'L'}, On: p.at == atLanguage},
		{ID: screen.IDSound, Icon: "♪", Label: p.say.Say("say.sound"), Keys: []rune{'s', 'S'}, On: p.sound},
		{ID: screen.IDSize, Icon: "A+", Label: p.say.Say("say.size"), Keys: []rune{'+', '-'}, On: p.large},
		{ID: screen.IDContrast, Icon: "◐", Label: p.say.Say("say.contrast"), Keys: []rune{'c', 'C'}, On: t.Name != screen.Calm().Name},
	}
}

// in is a text of the site in the visitor's language.
func (p page) in(t site.Text) string { return t.In(p.say.Lang()) }

// text is the style of sentences: in large print everything is bold.
func (p page) text(c *screen.Canvas) screen.Style {
	s := c.Theme().Text()
	s.Bold = p.large
	return s
}

// soft is the style of what matters less; in large print nothing does.
func (p page) soft(c *screen.Canvas) screen.Style {
	if p.large {
		return p.text(c)
	}
	return c.Theme().Soft()
}

// markOf is a service's mark; no service has none.
func markOf(t screen.Theme, s site.Service) screen.Mark {
	if s.Letter == "" {
		return screen.Mark{}
	}
	return t.MarkAs(s.Key, s.Letter, s.Shape, screen.Color(s.RGB()))
}
