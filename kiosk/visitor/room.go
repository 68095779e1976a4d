package visitor

import (
	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// room tells what there is to sit, read and work, without any ticket.
type room struct {
	page
	seats, wifi, loan, hours, place string
	choices                         []choice
}

func (r *Role) room() room {
	m := room{page: r.page("")}
	m.where = m.say.Say("visitor.room")
	texts := r.opt.Site.Texts
	m.seats, m.wifi, m.loan = m.in(texts[site.TextSeats]), m.in(texts[site.TextWiFi]), m.in(texts[site.TextLoan])
	m.hours, m.place = m.in(texts[site.TextHours]), m.in(texts[site.TextPlace])
	m.choices = []choice{
		{id: doThemes, label: []string{m.say.Say("visitor.read-all")}},
		{id: doReception, label: []string{m.say.Say("visitor.ask-reception")}},
	}
	if r.opt.Site.Wifi.Name != "" {
		m.choices = append(m.choices, choice{id: doWifi, label: []string{m.say.Say("visitor.wifi")}})
	}
	if len(r.programs()) > 0 {
		use := choice{id: doPrograms, label: []string{m.say.Say("work.use")}, main: true}
		m.choices = append([]choice{use}, m.choices...)
	}
	return m
}

// network is how a phone joins the Wi-Fi: by its camera, or by hand.
func (r *Role) network() item {
	w := r.opt.Site.Wifi
	i := item{page: r.page(""), url: w.Code(), wifi: true}
	i.where = i.say.Say("visitor.room-wifi")
	i.title, i.about = i.say.Say("visitor.wifi"), i.in(r.opt.Site.Texts[site.TextWiFi])
	i.facts = []fact{{i.say.Say("visitor.wifi-name"), w.Name}}
	if w.Password != "" {
		i.facts = append(i.facts, fact{i.say.Say("visitor.wifi-password"), w.Password})
	}
	return i
}

func (m room) draw(c *screen.Canvas) {
	body := row(c, m.page.draw(c), m.choices)
	body, _ = body.Left(min(body.W, 96))
	text := m.text(c)
	paras := []para{
		{label: m.say.Say("visitor.room-seats"), text: m.seats, style: text},
		{label: m.say.Say("visitor.room-wifi"), text: m.wifi, style: text, above: 1},
		{label: m.say.Say("visitor.room-loan"), text: m.loan, style: text, above: 1},
		{label: m.say.Say("visitor.room-hours"), text: m.hours, style: text, above: 1},
	}
	flow(c, body, withRoom(body, paras, para{label: m.say.Say("visitor.where"), text: m.place, style: text, above: 1})...)
}
