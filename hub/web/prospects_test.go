package web

import (
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/queue"
	"accueil/internal/waits"
	"accueil/internal/wire"
)

// TestProspectsAreReckonedOnceForAll pages, whatever is known when the first is asked
// for, and are those of each by itself.
func TestProspectsAreReckonedOnceForAll(t *testing.T) {
	synctest.Test(t, reckonedOnce) // in which no time passes
}

func reckonedOnce(t *testing.T) {
	p := prospects{lines: map[string]line{}}
	outlook := waits.State{Desks: []waits.Desk{{Busy: true, Since: time.Minute}, {}}}
	for finished := range waits.Enough + 2 {
		var line []waits.Promise
		for _, ahead := range []int{0, 1, 2, 3, 20, 299, 300, 301, 5000, 0} {
			outlook.Ahead = min(ahead, waits.MostAhead)
			want := wire.Interval{}
			if promised, known := waits.Estimate(outlook); known {
				want = *wire.NewInterval(promised.Low, promised.High)
			}
			if got := p.of(outlook, stand{service: "creer", state: queue.Waiting, ahead: ahead}); got != want {
				t.Fatalf("%d finished, %d ahead: %v, want %v", finished, ahead, got, want)
			}
			if now := p.lines["creer"].promised; finished >= waits.Enough && ahead == waits.MostAhead {
				line = now
			} else if line != nil && &line[0] != &now[0] {
				t.Fatalf("%d finished, %d ahead: the line was reckoned again", finished, ahead)
			}
		}
		if (p.lines["creer"].promised != nil) != (finished >= waits.Enough) {
			t.Errorf("%d finished: a line %t", finished, line != nil)
		}
		outlook.Finished = append(outlook.Finished, 20*time.Minute)
		if finished >= waits.Enough {
			p.lines["creer"] = lineOf(outlook) // as after a while
		}
	}
}

// TestNobodyIsPromisedACallBeforeTheirReturn, nor an interval that is over before it.
func TestNobodyIsPromisedACallBeforeTheirReturn(t *testing.T) {
	now := time.Date(2026, 11, 24, 11, 39, 0, 0, time.UTC)
	outlook := waits.State{Desks: []waits.Desk{{}}}
	free := stand{service: "creer", state: queue.Waiting, seen: now}
	plain := (&prospects{lines: map[string]line{}}).of(outlook, free)
	if plain.High == 0 || plain.High > 15 {
		t.Fatalf("a desk is free, and %v is promised", plain)
	}
	for away, want := range map[time.Duration]wire.Interval{
		-time.Minute: plain, 0: plain, 11 * time.Minute: {Low: 15, High: 20}, 15 * time.Minute: {Low: 15, High: 20}, time.Hour: {Low: 60, High: 65},
	} {
		at := free
		at.back = now.Add(away)
		if got := (&prospects{lines: map[string]line{}}).of(outlook, at); got != want {
			t.Errorf("back in %v: %v, want %v", away, got, want)
		}
	}
	if got := afterReturn(wire.Interval{Low: 10, High: 30}, 15*time.Minute); got != (wire.Interval{Low: 15, High: 30}) {
		t.Errorf("a long line: %v", got)
	}
	if got := afterReturn(wire.Interval{}, 15*time.Minute); got != (wire.Interval{}) {
		t.Errorf("what is not known is %v", got)
	}
}

func lineOf(outlook waits.State) line {
	return line{most: waits.MostAhead, promised: waits.Line(outlook, waits.MostAhead), at: time.Now()}
}
