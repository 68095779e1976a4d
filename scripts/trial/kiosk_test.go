package trial_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
)

func french(t testing.TB) phrases.Speaker {
	t.Helper()
	book, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	return book.In("fr")
}

// take goes from the first screen to what comes of taking a ticket, for
// somebody who does not know where to begin with a business of their own.
func (c *console) take(say phrases.Speaker, texts ...string) {
	c.t.Helper()
	c.see("Français", "English")
	c.step("1", say.Say("visitor.questions-title"))
	c.step("4", say.Say("visitor.general"))
	c.step("1", say.Say("visitor.take"))
	c.step("1", texts...)
}

var anyLabel = regexp.MustCompile(`\bC \d{3}\b`)

// waiting wants these many to wait for creer, in the view of somebody who asks anew.
func (h *hub) waiting(t testing.TB, name string, want int) {
	t.Helper()
	w := terminal(t, h, wire.RoleCoordinator, name, "")
	got := -1
	defer func() {
		if t.Failed() {
			t.Logf("%d wait, want %d", got, want)
		}
	}()
	await(t, "the right number of people wait", func() bool {
		v, ok := w.Service("creer")
		if ok {
			got = v.Waiting
		}
		return ok && got == want
	})
}

// TestTinyTerminal shrinks a kiosk to 20×5 in the middle of a visit, presses
// keys on what can no longer be read, and goes on where it was.
func TestTinyTerminal(t *testing.T) {
	say := french(t)
	h := newHub(t, "--clock", tuesday)
	c := h.kiosk(t, "visitor", "tiny", t.TempDir())
	c.see("Français", "English")
	c.step("1", say.Say("visitor.questions-title"))
	c.resize(20, 5)
	c.see("Fenêtre trop petite", "80 × 22")
	c.press("4\r\t \x1b[<0;3;3M\x1b[<0;3;3m")
	// The last size is a new one, so that it is drawn even if the kiosk came too
	// late to see the others.
	for _, size := range [][2]int{{1, 1}, {3, 50}, {300, 2}, {24, 6}} {
		c.resize(size[0], size[1])
	}
	c.see("Fenêtre trop petite")
	c.resize(100, 30)
	c.see(say.Say("visitor.questions-title"))
	c.step("4", say.Say("visitor.general"))
	c.step("1", say.Say("visitor.take"))
	c.step("1", say.Say("visitor.your-ticket"))
	h.waiting(t, "witness", 1)
	c.Signal(syscall.SIGTERM)
	if status := c.exited(); status != 0 || !c.restored() {
		t.Errorf("status %d, terminal restored: %v", status, c.restored())
	}
}

// TestSecondKioskSaysWhatToDo and leaves the terminal as it found it.
func TestSecondKioskSaysWhatToDo(t *testing.T) {
	h := newHub(t, "--clock", tuesday)
	dir := t.TempDir()
	first := h.kiosk(t, "visitor", "k", dir)
	first.see("Français")
	second := h.kiosk(t, "visitor", "k", dir)
	if status := second.exited(); status != 1 || !second.restored() {
		t.Errorf("status %d, terminal restored: %v", status, second.restored())
	}
	if said := second.Written(); !strings.Contains(said, "another kiosk uses the folder "+dir) || !strings.Contains(said, "give this one its own with --data") {
		t.Errorf("it says %q", said)
	}
	first.step("1", french(t).Say("visitor.questions-title")) // it does not mind
}

// smallDisk mounts a disk of so many KiB.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root can make a small disk")
	}
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("no small disk here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(disk, syscall.MNT_DETACH) })
	return disk
}

// fill leaves no room on a disk and gives the way to make some.
func fill(t *testing.T, disk string) (free func()) {
	t.Helper()
	ballast := filepath.Join(disk, "ballast")
	f, err := os.Create(ballast)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 4096); err == nil; {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	return func() {
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFullDiskOfAKiosk: no ticket is handed over, the visitor reads a sentence
// and what to do, and the same press works when there is room.
func TestFullDiskOfAKiosk(t *testing.T) {
	disk := smallDisk(t, "1m")
	say := french(t)
	h := newHub(t, "--clock", tuesday)
	before := terminal(t, h, wire.RoleKiosk, "full", disk)
	all := meet(t, before)
	free := fill(t, disk)
	for n, inARow := 0, 0; inARow < 8; n++ { // pages that the journal had to spare are used up first
		ticket, err := before.Issue(t.Context(), creer(""))
		switch {
		case errors.Is(err, uplink.NotSaved):
			inARow++
		case err != nil || n > 400:
			t.Fatalf("ticket %d: %v; the disk was never full", n, err)
		default:
			all, inARow = append(all, handed{ticket.ID, ticket.Label}), 0
		}
	}
	await(t, "the hub has everything that could be saved", sent(before))
	if err := before.Close(); err != nil {
		t.Fatal(err)
	}

	c := h.kiosk(t, "visitor", "full", disk) // started on a disk that is full
	c.take(say, say.Say("visitor.trouble-not-saved"), say.Say("visitor.trouble-text-not-saved"), say.Say("visitor.retry"))
	if shown := anyLabel.FindString(c.Screen()); shown != "" {
		t.Errorf("a label stands on the screen: %s", shown)
	}
	free()
	c.step("1", say.Say("visitor.your-ticket"))
	h.waiting(t, "witness", len(all)+1)
	c.Signal(syscall.SIGTERM)
	c.exited()
	h.stop()
	books := h.books()
	books.hold(t, all)
	for id, ticket := range books.byID {
		if ticket.Printed == "" && ticket.Now().State != queue.Void {
			t.Errorf("%s was never handed over and is %v", id, ticket.Now().State)
		}
	}
	h.verify()
	t.Logf("%d tickets before the disk was full; %d in the books", len(all), len(books.byID))
}

// TestFullDiskOfTheHub: an adviser is told that nothing could be saved, nothing
// is called, and the visitor keeps a valid ticket of the kiosk's own series.
func TestFullDiskOfTheHub(t *testing.T) {
	disk := smallDisk(t, "1m")
	say := french(t)
	h := newHub(t, "--data", disk, "--clock", tuesday)
	h.dir = disk
	c := h.kiosk(t, "visitor", "k", t.TempDir())
	c.see("Français")
	desk := terminal(t, h, wire.RoleAdviser, "a", "")
	await(t, "the adviser is connected", desk.Hub)
	free := fill(t, disk)
	// After a commit that found no room the pages of the one before it are free,
	// so only many refusals in a row say that nothing fits any more.
	refused := queue.Refusal("refused.not-saved")
	var err error
	for n, inARow := 0, 0; inARow < 8; n++ {
		_, err = desk.Ask(t.Context(), queue.Ask{Do: queue.DoOpenDesk, Desk: "bureau-5", Services: []string{"creer"}})
		switch {
		case errors.Is(err, refused):
			inARow++
		case n > 2000:
			t.Fatal("the disk was never full")
		default: // carried out, or no answer yet from a busy machine
			inARow = 0
		}
	}
	c.take(say, say.Say("visitor.your-ticket"), say.Say("visitor.own-label"))
	if _, err := desk.Ask(t.Context(), queue.Ask{Do: queue.DoCall, Desk: "bureau-5"}); err == nil {
		t.Error("somebody was called, and nothing was saved")
	}
	if status, body := h.get("/healthz"); status != 503 || !strings.Contains(body, "disk") {
		t.Errorf("with a full disk /healthz says %d %s", status, body)
	}
	free()
	await(t, "the desk is open", func() bool {
		_, err := desk.Ask(t.Context(), queue.Ask{Do: queue.DoOpenDesk, Desk: "bureau-5", Services: []string{"creer"}})
		return err == nil
	})
	var called wire.Reply
	await(t, "the visitor is called", func() bool {
		called, err = desk.Ask(t.Context(), queue.Ask{Do: queue.DoCall, Desk: "bureau-5"})
		return err == nil
	})
	if status, body := h.get("/healthz"); status != 200 {
		t.Errorf("with room again /healthz says %d %s", status, body)
	}
	page := ""
	await(t, "the address is on the screen", func() bool {
		page = regexp.MustCompile(`/T/[0-9A-Z]{8}\b`).FindString(c.Screen())
		return page != ""
	})
	if _, body := h.get(page); !called.Ticket.Label.Own() || !strings.Contains(body, ">"+string(called.Ticket.Label)+"<") {
		t.Errorf("called %s; the page on the visitor's screen, %s, shows %s", called.Ticket.Label, page, body)
	}
	h.stop()
	h.verify()
	if said := h.said(); strings.Count(said, "could not be saved") > 10 {
		t.Errorf("the log is flooded:\n%.3000s", said)
	}
}
