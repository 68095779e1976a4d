package adviser

import (
	"slices"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// fitsChoices are the languages and questions of those who wait: choosing one
// calls the first of them.
func (v *view) fitsChoices() choices {
	ch := choices{title: v.say.Say("adviser.title.fits")}
	languages, questions := tally{}, tally{}
	for _, t := range v.queue {
		if t.Language != v.site.Languages[0] {
			languages.add(t.Language)
		}
		questions.add(t.Question)
	}
	for _, tag := range languages.keys {
		label := v.language(tag)
		if v.speaks(tag) {
			label += "  " + v.say.Say("adviser.you-speak")
		}
		ch.list = append(ch.list, staff.Choice{ID: "speaking:" + tag, Label: label, Note: v.say.Say("wait.people", "Count", languages.count[tag])})
	}
	for _, key := range questions.keys {
		ch.list = append(ch.list, staff.Choice{ID: "about:" + key, Label: v.shortQuestion(key), Note: v.say.Say("wait.people", "Count", questions.count[key])})
	}
	return ch
}

// tally counts keys in the order in which they come.
type tally struct {
	keys  []string
	count map[string]int
}

func (t *tally) add(key string) {
	if key == "" {
		return
	}
	if t.count == nil {
		t.count = map[string]int{}
	}
	if t.count[key]++; t.count[key] == 1 {
		t.keys = append(t.keys, key)
	}
}

// cameChoices are those who did not come when called.
func (v *view) cameChoices() choices {
	ch := choices{title: v.say.Say("adviser.title.came")}
	for _, t := range v.missed {
		ch.list = append(ch.list, staff.Choice{
			ID: "came:" + string(t.ID), Label: v.labels(t) + "  " + v.shortQuestion(t.Question), Service: t.Service,
			Note: v.say.Say("adviser.missed", "Duration", staff.Short(v.say, v.since(t.Ended))),
		})
	}
	return ch
}

// reasonChoices are why somebody is sent to another service.
func (v *view) reasonChoices() choices {
	ch := choices{enter: v.say.Say("adviser.no-reason")}
	if t := v.state.Ticket; t != nil {
		ch.title = v.say.Say("adviser.title.reasons", "Label", string(t.Label), "Service", v.pole(v.picked))
	}
	for _, reason := range queue.TransferReasons() {
		ch.list = append(ch.list, staff.Choice{ID: "because:" + reason, Label: v.say.Say("adviser.transfer." + reason)})
	}
	return ch
}

// languageChoices are the languages that the desk can say it speaks.
func (v *view) languageChoices() choices {
	ch := choices{cols: 3, title: v.say.Say("adviser.title.languages", "Desk", v.deskName(v.desk.Key)), enter: v.say.Say("adviser.save-services")}
	for _, tag := range staff.Languages() {
		c := staff.Choice{ID: "speak:" + tag, Label: v.language(tag), On: v.tongues[tag]}
		if c.On {
			c.Label = "✓ " + c.Label
		}
		ch.list = append(ch.list, c)
	}
	return ch
}

// closingChoices ask what becomes of the first who was put aside.
func (v *view) closingChoices() choices {
	if len(v.state.Parked) == 0 {
		return choices{title: v.say.Say("adviser.close")}
	}
	t := v.state.Parked[0]
	ch := choices{title: v.say.Say("adviser.title.closing", "Label", v.labels(t), "Count", len(v.state.Parked))}
	add := func(id, what string, off bool) {
		ch.list = append(ch.list, staff.Choice{ID: id, Label: v.say.Say("adviser.closing." + what), Note: v.say.Say("adviser.closing." + what + ".note"), Off: off})
	}
	add("over:"+string(t.ID), "over", t.Started.IsZero())
	add("gone:"+string(t.ID), "gone", false)
	add("resume:"+string(t.ID), "resume", v.hinders(cmdResume) != "")
	add(idCloseYes, "anyway", false)
	return ch
}

// drawWhy says of everybody who waits why they stand where they do.
func (v *view) drawWhy(c *screen.Canvas, body screen.Rect) {
	title, rest := body.Top(1)
	c.Text(title.X, title.Y, title.W, c.Theme().Strong(), v.say.Say("adviser.title.why"))
	rest.Y += c.Wrap(rest, c.Theme().Soft(), v.say.Say("adviser.why-rule")) + 1
	rest.H = body.Bottom() - rest.Y
	line := make([]queue.Standing, len(v.queue))
	for i, t := range v.queue {
		line[i] = v.standing(t)
	}
	if len(line) == 0 {
		c.Text(rest.X, rest.Y, rest.W, c.Theme().Text(), v.say.Say("adviser.step.nobody"))
	}
	rows := 2
	if rest.W < 90 {
		rows = 3
	}
	c.List(rest, v.scroll, len(line), rows, 0, func(i int, at screen.Rect) {
		t := v.queue[i]
		used := c.Text(at.X, at.Y, 12, c.Theme().Strong(), v.labels(t))
		c.Wrap(screen.Rect{X: at.X + max(used, 8) + 2, Y: at.Y, W: at.W - max(used, 8) - 2, H: rows}, c.Theme().Text(), v.because(t, line, i))
	})
	staff.Keys(c, []screen.KeyHint{staff.Back(v.say)})
}

// because is the sentence that explains one place in the queue.
func (v *view) because(t wire.Ticket, line []queue.Standing, i int) string {
	s := v.say.Say("adviser.because.arrived", "Time", v.clock(t.Arrived))
	if !t.Stands.IsZero() {
		s += " " + v.say.Say("adviser.because.let-pass", "Time", v.clock(t.Stands))
	}
	if head := line[i].Head; head > 0 {
		s += " " + v.say.Say("adviser.because.level", "Level", t.Level, "Time", v.clock(line[i].Since()))
	}
	switch why := queue.Explain(line, i); {
	case why.Overtook > 0:
		s += " " + v.say.Say("adviser.because.overtook", "Count", why.Overtook)
	case why.OvertakenBy > 0:
		s += " " + v.say.Say("adviser.because.overtaken", "Count", why.OvertakenBy)
	}
	return s + v.becauseSpeaks(t)
}

// becauseSpeaks says who speaks the language of somebody, where that matters.
func (v *view) becauseSpeaks(t wire.Ticket) string {
	if t.Language == "" || t.Language == v.site.Languages[0] {
		return ""
	}
	if v.speaks(t.Language) {
		return " " + v.say.Say("adviser.because.you-speak", "Language", v.language(t.Language))
	}
	for _, d := range v.others {
		if slices.Contains(d.Languages, t.Language) {
			return " " + v.say.Say("adviser.because.desk-speaks", "Language", v.language(t.Language), "Desk", v.deskName(d.Key))
		}
	}
	return " " + v.say.Say("adviser.because.speaks", "Language", v.language(t.Language))
}
