package visitor_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
	"accueil/kiosk/visitor"
)

// announcements are two at once: a ready-made one, and the longest that can be typed.
func announcements() []wire.Notice {
	long := ("Un café" + strings.Repeat(" vous attend au fond", 10))[:wire.MaxNoticeText]
	until := time.Date(2030, time.January, 1, 0, 0, 0, 0, time.UTC)
	return []wire.Notice{{ID: "a", Phrase: "notice.closing-30", Until: until}, {ID: "b", Text: map[string]string{"fr": long}, Until: until}}
}

// rows are what is on a canvas, row by row.
func rows(t *testing.T, c *screen.Canvas) []string {
	t.Helper()
	var text bytes.Buffer
	if err := screen.WriteText(&text, c); err != nil {
		t.Fatal(err)
	}
	return strings.Split(text.String(), "\n")
}

// TestNothingGivesWayToAnnouncements on the smallest screen: but for their row, it is
// what it would be without them, in every language and print.
func TestNothingGivesWayToAnnouncements(t *testing.T) {
	s := visitor.Scene{Site: centre(t), Book: book(t)}
	for _, name := range []string{"questions", "answer", "answer-closed", "answer-full", "ticket", "ticket-own", "ticket-paper"} {
		for _, s.Language = range s.Site.Languages {
			for _, s.Large = range []bool{false, true} {
				with := s
				with.Notices = announcements()
				c, plain := screen.NewCanvas(80, 22, screen.Calm()), screen.NewCanvas(80, 22, screen.Calm())
				scene(t, name, with).Draw(c)
				scene(t, name, s).Draw(plain)
				got, want := rows(t, c), rows(t, plain)
				if name != "ticket-own" && !strings.Contains(got[1], "▲") { // that one has to say something else
					t.Errorf("%s in %s: nothing is announced in %q", name, s.Language, got[1])
				}
				if !slices.Equal(slices.Delete(got, 1, 2), slices.Delete(want, 1, 2)) || len(c.Targets()) != len(plain.Targets()) {
					t.Errorf("%s in %s, large %v: something is lost:\n%s", name, s.Language, s.Large, strings.Join(got, "\n"))
				}
				picture(t, fmt.Sprintf("announced-%s-%s-%v", name, s.Language, s.Large), c)
			}
		}
	}
}

// TestTicketsKeepTheirCodeBesideAnnouncements on screens of any height.
func TestTicketsKeepTheirCodeBesideAnnouncements(t *testing.T) {
	for _, name := range []string{"questions", "answer", "ticket", "ticket-own", "ticket-paper"} {
		for _, large := range []bool{false, true} {
			role := scene(t, name, visitor.Scene{Site: centre(t), Book: book(t), Large: large, Notices: announcements()})
			for h := 22; h < 46; h++ {
				c := screen.NewCanvas(100, h, screen.Calm())
				role.Draw(c)
				if faults := screentest.Faults(c); len(faults) > 0 {
					t.Errorf("%s, %d rows, large %v: %s", name, h, large, faults[0])
				}
				if strings.HasPrefix(name, "ticket") && !coded(c) {
					t.Errorf("%s, %d rows, large %v: no code", name, h, large)
				}
			}
		}
	}
}

// TestAnnouncementsAreReadWhole, one row after the other, while a visitor stays.
func TestAnnouncementsAreReadWhole(t *testing.T) {
	bubbleSized(t, 80, 22, func(t *testing.T, k *kiosk) {
		k.room.notices = announcements()
		k.taps("wake")
		var said []string
		for range 12 {
			row := strings.TrimSpace(strings.Split(k.Text(), "\n")[1])
			if row = strings.TrimSuffix(strings.TrimPrefix(row, "▲ "), " …"); !slices.Contains(said, row) {
				said = append(said, row)
			}
			k.Advance(4 * time.Second)
			k.Tap(screen.IDHelp)
			k.Tap(screen.IDHelp)
		}
		all := strings.Join(append(said, said...), " ") // it may have begun in the middle
		for _, whole := range []string{"Nous fermons dans une demi-heure.", announcements()[1].Text["fr"]} {
			if !strings.Contains(all, whole) {
				t.Errorf("%q is not among %q", whole, said)
			}
		}
	})
}

// TestNumbersActOutOfSight: in large print the smallest screen shows two of eight
// questions, and whoever remembers a number need not scroll to it.
func TestNumbersActOutOfSight(t *testing.T) {
	s := centre(t)
	for i, q := range s.Questions {
		bubbleSized(t, 80, 22, func(t *testing.T, k *kiosk) {
			k.Post(func() {
				if err := k.role.Renew(s); err != nil {
					t.Error(err)
				}
			})
			k.taps("wake", screen.IDSize)
			if _, ok := k.Target("ask:" + s.Questions[len(s.Questions)-1].Key); ok {
				t.Fatal("the last question is in sight")
			}
			before := k.role.Screen()
			k.Type(fmt.Sprint(i + 1))
			if k.role.Screen() == before {
				t.Errorf("%d does not choose %q", i+1, q.Key)
			}
		})
	}
}
