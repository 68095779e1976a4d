package visitor_test

import (
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"accueil/kiosk/screen"
	"accueil/kiosk/speech"
)

// ear writes down what would be read aloud. The event loop alone uses it.
type ear struct {
	read   []speech.Piece
	hushes int
	state  speech.State
}

func (e *ear) Read(p ...speech.Piece) { e.read = append(e.read, p...) }
func (e *ear) Hush()                  { e.hushes++ }
func (e *ear) State() speech.State    { return e.state }

// last is what was read last.
func (e *ear) last() speech.Piece {
	if len(e.read) == 0 {
		return speech.Piece{}
	}
	return e.read[len(e.read)-1]
}

// hears fails unless the texts are read last, in this order.
func (k *kiosk) hears(t *testing.T, texts ...string) {
	t.Helper()
	rest := k.ear.last().Text
	for _, text := range texts {
		_, after, ok := strings.Cut(rest, text)
		if !ok {
			t.Fatalf("%q is not read in its place:\n%s", text, k.ear.last().Text)
		}
		rest = after
	}
}

func TestSoundReadsEveryScreen(t *testing.T) {
	everywhere(t, func(t *testing.T, k *kiosk, w way) {
		if len(k.ear.read) > 0 {
			t.Fatalf("the kiosk speaks unasked: %q", k.ear.read)
		}
		k.Type("s")
		k.hears(t, "Le son est activé", "la lettre S coupe le son")
		whole := k.ear.last().Text
		for _, target := range k.Said() {
			if target.Key != 0 && !strings.Contains(whole, "Choix "+string(target.Key)+" : ") {
				t.Errorf("choice %c %q is not read:\n%s", target.Key, target.Text, whole)
			}
		}
		if strings.ContainsAny(whole, "┃■▲●◆▬▮♪‹◐·«»\x1b") {
			t.Errorf("signs for the eye are read: %q", whole)
		}
		k.Key(tcell.KeyEnd)
		n := len(k.ear.read)
		k.Key(tcell.KeyTab)
		if len(k.ear.read) != n+1 || k.ear.last().Text == whole {
			t.Errorf("the focus on %q is not read: %q", k.Focus(), k.ear.last().Text)
		}
	})
}

func TestSoundReadsInOrder(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.taps("wake", screen.IDSound, "ask:emploi", "ask:emploi-stage")
		k.hears(t, "Qui vous répond", "Je cherche un stage", "3 personnes attendent", "Choix 1 : Prendre un ticket")
		k.Tap("take")
		k.Advance(time.Second)
		k.hears(t, "Votre ticket", "T, 42.", "plutôt entre 10 et 25 minutes", "Choix 1 : C'est noté, merci", "Choix 2")
		k.See("♪ Son activé : branchez un casque si vous en avez un.")
		n := len(k.ear.read)
		k.Advance(5 * time.Second)
		if len(k.ear.read) != n {
			t.Error("a screen that stands still is read again")
		}
	})
}

func TestFocusIsReadWithItsNumber(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.taps("wake", screen.IDSound)
		k.Key(tcell.KeyTab)
		k.hears(t, "Choix 1 : Je cherche un emploi, un stage, une alternance. ouvert, 3 personnes attendent, 15 à 30 minutes.")
		for range 20 {
			if k.Focus() == screen.IDHelp {
				break
			}
			k.Advance(time.Second)
			k.Key(tcell.KeyTab)
		}
		if got := k.ear.last().Text; got != "Aide.\n" {
			t.Errorf("the help key is read %q", got)
		}
	})
}

func TestSoundChangesLanguageWithTheScreen(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.taps("wake", screen.IDSound, screen.IDLanguage, "speak:en")
		k.Advance(time.Second)
		if got := k.ear.last(); got.Lang != "en" || !strings.Contains(got.Text, "What brings you here?") {
			t.Errorf("read in %s: %q", got.Lang, got.Text)
		}
	})
}

// TestSoundBeginsAVisit: somebody who cannot see starts at the attract screen.
func TestSoundBeginsAVisit(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.Type("s")
		k.at(t, "questions")
		k.hears(t, "Le son est activé", "Qu'est-ce qui vous amène", "Choix 1")
		k.Advance(time.Second)
		k.Type("s")
		k.NotSee("Son activé")
		if k.ear.hushes == 0 {
			t.Error("the voice goes on when the sound is off")
		}
	})
}

func TestSoundEndsWithTheVisit(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.taps("wake", screen.IDSound)
		hushes := k.ear.hushes
		k.Advance(2 * time.Minute)
		k.at(t, "attract")
		if k.ear.hushes == hushes {
			t.Error("the voice goes on after the visit")
		}
		n := len(k.ear.read)
		k.Tap("wake")
		k.Advance(time.Second)
		if len(k.ear.read) != n {
			t.Error("the next visitor is read to without asking")
		}
	})
}

func TestNoVoiceIsSaidCalmly(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.ear.state = speech.Missing
		k.taps("wake", screen.IDSound)
		k.See("Cet écran ne peut pas parler.")
		k.Post(func() { k.ear.state = speech.Mute })
		k.See("Ni haut-parleur ni casque ici.")
	})
}

func TestWarningRingsAndIsRead(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.taps("wake", screen.IDSound)
		k.Advance(49 * time.Second)
		if k.rung != 0 {
			t.Fatal("it rings before the warning")
		}
		k.Advance(3 * time.Second)
		if k.rung != 1 {
			t.Errorf("%d rings at the warning", k.rung)
		}
		k.hears(t, "Êtes-vous encore là ?", "Choix 1 : Je suis là", "Choix 2 : J'ai terminé")
		n := len(k.ear.read)
		k.Advance(10 * time.Second)
		if k.rung != 2 || len(k.ear.read) != n {
			t.Errorf("%d rings and %d readings ten seconds later", k.rung, len(k.ear.read)-n)
		}
		k.Tap("stay")
		k.Tap(screen.IDSound)
		k.Advance(55 * time.Second)
		if k.rung != 3 {
			t.Error("without sound the warning does not ring")
		}
	})
}
