package visitor

import (
	"fmt"

	"accueil/kiosk/screen"
)

// programList is the sheet of the programs that can be used here.
type programList struct {
	page
	notice, erased string
	choices        []choice
	scroll         *screen.Scroll
}

func (r *Role) programList(here stop) programList {
	l := programList{page: r.page(""), scroll: here.scroll}
	l.where = l.say.Say("work.title")
	l.erased = l.say.Say("work.erased")
	switch {
	case r.visit.workFailed:
		l.notice = l.say.Say("work.failed")
	case r.visit.workEnded:
		l.notice = l.say.Say("work.ended")
	}
	for _, p := range r.programs() {
		what, minutes := l.in(p.What), l.say.Say("speech.minutes", "Count", p.Minutes)
		l.choices = append(l.choices, choice{id: doWork + ":" + p.Key, label: []string{l.in(p.Name)},
			note: []string{what + " · " + minutes, what, minutes}})
	}
	return l
}

func (l programList) draw(c *screen.Canvas) {
	body := l.page.draw(c)
	body, _ = body.Left(min(body.W, 96))
	body = flow(c, body, para{text: l.notice, style: c.Theme().Strong()}, para{text: l.erased, style: l.text(c), above: 1})
	_, body = body.Top(1)
	grid(c, body, l.large, l.scroll, l.choices)
}

// working is what stands beside the program that runs.
type working struct {
	page
	name, left, erased, called string
	digits                     string // minutes left, or the label that is called
	choices                    []choice
}

func (r *Role) working() working {
	w := r.visit.work
	k := working{page: r.page(""), called: r.calledWords()}
	k.where = k.say.Say("work.title")
	if w == nil { // it has just ended
		return k
	}
	minutes := minutesLeft(max(0, w.until.Sub(r.opt.Clock())))
	k.digits = fmt.Sprint(minutes)
	if k.called != "" { // it stands large below
		k.banner, k.digits = "", string(r.visit.held.Label)
	}
	if w.asked {
		k.called = k.say.Say("visitor.idle-title")
	}
	k.name, k.left = k.say.Say("work.open", "Name", k.in(w.program.Name)), k.say.Say("work.left", "Count", minutes)
	k.erased = k.say.Say("work.erased")
	k.choices = []choice{
		{id: doWorked, label: []string{k.say.Say("work.end")}, main: true},
		{id: doQuestions, label: []string{k.say.Say("visitor.other-questions")}},
	}
	return k
}

func (k working) draw(c *screen.Canvas) {
	body := row(c, k.page.draw(c), k.choices)
	body, _ = body.Left(min(body.W, 90))
	if w, h := screen.BigSize(k.digits); w > 0 && w <= body.W && body.H > h+6 {
		c.Big(body.X, body.Y, c.Theme().Text(), k.digits)
		_, body = body.Top(h + 1)
	}
	flow(c, body,
		para{text: k.called, style: c.Theme().Strong()},
		para{text: k.left, style: c.Theme().Strong(), above: 1},
		para{text: k.name, style: k.text(c), above: 1},
		para{text: k.erased, style: k.soft(c), above: 1},
	)
}
