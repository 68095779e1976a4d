package visitor

import (
	"slices"
	"strings"

	"accueil/internal/phrases"
	"accueil/kiosk/screen"
	"accueil/kiosk/speech"
)

// Voice reads aloud, as a speech.Voice does. Its methods never wait.
type Voice interface {
	Read(pieces ...speech.Piece)
	Hush()
	State() speech.State
}

var _ Voice = (*speech.Voice)(nil)

// listening is what was read last: only what is new is read.
type listening struct {
	screen, lang, focus string
	warned              bool
}

// toggleSound has the screens read aloud, or no longer. On the attract screen
// it begins a visit: who cannot see the screen starts here.
func (r *Role) toggleSound() {
	if !r.visit.begun {
		r.begin(r.visit.lang)
	}
	v := r.visit
	v.sound, v.read = !v.sound, listening{}
	if !v.sound {
		r.hush()
	}
}

func (r *Role) hush() {
	if r.opt.Voice != nil {
		r.opt.Voice.Hush()
	}
}

// soundNotice says on the screen how the sound is, "" while it is off.
func (r *Role) soundNotice(say phrases.Speaker) string {
	if !r.visit.sound {
		return ""
	}
	state := speech.Missing
	if r.opt.Voice != nil {
		state = r.opt.Voice.State()
	}
	switch state {
	case speech.Missing:
		return say.Say("speech.missing")
	case speech.Mute:
		return say.Say("speech.mute")
	}
	return say.Say("speech.on")
}

// Drawn implements screen.Watcher: it reads a screen that is new, then each
// target the focus comes to.
func (r *Role) Drawn(c *screen.Canvas) {
	v := r.visit
	if !v.sound || r.opt.Voice == nil {
		return
	}
	before := v.read
	v.read = listening{r.Screen(), v.lang, c.Focus(), r.left > 0}
	switch {
	case before.screen != v.read.screen, before.lang != v.read.lang, v.read.warned && !before.warned:
		r.aloud(r.reading(c, before == listening{})...)
	case before.warned && !v.read.warned:
		r.hush()
	case v.read.focus != before.focus && v.read.focus != "":
		r.aloud(r.focused(c)...)
	}
}

// aloud reads sentences in the visitor's language.
func (r *Role) aloud(sentences ...string) {
	say, text := r.say(), ""
	for _, s := range sentences {
		if s = speech.Aloud(say, s); s != "" {
			text += ended(s) + "\n"
		}
	}
	r.opt.Voice.Read(speech.Piece{Lang: say.Lang(), Text: text})
}

// ended gives a sentence its end, where the voice makes a pause.
func ended(s string) string {
	if strings.HasSuffix(s, "。") || strings.ContainsAny(s[len(s)-1:], ".?!:;…") {
		return s
	}
	return s + "."
}

// reading is the whole screen: what it says, then what can be chosen. The
// bottom bar is the same everywhere and is read when the focus comes to it.
func (r *Role) reading(c *screen.Canvas, first bool) []string {
	var all []string
	say := r.say()
	if first {
		all = append(all, say.Say("speech.welcome"))
	}
	clock := r.page("").clock(c)
	for _, said := range c.Said() {
		if said.Text == clock || slices.Contains(barIDs(), said.Target) && r.left == 0 {
			continue
		}
		all = append(all, choiceAloud(say, said))
	}
	if first {
		all = append(all, say.Say("speech.keys"))
	}
	return all
}

// focused is the target the keyboard is on.
func (r *Role) focused(c *screen.Canvas) []string {
	for _, said := range c.Said() {
		if said.Target == c.Focus() {
			return []string{choiceAloud(r.say(), said)}
		}
	}
	return nil
}

// choiceAloud says a choice with its number.
func choiceAloud(say phrases.Speaker, s screen.Said) string {
	switch {
	case s.Target == screen.IDScrollUp:
		return say.Say("speech.up")
	case s.Target == screen.IDScrollDown:
		return say.Say("speech.down")
	case s.Key != 0:
		text := strings.TrimSpace(strings.TrimPrefix(s.Text, string(s.Key)))
		return say.Say("speech.choice", "Key", string(s.Key), "Text", text)
	}
	return s.Text
}

func barIDs() []string {
	return []string{screen.IDBack, screen.IDHelp, screen.IDLanguage, screen.IDSound, screen.IDSize, screen.IDContrast,
		screen.IDScrollUp, screen.IDScrollDown}
}
