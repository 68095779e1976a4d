package coordinator

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
	zone *time.Location

	now   time.Time // the site's time, in its zone
	hub   bool
	age   time.Duration
	known bool
	floor wire.Coordinator

	notices []wire.Notice // announced now
	calls   []wire.Call   // the last, newest first

	page     page
	dialog   dialog
	service  string
	ticket   queue.TicketID
	list     list
	last     lastAct
	wanted   string
	found    *wire.Ticket
	draft    draft
	move     move
	scrolls  *scrolls
	asking   queue.Deed
	doubtful queue.Deed
	note     staff.Note
}

// view gathers what is known at this moment.
func (r *Role) view() *view {
	v := &view{
		say: r.opt.Say, site: r.opt.Site, zone: r.zone,
		now: r.opt.Line.Now().In(r.zone), hub: r.opt.Line.Hub(), age: r.opt.Line.Age(),
		page: r.page, dialog: r.dialog, service: r.service, ticket: r.ticket, last: r.last, wanted: r.wanted, found: r.found, draft: r.draft, move: r.move, scrolls: r.scrolls,
		asking: r.asks.Asking(), doubtful: r.asks.Doubtful(), note: r.note.Now(),
	}
	v.floor, v.known = r.opt.Line.Coordinator()
	if public, ok := r.opt.Line.Public(); ok {
		v.calls = public.Calls
		for _, n := range public.Notices {
			if n.Until.After(v.now) {
				v.notices = append(v.notices, n)
			}
		}
	}
	if time.Now().Before(r.list.until) {
		v.list = r.list
	}
	if r.pretend != nil {
		r.pretend(v)
	}
	return v
}

// since is how long ago something was, on the site's clock.
func (v *view) since(t time.Time) time.Duration { return max(0, v.now.Sub(t)) }

// clock is a time of day at the site.
func (v *view) clock(t time.Time) string { return v.say.Clock(t.In(v.zone)) }

// pole is the institution's short name of a service.
func (v *view) pole(key string) string {
	s, ok := v.site.Service(key)
	if !ok {
		return key
	}
	return s.Pole.In(v.say.Lang())
}

// names tells what to call the services in a column: by their names, or all by
// their letters where one name has no room.
func (v *view) names(room int) func(key string) string {
	for _, s := range v.site.Services {
		if screen.Width(v.pole(s.Key)) > room {
			return v.letter
		}
	}
	return v.pole
}

func (v *view) letter(key string) string {
	s, _ := v.site.Service(key)
	return s.Letter
}

// news is the most important thing to say now.
func (v *view) news() staff.Note {
	switch {
	case !v.known:
		return staff.Note{Text: v.say.Say("staff.never"), Loud: true}
	case !v.hub:
		return staff.Note{Text: v.say.Say("staff.away", "Duration", staff.Short(v.say, v.age)), Loud: true}
	case v.doubtful != "":
		text := v.say.Say("coordinator.doubt."+string(v.doubtful)) + " " + v.say.Say("adviser.doubt.wait")
		return staff.Note{Text: text, Loud: true}
	case v.asking != "":
		return staff.Note{Text: "◌ " + v.say.Say("adviser.asking")}
	case v.note.Text != "":
		return v.note
	case v.floor.Closed && len(v.notices) == 0:
		return staff.Note{Text: v.say.Say("coordinator.closed")}
	}
	return staff.Note{}
}
