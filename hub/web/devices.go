package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/wire"
)

// silentAfter is how long a people counter may say nothing before it counts as
// unknown.
const silentAfter = 30 * time.Minute

// device is a terminal or a people counter.
type device struct {
	Kind, Name, State, Paper, Unsent string
	Trouble                          int // how much it asks for attention
}

// deviceRoles are the kinds of terminals, in the order of the list.
func deviceRoles() []string {
	return []string{wire.RoleKiosk, wire.RoleReception, wire.RoleAdviser, wire.RoleBoard, wire.RoleCoordinator}
}

// devices are all of them, the troubled first, and a summary: how many of each kind
// are in order.
func (s *Server) devices(view wire.Coordinator, speak phrases.Speaker) (all []device, summary string) {
	var kinds tally
	printer := speak.Say("coordinator.column.paper")
	terminals := slices.Clone(view.Terminals)
	slices.SortStableFunc(terminals, func(a, b wire.Terminal) int {
		return cmp.Compare(slices.Index(deviceRoles(), a.Role), slices.Index(deviceRoles(), b.Role))
	})
	for _, t := range terminals {
		all = append(all, s.terminal(t, speak))
		kinds.add(roleName(t.Role, speak), t.Online)
	}
	for _, t := range terminals {
		if t.Paper != "" {
			kinds.add(printer, t.Online && t.Paper != wire.PaperOut && t.Paper != wire.PaperTrouble)
		}
	}
	for _, c := range view.Sensors {
		all = append(all, sensor(c, view.Stamp.At, speak))
		kinds.add(roleName(wire.RoleSensor, speak), view.Stamp.At.Sub(c.At) <= silentAfter)
	}
	slices.SortStableFunc(all, func(a, b device) int { return cmp.Compare(b.Trouble, a.Trouble) })
	if len(kinds) == 0 {
		return nil, speak.Say("coordinator.no-terminal")
	}
	return all, speak.Say("coordinator.in-order", "What", kinds.String())
}

func (s *Server) terminal(t wire.Terminal, speak phrases.Speaker) device {
	d := device{Kind: roleName(t.Role, speak), Name: t.Name, State: speak.Say("coordinator.online")}
	if t.Unsent > 0 {
		d.Unsent, d.Trouble = strconv.Itoa(t.Unsent), 1
	}
	if t.Work == wire.WorkBusy {
		d.State = speak.Say("coordinator.occupied")
	}
	if t.Paper != "" {
		d.Paper = speak.Say("coordinator.paper." + t.Paper)
	}
	switch {
	case !t.Online:
		d.State, d.Paper, d.Trouble = speak.Say("coordinator.offline", "Time", speak.Clock(t.Since.In(s.zone))), "", 3
	case t.Paper == wire.PaperOut, t.Paper == wire.PaperTrouble:
		d.Trouble = 2
	case t.Paper == wire.PaperLow:
		d.Trouble = 1
	}
	return d
}

func sensor(c wire.Sensor, now time.Time, speak phrases.Speaker) device {
	d := device{Kind: roleName(wire.RoleSensor, speak), Name: c.Name, State: speak.Say("coordinator.heard", "Duration", speak.Minutes(now.Sub(c.At)))}
	if silent := now.Sub(c.At); silent > silentAfter {
		d.State, d.Trouble = speak.Say("coordinator.silent", "Duration", speak.Minutes(silent)), 3
	}
	return d
}

func roleName(role string, speak phrases.Speaker) string {
	if slices.Contains(deviceRoles(), role) || role == wire.RoleSensor {
		return speak.Say("coordinator.role." + role)
	}
	return role
}

// tally counts things of several kinds, and how many of each are in order.
type tally []kind

type kind struct {
	name      string
	fine, all int
}

func (t *tally) add(name string, fine bool) {
	i := slices.IndexFunc(*t, func(k kind) bool { return k.name == name })
	if i < 0 {
		i, *t = len(*t), append(*t, kind{name: name})
	}
	(*t)[i].all++
	if fine {
		(*t)[i].fine++
	}
}

// String is like "kiosk 11/12 · board 1/1", with a mark before a kind that is not
// all in order.
func (t tally) String() string {
	var words []string
	for _, k := range t {
		word := k.name + "\u00a0" + strconv.Itoa(k.fine) + "/" + strconv.Itoa(k.all)
		if k.fine < k.all {
			word = "▲\u00a0" + word
		}
		words = append(words, word)
	}
	return strings.Join(words, " · ")
}
