package site_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/skip2/go-qrcode"

	"accueil/internal/site"
)

func TestTextInALanguage(t *testing.T) {
	text := site.Text{"fr": "Bonjour", "en": "Hello"}
	for lang, want := range map[string]string{"en": "Hello", "en-GB": "Hello", "fr": "Bonjour", "uk": "Bonjour", "": "Bonjour"} {
		if got := text.In(lang); got != want {
			t.Errorf("In(%q) = %q, want %q", lang, got, want)
		}
	}
	if got := (site.Text)(nil).In("fr"); got != "" {
		t.Errorf("no text in French = %q", got)
	}
}

func TestHeadStartOfLevels(t *testing.T) {
	s := small(t)
	first := &s.Services[0]
	if got, want := s.Heads(first.Key), []time.Duration{10 * time.Minute, 30 * time.Minute}; !slices.Equal(got, want) {
		t.Errorf("head starts of the centre are %v, want %v", got, want)
	}
	first.HeadStart = []int{5}
	if got, want := s.Heads(first.Key), []time.Duration{5 * time.Minute}; !slices.Equal(got, want) {
		t.Errorf("head starts of the service are %v, want %v", got, want)
	}
	if got := (&site.Site{}).Heads("creer"); len(got) != 0 {
		t.Errorf("head starts without levels: %v", got)
	}
}

// TestLongestTicketAddressFitsSeventeenRows shows that TicketCapacity is what the
// QR library really fits into 25 modules, and that one more character does not.
func TestLongestTicketAddressFitsSeventeenRows(t *testing.T) {
	s := &site.Site{PublicURL: "https://" + strings.Repeat("a", 28) + "/"}
	address := s.TicketURL("7K3F9QXD")
	if len(address) != site.TicketCapacity {
		t.Fatalf("address %s has %d characters, want %d", address, len(address), site.TicketCapacity)
	}
	for text, want := range map[string]int{address: 33, address + "X": 37} {
		qr, err := qrcode.New(text, qrcode.Low)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(qr.Bitmap()); got != want {
			t.Errorf("%d characters take %d modules with the quiet zone, want %d", len(text), got, want)
		}
	}
}

func TestLookups(t *testing.T) {
	s := small(t)
	if v, ok := s.Service("droit"); !ok || v.Letter != "B" || v.RGB() != 0x00524C {
		t.Errorf("Service(droit) = %+v, %v", v, ok)
	}
	if v, ok := s.Desk("bureau-2"); !ok || v.Label != "2" {
		t.Errorf("Desk(bureau-2) = %+v, %v", v, ok)
	}
	if v, ok := s.Resource("code"); !ok || v.Kind != site.KindWebsite {
		t.Errorf("Resource(code) = %+v, %v", v, ok)
	}
	if v, ok := s.Question("travail-cv"); !ok || v.Text.In("en") != "My CV" {
		t.Errorf("Question(travail-cv) = %+v, %v", v, ok)
	}
	for _, found := range []bool{second(s.Service("x")), second(s.Desk("")), second(s.Question("x")), second(s.ServiceOf("x"))} {
		if found {
			t.Error("an unknown key is found")
		}
	}
	service, _ := s.Service("emploi")
	if topic, ok := service.Topic("cv"); !ok || topic.Text.In("fr") != "CV" {
		t.Errorf("Topic(cv) = %+v, %v", topic, ok)
	}
}

func second[T any](_ T, ok bool) bool { return ok }

func TestServiceOfQuestion(t *testing.T) {
	s := small(t)
	for question, want := range map[string]string{"travail": "emploi", "travail-cv": "emploi", "travail-droits": "droit", "lire": ""} {
		if got, ok := s.ServiceOf(question); got.Key != want || ok != (want != "") {
			t.Errorf("ServiceOf(%s) = %q, %v; want %q", question, got.Key, ok, want)
		}
	}
}

func TestDesksOfService(t *testing.T) {
	desks := small(t).DesksOf("emploi")
	if len(desks) != 2 || desks[0].Key != "bureau-1" {
		t.Errorf("DesksOf(emploi) = %+v", desks)
	}
}

func TestNearestFirst(t *testing.T) {
	s := small(t)
	for question, want := range map[string][]string{
		"travail":        {"livres", "code"}, // its children's, then its service's
		"travail-cv":     {"livres"},
		"travail-droits": {"code"},
		"lire":           {"livres"},
		"nothing":        nil,
	} {
		var got []string
		for _, r := range s.ResourcesFor(question) {
			got = append(got, r.Key)
		}
		if !slices.Equal(got, want) {
			t.Errorf("ResourcesFor(%s) = %v, want %v", question, got, want)
		}
	}
	if got := s.WorkshopsFor("travail-cv"); len(got) != 1 {
		t.Errorf("WorkshopsFor(travail-cv) = %+v", got)
	}
	if got := s.WorkshopsFor("travail-droits"); len(got) != 0 {
		t.Errorf("WorkshopsFor(travail-droits) = %+v, want none", got)
	}
	if r, w := s.ResourcesOf("emploi"), s.WorkshopsOf("emploi"); len(r) != 1 || len(w) != 1 {
		t.Errorf("of emploi: %d resources, %d workshops", len(r), len(w))
	}
}

func TestAllQuestionsStopsWhenAsked(t *testing.T) {
	var keys []string
	for q := range small(t).AllQuestions() {
		if keys = append(keys, q.Key); q.Key == "travail-droits" {
			break
		}
	}
	if want := []string{"travail", "travail-cv", "travail-droits"}; !slices.Equal(keys, want) {
		t.Errorf("questions %v, want %v", keys, want)
	}
}

func TestServiceWithoutHoursHasTheCentres(t *testing.T) {
	s := small(t)
	calendar, err := s.Calendar()
	if err != nil {
		t.Fatal(err)
	}
	tuesday := time.Date(2026, time.November, 24, 10, 0, 0, 0, calendar.Zone())
	emploi, _ := s.Service("emploi")
	if o := calendar.At(emploi.Hours, tuesday); !o.Open || o.Until.Hour() != 12 {
		t.Errorf("emploi at %v: %+v, want open until noon", tuesday, o)
	}
	droit, _ := s.Service("droit")
	if o := calendar.At(droit.Hours, tuesday); o.Open || o.Next.Format(time.DateTime) != "2026-12-01 14:00:00" {
		t.Errorf("droit at %v: %+v, want the first Tuesday of December", tuesday, o)
	}
}

func TestUnknownZone(t *testing.T) {
	if _, err := (&site.Site{Key: "x", Zone: "Mars/Olympus"}).Calendar(); err == nil || !strings.Contains(err.Error(), "Mars/Olympus") {
		t.Errorf("error %v does not name the zone", err)
	}
}

func TestWifiCode(t *testing.T) {
	for _, tt := range []struct {
		wifi site.Wifi
		want string
	}{
		{site.Wifi{}, ""},
		{site.Wifi{Name: "Villette"}, "WIFI:T:nopass;S:Villette;;"},
		{site.Wifi{Name: `Cité; "métiers"`, Password: `a:b,c\d;e`}, `WIFI:T:WPA;S:Cité\; \"métiers\";P:a\:b\,c\\d\;e;;`},
	} {
		if got := tt.wifi.Code(); got != tt.want {
			t.Errorf("%+v is %s, want %s", tt.wifi, got, tt.want)
		}
	}
}
