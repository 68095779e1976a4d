package uplink

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"accueil/internal/journal"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

// killDir names, in a child process, the folder to issue tickets in until the
// parent kills it.
const killDir = "UPLINK_TEST_KILL_DIR"

// TestIssuingUntilKilled is the child: each line it prints is a ticket that
// somebody now holds.
func TestIssuingUntilKilled(t *testing.T) {
	dir := os.Getenv(killDir)
	if dir == "" {
		t.Skip("runs only as the child of TestWhatWasHandedOverSurvivesAKill")
	}
	h := newHub(t)
	u := ready(t, h, h.kiosk(dir))
	for {
		ticket := issue(t, u, creer)
		fmt.Println("handed", ticket.Code, ticket.Label)
	}
}

// ready is a terminal in real time that has met its hub, outside a bubble.
func ready(t testing.TB, h *fakeHub, o Options) *Uplink {
	t.Helper()
	u, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	changed := make(chan struct{}, 1)
	u.OnChange(func() {
		select {
		case changed <- struct{}{}:
		default:
		}
	})
	connected := make(chan struct{})
	done := make(chan error, 1)
	u.options.connect = h.connectThen(func() { close(connected) })
	go func() { done <- u.Run(t.Context()) }()
	t.Cleanup(func() {
		if err := errors.Join(u.Close(), <-done); err != nil {
			t.Error(err)
		}
	})
	<-connected
	h.line.rise()
	h.beat()
	for {
		ticket, err := u.Issue(t.Context(), creer)
		if err == nil && !ticket.Own {
			return u
		}
		if !errors.Is(err, ErrNotReady) {
			t.Fatal(ticket, err)
		}
		select {
		case <-changed:
		case <-time.After(wire.BeatEvery): // the first beat may have come before anybody listened
			h.beat()
		}
	}
}

func TestWhatWasHandedOverSurvivesAKill(t *testing.T) {
	if os.Getenv(killDir) != "" {
		t.Skip("this is the child")
	}
	for round := range 5 {
		dir := t.TempDir()
		handed := killedAfter(t, dir, 3+7*round)
		checkSurvivors(t, dir, handed)
	}
}

// killedAfter runs the child in dir, kills it after so many tickets, and gives
// what it had handed over.
func killedAfter(t *testing.T, dir string, tickets int) map[string]string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(self, "-test.run=^TestIssuingUntilKilled$", "-test.timeout=1m")
	child.Env = append(os.Environ(), killDir+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	handed := map[string]string{}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		words := strings.SplitN(lines.Text(), " ", 3)
		if len(words) < 3 || words[0] != "handed" {
			continue
		}
		handed[words[1]] = words[2]
		if len(handed) == tickets {
			if err := child.Process.Kill(); err != nil {
				t.Error(err)
			}
		}
	}
	_ = child.Wait() // killed
	if len(handed) < tickets {
		t.Fatalf("the child handed over %d tickets, not %d", len(handed), tickets)
	}
	return handed
}

func checkSurvivors(t *testing.T, dir string, handed map[string]string) {
	t.Helper()
	u, err := Open(newHub(t).kiosk(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer u.Close()
	codes, ends := map[queue.TicketID]string{}, map[queue.TicketID]queue.Fact{}
	if _, facts, err := u.store.after(0, 1_000_000); err == nil {
		for _, f := range facts {
			switch f.Kind {
			case queue.Issued:
				codes[f.Ticket] = string(f.Code)
			case queue.Handed, queue.Voided:
				ends[f.Ticket] = f
			}
		}
	}
	voided := 0
	for id, code := range codes {
		end := ends[id]
		if end.Kind == queue.Voided {
			voided++
		}
		if label, out := handed[code]; out && (end.Kind != queue.Handed || string(end.Label) != label) {
			t.Errorf("ticket %s was handed over as %s, the journal says %s %s", code, label, end.Kind, end.Label)
		}
		delete(handed, code)
	}
	if voided > 1 || len(handed) > 0 || len(ends) != len(codes) {
		t.Errorf("%d void, %d handed over and lost, %d issued, %d with an end", voided, len(handed), len(codes), len(ends))
	}
}

// BenchmarkIssue is a ticket with a hub that answers at once, against its floor:
// the same two commits, and nothing else.
func BenchmarkIssue(b *testing.B) {
	h := newHub(b)
	o := h.kiosk(b.TempDir())
	u := ready(b, h, o)
	floor := floorOf(b, 300)
	b.ResetTimer()
	began := time.Now()
	for b.Loop() {
		issue(b, u, creer)
	}
	each := time.Since(began) / time.Duration(b.N)
	b.ReportMetric(float64(floor.Nanoseconds()), "floor-ns/op")
	b.ReportMetric(float64(each)/float64(floor), "×floor")
}

func floorOf(b *testing.B, n int) time.Duration {
	j, err := journal.Open(b.TempDir()+"/"+journalName, journal.Options{Site: testSite})
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	source := queue.Source{Site: testSite, Terminal: "K1", Journal: j.ID()}
	began := time.Now()
	for range 2 * n {
		f := queue.Fact{Kind: queue.Began, Source: source, Seq: j.Last() + 1, Day: "2026-11-24", At: began, Language: "fr"}
		if _, err := j.Append(j.Last(), []queue.Fact{f}); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(began) / time.Duration(n)
}
