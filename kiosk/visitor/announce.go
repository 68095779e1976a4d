package visitor

import (
	"strings"
	"time"

	"accueil/internal/phrases"
	"accueil/kiosk/notice"
	"accueil/kiosk/screen"
)

// announced is what the staff announce, on the screens that lead somewhere: who
// is reading is not disturbed.
func (r *Role) announced(say phrases.Speaker, now time.Time) []string {
	switch r.visit.here().at {
	case atAttract, atQuestions, atAnswer, atTicket:
		view, _ := r.opt.Line.Public()
		return notice.Texts(view.Notices, say, r.opt.Site.Languages[0], now)
	}
	return nil
}

// turn is how many turns have passed.
func (r *Role) turn() int { return int(r.opt.Clock().Unix() / int64(turnTime/time.Second)) }

// banners tells whether there is a row of something to tell.
func (p page) banners() bool { return p.banner != "" || len(p.said) > 0 }

// announcement is what is announced in one row, above a body of that size: nothing
// on a screen gives way to it. What one row cannot hold takes turns.
func (p page) announcement(body screen.Rect) string {
	if len(p.said) == 0 {
		return ""
	}
	pages := announcementPages(p.said, body.W-screen.Width("▲ "))
	return pages[p.turn%len(pages)]
}

// goesOn ends a row whose announcement goes on in the next.
const goesOn = " …"

// announcementPages are announcements in rows of a width: one for all if they fit
// together, or else each by itself, the long ones in several.
func announcementPages(said []string, width int) (pages []string) {
	if all := strings.Join(said, " · "); len(screen.Lines(all, width)) == 1 {
		return []string{all}
	}
	for _, text := range said {
		if len(screen.Lines(text, width)) == 1 {
			pages = append(pages, text)
			continue
		}
		lines := screen.Lines(text, width-screen.Width(goesOn))
		for i, line := range lines {
			if i < len(lines)-1 {
				line += goesOn
			}
			pages = append(pages, line)
		}
	}
	return pages
}
