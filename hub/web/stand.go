package web

import (
	"cmp"
	"time"

	"accueil/hub/floor"
	"accueil/internal/calendar"
	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

// settled is after how long nobody takes back any more that a visit is finished; they
// can within [queue.UndoWithin].
const settled = 5 * queue.UndoWithin

// stand is where a ticket stands at a moment: all that its page needs of the
// day, so that the writer is not kept while a page is written.
type stand struct {
	id            queue.TicketID
	label, alias  queue.Label
	service, desk string
	question      string // key; "" when not known
	language      string
	state         queue.State
	ahead         int
	delays        int
	behind        bool // somebody waits behind
	back, due     time.Time
	over          bool          // nothing will change any more
	closed        bool          // it left since the day was closed over it
	late          bool          // the interval announced is over, and nobody has called
	wait          wire.Interval // High 0: not known
	notices       string        // ids of what is announced
	seen          time.Time
	quiet         [wire.MaxQuiet]calendar.Span // quieter hours to come; asked for a whole page only
}

// standOf copies what the page of a ticket needs, but for the interval, while so
// much is announced.
func standOf(t *queue.Ticket, sight floor.Sight, notices string) stand {
	now := t.Now()
	at := stand{
		id: t.ID, label: t.Label(), alias: t.Alias(), service: now.Service, desk: now.Desk, question: t.Question, language: t.Language,
		state: now.State, delays: t.Delays, back: t.Back, seen: sight.Stamp.At, notices: notices,
	}
	if now.State == queue.Waiting {
		at.ahead = sight.Day.Ahead(t)
		at.behind = at.ahead < len(sight.Day.Waiting(now.Service))-1
	}
	at.over = now.State == queue.Served && at.seen.Sub(now.Ended) > settled*time.Duration(max(1, sight.Day.Rules().Speed))
	at.closed = now.State == queue.Gone && now.Reason == queue.ReasonDayClosed
	at.due = t.Due()
	at.late = now.State == queue.Waiting && !at.due.IsZero() && at.seen.After(at.due)
	return at
}

func noticeIDs(all []wire.Notice) (ids string) {
	for _, n := range all {
		ids += n.ID + " "
	}
	return ids
}

// same says whether two stands are worth one page.
func (at stand) same(other stand) bool {
	at.seen, other.seen = time.Time{}, time.Time{}
	at.quiet, other.quiet = [wire.MaxQuiet]calendar.Span{}, [wire.MaxQuiet]calendar.Span{}
	return at == other
}

// offer adds what somebody who waits can do about it: let others pass, leave.
func (s *Server) offer(p *page, at stand, speak phrases.Speaker) {
	if at.delays < queue.MaxDelays {
		p.Pass = &passes{
			Heading: speak.Say("page.pass"), About: speak.Say("page.pass-about"), ID: newID(),
			Ways: []way{{speak.Say("page.pass-15"), "minutes", "15"}},
		}
		if at.behind {
			p.Pass.Ways = append([]way{{speak.Say("page.pass-1"), "persons", "1"}, {speak.Say("page.pass-3"), "persons", "3"}}, p.Pass.Ways...)
		}
	}
	p.Leave = &leaving{Heading: speak.Say("page.leave"), Sure: speak.Say("page.leave-sure"), Yes: speak.Say("page.leave-yes"), ID: newID()}
}

// announced is what the staff announce, in the page's language or as it was typed.
func (s *Server) announced(at stand, speak phrases.Speaker) (texts []string) {
	s.followers.mu.Lock()
	defer s.followers.mu.Unlock()
	for _, n := range s.followers.notices {
		if !n.Until.After(at.seen) {
			continue
		}
		texts = append(texts, s.noticeText(n, speak))
	}
	return texts
}

// noticeText is an announcement in a language, or else as it was typed in the
// site's first.
func (s *Server) noticeText(n wire.Notice, speak phrases.Speaker) string {
	if n.Phrase != "" {
		return speak.Say(n.Phrase)
	}
	return cmp.Or(n.Text[speak.Lang()], n.Text[s.site.Languages[0]])
}
