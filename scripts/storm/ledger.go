package main

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"accueil/internal/queue"
)

// ledger is what people were told and given, as the drivers say, whatever the
// hub's books say.
type ledger struct {
	mu        sync.Mutex
	held      []held
	asks      map[string]*ask
	failed    map[string]int // presses that gave no ticket, by why
	longest   time.Duration  // from a press to a ticket, or to the word that there is none
	answers   time.Duration  // from an adviser's key to an answer
	delivered map[string]bool
	holders   map[string]bool // kiosks somebody has a ticket of
	unread    []string        // lines that make no sense
}

// held is a ticket in somebody's hands.
type held struct {
	kiosk string
	id    queue.TicketID // "" if only the code was seen
	label queue.Label    // likewise
	code  queue.Code
	own   bool
}

// ask is what became of a key that an adviser pressed, as far as its person was told.
type ask struct {
	id      string
	do      queue.Deed
	desk    string
	at      time.Time // the site's
	outcome string    // "done", "refused", or "" for never told
	why     string    // of a refusal
	ticket  queue.TicketID
}

func newLedger() *ledger {
	return &ledger{asks: map[string]*ask{}, failed: map[string]int{}, delivered: map[string]bool{}, holders: map[string]bool{}}
}

// has says whether somebody holds a ticket of a kiosk.
func (l *ledger) has(kiosk string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.holders[kiosk]
}

func (l *ledger) isDelivered(name string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.delivered[name]
}

// hear takes one line of a driver and says how long its person had waited, if
// that is what the line is about.
func (l *ledger) hear(role, name, line string) (waited time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	words := strings.Fields(line)
	if !l.take(name, words) {
		l.unread = append(l.unread, role+" "+name+": "+line)
	} else if words[0] == "held" || words[0] == "done" || words[0] == "refused" {
		waited = milliseconds(words[len(words)-1])
	}
	return waited
}

func (l *ledger) take(name string, w []string) bool {
	if len(w) == 0 {
		return false
	}
	switch n := len(w); {
	case w[0] == "held" && n == 6:
		l.holders[name] = true
		l.held = append(l.held, held{
			kiosk: name, id: queue.TicketID(w[1]), label: queue.Label(strings.ReplaceAll(w[2], "_", " ")), code: queue.Code(w[3]), own: w[4] == "true",
		})
		l.longest = max(l.longest, milliseconds(w[5]))
	case w[0] == "code" && n == 2:
		l.holders[name] = true
		l.held = append(l.held, held{kiosk: name, code: queue.Code(w[1])})
	case w[0] == "failed" && n >= 3:
		l.longest = max(l.longest, milliseconds(w[1]))
		l.failed[strings.TrimSuffix(w[2], ":")]++
	case w[0] == "delivered" && n == 1:
		l.delivered[name] = true
	default:
		return l.takeAsk(w)
	}
	return true
}

func (l *ledger) takeAsk(w []string) bool {
	if len(w) < 3 {
		return false
	}
	if w[0] == "asked" && len(w) == 5 {
		at, err := strconv.ParseInt(w[4], 10, 64)
		l.asks[w[1]] = &ask{id: w[1], do: queue.Deed(w[2]), desk: w[3], at: time.UnixMilli(at)}
		return err == nil
	}
	a := l.asks[w[1]]
	if a == nil {
		return false
	}
	l.answers = max(l.answers, milliseconds(w[len(w)-1]))
	switch w[0] {
	case "done":
		a.outcome, a.ticket = "done", queue.TicketID(strings.Trim(w[2], "_"))
	case "refused":
		a.outcome, a.why = "refused", w[2]
	default:
		return w[0] == "unknown"
	}
	return true
}

func milliseconds(s string) time.Duration {
	n, _ := strconv.Atoi(s)
	return time.Duration(n) * time.Millisecond
}
