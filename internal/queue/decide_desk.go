package queue

import (
	"slices"
	"time"
)

// The reasons people choose from. Journals keep them: none is ever renamed or
// used again for something else.

// PauseReasons are why a desk pauses.
func PauseReasons() []string { return []string{"break", "lunch", "meeting", "remote"} }

// TransferReasons are why somebody is sent to another service.
func TransferReasons() []string {
	return []string{"other-question", "further", "language", "wrong-service"}
}

// VoidReasons are why a ticket is made void.
func VoidReasons() []string { return []string{"mistake", "twice", "test"} }

// decideDesk reads Desk, Services and Languages to open, Services to move.
func (d *Day) decideDesk(a Ask) ([]Fact, error) {
	if a.Desk == "" {
		return nil, UnknownDesk
	}
	desk := d.Desk(a.Desk)
	switch a.Do {
	case DoOpenDesk, DoMoveDesk:
		return d.decideServices(a, desk)
	case DoPauseDesk:
		if desk.State != DeskIsOpen {
			return nil, NothingToDo
		}
		if a.Reason != "" && !slices.Contains(PauseReasons(), a.Reason) {
			return nil, BadRequest
		}
		return []Fact{{Kind: DeskPaused, Desk: a.Desk, Reason: a.Reason}}, nil
	}
	if desk.Busy() {
		return nil, DeskBusy
	}
	if desk.State == DeskIsClosed {
		return nil, NothingToDo
	}
	return []Fact{{Kind: DeskClosed, Desk: a.Desk}}, nil
}

// decideServices opens a desk for services, or moves one that is present.
func (d *Day) decideServices(a Ask, desk Desk) ([]Fact, error) {
	if len(a.Services) == 0 {
		return nil, UnknownPlace
	}
	for _, s := range a.Services {
		if d.rules.Letters[s] == "" {
			return nil, UnknownPlace
		}
	}
	if a.Do == DoOpenDesk {
		return []Fact{{Kind: DeskOpened, Desk: a.Desk, Services: a.Services, Languages: a.Languages}}, nil
	}
	switch {
	case desk.State == DeskIsClosed:
		return nil, DeskClosedNow
	case slices.Equal(desk.Services, a.Services):
		return nil, NothingToDo
	}
	return []Fact{{Kind: DeskMoved, Desk: a.Desk, Services: a.Services}}, nil
}

// ready is the desk that is open and free to receive somebody.
func (d *Day) ready(key string) (Desk, error) {
	desk := d.Desk(key)
	switch {
	case key == "":
		return desk, UnknownDesk
	case desk.State == DeskIsClosed:
		return desk, DeskClosedNow
	case desk.State == DeskIsPaused:
		return desk, DeskPausedNow
	case desk.Busy():
		return desk, DeskBusy
	}
	return desk, nil
}

// decideUndo reads Desk. Somebody received without a ticket by mistake was never
// here: their ticket is void.
func (d *Day) decideUndo(a Ask, now time.Time) ([]Fact, error) {
	last, ok := d.LastAct(a.Desk)
	switch {
	case a.Desk == "":
		return nil, UnknownDesk
	case d.Desk(a.Desk).State == DeskIsClosed:
		return nil, DeskClosedNow
	case !ok:
		return nil, NothingToUndo
	case now.After(last.Until):
		return nil, UndoTooLate
	}
	facts := []Fact{{Kind: Undone, Desk: a.Desk, Ticket: last.Ticket, Of: last.No}}
	started, called := d.last(a.Desk, 0), d.last(a.Desk, 1)
	if last.Kind == Started && started.before.WalkIn && called != nil && called.kind == Called && called.ticket == started.ticket {
		return append(facts,
			Fact{Kind: Undone, Desk: a.Desk, Ticket: last.Ticket, Of: called.no},
			Fact{Kind: Voided, Ticket: last.Ticket, Reason: ReasonUndone}), nil
	}
	return facts, nil
}

// decideContact reads Desk, Service (of the desk; its first when empty), Mode,
// Persons, Minutes and Topic; to end one Topic and Persons.
func (d *Day) decideContact(a Ask) ([]Fact, error) {
	desk := d.Desk(a.Desk)
	service := a.Service
	switch {
	case a.Desk == "":
		return nil, UnknownDesk
	case desk.State == DeskIsClosed:
		return nil, DeskClosedNow
	case a.Do == DoEndContact:
		if desk.Contact == nil {
			return nil, NothingToDo
		}
		return []Fact{{Kind: ContactEnded, Desk: a.Desk, Topic: a.Topic, Persons: a.Persons}}, nil
	case !slices.Contains(ContactModes(), a.Mode):
		return nil, BadRequest
	case service == "":
		service = desk.Services[0]
	case d.rules.Letters[service] == "":
		return nil, UnknownPlace
	}
	f := Fact{Kind: Contacted, Desk: a.Desk, Service: service, Mode: a.Mode, Persons: a.Persons}
	if a.Do == DoBeginContact {
		f.Kind = ContactBegan
		if _, err := d.ready(a.Desk); err != nil {
			return nil, err
		}
		return []Fact{f}, nil
	}
	f.Topic, f.Length = a.Topic, time.Duration(a.Minutes)*time.Minute
	return []Fact{f}, nil
}
