package board

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"accueil/config"
	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
)

// drawn is the smallest board, row by row, and fails if it is laid out badly.
func drawn(t *testing.T, r *Role) []string {
	t.Helper()
	c := screen.NewCanvas(80, 22, screen.Night())
	r.Draw(c)
	for _, fault := range screentest.Faults(c) {
		t.Error(fault)
	}
	var text bytes.Buffer
	if err := screen.WriteText(&text, c); err != nil {
		t.Fatal(err)
	}
	return strings.Split(text.String(), "\n")
}

// TestTwoAnnouncementsOverTheCentresBoard, a ready-made one and one typed in two lines,
// leave the top line, the newest call with its place, and the last ones whole, in every
// language.
func TestTwoAnnouncementsOverTheCentresBoard(t *testing.T) {
	s, problems := site.Load(config.FS)
	if s == nil {
		t.Fatal(problems)
	}
	b := book(t)
	var says []phrases.Speaker
	for _, lang := range s.Languages {
		says = append(says, b.In(lang))
	}
	long := ("Un café" + strings.Repeat(" vous attend au fond", 10))[:wire.MaxNoticeText]
	for i := range says { // each as the first
		for _, name := range []string{"call", "alias", "own"} {
			r := example(t, s, name, slices.Concat(says[i:], says[:i]))
			sc := r.opt.Line.(*scene)
			plain := drawn(t, r)
			until := sc.now.Add(time.Hour)
			sc.public.Notices = []wire.Notice{{ID: "a", Phrase: "notice.closing-30", Until: until}, {ID: "b", Text: map[string]string{s.Languages[0]: long}, Until: until}}
			for n := range 4 {
				r.frozen = r.start.Add(time.Duration(2*n) * turn)
				got := strings.Join(drawn(t, r), "\n")
				whole := strings.HasPrefix(got, plain[0]) && strings.Contains(got, " ▶  ")
				if says[i].Lang() == "fr" && !strings.Contains(got, "niveau −1, pôle") {
					t.Errorf("%s: where the desk is is lost:\n%s", name, got)
				}
				for _, call := range sc.public.Calls[1:] {
					whole = whole && strings.Contains(got, string(call.Label))
				}
				for _, row := range plain { // of the large characters of the call and its desk
					if strings.Count(row, "█") > 3 {
						whole = whole && strings.Contains(strings.ReplaceAll(got, " ", ""), large(row))
					}
				}
				if !whole {
					t.Errorf("%s in %s: something is lost:\n%s", name, says[i].Lang(), got)
				}
			}
		}
	}
}

// large is what a row has of large characters, without its blanks.
func large(row string) string {
	return strings.Map(func(sign rune) rune {
		if strings.ContainsRune("█▀▄", sign) {
			return sign
		}
		return -1
	}, row)
}
