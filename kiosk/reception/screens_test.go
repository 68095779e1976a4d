package reception

import (
	"testing"

	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/kiosk/screen"
	"accueil/kiosk/staff/stafftest"
)

func example(t testing.TB, s *site.Site, name string, say phrases.Speaker) *Role {
	t.Helper()
	r, ok := Example(name, s, say)
	if !ok {
		t.Fatalf("no example %q", name)
	}
	t.Cleanup(r.Close)
	return r
}

func drawn(t testing.TB, s *site.Site, name string, say phrases.Speaker) screen.Role {
	t.Helper()
	return example(t, s, name, say)
}

func TestScreens(t *testing.T)            { stafftest.Screens(t, Screens(), drawn) }
func TestScreensOfTheCentre(t *testing.T) { stafftest.ScreensOfTheCentre(t, Screens(), drawn) }
