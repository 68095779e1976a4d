package visitor

import (
	"strings"

	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// reception leads to the people at the entrance desk.
type reception struct {
	page
	words   string
	hint    string
	desk    string   // where it is
	also    []string // what else can be asked there
	choices []choice
}

func (r *Role) reception(here stop) reception {
	d := reception{page: r.page(""), desk: ""}
	d.where = d.say.Say("visitor.reception")
	texts := r.opt.Site.Texts
	d.desk = d.in(texts[site.TextReception])
	d.also = []string{d.in(texts[site.TextDistance]), d.in(texts[site.TextGroups])}
	if q, ok := r.opt.Site.Question(here.question); ok {
		d.words, d.hint = d.say.Say("visitor.quoted", "Text", d.in(q.Text)), d.in(q.Hint)
	}
	d.choices = []choice{
		{id: doQuestions, label: []string{d.say.Say("visitor.other-questions")}},
		{id: doThemes, label: []string{d.say.Say("visitor.read-all")}},
	}
	if len(r.opt.Site.Distance) > 0 && !r.visit.passed(atLater) {
		d.choices = append(d.choices, choice{id: doLater, label: []string{d.say.Say("later.all")}})
	}
	return d
}

func (d reception) draw(c *screen.Canvas) {
	body := row(c, d.page.draw(c), d.choices)
	body, _ = body.Left(min(body.W, 90))
	paras := []para{
		{text: d.words, style: d.soft(c)},
		{text: d.say.Say("visitor.reception-title"), style: c.Theme().Strong(), above: 1},
		{text: d.hint, style: d.text(c), above: 1},
		{text: d.desk, style: c.Theme().Strong(), above: 1},
		{text: d.say.Say("visitor.reception-text"), style: d.text(c), above: 1},
	}
	also := para{text: strings.Join(d.also, "\n"), style: d.soft(c), above: 1}
	flow(c, body, withRoom(body, paras, also)...)
}
