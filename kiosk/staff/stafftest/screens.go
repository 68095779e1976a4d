package stafftest

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

// Book is all texts.
func Book(t testing.TB) *phrases.Book {
	t.Helper()
	b, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// languages are what staff screens speak.
var languages = []string{"fr", "en"}

// Example is a role that shows one of its screens in a centre, in the language
// of a speaker.
type Example func(t testing.TB, s *site.Site, name string, say phrases.Speaker) screen.Role

// Screens compares every screen with its golden text; ACCUEIL_PICTURES names a
// folder that gets them as pictures, too.
func Screens(t *testing.T, names []string, example Example) {
	b := Book(t)
	for _, lang := range languages {
		for _, name := range names {
			r := example(t, Site(), name, b.ForStaff(lang))
			screentest.CheckLayout(t, r)
			for _, size := range [][2]int{{80, 22}, {100, 30}, {132, 43}} {
				c := screen.NewCanvas(size[0], size[1], screen.Calm())
				r.Draw(c)
				Compare(t, fmt.Sprintf("%s-%s-%dx%d", name, lang, size[0], size[1]), c)
			}
		}
	}
}

// ScreensOfTheCentre draws every screen with the real content: whatever is
// written there has to fit.
func ScreensOfTheCentre(t *testing.T, names []string, example Example) {
	s, problems := site.Load(config.FS)
	if s == nil {
		t.Skipf("the content cannot be read: %v", problems)
	}
	b := Book(t)
	for _, lang := range languages {
		for _, name := range names {
			r := example(t, s, name, b.ForStaff(lang))
			screentest.CheckLayout(t, r)
			c := screen.NewCanvas(132, 43, screen.Calm())
			r.Draw(c)
			picture(t, "centre-"+name+"-"+lang, c)
		}
	}
}

// Compare compares what is drawn with its golden text, and makes its picture.
func Compare(t *testing.T, name string, c *screen.Canvas) {
	t.Helper()
	var text bytes.Buffer
	if err := screen.WriteText(&text, c); err != nil {
		t.Fatal(err)
	}
	screentest.GoldenText(t, name, text.String())
	picture(t, name, c)
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
