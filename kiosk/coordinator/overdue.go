package coordinator

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// Targets of the page of those who wait too long.
const (
	idAll  = "all"  // the whole list
	idUndo = "undo" // what was done last to a ticket
	idTake = "take" // what to do about the one chosen
	idGone = "gone" // the ticket chosen: its person has left
)

// listLasts is for how long a list that was asked for is believed, in real time.
const listLasts = time.Minute

// list is the whole list of those who wait longer than their tickets announced, as
// the hub gave it when asked.
type list struct {
	tickets []wire.Overdue
	at      time.Time // the site's time
	until   time.Time // real time
}

// lastAct is what was done last to a ticket from here, and until when it can be
// taken back.
type lastAct struct {
	ticket queue.TicketID
	until  time.Time
}

// loadAll asks for the whole list, part by part.
func (r *Role) loadAll(part int) {
	if part == 0 {
		r.list = list{}
	}
	way := func(ctx context.Context, a queue.Ask) (wire.Reply, error) { return r.opt.Line.Overdue(ctx, a, part) }
	r.asks.Through(way, queue.Ask{Do: wire.DoOverdue})
}

// listed takes a part of the list, and asks for the next.
func (r *Role) listed(reply wire.Reply) {
	l := reply.Overdue
	if l == nil {
		return
	}
	r.list.tickets = append(r.list.tickets, l.Tickets...)
	r.list.at, r.list.until = reply.At, time.Now().Add(listLasts)
	if len(l.Tickets) > 0 && len(r.list.tickets) < l.All {
		r.loadAll(l.Part + 1)
	}
}

// take chooses somebody who waits too long, to do something about it.
func (r *Role) take(id string) {
	r.ticket, r.found, r.dialog = queue.TicketID(id), nil, overdueTicket
	r.scrolls.sheet = screen.Scroll{}
}

// about asks for something about the ticket chosen.
func (r *Role) about(a queue.Ask) {
	a.Ticket, r.dialog = r.ticket, noDialog
	if r.view().unable() == "" && r.asks.Send(a) {
		r.note = staff.Note{}
	}
}

// undo takes back what was done last to a ticket.
func (r *Role) undo() {
	v := r.view()
	switch why := v.hinders(idUndo); {
	case why == "":
		r.ticket = r.last.ticket
		r.about(queue.Ask{Do: queue.DoTakeBack})
	case v.unable() == "":
		r.note = staff.Say(r.opt.Say.Say(why), true)
	}
}

// settled says what was done to a ticket, and remembers how to take it back.
func (r *Role) settled(a queue.Ask, t wire.Ticket) {
	r.found, r.last = nil, lastAct{}
	if t.Undo != nil {
		r.last = lastAct{t.ID, t.Undo.Until}
	}
	r.list.tickets = slices.DeleteFunc(slices.Clone(r.list.tickets), func(o wire.Overdue) bool { return o.ID == t.ID })
	key := "reception.done." + string(a.Do)
	if a.Do == queue.DoLevel && t.Level == 0 {
		key = "reception.done.no-level"
	}
	r.note = staff.Say(r.opt.Say.Say(key, "Label", string(t.Label), "Level", t.Level), false)
}

// overdue are those who wait too long, those furthest over first; all is how many
// they are, at when.
func (v *view) overdue() (shown []wire.Overdue, all int, at time.Time) {
	if len(v.list.tickets) > 0 {
		return v.list.tickets, len(v.list.tickets), v.list.at
	}
	for _, row := range v.floor.Services {
		all += row.Past
	}
	return v.floor.Overdue, all, time.Time{}
}

// moveTicket moves the choice along the list.
func (r *Role) moveTicket(by int) {
	shown, _, _ := r.view().overdue()
	if len(shown) == 0 {
		return
	}
	i := slices.IndexFunc(shown, func(o wire.Overdue) bool { return o.ID == r.ticket })
	i = max(0, min(i+by, len(shown)-1))
	r.ticket = shown[i].ID
	r.scrolls.overdue.Top = min(r.scrolls.overdue.Top, i)
	if i >= r.scrolls.overdue.Top+overdueSeen {
		r.scrolls.overdue.Top = i - overdueSeen + 1
	}
}

// overdueSeen is how many rows of the list the smallest screen shows.
const overdueSeen = 11

// drawOverdue is the page of those who wait too long.
func (v *view) drawOverdue(c *screen.Canvas, r screen.Rect) {
	shown, all, at := v.overdue()
	head, rest := r.Top(2)
	title := v.say.Say("coordinator.overdue", "Count", all)
	if !at.IsZero() {
		title += " · " + v.clock(at)
	}
	if all > 0 {
		c.Text(head.X+1, head.Y, head.W-1, c.Theme().Strong(), title)
	}
	if n := v.floor.Unpromised; n > 0 {
		text := v.say.Say("coordinator.unpromised", "Count", n, "Duration", v.say.Minutes(v.since(v.floor.UnpromisedOldest)))
		c.Text(head.X+1, head.Y+1, head.W-1, c.Theme().Text(), text)
	}
	foot, rest := rest.Foot(1)
	v.overdueTable(c, rest, shown)
	if more := all - len(shown); more > 0 {
		c.Text(foot.X+1, foot.Y, foot.W-1, c.Theme().Soft(), v.say.Say("coordinator.overdue.more", "Count", more))
	}
}

// overdueTable lists some of them.
func (v *view) overdueTable(c *screen.Canvas, r screen.Rect, shown []wire.Overdue) {
	cols := []screen.Column{
		{Title: v.say.Say("coordinator.column.ticket"), Width: 9},
		{Title: v.say.Say("coordinator.column.service")},
		{Title: v.say.Say("coordinator.column.waits"), Width: 8, Right: true},
		{Title: v.say.Say("coordinator.column.due"), Width: 7, Right: true},
		{Title: v.say.Say("coordinator.column.over"), Width: 8, Right: true},
		{Title: v.say.Say("adviser.column.language"), Width: 10},
	}
	for _, o := range shown {
		cols[0].Width = max(cols[0].Width, screen.Width(overdueLabel(o)))
	}
	name := v.names(open(r.W, cols))
	t := screen.Table{Columns: cols, Scroll: &v.scrolls.overdue, Marks: true, Empty: v.say.Say("coordinator.overdue.none"), Selected: "late:" + string(v.ticket)}
	for _, o := range shown {
		t.Rows = append(t.Rows, screen.Row{
			ID: "late:" + string(o.ID), Mark: c.Theme().Mark(o.Service),
			Cells: []string{overdueLabel(o), v.passing(o, name(o.Service)), v.say.Minutes(v.since(o.Arrived)), v.clock(o.Due), "+" + v.say.Minutes(v.since(o.Due)), v.tongue(o.Language)},
		})
	}
	c.Table(r, t)
}

// labels are the label, the other it may have been handed over under, and a mark for
// a priority.
func labels(label, alias queue.Label, level int) string {
	text := string(label)
	if alias != "" {
		text += " / " + string(alias)
	}
	if level > 0 {
		text += " ▴"
	}
	return text
}

func overdueLabel(o wire.Overdue) string { return labels(o.Label, o.Alias, o.Level) }

// passing says of somebody who has let others pass that the wait is of their own.
func (v *view) passing(o wire.Overdue, service string) string {
	if o.Passes {
		return v.say.Say("coordinator.overdue.passes") // the mark and the label tell the service
	}
	return service
}

func (v *view) tongue(tag string) string {
	if tag == "" {
		return "—"
	}
	return staff.Language(v.say, tag)
}

// chosen is the ticket chosen in the list.
func (v *view) chosen() (wire.Overdue, bool) {
	shown, _, _ := v.overdue()
	i := slices.IndexFunc(shown, func(o wire.Overdue) bool { return o.ID == v.ticket })
	if i < 0 {
		return wire.Overdue{}, false
	}
	return shown[i], true
}

// subject is the ticket that something is to be done about: one that was looked for,
// or the one chosen in the list.
func (v *view) subject() (t wire.Ticket, ok bool) {
	if v.found != nil && v.found.ID == v.ticket {
		return *v.found, true
	}
	o, ok := v.chosen()
	return wire.Ticket{ID: o.ID, Label: o.Label, Alias: o.Alias, Service: o.Service, Level: o.Level, Arrived: o.Arrived, State: queue.Waiting.String()}, ok
}

// remedies are what can be done about a ticket: whoever waits may have gone, or get
// a priority, whose reason is noted nowhere; whoever did not come may be here.
func (v *view) remedies() (title string, list []staff.Choice) {
	t, ok := v.subject()
	if !ok {
		return v.say.Say(string(queue.NotWaiting)), nil
	}
	off := v.unable() != ""
	add := func(id, what string) {
		list = append(list, staff.Choice{ID: id, Label: v.say.Say("reception.remedy." + what), Note: v.say.Say("reception.remedy." + what + ".note"), Off: off})
	}
	switch t.State {
	case queue.NoShow.String():
		add(idBack, "reinstate")
	case queue.Waiting.String():
		add(idGone, "leave")
		for level := range min(len(v.site.Heads(t.Service)), queue.MaxLevel) + 1 {
			list = append(list, staff.Choice{ID: "level:" + strconv.Itoa(level), Label: v.levelName(level), On: level == t.Level, Off: off})
		}
		return v.say.Say("coordinator.title.overdue", "Label", labels(t.Label, t.Alias, t.Level), "Duration", v.say.Minutes(v.since(t.Arrived))), list
	}
	state := v.say.Say("reception.state." + strings.ReplaceAll(t.State, " ", "-"))
	return labels(t.Label, t.Alias, t.Level) + " · " + v.pole(t.Service) + " · " + state, list
}

func (v *view) levelName(level int) string {
	if level == 0 {
		return v.say.Say("reception.no-level")
	}
	return v.say.Say("reception.level", "Level", level)
}

// overdueKeys are those of the page.
func (v *view) overdueKeys() []screen.KeyHint {
	shown, all, at := v.overdue()
	_, chosen := v.chosen()
	return []screen.KeyHint{
		{ID: idTake, Key: v.say.Say("staff.key.enter"), Label: v.say.Say("coordinator.do.what"), Disabled: !chosen},
		{ID: idAll, Key: "T", Label: v.say.Say("coordinator.do.all"), Disabled: v.unable() != "" || all <= len(shown) && at.IsZero()},
		{ID: idUndo, Key: "Z", Label: v.say.Say("adviser.do.undo"), Disabled: v.hinders(idUndo) != ""},
	}
}
