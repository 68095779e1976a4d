package screen

import (
	"fmt"
	"io"
	"testing"

	"github.com/gdamore/tcell/v2"
)

// busy fills a canvas about as full as screens get.
func busy(c *Canvas, n int) {
	c.TopLine("Cité des métiers", fmt.Sprintf("10:%02d", n%60))
	for i, place := range c.Body().Grid(2, 4, 2, 1) {
		c.Tile(Tile{Target: Target{ID: fmt.Sprint(i), Rect: place}, Number: fmt.Sprint(i), Label: "Je cherche un emploi, un stage",
			Note: "ouvert · 15 à 30 min", Mark: c.Theme().Mark("travailler")})
	}
	c.BottomBar([6]BarItem{{ID: "back", Icon: "‹", Label: "Retour"}, {ID: "help", Icon: "?", Label: "Aide"}})
}

// BenchmarkFrame measures what one touch costs: draw the role, find what
// changed, hand it to the terminal. 16 ms are the limit a frame is held to.
func BenchmarkFrame(b *testing.B) {
	for _, size := range [][2]int{{80, 22}, {100, 30}, {160, 50}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			sim := tcell.NewSimulationScreen("UTF-8")
			if err := sim.Init(); err != nil {
				b.Fatal(err)
			}
			defer sim.Fini()
			sim.SetSize(size[0], size[1])
			term := &terminal{Screen: sim}
			frame, last := &Canvas{}, &Canvas{}
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				frame, last = last, frame
				frame.reset(size[0], size[1], Calm(), Input{Pressed: fmt.Sprint(n % 8)})
				busy(frame, n)
				term.show(frame, last)
				term.Show()
			}
		})
	}
}

func BenchmarkPicture(b *testing.B) {
	c := NewCanvas(100, 30, Calm())
	busy(c, 0)
	for b.Loop() {
		if err := WritePNG(io.Discard, c); err != nil {
			b.Skip(err)
		}
	}
}

func BenchmarkQR(b *testing.B) {
	c := NewCanvas(80, 22, Calm())
	for b.Loop() {
		if _, err := c.QR(2, 2, "HTTPS://ACCUEIL.EXEMPLE/T/7K3F9QXD"); err != nil {
			b.Fatal(err)
		}
	}
}
