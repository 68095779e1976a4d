package visitor_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
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

// sizes are the smallest, the usual one, a large screen, and three that stand
// upright.
func sizes() []size { return []size{{80, 22}, {100, 30}, {132, 43}, {50, 60}, {60, 80}, {90, 80}} }

// Read once: nothing changes them.
var (
	loadBook   = sync.OnceValues(phrases.Load)
	loadCentre = sync.OnceValues(func() (*site.Site, []site.Problem) { return site.Load(config.FS) })
)

func book(t testing.TB) *phrases.Book {
	t.Helper()
	b, err := loadBook()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// centre is the content that comes with the program.
func centre(t testing.TB) *site.Site {
	t.Helper()
	s, problems := loadCentre()
	for _, p := range problems {
		t.Fatal(p)
	}
	return s
}

func example(t testing.TB, name string, s *site.Site, lang string) *visitor.Role {
	t.Helper()
	return scene(t, name, visitor.Scene{Site: s, Book: book(t), Language: lang})
}

func scene(t testing.TB, name string, s visitor.Scene) *visitor.Role {
	t.Helper()
	r, err := visitor.Example(name, s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestEveryScreenLaysOut draws every screen in every language, size and print, and
// at one size in every theme. ACCUEIL_PICTURES names a folder that gets them as pictures,
// ACCUEIL_PICTURE an expression that chooses among their names.
func TestEveryScreenLaysOut(t *testing.T) {
	s := visitor.Scene{Site: centre(t), Book: book(t)}
	for _, name := range visitor.Screens() {
		for _, s.Language = range s.Site.Languages {
			for _, s.Large = range []bool{false, true} {
				checkScreen(t, name, s)
			}
		}
	}
}

func checkScreen(t *testing.T, name string, s visitor.Scene) {
	t.Helper()
	role := scene(t, name, s)
	for i, size := range sizes() {
		for j, theme := range screen.Themes() {
			if j > 0 && i != 1 { // colours change nothing about where things are
				continue
			}
			c := screen.NewCanvas(size.w, size.h, theme)
			role.Draw(c)
			title := fmt.Sprintf("%s-%s-%dx%d-%s", name, s.Language, size.w, size.h, theme.Name)
			if s.Large {
				title += "-large"
			}
			for _, fault := range screentest.Faults(c) {
				t.Errorf("%s: %s", title, fault)
			}
			if pale := screentest.Pale(c); len(pale) > 0 {
				t.Errorf("%s: %d cells cannot be read: %s", title, len(pale), pale[0])
			}
			picture(t, title, c)
		}
	}
}

// TestEveryStateCanBeRead holds every target of every screen down, and puts the
// keyboard on it, in every theme.
func TestEveryStateCanBeRead(t *testing.T) {
	for _, name := range visitor.Screens() {
		role := example(t, name, centre(t), "fr")
		for _, theme := range screen.Themes() {
			c := screen.NewCanvas(100, 30, theme)
			role.Draw(c)
			for _, target := range c.Targets() {
				for state, input := range map[string]screen.Input{"pressed": {Pressed: target.ID}, "focused": {Focused: target.ID}} {
					c := screen.NewCanvas(100, 30, theme)
					c.SetInput(input)
					role.Draw(c)
					if faults := append(screentest.Faults(c), screentest.Pale(c)...); len(faults) > 0 {
						t.Errorf("%s, %s, %s %s: %s", name, theme.Name, target.ID, state, faults[0])
					}
				}
			}
		}
	}
}

// TestTheBarNeverMoves: what is in the bottom bar has its place there on every
// screen of a size, in a language that runs from the left and in one from the
// right.
func TestTheBarNeverMoves(t *testing.T) {
	s := centre(t)
	for _, size := range sizes() {
		at := map[string]screen.Rect{}
		for _, name := range visitor.Screens() {
			for _, lang := range []string{"fr", "ar"} {
				c := screen.NewCanvas(size.w, size.h, screen.Calm())
				example(t, name, s, lang).Draw(c)
				for _, target := range c.Targets() {
					if !slices.Contains([]string{screen.IDBack, screen.IDHelp, screen.IDLanguage, screen.IDSize, screen.IDContrast}, target.ID) || name == "idle" {
						continue
					}
					key := fmt.Sprint(target.ID, screen.RightToLeft(lang))
					if was, ok := at[key]; ok && was != target.Rect {
						t.Errorf("%s, %s, %v: %s moved from %v to %v", name, lang, size, target.ID, was, target.Rect)
					}
					at[key] = target.Rect
				}
			}
		}
	}
}

func picture(t *testing.T, title string, c *screen.Canvas) {
	dir := os.Getenv("ACCUEIL_PICTURES")
	if want := os.Getenv("ACCUEIL_PICTURE"); dir == "" || want != "" && !regexp.MustCompile(want).MatchString(title) {
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

// TestSizesBetween draws every screen in sizes nobody thought of; a ticket
// always has its code.
func TestSizesBetween(t *testing.T) {
	s := centre(t)
	for _, name := range visitor.Screens() {
		between := []size{{50, 70}, {57, 61}, {66, 90}, {73, 64}, {74, 100}}
		for h := 22; h < 44; h += 3 {
			between = append(between, size{80, h}, size{97, h}, size{140, h})
		}
		for _, large := range []bool{false, true} {
			role := scene(t, name, visitor.Scene{Site: s, Book: book(t), Large: large})
			for _, size := range between {
				w, h := size.w, size.h
				c := screen.NewCanvas(w, h, screen.Calm())
				role.Draw(c)
				for _, fault := range screentest.Faults(c) {
					t.Errorf("%s at %d × %d: %s", name, w, h, fault)
				}
				if strings.HasPrefix(name, "ticket") && w >= 80 && !coded(c) {
					t.Errorf("%s at %d × %d: no code", name, w, h)
				}
			}
		}
	}
}

// coded tells whether there is a code on the canvas: nothing else has its half
// blocks in five rows of the right half.
func coded(c *screen.Canvas) bool {
	var text bytes.Buffer
	_ = screen.WriteText(&text, c)
	rows := 0
	for line := range strings.Lines(text.String()) {
		if r := []rune(line); len(r) > 50 && strings.ContainsAny(string(r[len(r)-30:]), "▀▄") {
			rows++
		}
	}
	return rows >= 10
}

// TestTheWholeCentreLaysOut draws every answer, every shelf and everything on
// it, in every language and print.
func TestTheWholeCentreLaysOut(t *testing.T) {
	s := visitor.Scene{Site: centre(t), Book: book(t)}
	for _, s.Language = range s.Site.Languages {
		for _, s.Large = range []bool{false, true} {
			role := scene(t, "questions", s)
			for q := range s.Site.AllQuestions() {
				checkFrom(t, role, "ask:"+q.Key)
			}
			for _, service := range s.Site.Services {
				checkFrom(t, role, "theme:"+service.Key)
			}
			for _, r := range s.Site.Resources {
				checkFrom(t, role, "resource:"+r.Key)
			}
			for _, w := range s.Site.Workshops {
				checkFrom(t, role, "workshop:"+w.Key)
			}
		}
	}
}

// checkFrom goes from the questions to one screen, looks at it and comes back.
func checkFrom(t *testing.T, role *visitor.Role, id string) {
	t.Helper()
	role.Act(id)
	for _, size := range []size{{80, 22}, {100, 30}, {50, 60}} {
		c := screen.NewCanvas(size.w, size.h, screen.Calm())
		role.Draw(c)
		for _, fault := range screentest.Faults(c) {
			t.Errorf("%s at %d × %d: %s", role.Screen(), size.w, size.h, fault)
		}
	}
	role.Act(screen.IDBack)
}
