package visitor

import (
	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// help explains the screen in plain words.
type help struct {
	page
	about, desk, privacy string
}

func (r *Role) help() help {
	h := help{page: r.page("")}
	h.where = h.say.Say("say.help")
	texts := r.opt.Site.Texts
	h.about, h.desk, h.privacy = h.in(texts[site.TextAbout]), h.in(texts[site.TextReception]), h.in(texts[site.TextPrivacy])
	return h
}

func (h help) draw(c *screen.Canvas) {
	body := h.page.draw(c)
	body, _ = body.Left(min(body.W, 100))
	say, text, soft := h.say, h.text(c), h.soft(c)
	paras := []para{
		{text: say.Say("visitor.help-title"), style: c.Theme().Strong()},
		{label: say.Say("visitor.help-touch"), text: say.Say("visitor.help-touch-text"), style: text, above: 2},
		{label: say.Say("visitor.help-ticket"), text: say.Say("visitor.help-ticket-text"), style: text, above: 1},
		{label: say.Say("visitor.help-bar"), text: say.Say("visitor.help-bar-1"), style: text, above: 1},
		{text: say.Say("visitor.help-bar-2"), style: text},
		{label: say.Say("visitor.help-keys"), text: say.Say("visitor.help-keys-text"), style: text, above: 1},
		{label: say.Say("visitor.help-people"), text: h.desk, style: c.Theme().Strong(), above: 1},
	}
	flow(c, body, withRoom(body, paras,
		para{label: say.Say("visitor.help-privacy"), text: h.privacy, style: soft, above: 1},
		para{label: say.Say("visitor.help-here"), text: h.about, style: soft, above: 1},
	)...)
}
