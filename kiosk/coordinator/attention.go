package coordinator

import (
	"strings"
	"time"

	"accueil/internal/wire"
	"accueil/kiosk/screen"
)

// line is a sentence about what asks for attention.
type line struct {
	text  string
	quiet bool
}

// attention are the sentences below the queues, the most important first.
func (v *view) attention() (all []line) {
	if shown, n, _ := v.overdue(); n > 0 && len(shown) > 0 {
		all = append(all, line{text: "▲ " + v.say.Say("coordinator.overdue.worst", "Count", n, "Label", string(shown[0].Label),
			"Duration", v.say.Minutes(v.since(shown[0].Due)))})
	}
	for _, text := range v.fullTexts() {
		all = append(all, line{text: text})
	}
	if text := v.alarmText(); text != "" {
		all = append(all, line{text: "▲ " + text})
	}
	if v.forced() {
		all = append(all, line{v.say.Say("coordinator.forced"), true})
	}
	return all
}

// fullTexts say why services that are open give no more tickets today: the rule, and
// the numbers that it was reckoned from. Several are one sentence.
func (v *view) fullTexts() (texts []string) {
	var full []wire.Row
	for _, row := range v.floor.Services {
		if row.Full {
			full = append(full, row)
		}
	}
	if len(full) <= 2 {
		for _, row := range full {
			texts = append(texts, v.fullText("coordinator.full", row, v.pole(row.Service)))
		}
		return texts
	}
	for _, row := range full {
		item := v.fullText("coordinator.full.item", row, v.letter(row.Service))
		texts = append(texts, strings.ReplaceAll(item, " ", "\u00a0")) // an item is not broken
	}
	return []string{v.say.Say("coordinator.full.several", "What", strings.Join(texts, " · "))}
}

func (v *view) fullText(key string, row wire.Row, name string) string {
	wait := time.Duration(0)
	if row.Wait == nil {
		key += ".unknown"
	} else {
		wait = time.Duration(row.Wait.Low+row.Wait.High) * time.Minute / 2
	}
	return v.say.Say(key, "Service", name, "Wait", v.say.Minutes(wait),
		"Margin", v.say.Minutes(v.site.Margin(row.Service)), "Time", v.clock(v.closingOf(row.Service)))
}

// closingOf is when a service closes by its calendar.
func (v *view) closingOf(service string) time.Time {
	s, ok := v.site.Service(service)
	cal, err := v.site.Calendar()
	if !ok || err != nil { // a site that was loaded has one
		return v.now
	}
	return cal.At(s.Hours, v.now).Until
}

// drawAttention writes the sentences, as many as have room, and gives the rows used.
func (v *view) drawAttention(c *screen.Canvas, r screen.Rect) (used int) {
	for _, l := range v.attention() {
		need := len(screen.Lines(l.text, r.W-2))
		if used+need > r.H {
			break
		}
		s := c.Theme().Strong()
		if l.quiet {
			s = c.Theme().Soft()
		}
		used += c.Wrap(screen.Rect{X: r.X + 2, Y: r.Y + used, W: r.W - 2, H: need}, s, l.text)
	}
	return used
}
