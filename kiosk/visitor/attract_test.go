package visitor

import (
	"context"
	"strings"
	"testing"
	"time"

	"accueil/config"
	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
)

// resting is a kiosk of the centre nobody stands in front of, and its clock.
func resting(t *testing.T) (*Role, *time.Time) {
	t.Helper()
	centre, problems := site.Load(config.FS)
	for _, p := range problems {
		t.Fatal(p)
	}
	book, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	line, err := newSample(centre)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Unix(0, 0)
	r, err := New(context.Background(), Options{Site: centre, Book: book, Line: line,
		Post: func(func()) bool { return false }, SetTheme: func(screen.Theme) {}, Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	return r, &now
}

// TestAttractScreenAtEveryTurn: every greeting and every list of workshops fits,
// and over some minutes no character but the frame's stays where it is.
func TestAttractScreenAtEveryTurn(t *testing.T) {
	r, now := resting(t)
	for _, size := range [][2]int{{80, 22}, {100, 30}, {132, 43}, {50, 60}, {60, 80}} {
		burnt := map[int]string{}
		for turn := range 8 * shiftTurns {
			*now = time.Unix(int64(turn)*int64(turnTime/time.Second), 0)
			c := screen.NewCanvas(size[0], size[1], screen.Calm())
			r.Draw(c)
			if faults := append(screentest.Faults(c), screentest.Pale(c)...); len(faults) > 0 {
				t.Fatalf("%v, turn %d: %s", size, turn, faults[0])
			}
			for i := range size[0] * size[1] {
				text, _ := c.Cell(i%size[0], i/size[0])
				if was, ok := burnt[i]; ok && was != text {
					burnt[i] = ""
				} else if !ok {
					burnt[i] = text
				}
			}
		}
		stays := 0
		for _, text := range burnt {
			if strings.TrimSpace(text) != "" {
				stays++
			}
		}
		if all := size[0] * size[1]; stays > all/20 {
			t.Errorf("%v: %d of %d cells never change", size, stays, all)
		}
	}
}

// TestEveryServiceIsOnTheAttractScreen, whatever its size.
func TestEveryServiceIsOnTheAttractScreen(t *testing.T) {
	r, _ := resting(t)
	for _, size := range [][2]int{{80, 22}, {100, 30}, {132, 43}, {50, 60}, {60, 80}, {90, 80}} {
		c := screen.NewCanvas(size[0], size[1], screen.Calm())
		r.Draw(c)
		var text strings.Builder
		if err := screen.WriteText(&text, c); err != nil {
			t.Fatal(err)
		}
		for _, s := range r.opt.Site.Services {
			if sign := s.Letter + " " + s.Shape; !strings.Contains(text.String(), sign) {
				t.Errorf("%v: no %s", size, sign)
			}
		}
	}
}

// TestAttractScreenShowsTheRoom: services at most turns, workshops at some.
func TestAttractScreenShowsTheRoom(t *testing.T) {
	r, now := resting(t)
	services, workshops := 0, 0
	for turn := range 8 {
		*now = time.Unix(int64(turn)*int64(turnTime/time.Second), 0)
		c := screen.NewCanvas(80, 22, screen.Calm())
		r.Draw(c)
		var text strings.Builder
		if err := screen.WriteText(&text, c); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(text.String(), "T ■") {
			services++
		}
		if strings.Contains(text.String(), "Ateliers") {
			workshops++
		}
	}
	if services < 4 || workshops < 1 || services+workshops != 8 {
		t.Errorf("services at %d turns of 8, workshops at %d", services, workshops)
	}
}
