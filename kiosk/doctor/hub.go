package doctor

import (
	"context"
	"errors"
	"time"

	"accueil/internal/certificate"
	"accueil/internal/line"
	"accueil/internal/phrases"
	"accueil/internal/wire"
)

// Hub is the line to the hub, looked at once for both the line and the clock.
type Hub struct {
	Site string
	Line line.Options
	Now  func() time.Time // the machine's clock
	// Patience is for the line to come up and for a beat; ten seconds if zero.
	Patience time.Duration

	beat  *wire.Beat // the hub's, nil before Look or without one
	heard time.Time
}

// patience is three beats and some time to connect.
const patience = 10 * time.Second

// Look connects, waits for the hub's beat, and leaves again.
func (h *Hub) Look(ctx context.Context) Finding {
	within := h.Patience
	if within == 0 {
		within = patience
	}
	ctx, stop := context.WithTimeout(ctx, within)
	defer stop()
	l, err := line.Connect(ctx, h.Line)
	if err != nil {
		return bad("line", "doctor.line.address", "Hub", h.Line.URL, "Why", err.Error())
	}
	defer l.Close()
	if err := l.Subscribe(wire.HubTopic(h.Site, wire.NameBeat)); err != nil {
		return bad("line", "doctor.line.refused", "Why", err.Error())
	}
	up, gone := false, time.NewTicker(100*time.Millisecond)
	defer gone.Stop()
	for {
		select {
		case m, open := <-l.Messages():
			if b, err := wire.Read[wire.Beat](m.Payload); open && err == nil {
				h.beat, h.heard = &b, h.Now()
				return well("line", "doctor.line.well", "Hub", h.Line.URL)
			}
		case <-gone.C:
			up = up || l.Up()
			if f, final := refused(l.Failure()); final {
				return f
			}
		case <-ctx.Done():
			return h.away(up)
		}
	}
}

// refused tells why the hub does not want this terminal, where waiting changes nothing.
func refused(err error) (Finding, bool) {
	switch {
	case errors.Is(err, line.ErrNotAdmitted):
		return bad("line", "doctor.line.refused", "Why", err.Error()), true
	case errors.Is(err, certificate.ErrStranger):
		return bad("line", "doctor.line.stranger"), true
	}
	return Finding{}, false
}

func (h *Hub) away(up bool) Finding {
	if up {
		return bad("line", "doctor.line.no-hub", "Hub", h.Line.URL, "Site", h.Site)
	}
	return bad("line", "doctor.line.away", "Hub", h.Line.URL)
}

// maxSkew is how wrong a machine's clock may be: screens follow the hub's, but
// certificates and logs follow the machine's.
const maxSkew = 30 * time.Second

// Clock compares the machine's clock with the hub's, after Look.
func (h *Hub) Clock(say phrases.Speaker) Examine {
	return func(context.Context) Finding {
		switch {
		case h.beat == nil:
			return well("clock", "doctor.clock.unknown")
		case h.beat.Speed != 1:
			return well("clock", "doctor.clock.demo")
		}
		off := h.heard.Sub(h.beat.At)
		switch {
		case off > maxSkew:
			return bad("clock", "doctor.clock.fast", "Duration", say.Minutes(off+time.Minute))
		case off < -maxSkew:
			return bad("clock", "doctor.clock.slow", "Duration", say.Minutes(time.Minute-off))
		}
		return well("clock", "doctor.clock.well")
	}
}
