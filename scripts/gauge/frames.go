package main

import (
	"fmt"

	"accueil/config"
	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/kiosk/adviser"
	canvas "accueil/kiosk/screen"
)

// frames draws every adviser screen whole, at the largest size they are laid out for and
// with forty people waiting, for a terminal that takes what it is sent at once. The
// floor fills the same terminal with one letter.
func (g gauge) frames(string) ([]row, error) {
	const w, h, waiting, bound = 160, 50, 40, 16
	s, problems := site.Load(config.FS)
	if s == nil {
		return nil, fmt.Errorf("read the content: %v", problems)
	}
	book, err := phrases.Load()
	if err != nil {
		return nil, err
	}
	plain := canvas.Calm().Text()
	bare, err := canvas.Redraws(func(c *canvas.Canvas) { c.FillWith(c.Area(), plain, "x") }, w, h, g.samples(200))
	if err != nil {
		return nil, err
	}
	worst := row{
		Unit: "ms", Beside: "ms to fill it with one letter", Floor: quantile(bare, 0.99), Bound: fmt.Sprintf("≤ %d ms", bound),
	}
	for _, name := range adviser.Screens() {
		role, ok := adviser.Crowded(name, waiting, s, book.ForStaff("fr"))
		if !ok {
			return nil, fmt.Errorf("there is no screen %s", name)
		}
		took, err := canvas.Redraws(role.Draw, w, h, g.samples(200))
		role.Close()
		if err != nil {
			return nil, err
		}
		if p99 := quantile(took, 0.99); p99 > worst.Measured {
			worst.Measured, worst.Note = p99, fmt.Sprintf("the slowest of %d is %q; its p50 %.2f ms", len(adviser.Screens()), name, quantile(took, 0.5))
		}
	}
	worst.Name = fmt.Sprintf("any adviser screen whole at %d × %d, %d waiting, p99 of work", w, h, waiting)
	worst.Ratio, worst.OK = worst.Measured/worst.Floor, worst.Measured <= bound
	return []row{worst}, nil
}
