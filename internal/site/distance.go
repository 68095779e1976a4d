package site

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"

	"accueil/internal/calendar"
)

// The kinds of ways to get advice from a distance.
const (
	DistancePhone   = "phone"
	DistanceEmail   = "email"
	DistanceForm    = "form"  // a page on which one writes
	DistanceVideo   = "video" // an appointment or a workshop on a screen
	DistanceWebsite = "website"
)

// Distance is a way to get advice without coming, for those who cannot wait.
type Distance struct {
	Key   string `json:"key"`
	Kind  string `json:"kind"`
	Name  Text   `json:"name" fit:"31"`    // "Les avocats par téléphone"
	About Text   `json:"about" fit:"2x76"` // what one gets there, and how
	// Address is a number, an e-mail address or a web address, by Kind; empty where
	// the people at the entrance desk tell it.
	Address string `json:"address,omitempty" fit:"200"`
	// Hours are when somebody answers; without any it is at any time, or as About says.
	Hours calendar.Rules `json:"hours,omitzero"`
	// Services are those it is for; all when empty.
	Services []string `json:"services,omitempty"`
}

// MaxDistance is how many ways a screen offers for one service.
const MaxDistance = 4

// addressRoom is the columns beside a QR code of 29 modules on the smallest screen.
// An address that is read there also fits into such a code, which holds 53 bytes at
// the lowest error correction (ISO/IEC 18004, table 7).
const addressRoom = 38

// Link is the address as a phone opens it, "" without one.
func (d Distance) Link() string {
	switch {
	case d.Address == "":
		return ""
	case d.Kind == DistancePhone:
		return "tel:" + strings.ReplaceAll(d.Address, " ", "")
	case d.Kind == DistanceEmail:
		return "mailto:" + d.Address
	}
	return d.Address
}

// Plain is the address for people: a web address without what every one begins with.
func (d Distance) Plain() string {
	_, rest, ok := strings.Cut(d.Address, "://")
	if !ok {
		return d.Address
	}
	return strings.TrimSuffix(rest, "/")
}

// DistanceOf are the ways for a service, its own before those of all; every way there
// is for no service.
func (s *Site) DistanceOf(service string) []Distance {
	if service == "" {
		return s.Distance
	}
	own := filter(s.Distance, func(d *Distance) bool { return slices.Contains(d.Services, service) })
	return append(own, filter(s.Distance, func(d *Distance) bool { return len(d.Services) == 0 })...)
}

// distance checks distance.yaml.
func (c *checker) distance() {
	all := c.site.Distance
	for i := range all {
		c.oneDistance(&all[i])
	}
	for i := range c.site.Services {
		key := c.site.Services[i].Key
		if ways := c.site.DistanceOf(key); key != "" && len(ways) > MaxDistance {
			last := ways[MaxDistance].Key
			at := slices.IndexFunc(all, func(d Distance) bool { return d.Key == last })
			c.say(fmt.Sprintf("service %s has %d ways from a distance, more than the %d of a screen", key, len(ways), MaxDistance),
				"take some out, or give them to other services", &all[at].Key)
			return
		}
	}
}

func (c *checker) oneDistance(d *Distance) {
	owner := called("distance", d.Key)
	c.oneOf("kind", &d.Kind, []string{DistancePhone, DistanceEmail, DistanceForm, DistanceVideo, DistanceWebsite})
	c.refersAll("service", d.Services, owner)
	c.hours(&d.Hours, owner)
	switch d.Kind {
	case DistancePhone:
		c.number(&d.Address, owner)
	case DistanceEmail:
		c.mailbox(&d.Address, owner)
	case DistanceForm, DistanceWebsite:
		if d.Address == "" && !c.at.unread(&d.Address) {
			c.say(fmt.Sprintf("%s is a %s without an address", owner, d.Kind), "add a line address: https://…", &d.Kind)
		}
		c.address(&d.Address, owner)
	case DistanceVideo:
		c.address(&d.Address, owner)
	}
	if over := len(d.Plain()) - addressRoom; over > 0 {
		c.say(fmt.Sprintf("%s: the address is %d characters too long to be read beside its QR code on a small screen", owner, over),
			fmt.Sprintf("use one of at most %d characters", addressRoom+len(d.Address)-len(d.Plain())), &d.Address)
	}
}

// number checks a telephone number: what a phone dials, with spaces for the eye.
func (c *checker) number(number *string, owner string) {
	digits := strings.ReplaceAll(strings.TrimPrefix(*number, "+"), " ", "")
	if strange := strings.Trim(digits, "0123456789"); *number != "" && (strange != "" || len(digits) < 3 || len(digits) > 15) {
		c.say(fmt.Sprintf("%s: %q is not a telephone number", owner, *number),
			`write digits, with spaces if you like and a + before the country, such as "+33 1 23 45 67 89"`, number)
	}
}

// mailbox checks an e-mail address: nothing but itself.
func (c *checker) mailbox(address *string, owner string) {
	if *address == "" {
		return
	}
	box, err := mail.ParseAddress(*address)
	_, host, _ := strings.Cut(*address, "@")
	strange := func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`?&%#"<>`, r) }
	if err != nil || box.Address != *address || !strings.Contains(host, ".") || strings.ContainsFunc(*address, strange) {
		c.say(fmt.Sprintf("%s: %q is not an e-mail address", owner, *address), "write such as conseil@exemple.fr", address)
	}
}
