package visitor_test

import (
	"bytes"
	"fmt"
	"testing"

	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
	"accueil/kiosk/visitor"
)

// TestScreensLookAsTheyDid holds every screen of the small centre to its text
// in testdata; ACCUEIL_UPDATE=1 writes them anew.
func TestScreensLookAsTheyDid(t *testing.T) {
	s := little(t)
	for _, name := range visitor.Screens() {
		for _, lang := range s.Languages {
			role := example(t, name, s, lang)
			for _, size := range []size{{80, 22}, {100, 30}} {
				title := fmt.Sprintf("%s-%s-%dx%d", name, lang, size.w, size.h)
				t.Run(title, func(t *testing.T) {
					c := screen.NewCanvas(size.w, size.h, screen.Calm())
					role.Draw(c)
					var text bytes.Buffer
					if err := screen.WriteText(&text, c); err != nil {
						t.Fatal(err)
					}
					screentest.GoldenText(t, title, text.String())
				})
			}
		}
	}
}

func TestExampleOfNoScreen(t *testing.T) {
	if _, err := visitor.Example("nowhere", visitor.Scene{Site: little(t), Book: book(t)}); err == nil {
		t.Error("a screen that does not exist is shown")
	}
}

func TestExampleIsTheScreenItNames(t *testing.T) {
	seen := map[string]string{}
	for _, name := range visitor.Screens() {
		c := screen.NewCanvas(100, 30, screen.Calm())
		example(t, name, centre(t), "fr").Draw(c)
		var text bytes.Buffer
		if err := screen.WriteText(&text, c); err != nil {
			t.Fatal(err)
		}
		if other, twice := seen[text.String()]; twice {
			t.Errorf("%s and %s are the same picture", name, other)
		}
		seen[text.String()] = name
	}
}
