package centre_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/queue"
	"accueil/scripts/centre"
)

// holds wants every paper in the books under its label.
func holds(t *testing.T, c *centre.Centre, papers []queue.Label) {
	t.Helper()
	look(t, c, func(d *queue.Day) {
		for i, label := range papers {
			if found := d.ByLabel(label); found == nil || found.Printed != label {
				t.Errorf("paper %d, %s: the hub has %+v", i, label, found)
			}
		}
		if n := len(d.Tickets()); n != len(papers) || len(d.Odds()) != 0 {
			t.Errorf("%d tickets for %d papers, odd %v", n, len(papers), d.Odds())
		}
	})
}

// TestAHubSetBackBehindItsBack puts an older copy of the journal in its place;
// the kiosks tell the hub, and it asks them for what it lacks.
func TestAHubSetBackBehindItsBack(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		shift := time.Until(tuesday)
		c, err := centre.Start(centre.Options{Dir: dir, Now: func() time.Time { return time.Now().Add(shift) }})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		one, two := kiosk(t, c, "one"), kiosk(t, c, "two")
		papers := []queue.Label{issue(t, c, one, "creer").Label}
		time.Sleep(time.Second)
		var copied bytes.Buffer
		if _, err := c.Journal().Backup(&copied); err != nil {
			t.Fatal(err)
		}
		papers = append(papers, issue(t, c, one, "creer").Label, issue(t, c, two, "creer").Label)
		time.Sleep(time.Second)
		name := c.Journal().ID()
		c.CloseHub()
		if err := os.WriteFile(filepath.Join(dir, "hub.journal"), copied.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := c.OpenHub(); err != nil {
			t.Fatal(err)
		}
		until(t, "both are back", func() bool { return one.Hub() && two.Hub() })
		time.Sleep(5 * time.Second)
		if c.Journal().ID() == name {
			t.Error("nobody has told the hub that it was set back")
		}
		papers = append(papers, issue(t, c, two, "creer").Label, issue(t, c, one, "creer").Label)
		if last := papers[len(papers)-1]; last.Number() < 1000 {
			t.Errorf("numbers go on with %s", last)
		}
		time.Sleep(time.Second)
		holds(t, c, papers)
	})
}

// TestAKioskWithANewDisk begins anew under its old name: what it handed over by
// itself before, and never sent, bears labels that nobody gets again.
func TestAKioskWithANewDisk(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		shift := time.Until(tuesday)
		c, err := centre.Start(centre.Options{Dir: dir, Now: func() time.Time { return time.Now().Add(shift) }})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		u := kiosk(t, c, "one")
		papers := []queue.Label{issue(t, c, u, "creer").Label}
		time.Sleep(time.Second)
		c.CloseHub()
		lost := []queue.Label{issue(t, c, u, "creer").Label, issue(t, c, u, "creer").Label}
		if !lost[0].Own() || !lost[1].Own() || lost[0] == lost[1] {
			t.Fatalf("labels without a hub: %v", lost)
		}
		if err := u.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(filepath.Join(dir, "one")); err != nil {
			t.Fatal(err)
		}
		if err := c.OpenHub(); err != nil {
			t.Fatal(err)
		}
		again := kiosk(t, c, "one")
		papers = append(papers, issue(t, c, again, "creer").Label)
		time.Sleep(time.Second)
		holds(t, c, papers)
		c.CloseHub()
		alone := issue(t, c, again, "creer").Label
		if !alone.Own() || alone == lost[0] || alone == lost[1] {
			t.Errorf("the new disk gives %s, the old one gave %v", alone, lost)
		}
		if err := c.OpenHub(); err != nil {
			t.Fatal(err)
		}
		until(t, "all is sent", func() bool { return again.Hub() && again.Unsent() == 0 })
		holds(t, c, append(papers, alone))
	})
}
