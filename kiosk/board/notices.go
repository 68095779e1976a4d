package board

import (
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// workshop is one of the next workshops, another one at every other turn; where no
// date is known, one of them all.
func (v *view) workshop() []string {
	all := v.soon
	if len(all) > 0 && !all[0].Begins.IsZero() {
		all = all[:min(len(all), soonest)]
	}
	if len(all) == 0 {
		return nil
	}
	o, lang := all[nth(v.says, v.turn, len(all))], v.say.Lang()
	if o.Begins.IsZero() {
		return []string{o.Title.In(lang) + " · " + o.When.In(lang)}
	}
	return []string{v.say.When(o.Begins.In(v.now.Location()), v.now) + " · " + o.Title.In(lang) + " · " + o.Where.In(lang)}
}

// soonest is how many of the next workshops take turns.
const soonest = 3

// noticeRows is how many rows the announcements take, each wrapped, with one
// row of room above; 0 without any.
func (v *view) noticeRows(width int) int {
	rows := 0
	for _, text := range v.notices {
		rows += len(screen.Lines(text, width-markWidth))
	}
	if rows == 0 {
		return 0
	}
	return rows + 1
}

// markWidth is the sign before an announcement and its room.
const markWidth = 3

// drawNotices writes the announcements so that they are seen before the
// services, but not before the calls.
func (v *view) drawNotices(c *screen.Canvas, r screen.Rect) {
	style, sign := c.Theme().Soft(), "·"
	if v.announced {
		style, sign = c.Theme().Alert().Strong(), "▶"
		c.Fill(screen.Rect{X: 0, Y: r.Y, W: r.X + r.W + staff.Margin, H: r.H}, style)
	}
	for _, text := range v.notices {
		c.Text(r.X, r.Y, markWidth, style, sign)
		_, in := r.Left(markWidth)
		used := c.Wrap(in, style, text)
		_, r = r.Top(used)
	}
}
