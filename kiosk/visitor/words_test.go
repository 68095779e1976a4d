package visitor_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
)

// says opens the screen for one's own words and types, on a real keyboard.
func (k *kiosk) says(t *testing.T, text string) {
	t.Helper()
	k.taps("wake", "ask:dire")
	k.Advance(time.Second)
	k.at(t, "words/dire")
	k.Type(text)
}

func TestOwnWordsByTouch(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.taps("wake", "ask:dire")
		k.See("Écrivez quelques mots. Rien n'est")
		for _, key := range strings.Split("choomagex", "") {
			k.Tap("type:" + key)
		}
		k.Tap("type:\b")
		k.See("choomage▁")
		k.See("Je cherche un emploi")
		k.Tap("meant:emploi")
		k.at(t, "answer/emploi/travailler")
		if got := strings.Join(k.room.asked, ","); got != "emploi fr" {
			t.Errorf("questions asked: %q", got)
		}
	})
}

func TestOwnWordsByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.says(t, "Stage de 3ème ?")
		k.See("stage de 3ème ?▁") // none of these keys means anything else here
		k.at(t, "words/dire")
		k.Key(tcell.KeyTab)
		k.Key(tcell.KeyTab)
		k.Key(tcell.KeyEnter) // the second tile: other questions
		k.at(t, "question/dire")
	})
	bubble(t, func(t *testing.T, k *kiosk) {
		k.says(t, "stage")
		k.Key(tcell.KeyEnter) // with the focus nowhere: the first answer
		k.at(t, "answer/emploi-stage/travailler")
	})
}

func TestOwnWordsThatMeanTwoThings(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.says(t, "chomage, monter ma boite")
		first, _ := k.Target("meant:activite")
		second, ok := k.Target("meant:emploi")
		if !ok || first.Rect.X >= second.Rect.X {
			t.Errorf("answers at %+v and %+v", first.Rect, second.Rect)
		}
		k.Tap("reception")
		k.at(t, "reception")
	})
}

func TestOwnWordsNotUnderstood(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.says(t, "xqzw")
		k.See("Pas compris.")
		if _, ok := k.Target("reception"); !ok {
			t.Error("nobody to ask")
		}
		k.Key(tcell.KeyEnter)
		k.at(t, "words/dire")
	})
}

// TestNothingTypedIsKept types a secret and leaves in every way there is: no trace
// of it is left in the role, nor told to the line.
func TestNothingTypedIsKept(t *testing.T) {
	const secret = "zorglub stage"
	leave := map[string]func(k *kiosk){
		"back":     func(k *kiosk) { k.Key(tcell.KeyEscape) },
		"language": func(k *kiosk) { k.Tap(screen.IDLanguage); k.Tap("speak:en") },
		"answer":   func(k *kiosk) { k.Tap("meant:emploi-stage") },
		"desk":     func(k *kiosk) { k.Tap("reception") },
		"others":   func(k *kiosk) { k.Tap("others") },
		"idle":     func(k *kiosk) { k.Advance(2 * time.Minute) },
	}
	for name, way := range leave {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, k *kiosk) {
				k.says(t, secret)
				k.See(secret)
				way(k)
				k.NotSee("zorglub")
				if left := fmt.Sprintf("%q %v %+v", k.role.Typed(), k.room.asked, k.room.orders); strings.Contains(left, "zorglub") {
					t.Errorf("left: %s", left)
				}
				k.Advance(time.Second)
				for k.role.Screen() != "attract" { // nor is it there for whoever goes back
					k.Key(tcell.KeyEscape)
					k.NotSee("zorglub")
					k.Advance(time.Second)
				}
			})
		})
	}
}

func TestHelpOnlyLiesOverTheWords(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.says(t, "stage")
		k.Tap(screen.IDHelp)
		k.Tap(screen.IDHelp)
		k.See("stage▁")
	})
}

func TestNobodyIsCutOffWhileTyping(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.says(t, "")
		for range 20 {
			k.Advance(30 * time.Second)
			k.Type("a")
		}
		k.at(t, "words/dire")
		k.See("aaaaaaaaaaaaaaaaaaaa▁")
		k.Advance(55 * time.Second)
		k.See("Êtes-vous encore là ?")
		k.Type("b") // is there, and types nothing under the warning
		k.NotSee("Êtes-vous encore là ?")
		k.See("aaaaaaaaaaaaaaaaaaaa▁")
	})
}

func TestLongWordsShowTheirEnd(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.says(t, strings.Repeat("w", 130)+"end")
		k.See("w▁")
		if n := len(k.role.Typed()); n != 120 {
			t.Errorf("%d characters are kept", n)
		}
	})
}

// TestKeyboardOfEveryLanguage draws the words screen with a banner above it, where
// room is shortest.
func TestKeyboardOfEveryLanguage(t *testing.T) {
	s := centre(t)
	for _, lang := range []string{"fr", "en", "es", "pt", "zh", "uk", "ar"} {
		role := example(t, "words", s, lang)
		role.Act(screen.IDSound)
		for _, size := range sizes() {
			c := screen.NewCanvas(size.w, size.h, screen.Calm())
			role.Draw(c)
			for _, fault := range screentest.Faults(c) {
				t.Errorf("%s %d × %d: %s", lang, size.w, size.h, fault)
			}
			var text bytes.Buffer
			if err := screen.WriteText(&text, c); err != nil {
				t.Fatal(err)
			}
			if _, ok := target(c, "type: "); !ok {
				t.Errorf("%s %d × %d has no space bar:\n%s", lang, size.w, size.h, text.String())
			}
		}
	}
}

func target(c *screen.Canvas, id string) (screen.Target, bool) {
	for _, t := range c.Targets() {
		if t.ID == id {
			return t, true
		}
	}
	return screen.Target{}, false
}
