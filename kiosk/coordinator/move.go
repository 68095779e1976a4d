package coordinator

import (
	"slices"

	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// move is a desk and the services it shall receive for.
type move struct {
	desk     string
	services []string
}

// tick adds a service, or takes it away.
func (m *move) tick(service string) {
	if i := slices.Index(m.services, service); i >= 0 {
		m.services = slices.Delete(m.services, i, i+1)
		return
	}
	m.services = append(m.services, service)
}

// present are the desks that somebody is at.
func (v *view) present() (all []wire.Desk) {
	for _, d := range v.site.Desks {
		if now := v.desk(d.Key); now.State != "closed" {
			all = append(all, now)
		}
	}
	return all
}

// deskName is how a desk is called.
func (v *view) deskName(key string) string {
	for _, d := range v.site.Desks {
		if d.Key == key {
			return v.say.Say("staff.desk", "Desk", d.Label)
		}
	}
	return key
}

// moving asks which desk, then for which services.
func (v *view) moving() (title string, list []staff.Choice) {
	if v.dialog == moveDesk {
		for _, d := range v.present() {
			list = append(list, staff.Choice{ID: "desk:" + d.Key, Label: v.deskName(d.Key), Note: v.letters(d.Services)})
		}
		return v.say.Say("coordinator.title.move"), list
	}
	for _, s := range v.site.Services {
		row, _ := v.row(s.Key)
		on := slices.Contains(v.move.services, s.Key)
		label, note := v.pole(s.Key), v.say.Say("wait.people", "Count", row.Waiting)
		if on {
			label = "✓ " + label
		}
		list = append(list, staff.Choice{ID: "to:" + s.Key, Label: label, Service: s.Key, Note: note, On: on})
	}
	return v.say.Say("coordinator.title.move-to", "Desk", v.deskName(v.move.desk)), list
}

// moveKeys are those of the sheet where services are ticked.
func (v *view) moveKeys() []screen.KeyHint {
	return []screen.KeyHint{
		{ID: idYes, Key: v.say.Say("staff.key.enter"), Label: v.say.Say("coordinator.do.move-now"), Disabled: v.unable() != ""},
		staff.Back(v.say),
	}
}
