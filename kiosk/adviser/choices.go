package adviser

import (
	"cmp"
	"slices"

	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// choices is a sheet that asks for one thing of several.
type choices struct {
	title string
	list  []staff.Choice
	cols  int    // of tiles, 2 when zero
	enter string // what Enter does without a choice, "" when it does nothing
}

// choices are what the open sheet asks.
func (v *view) choices() choices {
	switch v.sheet {
	case topics:
		return v.topicChoices()
	case transfer:
		return v.transferChoices()
	case walkFrom:
		return v.walkFromChoices()
	case walkIn:
		return v.walkInChoices()
	case reasons:
		return v.reasonChoices()
	case fits:
		return v.fitsChoices()
	case came:
		return v.cameChoices()
	case languages:
		return v.languageChoices()
	case closing:
		return v.closingChoices()
	case farFrom:
		return v.farFromChoices()
	case distance:
		return v.distanceChoices()
	}
	return v.deskChoices()
}

func (v *view) topicChoices() choices {
	ch := choices{enter: v.say.Say("adviser.no-topic")}
	switch t := v.state.Ticket; {
	case t != nil:
		ch.title = v.say.Say("adviser.title.topics", "Label", string(t.Label))
	case v.state.Contact != nil:
		ch.title = v.say.Say("adviser.title.topics-contact")
	}
	for _, topic := range v.topics() {
		ch.list = append(ch.list, staff.Choice{ID: "topic:" + topic.Key, Label: topic.Text.In(v.say.Lang())})
	}
	return ch
}

// topics are what the interview under way can have been about.
func (v *view) topics() []site.Topic {
	service := ""
	switch {
	case v.state.Ticket != nil && v.state.Ticket.State == "serving":
		service = v.state.Ticket.Service
	case v.state.Contact != nil:
		service = v.state.Contact.Service
	}
	s, _ := v.site.Service(service)
	return s.Topics
}

func (v *view) transferChoices() choices {
	var ch choices
	t := v.state.Ticket
	if t == nil {
		return ch
	}
	ch.title = v.say.Say("adviser.title.transfer", "Label", string(t.Label))
	for _, s := range v.site.Services {
		if s.Key != t.Service {
			ch.list = append(ch.list, v.serviceChoice("to:", s))
		}
	}
	return ch
}

func (v *view) walkFromChoices() choices {
	ch := choices{title: v.say.Say("adviser.title.walk-from")}
	for _, key := range v.state.Services {
		if s, ok := v.site.Service(key); ok {
			ch.list = append(ch.list, v.serviceChoice("from:", s))
		}
	}
	return ch
}

// serviceChoice says how full a service is.
func (v *view) serviceChoice(kind string, s site.Service) staff.Choice {
	return staff.Choice{ID: kind + s.Key, Label: v.pole(s.Key), Service: s.Key, Note: v.crowd(s.Key)}
}

// crowd says whether a service is open and how many wait there.
func (v *view) crowd(service string) string {
	l, ok := v.lines[service]
	switch {
	case !ok:
		return v.pole(service)
	case !l.Open:
		return v.say.Say("state.closed")
	case l.Waiting == 0:
		return v.say.Say("wait.nobody")
	}
	return v.say.Say("wait.people", "Count", l.Waiting)
}

func (v *view) walkInChoices() choices {
	ch := choices{title: v.say.Say("adviser.title.walk-in"), enter: v.say.Say("adviser.no-question-key")}
	for _, q := range questionsOf(v.site, v.picked) {
		ch.list = append(ch.list, staff.Choice{ID: "with:" + q.Key, Label: q.Short.In(v.say.Lang()), Service: v.picked})
	}
	return ch
}

// deskChoices are what can be done with the desk itself.
func (v *view) deskChoices() choices {
	ch := choices{title: v.say.Say("adviser.title.desk", "Desk", v.desk.Label)}
	for _, reason := range queue.PauseReasons() {
		ch.list = append(ch.list, staff.Choice{
			ID: "pause:" + reason, Label: v.say.Say("adviser.pause." + reason), Note: v.say.Say("adviser.pause"),
			Off: v.state.State != "open",
		})
	}
	return choices{title: ch.title, list: append(ch.list,
		staff.Choice{ID: idServices, Label: v.say.Say("adviser.services"), Note: v.poles(v.state.Services)},
		staff.Choice{ID: idCloseDesk, Label: v.say.Say("adviser.close"), Note: v.say.Say("adviser.served", "Count", v.state.Served),
			Off: v.busy()},
		staff.Choice{ID: idLanguages, Label: v.say.Say("adviser.languages"), Note: v.languages(v.state.Languages)},
	)}
}

// drawChoices draws a sheet: what it asks, and a numbered tile for each answer.
func (v *view) drawChoices(c *screen.Canvas, body screen.Rect, ch choices) {
	title, rest := body.Top(2)
	c.Text(title.X, title.Y, title.W, c.Theme().Strong(), ch.title)
	v.tiles(c, rest, cmp.Or(ch.cols, 2), ch.list)
	hints := []screen.KeyHint{staff.Back(v.say)}
	if ch.enter != "" {
		hints = slices.Insert(hints, 0, screen.KeyHint{ID: idEnter, Key: v.say.Say("staff.key.enter"), Label: ch.enter, Disabled: v.off()})
	}
	staff.Keys(c, hints)
}

// tiles lays the choices out; none can be chosen while nothing can be asked.
func (v *view) tiles(c *screen.Canvas, r screen.Rect, cols int, list []staff.Choice) {
	for i := range list {
		list[i].Off = list[i].Off || v.off()
	}
	staff.Tiles(c, r, v.scroll, cols, list)
}
