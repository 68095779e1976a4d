package visitor

import (
	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// questions is the first screen of a visit, and the second level below one of
// its questions.
type questions struct {
	page
	title   []string // longest first
	hint    string
	service *serviceHead // of the whole second level, nil for none
	scroll  *screen.Scroll
	choices []choice
}

// serviceHead is the service a second level is about.
type serviceHead struct {
	site.Service
	names []string // longest first
	notes []string
}

func (r *Role) questions() questions {
	q := questions{page: r.page(r.opt.Site.Name.In(r.visit.lang)), scroll: r.visit.here().scroll}
	q.title = []string{q.say.Say("visitor.questions-title")}
	q.choices = r.asks(q.page, r.opt.Site.Questions, "")
	return q
}

// question is the second level of a question.
func (r *Role) question(here stop) questions {
	parent, _ := r.opt.Site.Question(here.question)
	q := questions{page: r.page(r.opt.Site.Name.In(r.visit.lang)), scroll: here.scroll}
	q.title, q.hint = []string{q.in(parent.Text), q.in(parent.Short)}, q.in(parent.Hint)
	if service, ok := r.opt.Site.Service(parent.Service); ok {
		q.service = &serviceHead{service, []string{q.in(service.Name), q.in(service.Pole)}, r.standing(service).notes(q.say, q.now)}
	}
	q.choices = r.asks(q.page, parent.Children, parent.Service)
	if parent.Service != "" && len(q.choices) < site.MaxChoices {
		q.choices = append(q.choices, choice{id: doGeneral, label: []string{q.say.Say("visitor.general")}})
	}
	return q
}

// asks turns questions into choices; those of a service that the screen already
// names do not name it again.
func (r *Role) asks(p page, list []site.Question, named string) []choice {
	var choices []choice
	for _, q := range list {
		b := choice{id: doAsk + ":" + q.Key, label: []string{p.in(q.Text), p.in(q.Short)}}
		if service, ok := r.opt.Site.Service(q.Service); ok {
			b.of = service
			if q.Service != named {
				b.note = r.standing(service).notes(p.say, p.now)
			}
		} else if named == "" {
			b.note = r.wayNote(p, q)
		}
		choices = append(choices, b)
	}
	return choices
}

// browseNote says what there is besides the people: also how many computers are
// free, while that is known.
func (r *Role) browseNote(p page) []string {
	note := p.say.Say("visitor.browse-note")
	view, ok := r.opt.Line.Public()
	if !ok || !r.opt.Line.Hub() || view.PCs == nil {
		return []string{note}
	}
	free := p.say.Say("work.free", "Count", view.PCs.Free)
	return []string{note + " · " + free, free}
}

// wayNote says what is behind a question that no service answers.
func (r *Role) wayNote(p page, q site.Question) []string {
	switch q.Leads {
	case site.LeadsWords:
		return []string{p.say.Say("visitor.words-note")}
	case site.LeadsBrowse:
		return r.browseNote(p)
	}
	return []string{p.say.Say("visitor.reception-note")}
}

func (q questions) draw(c *screen.Canvas) {
	if c.Body().H < roomyBody || c.Large() && c.Body().H < 2*roomyBody || q.service == nil && q.hint == "" && c.Body().H < headedBody {
		q.drawSmall(c)
		return
	}
	body := q.page.draw(c)
	head, _ := body.Top(max(1, body.H-gridHeight(body, len(q.choices), q.large)))
	used := q.drawHead(c, head, body.H-roomyGrid(body, len(q.choices)))
	grid(c, below(body, used, len(q.choices), q.large), q.large, q.scroll, q.choices)
}

// headedBody is the rows from which on eight choices leave room for a title.
const headedBody = 26

// drawSmall has the title in the top line, so that the choices have the body.
func (q questions) drawSmall(c *screen.Canvas) {
	q.where = fitting(q.page.room(c), 1, q.title)
	body := q.page.draw(c)
	if q.large && body.H == 2*largeTile {
		body.H++ // two choices, down to the bar
	}
	_, rows := shape(body, len(q.choices), q.large)
	if free := body.H - rows*(choiceHeight(body.H, rows)+1) + 1; !q.large && free == 1 {
		_, body = body.Top(free)
	}
	grid(c, body, q.large, q.scroll, q.choices)
}

// largeTile is the rows of a choice in two lines of large letters.
const largeTile = 2 * screen.LetterRows

// drawHead writes the title, in large letters if the rows are free that it takes,
// and hint and service as far as there is room; it returns the rows used.
func (q questions) drawHead(c *screen.Canvas, r screen.Rect, free int) int {
	title := para{text: fitting(r.W, 1, q.title), style: c.Theme().Strong()}
	if lines, ok := screen.LetterLines(title.text, r.W); ok && len(lines)*screen.LetterRows < free {
		title.big = true
	}
	hint := para{text: q.hint, style: q.soft(c)}
	if flowHeight(r.W, title, hint) > r.H {
		hint.text = ""
	}
	rest := flow(c, r, title, hint)
	if q.service != nil && rest.H > 1 {
		_, rest = rest.Top(1)
		q.service.draw(c, rest)
		_, rest = rest.Top(1)
	}
	return r.H - rest.H
}

// draw writes letter, shape, name and the state of the service in one row.
func (s serviceHead) draw(c *screen.Canvas, r screen.Rect) {
	mark := markOf(c.Theme(), s.Service)
	used := 1 + c.Text(r.X, r.Y, r.W, screen.Style{Fg: mark.Color, Bg: c.Theme().Paper, Bold: true}, mark.String())
	used += 1 + c.Text(r.X+used, r.Y, r.W-used, c.Theme().Strong(), fitting(r.W-used, 1, s.names))
	if note := fitting(r.W-used-1, 1, s.notes); screen.Width(note) < r.W-used {
		c.Text(r.X+used+1, r.Y, r.W-used-1, c.Theme().Soft(), note)
	}
}
