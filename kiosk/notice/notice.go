// Package notice says the announcements of the staff in a person's language.
package notice

import (
	"time"

	"accueil/internal/phrases"
	"accueil/internal/wire"
)

// Texts are what is announced at a moment, in the speaker's language or else as
// it was typed in the site's first. Each ends at its own time, whether or not
// the hub says so.
func Texts(all []wire.Notice, say phrases.Speaker, first string, now time.Time) (texts []string) {
	for _, n := range all {
		if !n.Until.After(now) {
			continue
		}
		text := n.Text[say.Lang()]
		switch {
		case n.Phrase != "":
			text = say.Say(n.Phrase)
		case text == "":
			text = n.Text[first]
		}
		texts = append(texts, text)
	}
	return texts
}
