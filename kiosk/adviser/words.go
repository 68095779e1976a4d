package adviser

import (
	"slices"
	"strings"
	"time"

	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff"
)

// since is how long ago something was, on the site's clock.
func (v *view) since(t time.Time) time.Duration { return max(0, v.now.Sub(t)) }

// clock is a time of day at the site.
func (v *view) clock(t time.Time) string { return v.say.Clock(t.In(v.zone)) }

// deskName is what a desk is called: "Bureau 5".
func (v *view) deskName(key string) string {
	d, ok := v.site.Desk(key)
	if !ok {
		return key
	}
	return v.say.Say("staff.desk", "Desk", d.Label)
}

// pole is the institution's short name of a service.
func (v *view) pole(key string) string {
	s, ok := v.site.Service(key)
	if !ok {
		return key
	}
	return s.Pole.In(v.say.Lang())
}

// poles names several services.
func (v *view) poles(keys []string) string {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = v.pole(k)
	}
	return strings.Join(names, ", ")
}

// marks are letter and shape of several services, where their names are too long.
func (v *view) marks(t screen.Theme, keys []string) string {
	signs := make([]string, len(keys))
	for i, k := range keys {
		signs[i] = t.Mark(k).String()
	}
	return strings.Join(signs, "  ")
}

// question is what somebody came with, in the visitor's words.
func (v *view) question(key string) string {
	q, ok := v.site.Question(key)
	if !ok {
		return v.say.Say("adviser.no-question")
	}
	return v.say.Say("staff.quoted", "Text", q.Text.In(v.say.Lang()))
}

// shortQuestion is the same for a table.
func (v *view) shortQuestion(key string) string {
	q, ok := v.site.Question(key)
	if !ok {
		return v.say.Say("adviser.no-question")
	}
	return q.Short.In(v.say.Lang())
}

// language names the language the visitor chose at the kiosk.
func (v *view) language(tag string) string { return staff.Language(v.say, tag) }

// languages names several.
func (v *view) languages(tags []string) string {
	if len(tags) == 0 {
		return v.say.Say("adviser.languages.none")
	}
	names := make([]string, len(tags))
	for i, tag := range tags {
		names[i] = v.language(tag)
	}
	return strings.Join(names, ", ")
}

// labels are the ticket's label and, while nobody knows which one was handed
// over, its other.
func (v *view) labels(t wire.Ticket) string {
	if t.Alias == "" {
		return string(t.Label)
	}
	return string(t.Label) + " / " + string(t.Alias)
}

// waits says how long somebody has been waiting.
func (v *view) waits(t wire.Ticket) string {
	return v.say.Say("adviser.waits", "Duration", v.say.Minutes(v.since(t.Arrived)))
}

// why says why this person is next.
func (v *view) why(t wire.Ticket) string {
	switch {
	case v.total == 1:
		return v.say.Say("adviser.why-next.only")
	case v.overtakes(t):
		return v.say.Say("adviser.why-next.priority", "Time", v.clock(t.Arrived))
	case len(v.state.Services) > 1:
		return v.say.Say("adviser.why-next.first-of", "Count", len(v.state.Services), "Time", v.clock(t.Arrived))
	}
	return v.say.Say("adviser.why-next.first", "Time", v.clock(t.Arrived))
}

// overtakes tells whether somebody else who waits came earlier.
func (v *view) overtakes(t wire.Ticket) bool {
	return t.Level > 0 && slices.ContainsFunc(v.queue, func(o wire.Ticket) bool { return o.Arrived.Before(t.Arrived) })
}
