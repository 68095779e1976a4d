package visitor

import (
	"strings"
	"unicode"

	"accueil/internal/lexicon"
	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// words is the screen on which a visitor says it in their own words: what is
// typed, the two nearest answers and the people at the desk, and a keyboard.
type words struct {
	page
	typed  string
	hint   string   // what to do, or that it was not understood
	offers []choice // the nearest answers; more questions when there are none
	desk   choice
	keys   screen.Keys
}

// What is offered at most beside the desk, and how many characters are kept.
const (
	maxOffers = 2
	maxTyped  = 120
)

func (r *Role) ownWords(here stop) words {
	w := words{page: r.page(""), typed: string(r.visit.typed)}
	w.where = w.say.Say("visitor.words-title")
	w.keys = keysOf(w.say.Say("visitor.keyboard"))
	w.keys.Space, w.keys.Erase = w.say.Say("visitor.key-space"), w.say.Say("visitor.key-erase")
	w.desk = choice{id: doReception, label: []string{w.say.Say("visitor.ask-reception")}}
	for _, q := range r.offered() {
		w.offers = append(w.offers, w.offer(r, q))
	}
	switch {
	case len(w.offers) > 0:
	case lexicon.Fold(w.typed) != "":
		w.hint = w.say.Say("visitor.words-unknown")
	default:
		w.hint = w.say.Say("visitor.words-hint")
	}
	if q, ok := r.opt.Site.Question(here.question); ok && len(q.Children) > 0 && len(w.offers) < maxOffers {
		w.offers = append(w.offers, choice{id: doOthers, label: []string{w.say.Say("visitor.words-more")}})
	}
	return w
}

// keysOf reads the keyboard of a language: its rows of letters, or when there are
// more parts than a keyboard has rows, words to touch.
func keysOf(text string) screen.Keys {
	parts := strings.Fields(text)
	if len(parts) > 3 {
		return screen.Keys{Words: parts}
	}
	return screen.Keys{Rows: parts}
}

// offer is a question as it is offered: in the visitor's words, its service second.
func (w words) offer(r *Role, q site.Question) choice {
	b := choice{id: doMeant + ":" + q.Key, label: []string{w.in(q.Text), w.in(q.Short)}}
	if service, ok := r.opt.Site.Service(q.Service); ok {
		b.of, b.note = service, []string{w.in(service.Name), w.in(service.Pole), ""}
	} else {
		b.note = append(r.wayNote(w.page, q), "")
	}
	return b
}

// offered are the questions nearest to what is typed, the best first.
func (r *Role) offered() (list []site.Question) {
	if lexicon.Fold(string(r.visit.typed)) == "" {
		return nil
	}
	for _, p := range r.lexicon().Ask(r.visit.lang, string(r.visit.typed)) {
		q, ok := r.opt.Site.Question(p.Question)
		if ok && q.Leads != site.LeadsWords && len(list) < maxOffers {
			list = append(list, q)
		}
	}
	return list
}

// understood is the lexicon of a content.
type understood struct {
	of      *site.Site
	lexicon *lexicon.Lexicon
}

// lexicon is that of the content in use.
func (r *Role) lexicon() *lexicon.Lexicon {
	if r.words.of != r.opt.Site {
		r.words = understood{r.opt.Site, r.opt.Site.Lexicon()}
	}
	return r.words.lexicon
}

// typeText adds a text to what is typed, or rubs the last character out.
func (v *visit) typeText(text string) {
	if text == screen.Rub {
		v.typed = v.typed[:max(0, len(v.typed)-1)]
		return
	}
	for _, c := range text {
		if len(v.typed) < maxTyped && unicode.IsPrint(c) {
			v.typed = append(v.typed, c)
		}
	}
}

// forgetTyped drops what was typed when its screen is left for another; help only
// lies over it.
func (v *visit) forgetTyped() {
	if at := v.here().at; at != atWords && at != atHelp {
		v.typed = nil
	}
}

// typeKey takes the keys of a real keyboard that the one on the screen does not
// show; Enter, with the focus nowhere, chooses the first answer.
func (r *Role) typeKey(k screen.Key) bool {
	switch {
	case r.visit.here().at != atWords || r.left > 0:
		return false
	case k.Code == screen.KeyRune && unicode.IsPrint(k.Rune):
		r.visit.typeText(string(k.Rune))
		return true
	case k.Code == screen.KeyEnter:
		if offered := r.offered(); len(offered) > 0 {
			r.Act(doMeant + ":" + offered[0].Key)
			return true
		}
	}
	return false
}

// meant follows the question that the visitor confirms.
func (r *Role) meant(question string) {
	if q, ok := r.opt.Site.Question(question); ok {
		r.lead(q)
	}
}

func (w words) draw(c *screen.Canvas) {
	w.page.draw(c)
	body := c.Body() // the keys may touch the bar: both are full of targets
	if w.banner != "" {
		rows := len(screen.Lines(w.banner, c.Area().W-6)) // the first lies above the body
		_, body = body.Top(rows - 1)
	}
	least := screen.KeyboardHeight(body.W, w.keys)
	field, rest := body.Top(1)
	offers, keys := w.split(rest, least)
	w.drawField(c, field)
	w.drawOffers(c, offers)
	c.Keyboard(keys, w.keys)
}

// split shares the area below the field: what is offered, and the keyboard with
// the higher keys the more room there is.
func (w words) split(r screen.Rect, least int) (offers, keys screen.Rect) {
	each := smallHeight
	if w.stacked(r.W) {
		each = 3*(roomyHeight+1) - 1
	} else if r.H-least >= roomyHeight+4 {
		each = roomyHeight
	}
	if r.H-least > each+1 {
		_, r = r.Top(1)
	}
	offers, r = r.Top(each)
	rows := least / smallHeight
	keys, _ = r.Foot(min(max(least, (r.H-1)/rows*rows), least/smallHeight*roomyHeight))
	return offers, keys
}

// stacked says whether answers stand one below the other on so many columns.
func (w words) stacked(width int) bool { return width < 70 }

// drawField shows what is typed, its end when it is long.
func (w words) drawField(c *screen.Canvas, r screen.Rect) {
	style := screen.Style{Fg: c.Theme().Ink, Bg: c.Theme().Foot, Bold: true}
	c.Fill(r, style)
	r = r.Inset(1, 0)
	text := []rune(w.typed)
	for screen.Width(string(text))+1 > r.W {
		text = text[1:]
	}
	c.Text(r.X, r.Y, r.W, style, string(text)+"▁")
	example := w.say.Say("visitor.words-example")
	if len(text) > 0 || screen.Width(example) > r.W-2 {
		return
	}
	_, r = r.Left(2)
	c.Text(r.X, r.Y, r.W, screen.Style{Fg: c.Theme().PanelQuiet, Bg: c.Theme().Foot}, example)
}

// deskWidth is the columns of the desk beside the answers.
const deskWidth = 18

// drawOffers draws the answers and, always at the same place, the desk.
func (w words) drawOffers(c *screen.Canvas, r screen.Rect) {
	if w.stacked(r.W) {
		places := r.Rows(maxOffers+1, 1)
		w.drawAnswers(c, places[:maxOffers])
		w.drawOffer(c, places[maxOffers], w.desk)
		return
	}
	left, desk := r.W-deskWidth-columnGap, r
	desk.X, desk.W = r.Right()-deskWidth, deskWidth
	r.W = left
	w.drawAnswers(c, columns(r, maxOffers))
	w.drawOffer(c, desk, w.desk)
}

// drawAnswers draws what is offered at its places; a hint takes the first of them.
func (w words) drawAnswers(c *screen.Canvas, places []screen.Rect) {
	if w.hint != "" {
		at := places[0]
		if len(w.offers) == 0 && !w.stacked(at.W+deskWidth) {
			at.W = places[1].Right() - at.X
		}
		c.Wrap(at, w.soft(c), w.hint)
		places = places[1:]
	}
	for i, b := range w.offers {
		w.drawOffer(c, places[i], b)
	}
}

func (w words) drawOffer(c *screen.Canvas, r screen.Rect, b choice) {
	in := screen.Rect{W: r.W - 3, H: r.H}
	tile := screen.Tile{Target: screen.Target{ID: b.id, Rect: r, Hint: b.aloud()}, Mark: markOf(c.Theme(), b.of)}
	lines := r.H
	if len(b.note) > 0 {
		room := in.W
		if b.of.Letter != "" {
			room -= markWidth
		}
		tile.Note, lines = fitting(room, 1, b.note), min(2, lines-1)
	}
	tile.Label = fitting(in.W, lines, b.label)
	c.Tile(tile)
}

// drawBar draws the bottom bar without its keys: here letters are typed.
func (w words) drawBar(c *screen.Canvas) {
	bar := w.bar(c.Theme())
	for i := range bar {
		bar[i].Hint, bar[i].Keys = bar[i].Label, nil
	}
	c.BottomBar(bar)
}
