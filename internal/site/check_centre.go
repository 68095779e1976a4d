package site

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"accueil/internal/calendar"
)

// TicketCapacity is how many characters the address of a ticket may have: the most
// that a QR code of version 2, 25 modules, holds in capitals at the lowest error
// correction (ISO/IEC 18004, table 7). With its quiet zone of four modules it
// takes 33 modules, 17 rows of half blocks.
const TicketCapacity = 47

// CodeLength is how many characters the code of a ticket has.
const CodeLength = 8

// centre checks centre.yaml.
func (c *checker) centre() {
	s := c.site
	c.zone()
	c.languages()
	c.publicURL()
	c.headStart(&c.site.HeadStart)
	c.reinstate()
	c.lastTicket(&c.site.LastTicket)
	c.warn(&s.Warn)
	c.wifi()
	if s.Closes > 24*60 || s.Closes < 0 {
		c.say("closes is not a time of day", "write such as 20:00", &s.Closes)
	}
	c.hours(&s.Hours, "the centre")
}

func (c *checker) zone() {
	zone := &c.site.Zone
	if *zone == "" {
		return
	}
	if _, err := time.LoadLocation(*zone); err != nil || *zone == "Local" {
		c.say(fmt.Sprintf("unknown time zone %q", *zone), "write region and city, such as Europe/Paris", zone)
	}
}

func (c *checker) languages() {
	languages := c.site.Languages
	for i := range languages {
		if l := &languages[i]; *l != "" && !isLanguage(*l) {
			c.say(fmt.Sprintf("%q is not a language", *l), "write its code in small letters, such as fr, en or zh", l)
		}
	}
	c.once("language", languages, "the centre")
}

func isLanguage(s string) bool {
	return (len(s) == 2 || len(s) == 3) && strings.IndexFunc(s, func(r rune) bool { return r < 'a' || r > 'z' }) < 0
}

// publicURL checks that phones can be led there by a QR code that the smallest
// screen has room for.
func (c *checker) publicURL() {
	address := &c.site.PublicURL
	if *address == "" {
		return
	}
	u, err := url.Parse(*address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		c.say(fmt.Sprintf("public_url is %q, not a web address", *address), "write such as https://accueil.exemple.fr", address)
		return
	}
	if strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		c.say("public_url has more than a machine and a port",
			"write such as https://accueil.exemple.fr: the QR codes carry it in capitals, which a path would not survive", address)
		return
	}
	c.ticketURL(address)
}

func (c *checker) ticketURL(address *string) {
	ticket := c.site.TicketURL(strings.Repeat("X", CodeLength))
	if i := strings.IndexFunc(ticket, notInSmallQR); i >= 0 {
		c.say(fmt.Sprintf("public_url has the sign %q, which makes the QR codes too large", ticket[i:i+1]),
			"use letters, digits, hyphens and dots", address)
	}
	if over := len(ticket) - TicketCapacity; over > 0 {
		c.say(fmt.Sprintf("public_url is %d characters too long for the QR code of a ticket, which has 17 rows", over),
			fmt.Sprintf("use an address of at most %d characters", TicketCapacity-len("/t/")-CodeLength), address)
	}
}

// notInSmallQR tells the signs outside the alphanumeric mode of QR codes.
func notInSmallQR(r rune) bool {
	return !strings.ContainsRune("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", r)
}

// headStart checks the head starts of the centre, or a service's own.
func (c *checker) headStart(of *[]int) {
	levels := *of
	for i := range levels {
		if !c.at.unread(&levels[i]) && (levels[i] < 1 || levels[i] > 240 || i > 0 && levels[i] <= levels[i-1]) {
			c.say(fmt.Sprintf("head_start has %d minutes for level %d", levels[i], i+1),
				"write minutes from 1 to 240, each level more than the one before", &levels[i])
		}
	}
	if len(levels) > 3 {
		c.say(fmt.Sprintf("head_start has %d levels, more than 3", len(levels)), "take some out", of)
	}
}

// wifi: a password that no network takes would make a code that no phone joins.
func (c *checker) wifi() {
	w := &c.site.Wifi
	switch n := len(w.Password); {
	case w.Name == "" && n > 0:
		c.say("wifi has a password but no name", "add the name of the network", w)
	case n > 0 && n < 8:
		c.say(fmt.Sprintf("the password of wifi has %d characters", n), "write its 8 to 63 characters, or leave it out for an open network", &w.Password)
	}
}

// lastTicket: more than an hour or two would close a service by mistake.
func (c *checker) lastTicket(m *int) {
	if !c.at.unread(m) && (*m < 0 || *m > 120) {
		c.say(fmt.Sprintf("last_ticket has %d minutes", *m), "write minutes from 1 to 120", m)
	}
}

// warn: beyond these nobody would ever be warned.
func (c *checker) warn(w *Warn) {
	if n := &w.Waiting; !c.at.unread(n) && (*n < 0 || *n > 500) {
		c.say(fmt.Sprintf("warn has %d people who wait", *n), "write a number from 1 to 500", n)
	}
	if m := &w.Longest; !c.at.unread(m) && (*m < 0 || *m > 480) {
		c.say(fmt.Sprintf("warn has a longest wait of %d minutes", *m), "write minutes from 1 to 480", m)
	}
}

func (c *checker) reinstate() {
	if m := c.site.Reinstate; !c.at.unread(&c.site.Reinstate) && (m < 0 || m > 240) {
		c.say(fmt.Sprintf("reinstate has %d minutes", m), "write minutes from 1 to 240", &c.site.Reinstate)
	}
}

// hours checks opening hours; owner says whose.
func (c *checker) hours(r *calendar.Rules, owner string) {
	if err := calendar.CheckHolidays(r.Holidays); err != nil {
		c.sayError(owner, err, &r.Holidays)
	}
	c.weekly(r.Weekly, owner)
	for i := range r.Permanences {
		p := &r.Permanences[i]
		if err := p.Check(); p.Rule != "" && err != nil {
			c.sayError(owner, err, &p.Rule)
		}
		c.overlap(spanParts(p.Open), owner, "")
	}
	c.exceptions(r.Exceptions, owner)
}

func (c *checker) sayError(owner string, err error, parts ...any) {
	what, mend := splitError(err)
	c.say(owner+": "+what, mend, parts...)
}

// weekly checks each day of the week with all its lines.
func (c *checker) weekly(lines []calendar.Weekly, owner string) {
	for d := range calendar.Weekday(7) {
		var open []*calendar.Span
		for i := range lines {
			if slices.Contains(lines[i].Days, d) {
				open = append(open, spanParts(lines[i].Open)...)
			}
		}
		c.overlap(open, owner, " on "+d.String())
	}
}

func spanParts(spans []calendar.Span) []*calendar.Span {
	parts := make([]*calendar.Span, len(spans))
	for i := range spans {
		parts[i] = &spans[i]
	}
	return parts
}

// overlap reports hours that share a minute with earlier ones, once a pair.
func (c *checker) overlap(spans []*calendar.Span, owner, day string) {
	for i, s := range spans {
		for _, other := range spans[:i] {
			if s.Overlaps(*other) && !c.said(s) {
				c.say(fmt.Sprintf("%s: the hours %s%s overlap with %s%s", owner, s, day, other, c.where(other)),
					"join them, or shorten one", s)
			}
		}
	}
}

// said says whether a mistake is already reported at the very place of a part.
func (c *checker) said(part any) bool {
	at := c.at.of(part)
	return at.line > 0 && slices.ContainsFunc(c.problems, func(p Problem) bool {
		return p.File == at.file && p.Line == at.line && strings.Contains(p.What, "overlap")
	})
}

func (c *checker) exceptions(days []calendar.Exception, owner string) {
	for i := range days {
		e := &days[i]
		if err := e.Check(); e.Date != "" && err != nil {
			c.sayError(owner, err, &e.Date)
		}
		c.overlap(spanParts(e.Open), owner, "")
		for j := range days[:i] {
			if days[j].Overlaps(*e) {
				c.say(fmt.Sprintf("%s: the exception of %s is for a day that already has one%s", owner, e.Date, c.where(&days[j].Date)),
					"join them, or change the days", &e.Date)
			}
		}
	}
}
