package workplace_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"accueil/kiosk/workplace"
)

const runEnv = "ACCUEIL_WORK_RUNNER"

// TestMain is also the runner, as `kiosk work` is.
func TestMain(m *testing.M) {
	if len(os.Args) > 4 && os.Args[1] == runEnv {
		if err := workplace.Run(os.Args[2], os.Args[4:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

func place(t *testing.T, dir string, allowed ...string) *workplace.Workplace {
	t.Helper()
	w, err := workplace.New(workplace.Options{Allowed: allowed, Dir: dir, Runner: []string{os.Args[0], runEnv}})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// run starts a shell with a script, and waits until it has said it is ready in
// the file "ready" of dir.
func run(t *testing.T, dir, script string) *workplace.Session {
	t.Helper()
	s, err := place(t, dir, "sh").Start([]string{"sh", "-c", script + "\necho >" + dir + "/ready; while :; do sleep 0.05; done"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.End(); <-s.Done() })
	await(t, "the program is ready", func() bool { _, err := os.Stat(filepath.Join(dir, "ready")); return err == nil })
	return s
}

func await(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("never: " + what)
		}
	}
}

// pid reads one that a script has written.
func pid(t *testing.T, path string) int {
	t.Helper()
	var n int
	await(t, path, func() bool {
		text, _ := os.ReadFile(path)
		_, err := fmt.Sscan(string(text), &n)
		return err == nil
	})
	return n
}

func alive(pid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err == nil && !strings.Contains(string(text), ") Z ")
}

func homes(dir string) []string {
	found, _ := filepath.Glob(filepath.Join(dir, "work-*"))
	return found
}

// TestNothingIsLeft: children in the background, one that left its session, an
// orphan of a dead parent, and one that does not listen to SIGTERM.
func TestNothingIsLeft(t *testing.T) {
	dir := t.TempDir()
	s := run(t, dir, `
echo secret >$HOME/cv.odt; mkdir -p $XDG_CONFIG_HOME/p; chmod 0 $XDG_CONFIG_HOME/p
sleep 1000 & echo $! >`+dir+`/child
setsid sh -c 'echo $$ >`+dir+`/escaped; exec sleep 1000' &
(setsid sh -c 'echo $$ >`+dir+`/orphan; exec sleep 1000' & )
setsid sh -c 'trap "" TERM HUP INT; echo $$ >`+dir+`/deaf; while :; do sleep 0.1; done' &
`)
	if len(homes(dir)) != 1 {
		t.Fatalf("homes: %v", homes(dir))
	}
	var pids []int
	for _, name := range []string{"child", "escaped", "orphan", "deaf"} {
		pids = append(pids, pid(t, filepath.Join(dir, name)))
	}
	s.End()
	<-s.Done()
	for _, p := range pids {
		if alive(p) {
			t.Errorf("process %d of %v is alive", p, pids)
		}
	}
	if left := homes(dir); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	if err := s.Err(); err != nil {
		t.Errorf("ended with %v", err)
	}
}

func TestProgramThatEndsTakesItsChildrenAlong(t *testing.T) {
	dir := t.TempDir()
	s, err := place(t, dir, "sh").Start([]string{"sh", "-c", "setsid sleep 1000 & echo $! >" + dir + "/child"})
	if err != nil {
		t.Fatal(err)
	}
	<-s.Done()
	if p := pid(t, filepath.Join(dir, "child")); alive(p) || len(homes(dir)) > 0 {
		t.Errorf("process %d is alive: %v; homes %v", p, alive(p), homes(dir))
	}
	if s.Err() != nil {
		t.Errorf("ended with %v", s.Err())
	}
}

func TestProgramThatMultiplies(t *testing.T) {
	dir := t.TempDir()
	s := run(t, dir, `f() { trap "" TERM; for i in 1 2 3; do (setsid sh -c 'trap "" TERM; while :; do sleep 0.01 & wait; done' &) ; done; }; f`)
	s.End()
	<-s.Done()
	lines, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, path := range lines {
		if env, err := os.ReadFile(path); err == nil && strings.Contains(string(env), "HOME="+dir) {
			t.Errorf("%s is alive", path)
		}
	}
}

// TestRunnerIsStopped as the kernel does when the kiosk has died: its visitor's program does not outlive it.
func TestRunnerIsStopped(t *testing.T) {
	dir := t.TempDir()
	s, err := place(t, dir, "sh").Start([]string{"sh", "-c", "echo $PPID >" + dir + "/runner; exec sleep 1000"})
	if err != nil {
		t.Fatal(err)
	}
	runner := pid(t, filepath.Join(dir, "runner"))
	if err := syscall.Kill(runner, syscall.SIGTERM); err != nil { // what the kernel sends when the kiosk is gone
		t.Fatal(err)
	}
	<-s.Done()
	if len(homes(dir)) > 0 {
		t.Errorf("homes %v", homes(dir))
	}
}

func TestOnlyWhatIsAllowed(t *testing.T) {
	w := place(t, t.TempDir(), "sh", "no-such-program")
	for _, command := range [][]string{{"env"}, {"/bin/sh"}, {"no-such-program"}, {}, nil} {
		if w.Allows(command) {
			t.Errorf("%q is allowed", command)
		}
		if _, err := w.Start(command); !errors.Is(err, workplace.ErrNotAllowed) {
			t.Errorf("%q: %v", command, err)
		}
	}
}

func TestEnvironmentIsClean(t *testing.T) {
	t.Setenv("ACCUEIL_SECRET", "x")
	dir := t.TempDir()
	s, err := place(t, dir, "sh").Start([]string{"sh", "-c", "env >" + dir + "/env; test -t 0 || exit 7"})
	if err != nil {
		t.Fatal(err)
	}
	<-s.Done()
	env, _ := os.ReadFile(filepath.Join(dir, "env"))
	if strings.Contains(string(env), "ACCUEIL_SECRET") || !strings.Contains(string(env), "HOME="+dir+"/work-") {
		t.Errorf("environment:\n%s", env)
	}
	if s.Err() == nil {
		t.Error("a program that failed did not")
	}
}

func TestHomesOfAPowerCutAreWiped(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "work-123", "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	place(t, dir)
	if len(homes(dir)) > 0 {
		t.Error("somebody's home is still there")
	}
}
