package reception

import (
	"time"

	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// view is all that one frame shows. Drawing reads nothing else and changes
// nothing.
type view struct {
	say  phrases.Speaker
	site *site.Site

	now   time.Time // the site's time, in its zone
	hub   bool      // it answers
	age   time.Duration
	known bool // it was heard at all
	day   bool // the day is over
	lines map[string]wire.Line

	next        order
	last        *handed
	found       *wire.Ticket
	sheet       sheet
	picked      string
	typed       string
	passers     int
	countedHere bool // somebody, and not taken back
	levels      int
	printer     bool
	paper       string // how the printer is, as wire.State says; "" without one

	asking, doubtful queue.Deed
	issuing          bool
	note             staff.Note
	scroll           *screen.Scroll
}

// view gathers what is known at this moment.
func (r *Role) view() *view {
	v := &view{
		say: r.opt.Say, site: r.opt.Site, now: r.opt.Line.Now().In(r.zone), hub: r.opt.Line.Hub(), age: r.opt.Line.Age(),
		next: r.next, last: r.last, found: r.found, sheet: r.sheet, picked: r.picked, typed: r.typed,
		passers: passersBy(r.counted), countedHere: len(r.counted) > 0, levels: r.levels(), printer: r.opt.Printer != nil, asking: r.asks.Asking(), doubtful: r.asks.Doubtful(),
		issuing: r.issuing, note: r.note.Now(), scroll: r.scroll, lines: map[string]wire.Line{},
	}
	public, known := r.opt.Line.Public()
	if r.opt.Paper != nil {
		v.paper = r.opt.Paper()
	}
	v.known, v.day = known, known && public.Closed
	if known {
		for _, l := range public.Services {
			v.lines[l.Service] = l
		}
	}
	return v
}

// screen names what is shown.
func (v *view) screen() string {
	switch {
	case v.sheet != noSheet:
		return string(v.sheet)
	case v.last != nil:
		return "given"
	}
	return "ready"
}

// off tells whether nothing can be asked now.
func (v *view) off() bool { return v.asking != "" || v.doubtful != "" || !v.hub }

// news is the most important thing to say now.
func (v *view) news() (text string, loud bool) {
	switch {
	case v.note.Text != "":
		return v.note.Text, v.note.Loud
	case !v.known:
		return v.say.Say("staff.never"), true
	case !v.hub:
		return v.say.Say("reception.away", "Duration", staff.Short(v.say, v.age)), true
	case v.doubtful != "":
		return v.say.Say("reception.doubt") + " " + v.say.Say("adviser.doubt.wait"), true
	case v.day:
		return v.say.Say("adviser.day-closed"), false
	case v.paper != "" && v.paper != wire.PaperOK:
		return v.say.Say("reception.paper." + v.paper), v.paper != wire.PaperLow
	}
	return "", false
}

// pole is the institution's short name of a service.
func (v *view) pole(key string) string {
	s, ok := v.site.Service(key)
	if !ok {
		return key
	}
	return s.Pole.In(v.say.Lang())
}

func (v *view) clock(t time.Time) string { return v.say.Clock(t.In(v.now.Location())) }

// crowd says whether a service is open, how many wait and how long it takes.
func (v *view) crowd(service string) string {
	l, ok := v.lines[service]
	switch {
	case !ok:
		return v.say.Say("staff.unknown")
	case !l.Open:
		return v.say.Say("state.closed")
	case l.Full: // the kiosks give no more tickets; here somebody decides
		return v.say.Say("coordinator.full.short") + " · " + v.say.Say("reception.waiting", "Count", l.Waiting)
	case l.Wait == nil && l.Waiting == 0:
		return v.say.Say("wait.nobody")
	case l.Wait == nil:
		return v.say.Say("reception.waiting", "Count", l.Waiting)
	}
	return v.say.Say("reception.waiting", "Count", l.Waiting) + " · " + v.between(l.Wait)
}

func (v *view) between(i *wire.Interval) string {
	return v.say.Between(time.Duration(i.Low)*time.Minute, time.Duration(i.High)*time.Minute)
}

// question is what somebody came with, in the visitor's words.
func (v *view) question(key string) string {
	q, ok := v.site.Question(key)
	if !ok {
		return v.say.Say("adviser.no-question")
	}
	return v.say.Say("staff.quoted", "Text", q.Text.In(v.say.Lang()))
}

// bears says what a ticket bears besides its service; "" for nothing.
func (v *view) bears(o order) (words []string) {
	if o.level > 0 {
		words = append(words, v.say.Say("reception.level", "Level", o.level))
	}
	if o.persons > 1 {
		words = append(words, v.say.Say("staff.number.persons", "Count", o.persons))
	}
	if o.language != "" {
		words = append(words, staff.Language(v.say, o.language))
	}
	return words
}
