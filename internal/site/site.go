package site

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"accueil/internal/calendar"
)

// Site is one centre. It is plain data; nothing changes it after Load or Unpack.
//
// Fields whose json tag has an option may be absent; all others are required. The
// fit tags say what has room on a screen: "34" is one line of 34 terminal cells,
// "2x40" two lines of 40 cells when broken between words.
type Site struct {
	Key       string   `json:"key"`       // stands in topics and journals
	Zone      string   `json:"zone"`      // "Europe/Paris"
	Languages []string `json:"languages"` // BCP 47; the first is the default
	Name      Text     `json:"name" fit:"39"`
	// PublicURL is where visitors' phones find the hub: scheme, host and port.
	PublicURL string `json:"public_url" fit:"80"`
	// Closes is the local time at which the hub closes the service day.
	Closes calendar.Clock `json:"closes"`
	// HeadStart[i] is how many minutes earlier a ticket of priority level i+1
	// counts as having come; level 0 is everyone's.
	HeadStart []int `json:"head_start,omitempty"`
	// Reinstate is for how many minutes after a call without success somebody may
	// come back to the old place; 0 is the program's own choice.
	Reinstate int `json:"reinstate,omitempty"`
	// LastTicket is how many minutes before closing, beyond the wait, somebody must
	// come to get a ticket still.
	LastTicket int `json:"last_ticket,omitempty"`
	// Warn is when the coordinator is warned about a service that says nothing else.
	Warn Warn `json:"warn,omitzero"`
	// Wifi is the network for visitors' phones; without a name no code joins it.
	Wifi Wifi `json:"wifi,omitzero"`
	// Hours are the centre's, and those of services that have none of their own.
	Hours calendar.Rules  `json:"hours,omitzero"`
	Texts map[string]Text `json:"texts" fit:"3x76"` // by TextKeys

	Services  []Service  `json:"services"`
	Desks     []Desk     `json:"desks"`
	Questions []Question `json:"questions"`
	Resources []Resource `json:"resources"`
	Workshops []Workshop `json:"workshops"`
	Programs  []Program  `json:"programs,omitempty"`
	Distance  []Distance `json:"distance,omitempty"`

	// Words find the question behind what someone says: by language, or lexicon.Names.
	Words map[string]Words `json:"words,omitempty"`
}

// Text is one text in the languages of the site, by BCP 47 tag: texts for visitors
// in all of them, those for the staff at least in the first. In the files it is one
// line in the first language, and a line in the folder of each of the others.
type Text map[string]string

// In is the text in a language, or in the language without its region. A site
// that was loaded has every text for visitors in all its languages; in any other
// the answer is French, English, or whatever there is, in this order.
func (t Text) In(lang string) string {
	base, _, _ := strings.Cut(lang, "-")
	for _, tag := range []string{lang, base, "fr", "en"} {
		if s := t[tag]; s != "" {
			return s
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(t)) {
		return t[tag]
	}
	return ""
}

// Service is what a visitor wants: one of the centre's "pôles" or permanences.
type Service struct {
	Key    string `json:"key"`
	Letter string `json:"letter"`           // one capital A to Z; begins the label "C 042"
	Shape  string `json:"shape"`            // one sign of Shapes; says the same as the colour
	Color  string `json:"color"`            // a key of Colors
	Name   Text   `json:"name" fit:"52"`    // what one does there: "Créer son activité"
	Pole   Text   `json:"pole" fit:"31"`    // the institution's short name: "pôle Créer"
	Place  Text   `json:"place" fit:"44"`   // "niveau −1, bureaux 5 et 6"
	About  Text   `json:"about" fit:"2x76"` // one sentence: who helps, with what
	// Hours are the service's own; Load gives it the centre's when it has none.
	Hours  calendar.Rules `json:"hours,omitzero"`
	Topics []Topic        `json:"topics"` // what an interview was about
	// HeadStart is the service's own, in minutes; without any it has the centre's.
	HeadStart []int `json:"head_start,omitempty"`
	// LastTicket is the service's own; 0 for the centre's.
	LastTicket int `json:"last_ticket,omitempty"`
	// Warn is the service's own; what it does not say is the centre's.
	Warn Warn `json:"warn,omitzero"`
	// Meanwhile are keys of resources to offer to those who wait.
	Meanwhile []string `json:"meanwhile,omitempty"`
}

// Warn says how full a service may become before the coordinator is warned; 0
// never warns.
type Warn struct {
	Waiting int `json:"waiting,omitempty"` // people who wait
	Longest int `json:"longest,omitempty"` // minutes somebody has waited
}

// Topic is a subject of interviews, chosen by the adviser for the figures.
type Topic struct {
	Key  string `json:"key"`
	Text Text   `json:"text" fit:"44"`
}

// Desk is a place where someone advises.
type Desk struct {
	Key      string   `json:"key"`
	Label    string   `json:"label" fit:"4"`  // what is called and shown large: "5"
	Place    Text     `json:"place" fit:"44"` // "niveau −1, à droite de l'accueil"
	Services []string `json:"services"`
}

// The places a question can lead to instead of a service.
const (
	LeadsBrowse    = "browse"    // the resources of the question
	LeadsReception = "reception" // the people at the entrance desk
	LeadsWords     = "words"     // saying it in one's own words; it may have questions below it
)

// Question is what someone arrives with, in their own words. It leads to a
// service, or to Leads, or offers Children; a question that has children and a
// service shows that service and passes it to the children without their own.
type Question struct {
	Key      string     `json:"key"`
	Text     Text       `json:"text" fit:"2x40"`
	Short    Text       `json:"short" fit:"34"` // for 80×22
	Hint     Text       `json:"hint,omitempty" fit:"2x76"`
	Service  string     `json:"service,omitempty"`
	Leads    string     `json:"leads,omitempty"`
	Children []Question `json:"children,omitempty"`
}

// The kinds of resources.
const (
	KindBook      = "book"
	KindEResource = "eresource"
	KindWebsite   = "website"
	KindTool      = "tool"
	KindPress     = "press"
)

// Resource is something to read or use, here or at home.
type Resource struct {
	Key       string   `json:"key"`
	Kind      string   `json:"kind"`
	Title     Text     `json:"title" fit:"72"`
	By        string   `json:"by,omitempty" fit:"60"` // author or publisher
	About     Text     `json:"about" fit:"3x76"`
	Where     Text     `json:"where" fit:"72"`          // shelf, computer, "at home too"
	URL       string   `json:"url,omitempty" fit:"200"` // an address to take along
	Services  []string `json:"services,omitempty"`
	Questions []string `json:"questions,omitempty"`
}

// The kinds of workshops.
const (
	KindWorkshop = "workshop"
	KindEvent    = "event"
	KindDistance = "distance"
)

// Workshop is something that takes place for a group; a place in it is a seat.
type Workshop struct {
	Key       string   `json:"key"`
	Kind      string   `json:"kind"`
	Title     Text     `json:"title" fit:"72"`
	Service   string   `json:"service"`
	Questions []string `json:"questions,omitempty"`
	When      Text     `json:"when" fit:"72"`
	Where     Text     `json:"where" fit:"72"`

	// Hours are when it takes place, so that screens can name the next ones; absent
	// where When alone says it.
	Hours calendar.Rules `json:"hours,omitzero"`
}

// Wifi is a network that visitors may use.
type Wifi struct {
	Name     string `json:"name" fit:"32"`
	Password string `json:"password,omitempty" fit:"63"` // empty for an open network
}

// Code is what a QR code says so that a phone joins the network; "" without a
// name. The form is that of the ZXing project, which phones' cameras read.
func (w Wifi) Code() string {
	if w.Name == "" {
		return ""
	}
	escape := strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, ":", `\:`, `"`, `\"`).Replace
	if w.Password == "" {
		return "WIFI:T:nopass;S:" + escape(w.Name) + ";;"
	}
	return "WIFI:T:WPA;S:" + escape(w.Name) + ";P:" + escape(w.Password) + ";;"
}

// Location is the time zone of the site; an error names the zone.
func (s *Site) Location() (*time.Location, error) {
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return nil, fmt.Errorf("time zone %q of site %s: %w", s.Zone, s.Key, err)
	}
	return zone, nil
}

// Margin is the time an interview of the service needs before closing: no ticket
// is given for which it would not be left after the wait.
func (s *Site) Margin(service string) time.Duration {
	minutes := s.LastTicket
	if own, ok := s.Service(service); ok && own.LastTicket > 0 {
		minutes = own.LastTicket
	}
	return time.Duration(minutes) * time.Minute
}

// Limits are when the coordinator is warned about the service.
func (s *Site) Limits(service string) Warn {
	own, _ := s.Service(service)
	return Warn{Waiting: cmp.Or(own.Warn.Waiting, s.Warn.Waiting), Longest: cmp.Or(own.Warn.Longest, s.Warn.Longest)}
}

// Calendar is the centre's calendar; ask it with the Hours of a service.
func (s *Site) Calendar() (calendar.Calendar, error) {
	zone, err := s.Location()
	if err != nil {
		return calendar.Calendar{}, err
	}
	return calendar.New(zone, s.Hours), nil
}

// TicketURL is the address of a ticket's page in capitals, as the QR carries it.
func (s *Site) TicketURL(code string) string {
	return strings.ToUpper(strings.TrimSuffix(s.PublicURL, "/") + "/t/" + code)
}

// Heads are the head starts of the priority levels in a service: its own, or
// the centre's.
func (s *Site) Heads(service string) []time.Duration {
	minutes := s.HeadStart
	if own, ok := s.Service(service); ok && len(own.HeadStart) > 0 {
		minutes = own.HeadStart
	}
	heads := make([]time.Duration, len(minutes))
	for i, m := range minutes {
		heads[i] = time.Duration(m) * time.Minute
	}
	return heads
}
