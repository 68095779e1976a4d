package waits

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const minute = time.Minute

// usual is a busy service in the middle of its day.
func usual() State {
	return State{
		Ahead: 3,
		Desks: []Desk{{Busy: true, Since: 12 * minute}, {Busy: true, Since: 25 * minute}},
		Finished: []time.Duration{22 * minute, 35 * minute, 18 * minute, 41 * minute, 27 * minute,
			30 * minute, 24 * minute, 55 * minute},
		Calls: 12, NoShows: 1,
	}
}

// changed is the usual service with something else about it.
func changed(change func(*State)) State {
	s := usual()
	change(&s)
	return s
}

func TestEstimateKnowsWhenItDoesNotKnow(t *testing.T) {
	tests := []struct {
		name  string
		state State
		known bool
	}{
		{"usual", usual(), true},
		{"nothing", State{}, false},
		{"no desk", changed(func(s *State) { s.Desks = nil }), false},
		{"four interviews", changed(func(s *State) { s.Finished = s.Finished[:4] }), false},
		{"five interviews", changed(func(s *State) { s.Finished = s.Finished[:5] }), true},
		{"no interview, free desk, nobody ahead", State{Desks: []Desk{{}}}, true},
		{"no interview, free desk, one ahead", State{Desks: []Desk{{}}, Ahead: 1}, false},
		{"no interview, two free desks, one ahead", State{Desks: []Desk{{}, {}}, Ahead: 1}, true},
		{"no interview, busy desk", State{Desks: []Desk{{Busy: true}}}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, known := Estimate(test.state)
			if known != test.known {
				t.Errorf("known %v, want %v (%v)", known, test.known, p)
			}
			if _, ok := QueueLength(test.state); ok != test.known {
				t.Errorf("the baseline says known %v", ok)
			}
		})
	}
}

func TestNobodyAheadAndAFreeDesk(t *testing.T) {
	want := Promise{Low: 0, High: 5 * minute}
	for _, finished := range [][]time.Duration{nil, usual().Finished} {
		p, known := Estimate(State{Desks: []Desk{{Busy: true}, {}}, Finished: finished})
		if !known || p != want {
			t.Errorf("promised %v, want %v", p, want)
		}
	}
}

// TestEstimatesAreReasonable holds promises against what somebody at the desk
// would say, give or take a step: chance may be drawn otherwise one day.
func TestEstimatesAreReasonable(t *testing.T) {
	tests := []struct {
		name  string
		state State
		want  Promise
	}{
		{"usual", usual(), Promise{30 * minute, 80 * minute}},
		{"nobody ahead", changed(func(s *State) { s.Ahead = 0 }), Promise{0, 25 * minute}},
		{"one desk", changed(func(s *State) { s.Desks = s.Desks[:1] }), Promise{70 * minute, 160 * minute}},
		{"coming", changed(func(s *State) {
			s.Ahead, s.NoShows, s.Desks = 0, 0, []Desk{{Busy: true, Coming: true, Since: minute}}
		}), Promise{10 * minute, 55 * minute}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, _ := Estimate(test.state)
			if (got.Low-test.want.Low).Abs() > Step || (got.High-test.want.High).Abs() > Step {
				t.Errorf("promised %v to %v, want %v to %v", got.Low, got.High, test.want.Low, test.want.High)
			}
		})
	}
}

func TestAForgottenInterviewDoesNotBlockTheOthers(t *testing.T) {
	stuck := changed(func(s *State) { s.Desks[1].Since = 9 * time.Hour })
	f, _ := Foresee(stuck)
	alone, _ := Foresee(changed(func(s *State) { s.Desks = s.Desks[:1] }))
	if f.Median < usualMedian() || f.Median > alone.Median {
		t.Errorf("median %v: not between two working desks and one (%v)", f.Median, alone.Median)
	}
}

func usualMedian() time.Duration {
	f, _ := Foresee(usual())
	return f.Median
}

func TestTodayIsLearnt(t *testing.T) {
	slow := changed(func(s *State) {
		for i := range s.Finished {
			s.Finished[i] *= 2
		}
	})
	f, _ := Foresee(slow)
	if f.Median < usualMedian()*3/2 {
		t.Errorf("interviews twice as long: median %v, usually %v", f.Median, usualMedian())
	}
	absent := changed(func(s *State) { s.Calls, s.NoShows = 40, 30 })
	if f, _ := Foresee(absent); f.Median >= usualMedian() {
		t.Errorf("hardly anybody comes: median %v, usually %v", f.Median, usualMedian())
	}
	far := changed(func(s *State) { s.Ways = []time.Duration{10 * minute} })
	if f, _ := Foresee(far); f.Median <= usualMedian() {
		t.Errorf("a long way to the desk: median %v, usually %v", f.Median, usualMedian())
	}
}

func TestInTime(t *testing.T) {
	share := func(close time.Duration) float64 {
		f, _ := Foresee(changed(func(s *State) { s.UntilClose = close }))
		return f.InTime
	}
	if unknown, soon, half, late := share(0), share(minute), share(usualMedian()), share(12*time.Hour); unknown != 1 ||
		soon != 0 || half < 0.45 || half > 0.55 || late != 1 {
		t.Errorf("in time: unknown %v, soon %v, at the median %v, late %v", unknown, soon, half, late)
	}
}

func TestQueueLength(t *testing.T) {
	got, _ := QueueLength(changed(func(s *State) {
		s.Ahead = 3
		s.Finished = []time.Duration{10 * minute, 20 * minute, 30 * minute, 40 * minute, 50 * minute}
	}))
	if want := 60 * minute; got != want { // (3+1)·30/2
		t.Errorf("%v, want %v", got, want)
	}
}

// anyState draws states with nonsense among them: nothing from outside is trusted.
func anyState(t *rapid.T) State {
	duration := rapid.Custom(func(t *rapid.T) time.Duration {
		return time.Duration(rapid.Int64Range(-10, 500).Draw(t, "minutes")) * minute
	})
	desk := rapid.Custom(func(t *rapid.T) Desk {
		return Desk{Busy: rapid.Bool().Draw(t, "busy"), Coming: rapid.Bool().Draw(t, "coming"), Since: duration.Draw(t, "since")}
	})
	return State{
		Ahead:      rapid.IntRange(-2, 40).Draw(t, "ahead"),
		Desks:      rapid.SliceOfN(desk, 0, 6).Draw(t, "desks"),
		Finished:   rapid.SliceOfN(duration, 0, 20).Draw(t, "finished"),
		Ways:       rapid.SliceOfN(duration, 0, 5).Draw(t, "ways"),
		Calls:      rapid.IntRange(-2, 40).Draw(t, "calls"),
		NoShows:    rapid.IntRange(-2, 40).Draw(t, "no-shows"),
		UntilClose: duration.Draw(t, "until close"),
	}
}

func TestPromisesAreWellFormed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyState(t)
		p, known := Estimate(s)
		if !known {
			if p != (Promise{}) {
				t.Fatalf("unknown, but %v", p)
			}
			return
		}
		if p.Low < 0 || p.Low >= p.High || p.Low%Step != 0 || p.High%Step != 0 {
			t.Fatalf("promised %v to %v", p.Low, p.High)
		}
		f, _ := Foresee(s)
		if p.Low > f.Low || f.Low > f.Median || f.Median > f.High || f.High > p.High {
			t.Fatalf("%+v is not inside %+v", f, p)
		}
		if f.InTime < 0 || f.InTime > 1 {
			t.Fatalf("probability %v", f.InTime)
		}
	})
}

func TestSameInputSameOutput(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyState(t)
		first, known := Foresee(s)
		second, again := Foresee(s)
		if known != again || !cmp.Equal(first, second) {
			t.Fatalf("%+v, then %+v", first, second)
		}
	})
}

// TestALinePromisesWhatEachIsPromised: all at once, and one at a time, and nobody more
// for those behind the last.
func TestALinePromisesWhatEachIsPromised(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, most := anyState(t), rapid.IntRange(-2, 40).Draw(t, "most")
		line := Line(s, most)
		if line != nil && len(line) != max(0, most)+1 {
			t.Fatalf("%d promises up to %d ahead", len(line), most)
		}
		for s.Ahead = range max(0, most) + 1 {
			p, known := Estimate(s)
			if line == nil && known && !s.freeAtOnce() || line != nil && (!known || line[s.Ahead] != p) {
				t.Fatalf("%d ahead: %v (%t) alone, all together %v", s.Ahead, p, known, line)
			}
		}
	})
	if line := Line(changed(func(*State) {}), 10_000); len(line) != MostAhead+1 {
		t.Errorf("a line of %d", len(line))
	}
}

func TestOneMoreAheadNeverShortensTheWait(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyState(t)
		before, known := Foresee(s)
		s.Ahead += rapid.IntRange(1, 5).Draw(t, "more")
		after, still := Foresee(s)
		if known && still && shorter(after, before) {
			t.Fatalf("%+v became %+v", before, after)
		}
	})
}

func TestOneMoreDeskNeverLengthensTheWait(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyState(t)
		before, known := Foresee(s)
		s.Desks = append(s.Desks, Desk{Busy: rapid.Bool().Draw(t, "more busy"), Since: 7 * minute})
		after, still := Foresee(s)
		if known && !still {
			t.Fatal("one more desk, and we do not know any more")
		}
		if known && shorter(before, after) {
			t.Fatalf("%+v became %+v", before, after)
		}
	})
}

// shorter says whether any quantile of a is below that of b.
func shorter(a, b Forecast) bool {
	return a.Low < b.Low || a.Median < b.Median || a.High < b.High
}

func BenchmarkLine(b *testing.B) {
	s := usual()
	for b.Loop() {
		Line(s, MostAhead)
	}
}

func BenchmarkEstimate(b *testing.B) {
	for name, ahead := range map[string]int{"3 ahead": 3, "20 ahead": 20, "100 ahead": 100} {
		b.Run(name, func(b *testing.B) {
			s := changed(func(s *State) { s.Ahead = ahead })
			for b.Loop() {
				Estimate(s)
			}
		})
	}
}
