package web

import (
	"time"

	"accueil/internal/phrases"
	"accueil/internal/wire"
)

// waiting says how many are before and how long it takes. Past what was announced no
// new interval stands beside that: it would say something else.
func (s *Server) waiting(at stand, speak phrases.Speaker) []string {
	lines := []string{speak.Say("wait.ahead-none")}
	if at.ahead > 0 {
		lines[0] = speak.Say("wait.ahead", "Count", at.ahead)
	}
	if at.away() > 0 {
		lines = append([]string{speak.Say("page.back", "Time", speak.Clock(at.back.In(s.zone)))}, lines...)
	}
	switch {
	case at.late:
	case at.wait.High > 0:
		lines = append(lines, speak.Say("page.wait", "Interval", between(speak, at.wait)))
	default:
		lines = append(lines, speak.Say("wait.unknown-sentence"))
	}
	return append(lines, s.uncalled(at, speak))
}

// uncalled says what to do when no call comes: no earlier than the page says that one
// may come. Whoever is next is not sent out of the room.
func (s *Server) uncalled(at stand, speak phrases.Speaker) string {
	switch {
	case at.late && at.ahead == 0:
		return speak.Say("page.overdue-next")
	case at.late:
		return speak.Say("page.overdue")
	case at.due.IsZero():
		return speak.Say("visitor.ask-any-time")
	}
	latest := at.due
	if end := at.seen.Add(time.Duration(at.wait.High) * time.Minute); end.After(latest) {
		latest = end
	}
	return speak.Say("page.if-not-called", "Time", speak.Clock(latest.In(s.zone)))
}

// away is how much longer nobody is called who will be back later.
func (at stand) away() time.Duration {
	if at.back.IsZero() {
		return 0
	}
	return max(0, at.back.Sub(at.seen))
}

func between(speak phrases.Speaker, i wire.Interval) string {
	return speak.Between(time.Duration(i.Low)*time.Minute, time.Duration(i.High)*time.Minute)
}
