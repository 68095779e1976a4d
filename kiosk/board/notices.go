package board

import (
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// workshop is one of the next workshops, another one at every turn.
func (v *view) workshop(turn int) []string {
	all := v.site.Workshops
	if len(all) == 0 {
		return nil
	}
	w, lang := all[turn%len(all)], v.say.Lang()
	return []string{w.Title.In(lang) + " · " + w.When.In(lang)}
}

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
