package board

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"accueil/config"
	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
	"accueil/kiosk/staff/stafftest"
)

// speakers are French and English, the given one first.
func speakers(t testing.TB, first string) []phrases.Speaker {
	t.Helper()
	b := book(t)
	says := []phrases.Speaker{b.In("fr"), b.In("en")}
	if first == "en" {
		slices.Reverse(says)
	}
	return says
}

func example(t testing.TB, s *site.Site, name string, says []phrases.Speaker) *Role {
	t.Helper()
	r, ok := Example(name, s, says...)
	if !ok {
		t.Fatalf("no example %q", name)
	}
	return r
}

// TestScreens compares every moment with its golden text; ACCUEIL_PICTURES
// names a folder that gets them as pictures, too.
func TestScreens(t *testing.T) {
	for _, lang := range []string{"fr", "en"} {
		says := speakers(t, lang)
		for _, name := range Screens() {
			r := example(t, smallSite(), name, says)
			screentest.CheckLayout(t, r)
			for _, size := range [][2]int{{80, 22}, {100, 30}, {132, 43}} {
				c := screen.NewCanvas(size[0], size[1], screen.Night())
				r.Draw(c)
				stafftest.Compare(t, fmt.Sprintf("%s-%s-%dx%d", name, lang, size[0], size[1]), c)
			}
		}
	}
}

// TestScreensOfTheCentre draws every moment with the real content.
func TestScreensOfTheCentre(t *testing.T) {
	s, problems := site.Load(config.FS)
	if s == nil {
		t.Skipf("the content cannot be read: %v", problems)
	}
	var says []phrases.Speaker
	b := book(t)
	for _, lang := range s.Languages {
		says = append(says, b.In(lang))
	}
	for i := range says { // each with the first, as they take turns
		for _, name := range Screens() {
			screentest.CheckLayout(t, example(t, s, name, slices.Concat(says[i:], says[:i])))
		}
	}
	for _, name := range Screens() {
		r := example(t, s, name, says)
		if dir := os.Getenv("ACCUEIL_PICTURES"); dir != "" {
			c := screen.NewCanvas(132, 43, screen.Night())
			r.Draw(c)
			var png bytes.Buffer
			if screen.WritePNG(&png, c) == nil {
				_ = os.WriteFile(filepath.Join(dir, "centre-"+name+".png"), png.Bytes(), 0o644)
			}
		}
	}
}
