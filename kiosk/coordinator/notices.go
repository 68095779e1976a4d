package coordinator

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/notice"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// Targets of the sheets of announcements.
const (
	idTyped = "typed" // an announcement in one's own words
	idNext  = "next"  // the next thing to type
)

// untilClosing is the choice of an end that is not so many minutes.
const untilClosing = "closing"

// draft is an announcement that is being made: a ready-made phrase, or words typed
// in the site's first language and, if one likes, in others.
type draft struct {
	phrase string
	texts  map[string][]rune // by language
	at     int               // the language being typed
}

// first is what was typed in the site's first language.
func (v *view) first() string { return strings.TrimSpace(string(v.draft.texts[v.site.Languages[0]])) }

// typed takes a key of somebody who types an announcement.
func (r *Role) typed(k screen.Key) bool {
	all := r.opt.Site.Typed()
	lang := all[r.draft.at]
	text := r.draft.texts[lang]
	switch {
	case k.Code == screen.KeyEnter:
		r.next()
		return true
	case k.Code == screen.KeyTab, k.Code == screen.KeyDown:
		r.draft.at = (r.draft.at + 1) % len(all)
		return true
	case k.Code == screen.KeyBackTab, k.Code == screen.KeyUp:
		r.draft.at = (r.draft.at + len(all) - 1) % len(all)
		return true
	case k.Code == screen.KeyBackspace && len(text) > 0:
		text = text[:len(text)-1]
	case k.Code == screen.KeyRune && unicode.IsPrint(k.Rune) && len(text) < wire.MaxNoticeText:
		text = append(slices.Clone(text), k.Rune)
	default:
		return k.Code == screen.KeyBackspace || k.Code == screen.KeyRune
	}
	r.draft.texts = maps.Clone(r.draft.texts)
	if r.draft.texts == nil {
		r.draft.texts = map[string][]rune{}
	}
	r.draft.texts[lang] = text
	return true
}

// next goes on from a text typed: to one translation, then to its end. Whoever has
// more goes to them by hand.
func (r *Role) next() {
	v := r.view()
	switch {
	case v.first() == "":
		r.note, r.draft.at = staff.Say(r.opt.Say.Say("coordinator.why.no-text"), true), 0
	case r.draft.at == 0 && len(v.site.Typed()) > 1:
		r.draft.at = 1
	default:
		r.dialog, r.note = until, staff.Note{}
	}
}

// announce puts the announcement up until the time chosen.
func (r *Role) announce(key string) {
	v := r.view()
	n := wire.Notice{Phrase: r.draft.phrase, Until: v.closing()}
	if minutes, err := strconv.Atoi(key); err == nil {
		n.Until = v.now.Add(time.Duration(minutes) * time.Minute)
	}
	if n.Phrase == "" {
		n.Text = map[string]string{}
		for lang, typed := range r.draft.texts {
			if text := strings.TrimSpace(string(typed)); text != "" {
				n.Text[lang] = text
			}
		}
	}
	r.say(wire.DoAnnounce, n)
}

// silence takes an announcement down.
func (r *Role) silence(id string) { r.say(wire.DoSilence, wire.Notice{ID: id}) }

func (r *Role) say(do queue.Deed, n wire.Notice) {
	r.dialog = noDialog
	way := func(ctx context.Context, a queue.Ask) (wire.Reply, error) { return r.opt.Line.Announce(ctx, a, n) }
	if r.view().unable() == "" && r.asks.Through(way, queue.Ask{Do: do}) {
		r.note, r.draft = staff.Note{}, draft{}
	}
}

// closing is when the house closes today, or else the day.
func (v *view) closing() time.Time {
	cal, err := v.site.Calendar()
	if err != nil { // a site that was loaded has one
		return v.now
	}
	end := cal.EndOfDay(v.now, v.site.Closes)
	if o := cal.At(v.site.Hours, v.now); o.Open && o.Until.Before(end) {
		end = o.Until
	}
	return end
}

// text is an announcement in the terminal's language.
func (v *view) text(n wire.Notice) string {
	return strings.Join(notice.Texts([]wire.Notice{n}, v.say, v.site.Languages[0], v.now), "")
}

// announced are the texts of what is announced now, each with its end.
func (v *view) announced() (texts []string) {
	for _, n := range v.notices[:min(len(v.notices), wire.MaxNotices)] {
		texts = append(texts, v.say.Say("coordinator.announced", "Time", v.clock(n.Until), "Text", v.text(n)))
	}
	return texts
}

// noticeRows is how many rows they take, whole.
func (v *view) noticeRows(width int) (rows int) {
	for _, text := range v.announced() {
		rows += len(screen.Lines(text, width))
	}
	return rows
}

// drawNotices says below the top line what is announced now.
func (v *view) drawNotices(c *screen.Canvas) {
	w, _ := c.Size()
	r := screen.Rect{X: staff.Margin, Y: 1, W: w - 2*staff.Margin, H: v.noticeRows(w - 2*staff.Margin)}
	for _, text := range v.announced() {
		used := c.Wrap(r, c.Theme().Strong(), text)
		_, r = r.Top(used)
	}
}

// body is the area of a page: announcements that need more rows than are kept for
// them push it down.
func (v *view) body(c *screen.Canvas) screen.Rect {
	r := staff.Body(c)
	_, r = r.Top(max(0, v.noticeRows(r.W)-2))
	return r
}

// sheet is what is chosen over the page; false when the dialog is none.
func (v *view) sheet() (title string, list []staff.Choice, ok bool) {
	switch v.dialog {
	case announce:
		for _, key := range wire.ReadyNotices() {
			list = append(list, staff.Choice{ID: "phrase:" + key, Label: v.say.Say(key)})
		}
		return v.say.Say("coordinator.title.announce"), append(list, staff.Choice{ID: idTyped, Label: v.say.Say("coordinator.typed")}), true
	case until:
		return v.untilTitle(), v.ends(), true
	case silence:
		for _, n := range v.notices {
			list = append(list, staff.Choice{ID: "silence:" + n.ID, Label: v.text(n), Note: v.say.Say("coordinator.until", "Time", v.clock(n.Until))})
		}
		return v.say.Say("coordinator.title.silence"), list, true
	case moveDesk, moveTo:
		title, list = v.moving()
		return title, list, true
	case overdueTicket:
		title, list = v.remedies()
		return title, list, true
	}
	return "", nil, false
}

func (v *view) untilTitle() string {
	text := v.first()
	if v.draft.phrase != "" {
		text = v.say.Say(v.draft.phrase)
	}
	return v.say.Say("staff.quoted", "Text", text) + "\n" + v.say.Say("coordinator.title.until")
}

// ends are until when something can be announced.
func (v *view) ends() (list []staff.Choice) {
	for _, minutes := range []int{15, 30, 60} {
		d := time.Duration(minutes) * time.Minute
		list = append(list, staff.Choice{
			ID: "until:" + strconv.Itoa(minutes), Label: v.say.Minutes(d),
			Note: v.say.Say("coordinator.until", "Time", v.clock(v.now.Add(d))),
		})
	}
	end := v.closing()
	return append(list, staff.Choice{
		ID: "until:" + untilClosing, Label: v.say.Say("coordinator.until-closing"),
		Note: v.say.Say("coordinator.until", "Time", v.clock(end)),
		Off:  !end.After(v.now) || end.Sub(v.now) > wire.MaxNoticeFor,
	})
}

// drawSheet draws what is chosen as tiles.
func (v *view) drawSheet(c *screen.Canvas, r screen.Rect, title string, list []staff.Choice) {
	rows := len(screen.Lines(title, r.W))
	head, rest := r.Top(rows + 1)
	c.Wrap(head, c.Theme().Strong(), title)
	switch v.dialog {
	case announce:
		v.drawLines(c, rest, list)
	case silence: // whole sentences
		staff.Tiles(c, rest, &v.scrolls.sheet, 1, list)
	default:
		staff.Tiles(c, rest, &v.scrolls.sheet, 2, list)
	}
}

// drawLines draws a line a choice, since all have to be seen at once; a digit
// chooses.
func (v *view) drawLines(c *screen.Canvas, r screen.Rect, list []staff.Choice) {
	t := screen.Table{Columns: []screen.Column{{Width: 1}, {}}, Scroll: &v.scrolls.sheet}
	for i, ch := range list {
		t.Rows = append(t.Rows, screen.Row{ID: ch.ID, Cells: []string{strconv.Itoa(i + 1), cutName(ch.Label, r.W-8)}})
	}
	c.Table(r, t)
}

// digit chooses a line by its number.
func (r *Role) digit(k screen.Key) bool {
	_, list, _ := r.view().sheet()
	i := int(k.Rune - '1')
	if k.Code != screen.KeyRune || i < 0 || i >= len(list) {
		return false
	}
	r.Act(list[i].ID)
	return true
}

// drawTyping draws a row for each language with what is typed in it; the one being
// typed has room for all of it, and says how much more it takes.
func (v *view) drawTyping(c *screen.Canvas, r screen.Rect) {
	head, rest := r.Top(3)
	title := v.say.Say("coordinator.title.typed")
	if v.draft.at > 0 {
		title = v.say.Say("coordinator.title.translation", "Language", staff.Language(v.say, v.site.Typed()[v.draft.at]))
	}
	c.Wrap(head, c.Theme().Strong(), title)
	for i, lang := range v.site.Typed() {
		rows := 1
		if i == v.draft.at {
			rows = 4
		}
		var field screen.Rect
		field, rest = rest.Top(rows)
		v.drawField(c, field, lang, i)
	}
}

func (v *view) drawField(c *screen.Canvas, r screen.Rect, lang string, i int) {
	label, s := staff.Language(v.say, lang), c.Theme().Soft()
	if i > 0 {
		label = v.say.Say("coordinator.optional", "Language", label)
	}
	text := string(v.draft.texts[lang])
	if i != v.draft.at {
		used := c.Text(r.X+2, r.Y, r.W-2, s, label)
		room := r.W - used - 4
		c.Text(r.X+used+4, r.Y, room, c.Theme().Text(), cutName(text, room))
		return
	}
	used := c.Text(r.X, r.Y, r.W-10, c.Theme().Strong(), "▶ "+label)
	left := wire.MaxNoticeText - utf8.RuneCountInString(text)
	room := v.say.Say("coordinator.left", "Count", left)
	if left <= 0 {
		s, room = c.Theme().Alert().Strong(), "▲ "+v.say.Say("coordinator.full-text")
	}
	c.Text(r.X+used+2, r.Y, r.W-used-2, s, room)
	c.Wrap(screen.Rect{X: r.X + 2, Y: r.Y + 1, W: r.W - 2, H: 2}, c.Theme().Text(), text+"_")
}
