package queue

import (
	"slices"
	"time"
)

// Contact is an exchange without a ticket: by telephone, video or e-mail, or
// with a group that came together.
type Contact struct {
	Service string
	Mode    string
	Persons int // at least 1
	Topic   string
	Began   time.Time     // or when it was told of
	Ended   time.Time     // zero while it is under way
	Length  time.Duration // 0 where it is not known
}

// The modes of a contact. Journals keep them: none is ever renamed.
const (
	ModePhone = "phone"
	ModeVideo = "video"
	ModeEmail = "email" // an answer written
	ModeGroup = "group" // several people at once, here
)

// ContactModes are the modes of a contact.
func ContactModes() []string { return []string{ModePhone, ModeVideo, ModeEmail, ModeGroup} }

// Whom the reception welcomes without a ticket. Journals keep these modes.
const (
	ModePasserBy   = "passer-by" // somebody who only looks around or asks the way
	ModeGroupVisit = "group-visit"
	ModeClass      = "class"
)

// WelcomeModes are whom the reception welcomes without a ticket.
func WelcomeModes() []string { return []string{ModePasserBy, ModeGroupVisit, ModeClass} }

func (d *Day) applyContact(f Fact) string {
	desk := d.desk(f.Desk)
	if desk.State == DeskIsClosed {
		return string(f.Kind) + " at a closed desk"
	}
	switch f.Kind {
	case ContactBegan:
		if desk.Busy() {
			return "contact began at a desk that is busy"
		}
		desk.Contact = d.contact(f)
		d.did(f.Desk, act{no: f.No, kind: f.Kind, at: f.When(), contact: desk.Contact})
	case ContactEnded:
		if desk.Contact == nil {
			return "contact ended that had not begun"
		}
		before := *desk.Contact
		d.did(f.Desk, act{no: f.No, kind: f.Kind, at: f.When(), contact: desk.Contact, ended: &before})
		desk.Contact.end(f)
		desk.Contact = nil
	case Contacted:
		c := d.contact(f)
		c.Ended, c.Length, c.Topic = c.Began, f.Length, f.Topic
		d.did(f.Desk, act{no: f.No, kind: f.Kind, at: f.When(), contact: c})
	}
	return ""
}

// contact adds a new one to the day's.
func (d *Day) contact(f Fact) *Contact {
	c := &Contact{Service: f.Service, Mode: f.Mode, Persons: max(1, f.Persons), Began: f.When()}
	d.contacts = append(d.contacts, c)
	return c
}

func (c *Contact) end(f Fact) {
	c.Ended, c.Topic = f.When(), f.Topic
	c.Length = max(0, c.Ended.Sub(c.Began))
	if f.Persons > 0 {
		c.Persons = f.Persons
	}
}

// undoContact takes a contact, or its end, back.
func (d *Day) undoContact(desk string, a *act) {
	if a.ended != nil {
		*a.contact = *a.ended
		d.desk(desk).Contact = a.contact
		return
	}
	d.contacts = slices.DeleteFunc(d.contacts, func(c *Contact) bool { return c == a.contact })
	if d.desk(desk).Contact == a.contact {
		d.desk(desk).Contact = nil
	}
}

// applyWelcomed counts whom the reception welcomed. A miscount taken back never
// makes an hour negative.
func (d *Day) applyWelcomed(f Fact) string {
	hour := d.hour(f.When())
	n, groups := f.Persons, 0
	if n == 0 {
		n = 1
	}
	if f.Mode != ModePasserBy {
		groups = 1
		if n < 0 {
			groups = -1
		}
	}
	if hour.Welcomed+n < 0 || hour.Groups+groups < 0 {
		return "more taken back than was welcomed in this hour"
	}
	hour.Welcomed += n
	hour.Groups += groups
	return ""
}
