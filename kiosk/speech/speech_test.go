package speech_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"accueil/internal/phrases"
	"accueil/kiosk/speech"
)

// engine is a program that speaks into files: how it was called and what it
// got, one file a text, and then holds its breath while the file "hold" is there.
const engine = `#!/bin/sh
cd "$(dirname "$0")" || exit 1
n=$(mktemp said.XXXXXX)
echo "$@" >"$n.args"
cat >"$n"
mv "$n" "$n.done"
while [ -e hold ]; do sleep 0.01; done
[ ! -e sick ] || { echo "error: No such file or directory" >&2; }
echo "$$" >>ended
`

// mouth is such a program and the voice it gives.
type mouth struct {
	t       *testing.T
	dir     string
	voice   *speech.Voice
	changed chan struct{}
}

func newMouth(t *testing.T) *mouth {
	t.Helper()
	goleak.VerifyNone(t)
	m := &mouth{t: t, dir: t.TempDir(), changed: make(chan struct{}, 16)}
	if err := os.WriteFile(filepath.Join(m.dir, "speak"), []byte(engine), 0o700); err != nil {
		t.Fatal(err)
	}
	m.voice = speech.New(speech.Options{Program: filepath.Join(m.dir, "speak"), Changed: func() { m.changed <- struct{}{} }})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); m.voice.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		<-ended
		goleak.VerifyNone(t)
	})
	return m
}

func (m *mouth) put(name string) {
	m.t.Helper()
	if err := os.WriteFile(filepath.Join(m.dir, name), nil, 0o600); err != nil {
		m.t.Fatal(err)
	}
}

func (m *mouth) files(pattern string) []string {
	found, _ := filepath.Glob(filepath.Join(m.dir, pattern))
	return found
}

// await looks until something is so.
func (m *mouth) await(what string, is func() bool) {
	m.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			m.t.Fatalf("never: %s; said %q", what, m.said())
		}
	}
}

// said is all the program got, in no order.
func (m *mouth) said() string {
	var all []string
	for _, f := range m.files("*.done") {
		text, _ := os.ReadFile(f)
		args, _ := os.ReadFile(strings.TrimSuffix(f, ".done") + ".args")
		all = append(all, strings.TrimSpace(string(args))+" < "+strings.TrimSpace(string(text)))
	}
	return strings.Join(all, "\n")
}

func (m *mouth) ended() int {
	text, _ := os.ReadFile(filepath.Join(m.dir, "ended"))
	return strings.Count(string(text), "\n")
}

func TestTextGoesToStandardInput(t *testing.T) {
	m := newMouth(t)
	m.voice.Read(speech.Piece{Lang: "zh", Text: "-w /tmp/x `id` [[x]] \x01\x1b你好"})
	m.await("it ends", func() bool { return m.ended() == 1 })
	if got, want := m.said(), "-v cmn -s 150 --stdin < -w /tmp/x `id` [x]   你好"; got != want {
		t.Errorf("the program got %q, want %q", got, want)
	}
	<-m.changed
	if m.voice.State() != speech.Ready {
		t.Error("the voice that spoke is not ready")
	}
}

func TestNewTextCutsTheOldOff(t *testing.T) {
	m := newMouth(t)
	m.put("hold")
	m.voice.Read(speech.Piece{Lang: "fr", Text: "un"}, speech.Piece{Lang: "fr", Text: "jamais"})
	m.await("the first speaks", func() bool { return strings.Contains(m.said(), "un") })
	m.voice.Read(speech.Piece{Lang: "fr", Text: "deux"})
	m.await("the second speaks", func() bool { return strings.Contains(m.said(), "deux") })
	m.voice.Hush()
	m.voice.Read(speech.Piece{Lang: "fr", Text: "trois"})
	m.await("the third speaks", func() bool { return strings.Contains(m.said(), "trois") })
	if strings.Contains(m.said(), "jamais") {
		t.Error("what was replaced was said")
	}
	if m.ended() > 0 {
		t.Errorf("%d texts came to their end although they were cut off", m.ended())
	}
}

func TestCallsAreSaidToTheEnd(t *testing.T) {
	m := newMouth(t)
	m.put("hold")
	m.voice.Read(speech.Piece{Lang: "fr", Text: "lecture"})
	m.await("reading", func() bool { return strings.Contains(m.said(), "lecture") })
	m.voice.Call(speech.Piece{Lang: "fr", Text: "appel un"}, speech.Piece{Lang: "ar", Text: "appel deux"})
	m.await("the call cuts in", func() bool { return strings.Contains(m.said(), "appel un") })
	m.voice.Hush()
	m.voice.Read(speech.Piece{Lang: "fr", Text: "après"})
	if err := os.Remove(filepath.Join(m.dir, "hold")); err != nil {
		t.Fatal(err)
	}
	m.await("all is said", func() bool { return m.ended() == 3 })
	if got := m.said(); !strings.Contains(got, "-v ar -s 150 --stdin < appel deux") || !strings.Contains(got, "après") {
		t.Errorf("said %q", got)
	}
}

// TestWithdrawnCallsAreNotSaid, but what is being said comes to its end, and what is
// read stays.
func TestWithdrawnCallsAreNotSaid(t *testing.T) {
	m := newMouth(t)
	m.put("hold")
	one, two, three := speech.Piece{Lang: "fr", Text: "un"}, speech.Piece{Lang: "fr", Text: "deux"}, speech.Piece{Lang: "fr", Text: "trois"}
	m.voice.Call(one)
	m.await("the first speaks", func() bool { return strings.Contains(m.said(), "un") })
	m.voice.Call(two, three)
	m.voice.Read(two)
	m.voice.Withdraw(one, two)
	if err := os.Remove(filepath.Join(m.dir, "hold")); err != nil {
		t.Fatal(err)
	}
	m.await("all is said", func() bool { return m.ended() == 3 })
	if got := m.said(); strings.Count(got, "un") != 1 || strings.Count(got, "deux") != 1 || strings.Count(got, "trois") != 1 {
		t.Errorf("said:\n%s", got)
	}
}

func TestNoProgramIsNoError(t *testing.T) {
	changed := make(chan struct{}, 1)
	v := speech.New(speech.Options{Program: filepath.Join(t.TempDir(), "absent"), Changed: func() { changed <- struct{}{} }})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); v.Run(ctx) }()
	v.Read(speech.Piece{Lang: "fr", Text: "bonjour"})
	<-changed
	if v.State() != speech.Missing {
		t.Errorf("state %v, want missing", v.State())
	}
	stop()
	<-ended
}

func TestNoDeviceIsMute(t *testing.T) {
	m := newMouth(t)
	m.put("sick")
	m.voice.Read(speech.Piece{Lang: "fr", Text: "bonjour"})
	<-m.changed
	if m.voice.State() != speech.Mute {
		t.Errorf("state %v, want mute", m.voice.State())
	}
	if err := os.Remove(filepath.Join(m.dir, "sick")); err != nil {
		t.Fatal(err)
	}
	m.voice.Read(speech.Piece{Lang: "fr", Text: "bonjour"}) // somebody plugged a headset in
	<-m.changed
	if m.voice.State() != speech.Ready {
		t.Errorf("state %v, want ready", m.voice.State())
	}
}

// TestRealVoices has the real program speak every language of the visitors into
// a sound file that is not silent.
func TestRealVoices(t *testing.T) {
	real, err := exec.LookPath("espeak-ng")
	if err != nil {
		t.Skip("no espeak-ng: install the Debian package espeak-ng")
	}
	for lang, text := range map[string]string{
		"fr": "Bonjour. Qu'est-ce qui vous amène ?", "en": "Hello. What brings you here?", "es": "Buenos días. ¿Qué le trae por aquí?",
		"pt": "Bom dia. O que o traz aqui?", "zh": "您好，您有什么事？", "uk": "Добрий день. Що вас привело?", "ar": "مرحبا. ما الذي جاء بك؟",
	} {
		t.Run(lang, func(t *testing.T) {
			dir := t.TempDir()
			wav, script := filepath.Join(dir, "out.wav"), filepath.Join(dir, "speak")
			if err := os.WriteFile(script, fmt.Appendf(nil, "#!/bin/sh\nexec %s \"$@\" --stdout >%s\n", real, wav), 0o700); err != nil {
				t.Fatal(err)
			}
			changed := make(chan struct{}, 1)
			v := speech.New(speech.Options{Program: script, Changed: func() { changed <- struct{}{} }})
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan struct{})
			go func() { defer close(ended); v.Run(ctx) }()
			defer func() { stop(); <-ended }()
			v.Read(speech.Piece{Lang: lang, Text: text})
			<-changed
			if v.State() != speech.Ready {
				t.Fatalf("state %v", v.State())
			}
			if loud := loudest(t, wav); loud < 3000 {
				t.Errorf("the loudest sample is %d of 32767: silence", loud)
			}
		})
	}
}

// loudest is the largest sample of 16 bits in a sound file, at least half a
// second of which has to be there.
func loudest(t *testing.T, wav string) int {
	t.Helper()
	raw, err := os.ReadFile(wav)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(raw, []byte("data"))
	if at < 0 || len(raw) < at+8+22050 {
		t.Fatalf("%d bytes are no half second of sound", len(raw))
	}
	most := 0
	for raw = raw[at+8:]; len(raw) > 1; raw = raw[2:] {
		most = max(most, int(int16(binary.LittleEndian.Uint16(raw))))
	}
	return most
}

func TestAloud(t *testing.T) {
	book, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ lang, written, said string }{
		{"fr", "C 042", "C, 42"},
		{"fr", "votre ticket C BK 7", "votre ticket C, B, K, 7"},
		{"fr", "mar. 24 nov.  10:42", "mar. 24 nov. 10 heures 42"},
		{"fr", "jusqu'à 18:00", "jusqu'à 18 heures"},
		{"fr", "T ■  ouvert · 15 à 30 min", "T ouvert, 15 à 30 minutes"},
		{"fr", "15-30", "15 à 30"},
		{"fr", "niveau −1, bureaux 5 et 6", "niveau moins 1, bureaux 5 et 6"},
		{"fr", "« Je cherche un emploi »", "Je cherche un emploi"},
		{"fr", "Adresse candidat.francetravail.fr/offres", "Adresse candidat point francetravail point fr, offres"},
		{"fr", "Votre ticket · ACCUEIL.EXEMPLE/T/7K3F9QXD", "Votre ticket"},
		{"en", "10 min", "10 minutes"},
		{"en", "C 007", "C, 7"},
		{"fr", "", ""},
	} {
		if got := speech.Aloud(book.In(tt.lang), tt.written); got != tt.said {
			t.Errorf("%s %q is said %q, want %q", tt.lang, tt.written, got, tt.said)
		}
	}
	if p := speech.Called(book.In("fr"), "C 042", "5"); p != (speech.Piece{Lang: "fr", Text: "C, 42. Bureau 5."}) {
		t.Errorf("called %+v", p)
	}
}
