package visitor_test

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
	"accueil/kiosk/visitor"
)

// size is a terminal in cells.
type size struct{ w, h int }

// sizes are large print, the usual one, a large screen, and two that stand
// upright.
func sizes() []size { return []size{{80, 22}, {100, 30}, {132, 43}, {80, 60}, {90, 80}} }

func book(t testing.TB) *phrases.Book {
	t.Helper()
	b, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// centre is the content that comes with the program.
func centre(t testing.TB) *site.Site {
	t.Helper()
	s, problems := site.Load(config.FS)
	for _, p := range problems {
		t.Fatal(p)
	}
	return s
}

func example(t testing.TB, name string, s visitor.Scene) *visitor.Role {
	t.Helper()
	r, err := visitor.Example(name, s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestEveryScreenLaysOut draws every screen in every language, size, theme and
// print. ACCUEIL_PICTURES names a folder that gets them as pictures.
func TestEveryScreenLaysOut(t *testing.T) {
	scene := visitor.Scene{Site: centre(t), Book: book(t)}
	for _, name := range visitor.Screens() {
		for _, scene.Language = range scene.Site.Languages {
			for _, scene.Large = range []bool{false, true} {
				checkScreen(t, name, scene)
			}
		}
	}
}

func checkScreen(t *testing.T, name string, scene visitor.Scene) {
	role := example(t, name, scene)
	for _, size := range sizes() {
		for _, theme := range screen.Themes() {
			c := screen.NewCanvas(size.w, size.h, theme)
			role.Draw(c)
			title := fmt.Sprintf("%s-%s-%dx%d-%s", name, scene.Language, size.w, size.h, theme.Name)
			if scene.Large {
				title += "-large"
			}
			for _, fault := range screentest.Faults(c) {
				t.Errorf("%s: %s", title, fault)
			}
			picture(t, title, c)
		}
	}
}

func picture(t *testing.T, title string, c *screen.Canvas) {
	dir := os.Getenv("ACCUEIL_PICTURES")
	if dir == "" {
		return
	}
	var out bytes.Buffer
	if err := screen.WritePNG(&out, c); err != nil {
		t.Skip(err)
	}
	if err := os.WriteFile(filepath.Join(dir, title+".png"), out.Bytes(), 0o644); err != nil {
		t.Error(err)
	}
}
