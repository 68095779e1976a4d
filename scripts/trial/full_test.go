package trial_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"accueil/internal/wire"
)

// TestFullDisk of the hub: visitors get their kiosk's own labels, and the hub
// gets the tickets once there is room.
func TestFullDisk(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can make a small disk")
	}
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("no small disk here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(disk, syscall.MNT_DETACH) })
	h := newHub(t, "--data", disk)
	h.dir = disk
	k := terminal(t, h, wire.RoleKiosk, "k1", t.TempDir())
	all := meet(t, k)
	fill := filepath.Join(disk, "fill")
	_ = os.WriteFile(fill, make([]byte, 1<<20), 0o600) // as much as there is room for
	own := false
	for range 400 { // pages that the journal had to spare are used up first
		ticket, err := k.Issue(t.Context(), creer(""))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, handed{ticket.ID, ticket.Label})
		if own = ticket.Own; own {
			break
		}
	}
	if !own {
		t.Error("the disk was never full")
	}
	await(t, "the log says that nothing is saved", func() bool { return strings.Contains(h.said(), "saved") })
	if err := os.Remove(fill); err != nil {
		t.Fatal(err)
	}
	await(t, "the hub has everything", sent(k))
	all = append(all, meet(t, k)...)
	await(t, "the hub has everything", sent(k))
	h.stop()
	h.books().hold(t, all)
	h.verify()
	t.Logf("%d tickets; the hub said:\n%s", len(all), h.said())
}
