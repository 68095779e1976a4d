package trial_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"accueil/internal/wire"
)

// sleeper is a centre's program that anybody has, and that starts another in a
// session of its own.
const sleeper = `programs:
  - key: internet
    name: "Aller sur internet"
    what: "chercher, postuler"
    command: ["sh", "-c", "echo $$ >%[1]s/main; setsid sh -c 'echo $$ >%[1]s/escaped; exec sleep 1000' & touch $HOME/cv; wait"]
    minutes: 45
`

// desktop is the content that comes with the program, with that one program.
func desktop(t *testing.T, notes string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "config"))); err != nil {
		t.Fatal(err)
	}
	translations, _ := filepath.Glob(filepath.Join(dir, "languages", "*", "programs.yaml"))
	for _, file := range translations {
		if err := os.WriteFile(file, []byte("internet:\n  name: \"Internet\"\n  what: \"www\"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "programs.yaml"), fmt.Appendf(nil, sleeper, notes), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestWorkHere opens a program on a documentation PC, ends it with the visitor's
// key, and pulls the plug of a kiosk with one open: nothing is left of either.
func TestWorkHere(t *testing.T) {
	say := french(t)
	notes, dir := t.TempDir(), t.TempDir()
	t.Setenv("DISPLAY", ":0")
	h := newHub(t, "--clock", tuesday, "--config", desktop(t, notes))
	c := h.kiosk(t, "visitor", "pc-07", dir, "--allow", "sh")
	witness := terminal(t, h, wire.RoleCoordinator, "witness", "")
	free := func(want int) {
		t.Helper()
		await(t, fmt.Sprintf("%d computers are free", want), func() bool {
			v, ok := witness.Public()
			return ok && v.PCs != nil && v.PCs.Free == want && v.PCs.All == 1
		})
	}
	open := func() (pids []int) {
		t.Helper()
		c.see("Français", "English")
		pause(t.Context(), heldKey)
		c.step("1", say.Say("visitor.questions-title"))
		c.step("7", say.Say("visitor.themes-title"))
		c.step("8", say.Say("work.use"))
		c.step("1", say.Say("work.title"), "Aller sur internet")
		c.step("1", say.Say("work.end"))
		for _, name := range []string{"main", "escaped"} {
			var pid int
			await(t, "the program is there", func() bool {
				text, _ := os.ReadFile(filepath.Join(notes, name))
				_, err := fmt.Sscan(string(text), &pid)
				return err == nil
			})
			pids = append(pids, pid)
			_ = os.Remove(filepath.Join(notes, name))
		}
		return pids
	}
	gone := func(pids []int) {
		t.Helper()
		await(t, "nothing is left", func() bool {
			homes, _ := filepath.Glob(filepath.Join(dir, "homes", "work-*"))
			for _, pid := range pids {
				if state, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)); err == nil && !strings.Contains(string(state), ") Z ") {
					return false
				}
			}
			return len(homes) == 0
		})
	}

	free(1)
	pids := open()
	free(0)
	c.step("1", "Français", "English")
	gone(pids)
	free(1)

	pids = open()
	free(0)
	c.next(c.kill(syscall.SIGKILL))
	gone(pids)
	free(1)
	c.Signal(syscall.SIGTERM)
	c.exited()
}
