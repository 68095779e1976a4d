package visitor

import "accueil/kiosk/screen"

// rest darkens the screen that nobody stands before while every service is
// closed: a night of bright tiles would stay on the glass.
func (r *Role) rest() {
	if dark := !r.visit.begun && r.allClosed(); dark != r.dark {
		r.dark = dark
		r.opt.SetTheme(r.theme())
	}
}

// theme is the one for whoever is there.
func (r *Role) theme() screen.Theme {
	switch {
	case r.dark:
		return screen.Night()
	case r.visit.contrast:
		return screen.Contrast()
	}
	return screen.Calm()
}

func (r *Role) allClosed() bool {
	for _, s := range r.opt.Site.Services {
		if r.standing(s).open {
			return false
		}
	}
	return true
}
