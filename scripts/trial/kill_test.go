package trial_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"accueil/internal/journal"
	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
)

// villette is the site of the embedded content.
const villette = "villette"

// creer is a ticket that the embedded content offers.
func creer(press string) uplink.Order {
	return uplink.Order{Service: "creer", Letter: "C", Language: "fr", Press: press}
}

// terminal opens a real uplink; a kiosk has a folder.
func terminal(t testing.TB, h *hub, role, name, dir string) *uplink.Uplink {
	t.Helper()
	u, err := uplink.Open(uplink.Options{
		Site: villette, Role: role, Name: name, Dir: dir, URL: h.url(), Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	running.Go(func() { _ = u.Run(t.Context()) })
	t.Cleanup(func() { _ = u.Close(); running.Wait() })
	return u
}

// handed is what one visitor holds.
type handed struct {
	id    queue.TicketID
	label queue.Label
}

// desk is how a kiosk's day went.
type desk struct {
	tickets []handed
	own     int
	longest time.Duration
}

// issueUntil issues tickets until ctx ends.
func issueUntil(ctx context.Context, t testing.TB, u *uplink.Uplink) (d desk) {
	for n := 0; ctx.Err() == nil; n++ {
		began := time.Now()
		// The order itself is not interrupted: it must end by itself.
		ticket, err := u.Issue(context.WithoutCancel(ctx), creer(""))
		d.longest = max(d.longest, time.Since(began))
		if err != nil {
			t.Errorf("ticket %d: %v", n, err)
			return d
		}
		d.tickets = append(d.tickets, handed{ticket.ID, ticket.Label})
		if ticket.Own {
			d.own++
		}
		pause(ctx, 10*time.Millisecond) // a visitor takes longer
	}
	return d
}

// pause lets time pass for what happens meanwhile.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// callUntil is an adviser's work: whatever comes of a request, go on.
func callUntil(ctx context.Context, u *uplink.Uplink) (served int) {
	ask := func(a queue.Ask) (wire.Reply, error) {
		short, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		a.Desk = "bureau-5"
		return u.Ask(short, a)
	}
	var current queue.TicketID
	for ctx.Err() == nil {
		_, _ = ask(queue.Ask{Do: queue.DoOpenDesk, Services: []string{"creer"}})
		if r, err := ask(queue.Ask{Do: queue.DoCall}); err == nil && r.Ticket != nil {
			current = r.Ticket.ID
		}
		_, _ = ask(queue.Ask{Do: queue.DoStart, Ticket: current})
		if _, err := ask(queue.Ask{Do: queue.DoFinish, Ticket: current}); err == nil {
			served++
		}
		pause(ctx, 20*time.Millisecond)
	}
	return served
}

// meet waits until a kiosk can issue with the hub's numbers.
func meet(t testing.TB, u *uplink.Uplink) (first []handed) {
	t.Helper()
	await(t, "a first ticket with the hub's number", func() bool {
		ticket, err := u.Issue(t.Context(), creer(""))
		if err == nil {
			first = append(first, handed{ticket.ID, ticket.Label})
		}
		return err == nil && !ticket.Own
	})
	return first
}

func sent(us ...*uplink.Uplink) func() bool {
	return func() bool {
		for _, u := range us {
			if u.Unsent() > 0 || !u.Hub() {
				return false
			}
		}
		return true
	}
}

// ledger is every ticket in the hub's journal.
type ledger struct {
	byID    map[queue.TicketID]*queue.Ticket
	byLabel map[queue.Label][]*queue.Ticket // alive ones
}

// books reads the journal of a hub that has been stopped.
func (h *hub) books() ledger {
	h.t.Helper()
	j, err := journal.Open(filepath.Join(h.dir, "hub.journal"), journal.Options{ReadOnly: true})
	if err != nil {
		h.t.Fatal(err)
	}
	defer j.Close()
	days, err := j.Days()
	if err != nil {
		h.t.Fatal(err)
	}
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		h.t.Fatal(err)
	}
	l := ledger{map[queue.TicketID]*queue.Ticket{}, map[queue.Label][]*queue.Ticket{}}
	for _, date := range days {
		day := queue.NewDay(date, queue.Rules{Zone: zone})
		if err := j.Day(date, func(f queue.Fact) error { day.Apply(f); return nil }); err != nil {
			h.t.Fatal(err)
		}
		for _, ticket := range day.Tickets() {
			l.byID[ticket.ID] = ticket
			if ticket.Now().State != queue.Void {
				l.byLabel[ticket.Label()] = append(l.byLabel[ticket.Label()], ticket)
			}
		}
	}
	return l
}

// hold wants every ticket that somebody holds in the books once, alive, under
// the label it bears.
func (l ledger) hold(t testing.TB, all []handed) {
	t.Helper()
	for _, h := range all {
		ticket := l.byID[h.id]
		if ticket == nil || ticket.Printed != h.label || ticket.Now().State == queue.Void {
			t.Errorf("%s was handed over as %q; the hub has %+v", h.id, h.label, ticket)
		}
	}
	for label, twice := range l.byLabel {
		if len(twice) > 1 {
			t.Errorf("%d tickets bear %s", len(twice), label)
		}
	}
}

func chance(t testing.TB) *rand.Rand {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// TestHubIsKilledOften while four kiosks issue and an adviser calls: everybody
// who holds a ticket is in the books.
func TestHubIsKilledOften(t *testing.T) {
	const kiosks, kills = 4, 10
	random := chance(t)
	h := newHub(t)
	var all []handed
	var ends []*uplink.Uplink
	for n := range kiosks {
		u := terminal(t, h, wire.RoleKiosk, fmt.Sprint("k", n), t.TempDir())
		all = append(all, meet(t, u)...)
		ends = append(ends, u)
	}
	adviser := terminal(t, h, wire.RoleAdviser, "a1", "")
	ctx, stop := context.WithCancel(t.Context())
	results := make([]desk, kiosks)
	served := 0
	var work sync.WaitGroup
	for n, u := range ends {
		work.Go(func() { results[n] = issueUntil(ctx, t, u) })
	}
	work.Go(func() { served = callUntil(ctx, adviser) })
	for range kills {
		pause(ctx, time.Duration(200+random.IntN(1300))*time.Millisecond)
		h.kill()
		pause(ctx, time.Duration(random.IntN(400))*time.Millisecond)
		h.start()
	}
	pause(ctx, time.Second)
	stop()
	work.Wait()
	await(t, "the hub has everything", sent(ends...))
	h.stop()
	total := desk{tickets: all}
	for _, d := range results {
		total.tickets = append(total.tickets, d.tickets...)
		total.own += d.own
		total.longest = max(total.longest, d.longest)
	}
	h.books().hold(t, total.tickets)
	v := h.verify()
	t.Logf("%d tickets, %d of kiosks' own series, %d interviews, %d kills, longest Issue %v, %d odds",
		len(total.tickets), total.own, served, kills, total.longest.Round(time.Millisecond), len(v.Odds))
	if total.longest > 3*time.Second {
		t.Errorf("somebody waited %v for a ticket", total.longest)
	}
}

// issuingDirEnv and issuingURLEnv are the folder and the broker of a child that
// issues until it is killed.
const issuingDirEnv, issuingURLEnv = "ACCUEIL_TRIAL_DIR", "ACCUEIL_TRIAL_URL"

// child issues tickets; each line it prints is one that somebody now holds.
func child() int {
	u, err := uplink.Open(uplink.Options{
		Site: villette, Role: wire.RoleKiosk, Name: "mortal", Dir: os.Getenv(issuingDirEnv), URL: os.Getenv(issuingURLEnv),
		Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		fmt.Println("open", err)
		return 1
	}
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	go func() { _ = u.Run(ctx) }()
	for ctx.Err() == nil {
		ticket, err := u.Issue(ctx, creer(""))
		if err == nil {
			fmt.Printf("%s|%s\n", ticket.ID, ticket.Label)
		} else if !errors.Is(err, uplink.ErrNotReady) {
			fmt.Println("issue", err)
			return 1
		}
		pause(ctx, time.Millisecond)
	}
	return 0
}

// TestKioskIsKilledOften: what it handed over holds, what it did not is void.
func TestKioskIsKilledOften(t *testing.T) {
	const kills = 8
	random := chance(t)
	h := newHub(t)
	dir := t.TempDir()
	var all []handed
	for range kills {
		all = append(all, killedChild(t, h, dir, 1+random.IntN(25), time.Duration(random.IntN(3000))*time.Microsecond)...)
	}
	// Its heir on the same folder brings the rest and says what was never handed over.
	heir := terminal(t, h, wire.RoleKiosk, "mortal", dir)
	all = append(all, meet(t, heir)...)
	await(t, "the hub has everything", sent(heir))
	h.stop()
	books := h.books()
	books.hold(t, all)
	held := map[queue.TicketID]bool{}
	for _, one := range all {
		held[one.id] = true
	}
	void, unsaid := 0, 0
	for id, ticket := range books.byID {
		switch state := ticket.Now().State; {
		case state == queue.Void:
			void++
		case ticket.Printed == "":
			t.Errorf("%s was never handed over and is %v", id, state)
		case !held[id]:
			unsaid++ // durable as handed over, killed before it could say so
		}
	}
	if unsaid > kills {
		t.Errorf("%d tickets nobody was told of, but only %d kills", unsaid, kills)
	}
	h.verify()
	t.Logf("%d tickets, %d kills, %d void, %d handed over in the moment of the kill", len(all), kills, void, unsaid)
}

// killedChild issues in dir and kills it some time after so many tickets.
func killedChild(t *testing.T, h *hub, dir string, tickets int, later time.Duration) (all []handed) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), childEnv+"=issue", issuingDirEnv+"="+dir, issuingURLEnv+"="+h.url())
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		id, label, ok := cut(lines.Text())
		if !ok {
			t.Errorf("the child says %q", lines.Text())
			continue
		}
		all = append(all, handed{id, label})
		if len(all) == tickets {
			time.AfterFunc(later, func() { _ = cmd.Process.Kill() })
		}
	}
	_ = cmd.Wait()
	if len(all) < tickets {
		t.Fatalf("%d tickets, want %d", len(all), tickets)
	}
	return all
}

// cut reads a child's line.
func cut(line string) (queue.TicketID, queue.Label, bool) {
	id, label, ok := strings.Cut(line, "|")
	return queue.TicketID(id), queue.Label(label), ok && queue.Label(label).Valid()
}
