package visitor_test

import (
	"testing"

	"accueil/kiosk/screen"
)

// BenchmarkDraw is a whole frame: the view made from what is known, and drawn.
func BenchmarkDraw(b *testing.B) {
	s := centre(b)
	for _, name := range []string{"attract", "questions", "answer", "ticket", "browse"} {
		b.Run(name, func(b *testing.B) {
			role := example(b, name, s, "fr")
			for b.Loop() {
				role.Draw(screen.NewCanvas(100, 30, screen.Calm()))
			}
		})
	}
}
