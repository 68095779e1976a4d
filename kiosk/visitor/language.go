package visitor

import "accueil/kiosk/screen"

// languages is the sheet of all languages, each in its own words.
type languages struct {
	page
	choices []choice
	scroll  *screen.Scroll
}

func (r *Role) languages() languages {
	l := languages{page: r.page(""), scroll: r.visit.here().scroll}
	l.where = l.say.Say("say.language")
	for _, t := range r.tongues() {
		hello := r.opt.Book.In(t.lang).Say("visitor.in-this-language")
		l.choices = append(l.choices, choice{id: doSpeak + ":" + t.lang, label: []string{t.name},
			note: []string{hello}, main: t.lang == r.visit.lang})
	}
	return l
}

func (l languages) draw(c *screen.Canvas) {
	body := l.page.draw(c)
	if body.H >= 22 {
		_, body = body.Top(1)
	}
	body, _ = body.Left(min(body.W, 96))
	grid(c, body, l.large, l.scroll, l.choices)
}
