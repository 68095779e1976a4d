package visitor

import (
	"context"
	"time"

	"accueil/internal/wire"
	"accueil/kiosk/uplink"
)

// Line is the terminal's end of the line to the queue, as an uplink.Uplink is.
// Only Issue may take time: the role calls the others from the event loop.
type Line interface {
	// Issue takes a ticket that is safe on this terminal's disk under the label
	// it bears. The same Press gets the same ticket however often it is ordered.
	Issue(ctx context.Context, o uplink.Order) (uplink.Ticket, error)
	// Began notes that a visit started, Asked that a question was chosen.
	Began(language string)
	Asked(question, language string)
	// Public is the latest view of the waiting room; false before the first.
	Public() (wire.Public, bool)
	// Hub tells whether the hub answers now, so that the view is the present.
	Hub() bool
	// TurnedAway tells whether the hub no longer lets this terminal in: it cannot issue.
	TurnedAway() bool
	// Now is the site's time, in any zone.
	Now() time.Time
}

var _ Line = (*uplink.Uplink)(nil)
