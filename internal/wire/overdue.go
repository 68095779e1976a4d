package wire

import (
	"time"

	"accueil/internal/queue"
)

// DoOverdue asks for one part of the list of those who wait longer than their
// tickets announced; nothing happens.
const DoOverdue queue.Deed = "overdue"

// Overdue is somebody who waits longer than the ticket announced, as the
// coordinator sees it: no code, and no question.
type Overdue struct {
	ID       queue.TicketID `json:"id"`
	Label    queue.Label    `json:"label"`
	Alias    queue.Label    `json:"alias,omitempty"`
	Service  string         `json:"service"`
	Language string         `json:"language,omitempty"`
	Level    int            `json:"level,omitempty"`
	Arrived  time.Time      `json:"arrived"`
	Due      time.Time      `json:"due"`              // the end of the interval announced
	Passes   bool           `json:"passes,omitempty"` // its person has let others pass
}

// NewOverdue is t as the coordinator sees it.
func NewOverdue(t *queue.Ticket) Overdue {
	return Overdue{
		ID: t.ID, Label: t.Label(), Alias: t.Alias(), Service: t.Now().Service, Language: t.Language,
		Level: t.Level, Arrived: t.Arrived, Due: t.Due(), Passes: t.Delays > 0,
	}
}

// MaxOverdue is how many of them the coordinator's view shows, those furthest over
// first; OverduePart how many a part of the whole list has.
const (
	MaxOverdue  = 30
	OverduePart = 100
)

// OverdueList is one part of the whole list, those furthest over first.
type OverdueList struct {
	Part    int       `json:"part"` // from 0
	All     int       `json:"all"`  // how many there are in all parts
	Tickets []Overdue `json:"tickets"`
}
