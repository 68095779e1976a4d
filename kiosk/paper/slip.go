// Package paper hands tickets out on paper: what stands on one, and a single owner of the terminal's printer who prints it once and watches the roll.
package paper

import (
	"strings"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/printer"
	"accueil/kiosk/uplink"
)

// Ticket is what is to be put on paper.
type Ticket struct {
	uplink.Ticket           // Code is "" where only another terminal knows it
	Service       string    // key
	At            time.Time // of issue, in the site's zone
}

// maxMeanwhile is how many things to read a paper names: it has to stay short.
const maxMeanwhile = 3

// Slip is a ticket's paper in the speaker's language. A ticket of another
// terminal has neither code nor promise: what was promised there is not known here.
func Slip(s *site.Site, say phrases.Speaker, t Ticket) printer.Slip {
	service, _ := s.Service(t.Service)
	lang := say.Lang()
	slip := printer.Slip{
		Language: lang, RTL: say.RightToLeft(),
		Centre: s.Name.In(lang), Label: string(t.Label), Service: service.Name.In(lang), Place: service.Place.In(lang),
		When: say.Say("paper.printed-on", "Day", say.LongDay(t.At), "Time", say.Clock(t.At)), Foot: foot(s, say),
	}
	slip.Wait = []string{say.Say("visitor.called-where")}
	slip.Advice = say.Say("visitor.ask-any-time")
	if t.Code == "" {
		return slip
	}
	slip.Wait = append(waits(say, t), slip.Wait...)
	if t.Wait != nil {
		latest := t.At.Add(time.Duration(t.Wait.High) * time.Minute)
		slip.Advice = say.Say("page.if-not-called", "Time", say.Clock(latest))
	}
	slip.URL, slip.Follow = s.TicketURL(string(t.Code)), say.Say("paper.follow")
	_, slip.Address, _ = strings.Cut(slip.URL, "://")
	if w := s.Wifi; w.Name != "" {
		slip.Network, slip.Join, slip.NetworkName = w.Code(), say.Say("visitor.wifi"), strings.TrimSpace(w.Name+"  "+w.Password)
	}
	slip.Meanwhile = meanwhile(s, say, service)
	return slip
}

// waits says how many are served before, and what is promised. A label of the
// kiosk's own series was given without the hub, which alone knows either.
func waits(say phrases.Speaker, t Ticket) []string {
	switch {
	case t.Own:
		return []string{say.Say("visitor.own-label")}
	case t.Ahead == 0:
		return append([]string{say.Say("wait.ahead-none")}, promise(say, t.Wait))
	}
	return []string{say.Say("wait.ahead", "Count", t.Ahead), promise(say, t.Wait)}
}

func promise(say phrases.Speaker, i *wire.Interval) string {
	if i == nil {
		return say.Say("wait.unknown-sentence")
	}
	between := say.Between(time.Duration(i.Low)*time.Minute, time.Duration(i.High)*time.Minute)
	return say.Say("wait.promise", "Interval", between)
}

// meanwhile is what can be read here while waiting, below a heading.
func meanwhile(s *site.Site, say phrases.Speaker, service site.Service) []string {
	var lines []string
	for _, key := range service.Meanwhile[:min(len(service.Meanwhile), maxMeanwhile)] {
		if r, ok := s.Resource(key); ok {
			lines = append(lines, r.Title.In(say.Lang()))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return append([]string{say.Say("paper.meanwhile")}, lines...)
}

// foot is the centre's own last line, or the one all centres share.
func foot(s *site.Site, say phrases.Speaker) string {
	if own := s.Texts[site.TextPaper].In(say.Lang()); own != "" {
		return own
	}
	return say.Say("paper.foot")
}
