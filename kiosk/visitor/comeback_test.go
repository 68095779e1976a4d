package visitor_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"accueil/internal/calendar"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/visitor"
)

// hurried has so many people wait so long.
func (k *kiosk) hurried(line wire.Line) {
	line.Service, line.Open = "travailler", true
	k.room.set(func(r *waitingRoom) { r.lines[0], r.day = line, "2026-11-24" })
	k.Post(k.role.Changed)
}

// TestTheWayOutIsThereWhenTheWaitIsLong, or not known; not when it is short.
func TestTheWayOutIsThereWhenTheWaitIsLong(t *testing.T) {
	for _, tt := range []struct {
		line wire.Line
		want bool
	}{
		{wire.Line{Waiting: 1, Wait: &wire.Interval{Low: 5, High: 15}}, false},
		{wire.Line{}, false},
		{wire.Line{Waiting: 6, Wait: &wire.Interval{Low: 60, High: 120}}, true},
		{wire.Line{Waiting: 3}, true},
		{wire.Line{Waiting: 9, Full: true, Wait: &wire.Interval{Low: 5, High: 15}}, true},
	} {
		bubble(t, func(t *testing.T, k *kiosk) {
			k.hurried(tt.line)
			k.taps("wake", "ask:emploi", "ask:emploi-offres")
			if _, there := k.Target("later"); there != tt.want {
				t.Errorf("%+v: a way out %v", tt.line, there)
			}
		})
	}
}

// TestWhoCannotWaitIsHelped by touch: quieter hours, openings, and a number to call.
func TestWhoCannotWaitIsHelped(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		quiet := []calendar.Span{{From: 780, To: 840}}
		k.hurried(wire.Line{Waiting: 6, Wait: &wire.Interval{Low: 60, High: 120}, Quiet: quiet})
		k.taps("wake", "ask:emploi", "ask:emploi-offres", "later")
		k.Advance(time.Second)
		k.at(t, "later/emploi-offres/travailler")
		k.See("plus calme entre 13:00 et 14:00")
		k.See("mercredi 25 novembre, de 10:00 à 18:00")
		k.Tap("distance:conseil")
		k.See("01 23 45 67 89")
		k.See("Quelqu'un répond : aujourd'hui 14:00.")
	})
}

// TestQuieterHoursOfAnotherDayAreNotShown: what the hub said yesterday, or on a day
// that is over, is nothing about today; without the hub the rest is still told.
func TestQuieterHoursOfAnotherDayAreNotShown(t *testing.T) {
	for name, change := range map[string]func(*waitingRoom){
		"yesterday": func(r *waitingRoom) { r.day = "2026-11-23" },
		"closed":    func(r *waitingRoom) { r.closed = true },
		"hub away":  func(r *waitingRoom) { r.away, r.day = true, "2026-11-23" },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, k *kiosk) {
				k.hurried(wire.Line{Waiting: 6, Wait: &wire.Interval{Low: 60, High: 120}, Quiet: []calendar.Span{{From: 780, To: 840}}})
				k.room.set(change)
				k.taps("wake", "ask:emploi", "ask:emploi-offres", "later")
				k.NotSee("plus calme")
				k.See("mercredi 25 novembre")
				k.See("01 23 45 67 89")
			})
		})
	}
}

// TestAsManyWaysAsThereMayBe fit on every screen, as long as they may be, with their
// codes in two decoders.
func TestAsManyWaysAsThereMayBe(t *testing.T) {
	full := *centre(t)
	kinds := []string{site.DistancePhone, site.DistanceEmail, site.DistanceForm, site.DistanceVideo}
	addresses := []string{"+33 123 456 789 012", strings.Repeat("m", 27) + "@exemple.fr", "https://exemple.fr/" + strings.Repeat("Ab", 13) + "c", ""}
	hours := calendar.Rules{Weekly: []calendar.Weekly{{Days: []calendar.Weekday{3}, Open: []calendar.Span{{From: 840, To: 1020}}}}}
	full.Distance = nil
	for i, kind := range kinds {
		d := site.Distance{Key: fmt.Sprint("way", i), Kind: kind, Name: site.Text{}, About: site.Text{}, Address: addresses[i], Hours: hours}
		for _, lang := range full.Languages {
			d.Name[lang], d.About[lang] = "Abcdefghij klmnopqrst uvwxyz ab", strings.TrimSpace(strings.Repeat("abcdef ghijkl mnopqr ", 7))
		}
		full.Distance = append(full.Distance, d)
	}
	z := &zbar{dir: t.TempDir(), want: map[string]string{}}
	for _, lang := range []string{"fr", "ar"} {
		s := visitor.Scene{Site: &full, Book: book(t), Language: lang}
		checkScreen(t, "later", s)
		for i, d := range full.Distance {
			full.Distance = []site.Distance{d} // the example shows the first
			checkScreen(t, "distance", s)
			if d.Address == "" || lang != "fr" {
				continue
			}
			c := screen.NewCanvas(80, 22, screen.Calm())
			scene(t, "distance", s).Draw(c)
			z.keep(t, fmt.Sprint("way-", i), photo(t, c), linkOf(d))
			if got := scan(t, c); got != linkOf(d) {
				t.Errorf("read %q, want %q", got, linkOf(d))
			}
		}
		full.Distance = nil
		for i, kind := range kinds {
			full.Distance = append(full.Distance, site.Distance{Key: fmt.Sprint("way", i), Kind: kind, Address: addresses[i], Hours: hours})
		}
	}
	z.read(t)
}

// linkOf is what the code of a way says: hosts may be in capitals.
func linkOf(d site.Distance) string {
	return strings.Replace(d.Link(), "https://exemple.fr", "HTTPS://EXEMPLE.FR", 1)
}

// TestATicketPastItsPromise that is looked at again tells its person to come to the
// reception, by now.
func TestATicketPastItsPromise(t *testing.T) {
	bubble(t, func(t *testing.T, k *kiosk) {
		k.taps("wake", "ask:activite", "take")
		k.See("Pas d'appel avant 11:07 ?")
		k.room.set(func(r *waitingRoom) { r.start = r.start.Add(26 * time.Minute) })
		k.Advance(time.Second)
		k.See("Il est plus tard que prévu. Venez à l'accueil")
	})
}
