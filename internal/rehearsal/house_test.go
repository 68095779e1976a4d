package rehearsal_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"accueil/config"
	"accueil/internal/calendar"
	"accueil/internal/queue"
	"accueil/internal/rehearsal"
	"accueil/internal/site"
	"accueil/internal/wire"
)

func centre(t testing.TB) *site.Site {
	t.Helper()
	s, problems := site.Load(config.FS)
	if len(problems) > 0 {
		t.Fatal(problems[0])
	}
	return s
}

func model(t testing.TB, s *site.Site, seed uint64) *rehearsal.Model {
	t.Helper()
	m, err := rehearsal.New(s, rehearsal.Default(), seed)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// play plays days in a row.
func play(m *rehearsal.Model, from string, n int) (facts []queue.Fact) {
	house := rehearsal.NewHouse(m, "hub")
	first, _ := time.Parse(time.DateOnly, from)
	for i := range n {
		facts = append(facts, house.Day(queue.Date(first.AddDate(0, 0, i).Format(time.DateOnly)))...)
	}
	return facts
}

func fold(facts []queue.Fact, zone *time.Location) map[queue.Date]*queue.Day {
	days := map[queue.Date]*queue.Day{}
	for _, f := range facts {
		if days[f.Day] == nil {
			days[f.Day] = queue.NewDay(f.Day, queue.Rules{Zone: zone})
		}
		days[f.Day].Apply(f)
	}
	return days
}

func TestTheSameSeedGivesTheSameFacts(t *testing.T) {
	s := centre(t)
	text := func(seed uint64) string {
		b, err := json.Marshal(play(model(t, s, seed), "2026-11-24", 3))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	first, again := text(7), text(7)
	if first != again {
		t.Error("the same seed gave other facts")
	}
	if first == text(8) {
		t.Error("another seed gave the same facts")
	}
}

// TestEveryFactIsAsTheRealPartsWriteThem: valid, in the order of its source and
// of the hub's clock, and such that a kiosk may send it.
func TestEveryFactIsAsTheRealPartsWriteThem(t *testing.T) {
	s := centre(t)
	heads := map[queue.Source]uint64{}
	var last time.Time
	for i, f := range play(model(t, s, 1), "2026-11-24", 12) {
		if err := f.Validate(); err != nil {
			t.Fatalf("fact %d: %v", i, err)
		}
		if heads[f.Source]++; f.Seq != heads[f.Source] {
			t.Fatalf("fact %d: %s has %d after %d", i, f.Source, f.Seq, heads[f.Source]-1)
		}
		if f.Heard.Before(last) || f.At.After(f.Heard) {
			t.Fatalf("fact %d (%s): at %s, heard %s after %s", i, f.Kind, f.At, f.Heard, last)
		}
		last = f.Heard
		if f.Source.Terminal == "hub" {
			continue
		}
		m := wire.Facts{V: wire.Version, Source: f.Source, Sent: f.Heard, Facts: []queue.Fact{f}}
		topic := wire.Topic{Site: s.Key, Role: wire.RoleKiosk, Name: f.Source.Terminal, Leaf: wire.LeafFacts}
		if err := m.Validate(topic); err != nil {
			t.Fatalf("fact %d could not be sent: %v", i, err)
		}
		if f.Question != "" {
			if _, ok := s.Question(f.Question); !ok {
				t.Fatalf("question %s", f.Question)
			}
		}
	}
}

func TestTheBooksBalanceWithoutOdds(t *testing.T) {
	m := model(t, centre(t), 3)
	kinds := map[queue.Kind]int{}
	facts := play(m, "2026-09-01", 45)
	for _, f := range facts {
		kinds[f.Kind]++
	}
	for date, day := range fold(facts, m.Zone()) {
		if wrong := day.Check(); len(wrong) > 0 || len(day.Odds()) > 0 || !day.Closed {
			t.Errorf("%s: closed %v, odds %v, wrong %v", date, day.Closed, day.Odds(), wrong)
		}
		for _, ticket := range day.Tickets() {
			if !ticket.Now().State.Ended() {
				t.Errorf("%s: ticket %s is %s", date, ticket.Label(), ticket.Now().State)
			}
		}
	}
	for _, kind := range []queue.Kind{
		queue.Joined, queue.Began, queue.Asked, queue.Issued, queue.Handed, queue.Numbered, queue.Called, queue.Recalled,
		queue.Started, queue.Finished, queue.Missed, queue.Parked, queue.Resumed, queue.Transferred, queue.Left,
		queue.DeskOpened, queue.DeskPaused, queue.DeskClosed, queue.DayOpened, queue.DayClosed, queue.Counted,
	} {
		if kinds[kind] == 0 {
			t.Errorf("in six weeks nothing was ever %s", kind)
		}
	}
}

// TestAYearHasItsVolumes, within what chance explains.
func TestAYearHasItsVolumes(t *testing.T) {
	s, v := centre(t), rehearsal.Default()
	m := model(t, s, 1)
	facts := play(m, "2025-01-01", 365)
	interviews, visits := map[string]int{}, 0
	for _, day := range fold(facts, m.Zone()) {
		for _, hour := range day.Footfall() {
			visits += hour.Visits
		}
		for _, ticket := range day.Tickets() {
			for _, stage := range ticket.Stages {
				if !stage.Started.IsZero() {
					interviews[stage.Service]++
				}
			}
		}
	}
	near := func(what string, got, want int, percent float64) {
		if math.Abs(float64(got-want)) > float64(want)*percent/100+3*math.Sqrt(float64(want)) {
			t.Errorf("%s: %d, want about %d", what, got, want)
		}
	}
	near("facts", len(facts), 375_000, 10)
	near("visits", visits, v.Visits, 2)
	for key, service := range v.Services {
		near(key, interviews[key], service.Interviews, 10) // some are not reached before closing
	}
}

func TestAClosedDayHasNoFacts(t *testing.T) {
	m := model(t, centre(t), 1)
	if facts := play(m, "2026-11-22", 2); len(facts) != 0 { // Sunday, Monday
		t.Errorf("%d facts", len(facts))
	}
	if m.Open("2026-12-25") || !m.Open("2026-11-24") {
		t.Error("open at Christmas, or not on a Tuesday")
	}
}

// TestClocksChange: a centre open in the small hours of the days on which the
// clocks change keeps to the hours on its wall.
func TestClocksChange(t *testing.T) {
	s := centre(t)
	night := calendar.Rules{Weekly: []calendar.Weekly{{
		Days: []calendar.Weekday{calendar.Weekday(time.Sunday)}, Open: []calendar.Span{{From: 60, To: 5 * 60}},
	}}}
	s.Hours = night
	for i := range s.Services {
		s.Services[i].Hours = night
	}
	m := model(t, s, 5)
	for _, date := range []queue.Date{"2026-03-29", "2026-10-25"} {
		plan := m.Plan(date)
		if len(plan.Visits) == 0 || len(plan.Shifts) == 0 {
			t.Fatalf("%s: nobody comes", date)
		}
		for _, v := range plan.Visits {
			if at := v.At.In(m.Zone()); queue.DateOf(at, m.Zone()) != date || at.Hour() < 1 || at.Hour() >= 5 {
				t.Errorf("%s: somebody comes at %s", date, at)
			}
		}
		for _, shift := range plan.Shifts {
			if from, to := shift.Open.In(m.Zone()), shift.Close.In(m.Zone()); from.Hour() > 1 || to.Hour() != 5 {
				t.Errorf("%s: a desk is there from %s to %s", date, from, to)
			}
		}
		for at, day := range fold(play(m, string(date), 1), m.Zone()) {
			if at != date || len(day.Check())+len(day.Odds()) > 0 {
				t.Errorf("%s: %v %v", at, day.Check(), day.Odds())
			}
		}
	}
}

// TestPlansKeepToTheHours of services, and desks take turns from day to day.
func TestPlansKeepToTheHours(t *testing.T) {
	s := centre(t)
	m := model(t, s, 2)
	cal, err := s.Calendar()
	if err != nil {
		t.Fatal(err)
	}
	creer := map[string]bool{}
	for d := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC); d.Day() < 29; d = d.AddDate(0, 0, 1) {
		plan := m.Plan(queue.Date(d.Format(time.DateOnly)))
		for _, v := range plan.Visits {
			service, ok := s.Service(v.Service)
			if ok && !cal.At(service.Hours, v.At).Open {
				t.Errorf("somebody wants %s at %s", v.Service, v.At)
			}
			if v.Service != "" && len(v.Path) == 0 || len(v.Steps) != len(v.Path)+1 {
				t.Errorf("visit %+v", v)
			}
		}
		for _, shift := range plan.Shifts {
			if slices.Contains(shift.Services, "creer") {
				creer[shift.Desk] = true
			}
		}
		in := 0
		for _, pass := range plan.Passes {
			if pass.Out {
				in--
			} else {
				in++
			}
			if in < 0 {
				t.Fatalf("%s: more people are out than in", pass.At)
			}
		}
		if in != 0 {
			t.Errorf("%s: %d people stay overnight", d, in)
		}
	}
	if len(creer) != 2 {
		t.Errorf("desks for creer: %v", creer)
	}
}

func TestPersonsDependOnTheirNamesOnly(t *testing.T) {
	s := centre(t)
	a, b := model(t, s, 4), model(t, s, 4)
	b.Plan("2026-11-24") // whatever was played before
	if diff := cmp.Diff(a.Person("creer", "x"), b.Person("creer", "x")); diff != "" {
		t.Error(diff)
	}
	if cmp.Equal(a.Person("creer", "x"), a.Person("creer", "y")) {
		t.Error("two people are the same")
	}
}

// TestTheCrowdKeepsQueuesInterestingAndStable: with desks that receive at
// their usual speed, queues stay between two and eight most of the time.
func TestTheCrowdKeepsQueuesInterestingAndStable(t *testing.T) {
	s := centre(t)
	m, err := rehearsal.New(s, rehearsal.Default().Lively(), 1)
	if err != nil {
		t.Fatal(err)
	}
	const step, desks = 20 * time.Second, 2
	crowd := m.Crowd()
	waiting, busy, good, n := crowd.Rush(desks), make([]time.Duration, desks), 0, 0
	for range 8 * time.Hour / step {
		waiting += crowd.Arrivals("travailler", waiting, desks, step)
		for i := range busy {
			if busy[i] -= step; busy[i] <= 0 && waiting > 0 {
				waiting--
				busy[i] = m.Person("travailler", crowd.Visit("travailler").Name).Interview + time.Minute
			}
		}
		n++
		if waiting >= 2 && waiting <= 8 {
			good++
		}
		if waiting > 12 {
			t.Fatalf("%d wait", waiting)
		}
	}
	if share := float64(good) / float64(n); share < 0.8 {
		t.Errorf("2 to 8 wait only %.0f %% of the time", 100*share)
	}
	if crowd.Arrivals("travailler", 0, 0, time.Hour) != 0 {
		t.Error("people come for a service without desks")
	}
}

func BenchmarkDay(b *testing.B) {
	m := model(b, centre(b), 1)
	facts := 0
	for b.Loop() {
		facts += len(rehearsal.NewHouse(m, "hub").Day("2026-11-24"))
	}
	b.ReportMetric(float64(facts)/b.Elapsed().Seconds(), "facts/s")
}
