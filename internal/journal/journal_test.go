package journal

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"accueil/internal/queue"
)

func TestMain(m *testing.M) {
	if os.Getenv(childPath) != "" {
		os.Exit(child())
	}
	goleak.VerifyTestMain(m)
}

const today = queue.Date("2026-11-24")

var hub = queue.Source{Site: "paris", Terminal: "hub", Journal: "0a1b2c3d"}

// begin opens a journal that is checked when the test ends.
func begin(t testing.TB, path string, o Options) *Bolt {
	t.Helper()
	j, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { finish(t, j) })
	return j
}

// finish checks a journal and closes it, if that was not done yet.
func finish(t testing.TB, j *Bolt) {
	t.Helper()
	if err := j.Check(); err != nil && !isClosed(err) {
		t.Errorf("Check after the test: %v", err)
	}
	if err := j.Close(); err != nil {
		t.Error(err)
	}
}

func fresh(t testing.TB) *Bolt { return begin(t, filepath.Join(t.TempDir(), "hub.journal"), paris) }

var paris = Options{Site: "paris", Timeout: 50 * time.Millisecond}

// called are n facts of the hub, the first with a sequence.
func called(seq uint64, n int) []queue.Fact {
	facts := make([]queue.Fact, n)
	for i := range facts {
		facts[i] = queue.Fact{
			Kind: queue.Called, Source: hub, Seq: seq + uint64(i), Day: today, At: time.UnixMilli(1_795_518_000_000).UTC(),
			Ticket: queue.NewTicketID("7k3f9qxd", seq+uint64(i)), Desk: "5",
		}
	}
	return facts
}

func mustAppend(t testing.TB, j *Bolt, facts []queue.Fact) {
	t.Helper()
	if _, err := j.Append(j.Last(), facts); err != nil {
		t.Fatal(err)
	}
}

func contents(t testing.TB, j *Bolt) (facts []queue.Fact) {
	t.Helper()
	facts, err := j.After(0, int(j.Last()))
	if err != nil {
		t.Fatal(err)
	}
	return facts
}
