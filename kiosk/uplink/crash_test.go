package uplink

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/journal"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

// copyDir is a data folder as a kill, or an image of the disk, leaves it.
func copyDir(t *testing.T, from string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return to
}

func TestAKillBetweenIssuedAndHandedVoidsTheTicket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		dir := t.TempDir()
		u, stop := begin(t, h.kiosk(dir))
		h.meet()
		handed := issue(t, u, creer)
		rested()
		var killed string
		h.do(func() {
			h.onFacts = func(m wire.Facts) { // issued is durable, nothing else is
				if killed == "" && len(m.Facts) > 0 && m.Facts[0].Kind == queue.Issued {
					killed = copyDir(t, dir)
				}
			}
		})
		issue(t, u, creer)
		rested()
		stop()
		h.do(func() { h.onFacts = nil })
		h.restore(len(h.facts) - 1) // nor has the hub heard of a handing over
		u, _ = begin(t, h.kiosk(killed))
		h.meet()
		time.Sleep(time.Second)
		rested()
		theirs := h.tickets()
		if theirs[0].Printed != handed.Label || theirs[0].Now().State != queue.Waiting {
			t.Errorf("the ticket handed over before is %s", theirs[0].Now().State)
		}
		if s := theirs[1].Now(); s.State != queue.Void || s.Reason != queue.ReasonCrash {
			t.Errorf("the other is %s, %s", s.State, s.Reason)
		}
		if next := issue(t, u, creer); next.Label != "C 003" {
			t.Errorf("next: %+v", next)
		}
		rested()
		if own := h.tickets()[2].Own; own != "C BF 2" {
			t.Errorf("next candidate %q", own)
		}
		h.odds()
	})
}

func TestARestartGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		dir := t.TempDir()
		for i := range 3 {
			u, stop := begin(t, h.kiosk(dir))
			h.meet()
			if got := issue(t, u, creer); got.Label != queue.HubLabel("C", i+1) {
				t.Errorf("after %d restarts: %q", i, got.Label)
			}
			u.Began("fr")
			rested()
			stop()
		}
		h.odds()
		if got, want := h.kinds(), "joined issued handed began issued handed began issued handed began"; got != want {
			t.Errorf("the hub has %q", got)
		}
	})
}

// TestAnOldImageOfTheDisk is a kiosk set back to yesterday's image: it does not
// know what it sent since, and uses the same sequences for other facts.
func TestAnOldImageOfTheDisk(t *testing.T) {
	for _, alone := range []bool{false, true} {
		name := map[bool]string{false: "the hub is there", true: "it works alone first"}[alone]
		t.Run(name, func(t *testing.T) { synctest.Test(t, func(t *testing.T) { oldImage(t, alone) }) })
	}
}

func oldImage(t *testing.T, alone bool) {
	h := newHub(t)
	dir := t.TempDir()
	u, stop := begin(t, h.kiosk(dir))
	h.meet()
	issue(t, u, creer)
	rested()
	image, old := copyDir(t, dir), u.store.id()
	issue(t, u, creer)
	issue(t, u, creer)
	rested()
	stop()
	u, stop = begin(t, h.kiosk(image))
	var papers []Ticket
	if alone {
		for range 4 { // more facts than the image lacks
			papers = append(papers, issue(t, u, creer))
		}
	}
	h.meet()
	time.Sleep(time.Second)
	rested()
	papers = append(papers, issue(t, u, creer))
	rested()
	if u.store.id() == old {
		t.Error("it goes on with the old journal")
	}
	if kept, _ := filepath.Glob(filepath.Join(image, oldName+"*")); len(kept) != 1 {
		t.Errorf("kept aside: %v", kept)
	}
	theirs := h.tickets()
	if len(theirs) != 3+len(papers) || u.Unsent() != 0 {
		t.Fatalf("%d tickets at the hub, %d unsent", len(theirs), u.Unsent())
	}
	for i, paper := range papers {
		if got := theirs[3+i]; got.Code != paper.Code || got.Printed != paper.Label {
			t.Errorf("on paper %s %s, at the hub %s %s", paper.Code, paper.Label, got.Code, got.Printed)
		}
	}
	h.odds()
	stop()
	u, _ = begin(t, h.kiosk(image)) // and a restart finds the new journal and series
	if next := issue(t, u, creer); !strings.HasPrefix(string(next.Label), "C BG ") {
		t.Errorf("own label after a restart: %q", next.Label)
	}
}

func TestATicketIsIssuedWhileTheJournalIsRenewed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		h.do(func() {
			h.heads[h.sources[0]] = 50 // another with this journal was here
		})
		paper := issue(t, u, creer)
		time.Sleep(5 * time.Second)
		synctest.Wait()
		theirs := h.tickets()
		if len(theirs) != 1 || theirs[0].Code != paper.Code || theirs[0].Printed != paper.Label {
			t.Errorf("on paper %s %s, at the hub %+v", paper.Code, paper.Label, theirs)
		}
		if paper.ID != theirs[0].ID {
			t.Errorf("ticket %s, at the hub %s", paper.ID, theirs[0].ID)
		}
		h.odds()
	})
}

func TestACrashInTheMiddleOfARenewal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		dir := t.TempDir()
		u, stop := begin(t, h.kiosk(dir))
		h.meet()
		issue(t, u, creer)
		id := u.store.id()
		stop()
		path := func(name string) string { return filepath.Join(dir, name) }
		for _, crash := range []struct {
			name string
			to   string // where the journal was left
		}{{"before the old one went aside", journalName}, {"after", nextName}} {
			if err := os.Rename(path(journalName), path(crash.to)); err != nil {
				t.Fatal(err)
			}
			if crash.to == journalName {
				if err := os.WriteFile(path(nextName), []byte("half"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			u, err := Open(h.kiosk(dir))
			if err != nil {
				t.Fatalf("%s: %v", crash.name, err)
			}
			if u.store.id() != id {
				t.Errorf("%s: another journal", crash.name)
			}
			if _, err := os.Stat(path(nextName)); err == nil {
				t.Errorf("%s: %s is still there", crash.name, nextName)
			}
			u.Close()
		}
	})
}

func TestTwoProgramsOnOneFolder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		dir := t.TempDir()
		begin(t, h.kiosk(dir))
		_, err := Open(h.kiosk(dir))
		if !errors.Is(err, journal.ErrLocked) {
			t.Errorf("err = %v", err)
		}
	})
}

func TestTheFolderOfAnotherTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		dir := t.TempDir()
		_, stop := begin(t, h.kiosk(dir))
		h.meet()
		stop()
		o := h.kiosk(dir)
		o.Name = "K2"
		if _, err := Open(o); err == nil || !strings.Contains(err.Error(), "--name K1") {
			t.Errorf("err = %v", err)
		}
		o.Site = "elsewhere"
		if _, err := Open(o); !errors.Is(err, journal.ErrSite) {
			t.Errorf("err = %v", err)
		}
	})
}

func TestADamagedJournalIsPutAside(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		dir := t.TempDir()
		_, stop := begin(t, h.kiosk(dir))
		h.meet()
		stop()
		if err := os.WriteFile(filepath.Join(dir, journalName), make([]byte, 9000), 0o600); err != nil {
			t.Fatal(err)
		}
		u, _ := begin(t, h.kiosk(dir))
		h.meet()
		if got := issue(t, u, creer); got.Label != "C 001" {
			t.Errorf("ticket %+v", got)
		}
		if kept, _ := filepath.Glob(filepath.Join(dir, oldName+"*")); len(kept) != 1 {
			t.Errorf("kept aside: %v", kept)
		}
	})
}

// fullDisk is a journal that has room for a few appends only.
type fullDisk struct {
	record
	room atomic.Int32
	err  error
}

func (d *fullDisk) Append(expected uint64, facts []queue.Fact) (uint64, error) {
	if d.room.Add(-1) < 0 {
		return d.Last(), d.err
	}
	return d.record.Append(expected, facts)
}

func (s *store) replace(j record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.journal = j
}

func TestAFullDiskHandsNothingOver(t *testing.T) {
	for room, want := range []string{
		"joined issued handed",               // not even issued
		"joined issued voided issued handed", // issued, but not handed
	} {
		synctest.Test(t, func(t *testing.T) {
			h := newHub(t)
			u, _ := begin(t, h.kiosk(t.TempDir()))
			h.meet()
			disk := &fullDisk{record: u.store.journal, err: journal.ErrFull}
			disk.room.Store(int32(room))
			u.store.replace(disk)
			ticket, err := u.Issue(t.Context(), creer)
			if !errors.Is(err, NotSaved) || !errors.Is(err, journal.ErrFull) || ticket != (Ticket{}) {
				t.Errorf("room for %d: %+v, %v", room, ticket, err)
			}
			disk.room.Store(99)
			time.Sleep(2 * lookEvery)
			rested()
			issue(t, u, creer)
			rested()
			if got := h.kinds(); got != want {
				t.Errorf("room for %d: the hub has %q, want %q", room, got, want)
			}
			h.odds()
		})
	}
}

func TestABrokenJournalIsOpenedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		h.meet()
		u.store.replace(&fullDisk{record: u.store.journal, err: journal.ErrBroken})
		if _, err := u.Issue(t.Context(), creer); !errors.Is(err, NotSaved) {
			t.Errorf("err = %v", err)
		}
		if got := issue(t, u, creer); got.Label != "C 001" {
			t.Errorf("ticket %+v", got)
		}
		h.odds()
	})
}
