package visitor

import "accueil/kiosk/screen"

// themes offers everything there is to read and do, by service, and the room
// to do it in.
type themes struct {
	page
	title, hint string
	choices     []choice
	scroll      *screen.Scroll
}

func (r *Role) themes(here stop) themes {
	t := themes{page: r.page(""), scroll: here.scroll}
	t.where = t.say.Say("visitor.read-all")
	t.title = t.say.Say("visitor.themes-title")
	for _, s := range r.opt.Site.Services {
		if k := r.stock("", s.Key); !k.empty() {
			t.choices = append(t.choices, choice{id: doTheme + ":" + s.Key, of: s,
				label: []string{t.in(s.Name), t.in(s.Pole)}, note: t.counts(k)})
		}
	}
	if q, ok := r.opt.Site.Question(here.question); ok {
		t.hint = t.in(q.Hint)
		if k := r.stock(q.Key, ""); !k.empty() {
			t.choices = append(t.choices, choice{id: doBrowse, label: []string{t.say.Say("visitor.at-hand")}, note: t.counts(k)})
		}
	}
	t.choices = append(t.choices, choice{id: doRoom, label: []string{t.say.Say("visitor.room")},
		note: []string{t.say.Say("visitor.room-note")}})
	return t
}

// counts says how much there is.
func (p page) counts(k stock) []string {
	read := p.say.Say("visitor.count-read", "Count", len(k.resources))
	if len(k.workshops) == 0 {
		return []string{read}
	}
	return []string{read + " · " + p.say.Say("visitor.count-workshops", "Count", len(k.workshops)), read}
}

func (t themes) draw(c *screen.Canvas) {
	if c.Body().H < roomyBody {
		t.where, t.title, t.hint = fitting(t.room(c), 1, []string{t.title, t.where}), "", ""
	}
	body := t.page.draw(c)
	_, rows := shape(body, len(t.choices), t.large)
	head, _ := body.Top(max(1, body.H-gridHeight(body, len(t.choices), t.large)))
	title, hint := para{text: t.title, style: c.Theme().Strong()}, para{text: t.hint, style: t.soft(c)}
	if used := flowHeight(head.W, title, hint); used > head.H || choiceHeight(body.H-used, rows) < roomyHeight {
		hint.text = ""
	}
	rest := flow(c, head, title, hint)
	grid(c, below(body, head.H-rest.H, len(t.choices), t.large), t.large, t.scroll, t.choices)
}
