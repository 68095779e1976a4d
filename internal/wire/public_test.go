package wire_test

import (
	"strings"
	"testing"
	"time"

	"accueil/internal/calendar"
	"accueil/internal/wire"
)

// fullest is a public view of a busy day with calls of tickets in another language,
// three of them taken back.
func fullest() wire.Public {
	at := time.Date(2026, 11, 24, 16, 59, 59, 999_000_000, time.UTC)
	v := wire.Public{V: wire.Version, PCs: &wire.PCs{Free: 40, All: 40},
		Stamp: wire.Stamp{Journal: strings.Repeat("J", 26), Fact: 99_999_999, At: at, Day: "2026-11-24"}}
	for _, s := range strings.Fields("travailler evoluer orientation creer droit numerique handicap mobilite") {
		v.Services = append(v.Services, wire.Line{Service: s, Open: true, Full: true, Waiting: 999, Desks: 10,
			Wait: &wire.Interval{Low: 300, High: 480}, Quiet: []calendar.Span{{From: 780, To: 840}, {From: 990, To: 1080}}})
	}
	for range wire.MaxCalls {
		v.Calls = append(v.Calls, wire.Call{Label: "O 1042", Alias: "O BKL 142", Service: "orientation", Desk: "bureau-10", At: at, Times: 3, Language: "ar"})
	}
	v.Withdrawn = v.Calls[:wire.MaxWithdrawn:wire.MaxWithdrawn]
	return v
}

// TestPublicViewFits at its worst: with eight services and two announcements as long
// as they can be typed it still has its calls; only the quieter hours are missed.
func TestPublicViewFits(t *testing.T) {
	v := fullest()
	v.Fit()
	if n := len(wire.Encode(v)); n > wire.MaxPublic || len(v.Services[7].Quiet) != 2 || len(v.Calls) != wire.MaxCalls {
		t.Errorf("%d bytes without announcements, %d calls, %v", n, len(v.Calls), v.Services[7].Quiet)
	}
	for range wire.MaxNotices {
		n := wire.Notice{ID: strings.Repeat("R", 26), Text: map[string]string{}, Until: v.Stamp.At}
		for _, lang := range strings.Fields("fr en es pt uk ar zh") {
			n.Text[lang] = strings.Repeat("é", 85)
		}
		if err := n.Validate(); err != nil {
			t.Fatal(err)
		}
		v.Notices = append(v.Notices, n)
	}
	v.Fit()
	if n := len(wire.Encode(v)); n > wire.MaxPublic || n < wire.MaxPublic-200 || len(v.Calls) < 1 || v.Services[0].Quiet != nil || len(v.Notices) != 2 {
		t.Errorf("%d bytes with announcements, %d calls, %v, %d notices", n, len(v.Calls), v.Services[0].Quiet, len(v.Notices))
	}
	t.Log(len(v.Calls), "calls are left")
}
