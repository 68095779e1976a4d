package later_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"accueil/internal/calendar"
	"accueil/internal/later"
	"accueil/internal/phrases"
	"accueil/internal/site"
)

// centre has one service, open from Tuesday to Friday with a pause at one, a lawyer's
// telephone on Thursdays, and a page that is always there.
func centre(t *testing.T) (*site.Site, *site.Almanac) {
	t.Helper()
	hours := calendar.Rules{Weekly: []calendar.Weekly{{Days: []calendar.Weekday{2, 3, 4, 5},
		Open: []calendar.Span{{From: 600, To: 780}, {From: 840, To: 1080}}}}}
	thursdays := calendar.Rules{Weekly: []calendar.Weekly{{Days: []calendar.Weekday{4}, Open: []calendar.Span{{From: 840, To: 1020}}}}}
	s := &site.Site{Zone: "Europe/Paris", Languages: []string{"fr", "en"}, Hours: hours,
		Texts:    map[string]site.Text{site.TextDistance: {"fr": "Demandez à l'accueil."}},
		Services: []site.Service{{Key: "droit", Hours: hours}},
		Distance: []site.Distance{
			{Key: "page", Kind: site.DistanceWebsite, Name: site.Text{"fr": "Le site"}, Address: "https://exemple.fr/"},
			{Key: "avocat", Kind: site.DistancePhone, Name: site.Text{"fr": "Un avocat"}, Address: "01 23 45 67 89", Hours: thursdays, Services: []string{"droit"}},
		}}
	a, err := s.Almanac()
	if err != nil {
		t.Fatal(err)
	}
	return s, a
}

// advise is the advice at a time of Tuesday, 24 November, or of days later.
func advise(t *testing.T, lang string, days, hour, minute int, quiet ...calendar.Span) later.Advice {
	t.Helper()
	s, a := centre(t)
	book, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, time.November, 24+days, hour, minute, 0, 0, a.Zone())
	return later.For(s, a, book.In(lang), s.Services[0], quiet, now.UTC())
}

func TestQuieterHoursInWords(t *testing.T) {
	noon, evening := calendar.Span{From: 840, To: 900}, calendar.Span{From: 990, To: 1050}
	for _, tt := range []struct {
		hour, minute int
		quiet        []calendar.Span
		want         string
	}{
		{10, 42, []calendar.Span{noon, evening}, "Aujourd'hui, c'est en général plus calme entre 14:00 et 15:00 et après 16:30."},
		{14, 30, []calendar.Span{noon, evening}, "Aujourd'hui, c'est en général plus calme entre 14:00 et 15:00 et après 16:30."},
		{15, 0, []calendar.Span{noon, evening}, "Aujourd'hui, c'est en général plus calme après 16:30."},
		{17, 30, []calendar.Span{noon, evening}, ""},
		{14, 0, []calendar.Span{{From: 930, To: 1020}}, "Aujourd'hui, c'est en général plus calme entre 15:30 et 17:00."},
		{10, 42, nil, ""},
	} {
		if got := advise(t, "fr", 0, tt.hour, tt.minute, tt.quiet...).Quiet; got != tt.want {
			t.Errorf("at %d:%02d: %q, want %q", tt.hour, tt.minute, got, tt.want)
		}
	}
}

// TestNothingIsQuietOnAClosedDay, whatever a view says.
func TestNothingIsQuietOnAClosedDay(t *testing.T) {
	if got := advise(t, "fr", 4, 10, 42, calendar.Span{From: 840, To: 900}).Quiet; got != "" {
		t.Errorf("on a Saturday: %q", got)
	}
}

func TestNextOpeningsInWords(t *testing.T) {
	whole := ", de 10:00 à 13:00 et de 14:00 à 18:00"
	for _, tt := range []struct {
		days, hour int
		want       []string
	}{
		{0, 10, []string{"mardi 24 novembre, de 14:00 à 18:00", "mercredi 25 novembre" + whole, "jeudi 26 novembre" + whole}},
		{0, 15, []string{"mercredi 25 novembre" + whole, "jeudi 26 novembre" + whole, "vendredi 27 novembre" + whole}},
		{3, 19, []string{"mardi 1 décembre" + whole, "mercredi 2 décembre" + whole, "jeudi 3 décembre" + whole}},
	} {
		if diff := cmp.Diff(tt.want, advise(t, "fr", tt.days, tt.hour, 0).Openings); diff != "" {
			t.Errorf("%d days on, at %d: %s", tt.days, tt.hour, diff)
		}
	}
}

func TestWaysFromADistance(t *testing.T) {
	ways := advise(t, "fr", 0, 10, 42).Ways
	want := []later.Way{
		{Key: "avocat", Kind: "téléphone", Name: "Un avocat", Hours: "Quelqu'un répond : jeu. 14:00.", Address: "01 23 45 67 89", Link: "tel:0123456789", Dials: true},
		{Key: "page", Kind: "site internet", Name: "Le site", Address: "exemple.fr", Link: "https://exemple.fr/"},
	}
	if diff := cmp.Diff(want, ways); diff != "" {
		t.Error(diff)
	}
	if got := advise(t, "fr", 2, 15, 0).Ways[0].Hours; got != "On vous répond en ce moment, jusqu'à 17:00." {
		t.Errorf("on Thursday: %q", got)
	}
	if got := advise(t, "en", 0, 10, 0); !strings.HasPrefix(got.Openings[0], "Tuesday 24 November, from 14:00") || got.Ask == "" {
		t.Errorf("in English: %+v", got)
	}
}
