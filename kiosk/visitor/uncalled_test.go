package visitor_test

import (
	"strings"
	"testing"

	"accueil/kiosk/screen"
	"accueil/kiosk/visitor"
)

// TestEveryTicketSaysWhatToDoWithoutACall in every language, size and print: until
// when to wait, or to ask at any time.
func TestEveryTicketSaysWhatToDoWithoutACall(t *testing.T) {
	s := visitor.Scene{Site: centre(t), Book: book(t)}
	for _, name := range []string{"ticket", "ticket-own", "ticket-paper"} {
		for _, s.Language = range s.Site.Languages {
			say := s.Book.In(s.Language)
			wants := []string{say.Say("page.if-not-called", "Time", "11:07"), say.Say("visitor.ask-any-time"), say.Say("visitor.own-uncalled")}
			for _, s.Large = range []bool{false, true} {
				role := scene(t, name, s)
				for _, size := range sizes() {
					c := screen.NewCanvas(size.w, size.h, screen.Calm())
					role.Draw(c)
					said := ""
					for _, s := range c.Said() {
						said += s.Text + "\n"
					}
					if !strings.Contains(said, wants[0]) && !strings.Contains(said, wants[1]) && !strings.Contains(said, wants[2]) {
						t.Errorf("%s in %s, %v, large %v: nothing about a call that does not come:\n%s", name, s.Language, size, s.Large, said)
					}
				}
			}
		}
	}
}
