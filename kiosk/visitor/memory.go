package visitor

import (
	"encoding/json"
	"slices"
	"time"

	"accueil/kiosk/printer"
	"accueil/kiosk/uplink"
)

// memory is what a kiosk that has to start again in the middle of a visit must
// still know: the ticket that was handed over, and in which language. It says
// nothing of the person, and is kept in memory only.
type memory struct {
	Ticket   uplink.Ticket `json:"ticket"`
	Service  string        `json:"service"`
	Question string        `json:"question"`
	Language string        `json:"language"`
	At       time.Time     `json:"at"`
	Paper    bool          `json:"paper,omitempty"`   // it was asked for: there may be one
	Printed  bool          `json:"printed,omitempty"` // and it came out
}

// remember has the ticket in the visitor's hand outlive this process.
func (r *Role) remember() {
	h := r.visit.held
	if h == nil {
		r.opt.Keep(nil)
		return
	}
	kept, err := json.Marshal(memory{h.Ticket, h.service, h.question, r.visit.lang, h.at, r.visit.paper.asked, r.visit.paper.done})
	if err == nil {
		r.opt.Keep(kept)
	}
}

// recall shows the ticket that was handed over before this process started.
func (r *Role) recall(kept []byte) {
	var m memory
	if json.Unmarshal(kept, &m) != nil || !m.Ticket.Label.Valid() || !m.Ticket.Code.Valid() {
		return
	}
	if _, ok := r.opt.Site.Service(m.Service); !ok || !slices.Contains(r.opt.Site.Languages, m.Language) {
		return
	}
	if _, ok := r.opt.Site.Question(m.Question); !ok {
		m.Question = ""
	}
	v := r.visit
	v.begun, v.lang = true, m.Language
	v.held = &held{Ticket: m.Ticket, service: m.Service, question: m.Question, at: m.At.In(r.almanac.Zone())}
	v.paper = printing{asked: m.Paper, done: m.Printed}
	if m.Paper && !m.Printed { // this program ended in the middle: better no paper than two
		v.paper.trouble = printer.Stuck
	}
	v.goTo(v.held.stop())
}
