package adviser

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"accueil/config"
	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
)

func book(t testing.TB) *phrases.Book {
	t.Helper()
	b, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func example(t testing.TB, s *site.Site, name string, say phrases.Speaker) *Role {
	t.Helper()
	r, ok := Example(name, s, say)
	if !ok {
		t.Fatalf("no example %q", name)
	}
	t.Cleanup(r.Close)
	return r
}

func sizes() [][2]int { return [][2]int{{80, 22}, {100, 30}, {132, 43}} }

// TestScreens compares every screen with its golden text; ACCUEIL_PICTURES
// names a folder that gets them as pictures, too.
func TestScreens(t *testing.T) {
	b := book(t)
	for _, lang := range []string{"fr", "en"} {
		say := b.ForStaff(lang)
		for _, name := range Screens() {
			r := example(t, smallSite(), name, say)
			screentest.CheckLayout(t, r)
			for _, size := range sizes() {
				file := fmt.Sprintf("%s-%s-%dx%d", name, lang, size[0], size[1])
				c := screen.NewCanvas(size[0], size[1], screen.Calm())
				r.Draw(c)
				var text bytes.Buffer
				if err := screen.WriteText(&text, c); err != nil {
					t.Fatal(err)
				}
				screentest.GoldenText(t, file, text.String())
				picture(t, file, c)
			}
		}
	}
}

// TestScreensOfTheCentre draws every screen with the real content: whatever is
// written there has to fit.
func TestScreensOfTheCentre(t *testing.T) {
	s, problems := site.Load(config.FS)
	if s == nil {
		t.Skipf("the content cannot be read: %v", problems)
	}
	b := book(t)
	for _, lang := range []string{"fr", "en"} { // what staff screens speak
		say := b.ForStaff(lang)
		for _, name := range Screens() {
			r := example(t, s, name, say)
			screentest.CheckLayout(t, r)
			c := screen.NewCanvas(132, 43, screen.Calm())
			r.Draw(c)
			picture(t, "centre-"+name+"-"+lang, c)
		}
	}
}

func picture(t *testing.T, name string, c *screen.Canvas) {
	dir := os.Getenv("ACCUEIL_PICTURES")
	if dir == "" {
		return
	}
	var out bytes.Buffer
	if err := screen.WritePNG(&out, c); err != nil {
		t.Skip(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), out.Bytes(), 0o644); err != nil {
		t.Error(err)
	}
}
