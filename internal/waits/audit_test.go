package waits

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestScore(t *testing.T) {
	p := Promise{Low: 10 * minute, High: 30 * minute}
	got := Score([]Kept{
		{p, 10 * minute}, {p, 20 * minute}, {p, 30 * minute}, // inside, ends included
		{p, 9 * minute},  // 1 early: 20 + 10·1
		{p, 33 * minute}, // 3 late: 20 + 10·3
	})
	want := Audit{N: 5, Covered: 3, Coverage: 0.6, TooLong: 1, TooShort: 1,
		Width: 20 * minute, Winkler: 28 * minute, AtLeast: got.AtLeast, AtMost: got.AtMost}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if empty := Score(nil); empty != (Audit{}) {
		t.Errorf("nothing scored: %+v", empty)
	}
}

// TestWilson holds the interval against published values.
func TestWilson(t *testing.T) {
	for _, test := range []struct {
		hits, n   int
		low, high float64
	}{
		{0, 10, 0, 0.2775}, {10, 10, 0.7225, 1}, {81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, // Newcombe 1998, method 3
	} {
		if low, high := wilson(test.hits, test.n); math.Abs(low-test.low) > 5e-5 || math.Abs(high-test.high) > 5e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", test.hits, test.n, low, high, test.low, test.high)
		}
	}
}

func TestAnAuditIsConsistent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		span := rapid.Int64Range(0, 200)
		kept := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Kept {
			low := time.Duration(span.Draw(t, "low")) * minute
			width := time.Duration(span.Draw(t, "width")) * minute
			return Kept{Promise{low, low + width}, time.Duration(span.Draw(t, "waited")) * minute}
		}), 1, 50).Draw(t, "kept")
		a := Score(kept)
		if a.Covered+a.TooLong+a.TooShort != a.N || a.N != len(kept) {
			t.Fatalf("%+v does not add up", a)
		}
		if a.AtLeast > a.Coverage || a.Coverage > a.AtMost || a.Winkler < a.Width {
			t.Fatalf("%+v is impossible", a)
		}
	})
}
