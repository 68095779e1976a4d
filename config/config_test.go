package config_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"accueil/config"
	"accueil/internal/site"
)

// load is the default content, without a problem.
func load(t testing.TB) *site.Site {
	t.Helper()
	s, problems := site.Load(config.FS)
	for _, p := range problems {
		t.Error(p)
	}
	if s == nil {
		t.FailNow()
	}
	return s
}

func TestEveryQuestionLeadsSomewhere(t *testing.T) {
	s := load(t)
	for q := range s.AllQuestions() {
		_, served := s.ServiceOf(q.Key)
		if !served && q.Leads == "" && len(q.Children) == 0 {
			t.Errorf("question %s leads nowhere", q.Key)
		}
		if len(s.ResourcesFor(q.Key)) == 0 {
			t.Errorf("question %s has nothing to read", q.Key)
		}
		for _, lang := range s.Languages {
			if len(s.Words[lang][q.Key]) == 0 {
				t.Errorf("question %s has no everyday words in %s", q.Key, lang)
			}
		}
	}
}

// TestEveryQuestionHasItsOwnResources shows that no question only shows what its
// whole service has.
func TestEveryQuestionHasItsOwnResources(t *testing.T) {
	s := load(t)
	own := make(map[string]int)
	for _, r := range s.Resources {
		for _, q := range r.Questions {
			own[q]++
		}
	}
	for q := range s.AllQuestions() {
		if len(q.Children) == 0 && own[q.Key] == 0 {
			t.Errorf("question %s has no resource of its own", q.Key)
		}
		if q.Service != "" && len(s.ResourcesFor(q.Key)) < 3 {
			t.Errorf("question %s has fewer than three resources", q.Key)
		}
	}
}

func TestEveryServiceOffersReadingToThoseWhoWait(t *testing.T) {
	s := load(t)
	if len(s.Services) != 6 || len(s.Desks) != 10 || len(s.Questions) != site.MaxChoices {
		t.Errorf("%d services, %d desks, %d first questions", len(s.Services), len(s.Desks), len(s.Questions))
	}
	for _, service := range s.Services {
		if len(service.Meanwhile) != 2 || len(service.Topics) < 5 || len(s.ResourcesOf(service.Key)) < 4 {
			t.Errorf("service %s: %d things to read, %d topics, %d resources",
				service.Key, len(service.Meanwhile), len(service.Topics), len(s.ResourcesOf(service.Key)))
		}
	}
}

// TestTheDayOfTheDemo shows what the services say on a Tuesday at ten.
func TestTheDayOfTheDemo(t *testing.T) {
	s := load(t)
	calendar, err := s.Calendar()
	if err != nil {
		t.Fatal(err)
	}
	tuesday := time.Date(2026, time.November, 24, 10, 0, 0, 0, calendar.Zone())
	got := make(map[string]string)
	for _, service := range s.Services {
		o := calendar.At(service.Hours, tuesday)
		if got[service.Key] = "closed, " + o.Next.Format("Mon 2 Jan 15:04"); o.Open {
			got[service.Key] = "open until " + o.Until.Format("15:04")
		}
	}
	want := map[string]string{
		"travailler": "open until 18:00", "evoluer": "open until 18:00", "orientation": "open until 18:00",
		"creer": "open until 17:30", "numerique": "open until 13:00", "droit": "closed, Thu 3 Dec 14:00",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("on a Tuesday at ten (-want +got):\n%s", diff)
	}
}

func TestPackOfTheDefaultContent(t *testing.T) {
	want := load(t)
	pack, err := site.Pack(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := site.Unpack(pack)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("unpacked (-want +got):\n%s", diff)
	}
	if len(pack) > 256<<10 {
		t.Errorf("the pack has %d bytes: a kiosk has to fetch more than eight parts", len(pack))
	}
}
