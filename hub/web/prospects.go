package web

import (
	"sync"
	"time"

	"accueil/internal/queue"
	"accueil/internal/waits"
	"accueil/internal/wire"
)

// prospects are the waiting intervals of everybody in each service's line. Pages
// share them: however many are open or asked for, a line is reckoned once in a while,
// and never while the writer waits.
type prospects struct {
	mu    sync.Mutex
	lines map[string]line // by service
}

type line struct {
	most     int // people ahead of the last
	promised []waits.Promise
	at       time.Time
}

// of is the interval of a ticket that waits, High 0 when that is not known. The
// outlook is its service's.
func (p *prospects) of(outlook waits.State, at stand) wire.Interval {
	if at.state != queue.Waiting {
		return wire.Interval{}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	l, ahead := p.lines[at.service], min(at.ahead, waits.MostAhead)
	if time.Since(l.at) >= waitsEvery || ahead > l.most || l.promised == nil && tellable(outlook) {
		most := min(2*ahead+10, waits.MostAhead) // so that it need not be done again soon
		l = line{most: most, promised: waits.Line(outlook, most), at: time.Now()}
		p.lines[at.service] = l
	}
	var promise waits.Promise
	if l.promised != nil {
		promise = l.promised[ahead]
	} else { // whoever finds a desk free is told all the same
		outlook.Ahead = ahead
		promise, _ = waits.Estimate(outlook)
	}
	if i := wire.NewInterval(promise.Low, promise.High); i != nil {
		return afterReturn(*i, at.away())
	}
	return wire.Interval{}
}

// coarse is how finely the page says that somebody is not called before they are back,
// in minutes: so it need not be drawn anew every minute.
const coarse = 5

// afterReturn is an interval of which nothing is before a person's return.
func afterReturn(i wire.Interval, away time.Duration) wire.Interval {
	if i.High == 0 || away <= 0 {
		return i
	}
	back := coarse * int((away+coarse*time.Minute-1)/(coarse*time.Minute))
	i.Low = max(i.Low, back)
	i.High = max(i.High, back+coarse)
	return i
}

// tellable says whether [waits.Line] knows.
func tellable(outlook waits.State) bool {
	return len(outlook.Desks) > 0 && len(outlook.Finished) >= waits.Enough
}
