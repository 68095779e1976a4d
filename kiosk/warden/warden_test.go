package warden_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"accueil/kiosk/warden"
)

// actEnv tells the test binary, started by a warden, where to note its lives
// and what to do in each of them.
const actEnv = "ACCUEIL_WARDEN_ACTS"

func TestMain(m *testing.M) {
	if dir := os.Getenv(actEnv); dir != "" {
		os.Exit(act(dir))
	}
	os.Exit(m.Run())
}

// act is one life of a kept program: the n-th word of the file "acts".
func act(dir string) int {
	child := warden.Inside()
	lives, _ := os.ReadFile(filepath.Join(dir, "lives"))
	n := strings.Count(string(lives), "\n")
	f, err := os.OpenFile(filepath.Join(dir, "lives"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return 9
	}
	fmt.Fprintf(f, "%q\n", child.Memory())
	f.Close()
	acts, _ := os.ReadFile(filepath.Join(dir, "acts"))
	what := strings.Fields(string(acts))[n]
	if what == "mistake" {
		child.Fail(errors.New("no such hub"))
		return 1
	}
	child.Beat()
	switch what {
	case "panic":
		child.Keep([]byte("C 042"))
		panic("boum")
	case "forget":
		child.Keep(nil)
		return 1
	case "again":
		return warden.StatusAgain
	case "leave":
		return warden.StatusLeave
	case "hang":
		time.Sleep(time.Hour)
	case "stay":
		for range time.Tick(50 * time.Millisecond) {
			child.Beat()
		}
	}
	return 0
}

// kept runs a warden over lives and returns what each was handed, and the end.
func kept(t *testing.T, ctx context.Context, acts string, change ...func(*warden.Options)) (lives []string, err error) {
	t.Helper()
	t.Cleanup(func() { goleak.VerifyNone(t) })
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "acts"), []byte(acts), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv(actEnv, dir)
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	o := warden.Options{Program: os.Args[0], Stderr: log, Pause: time.Millisecond}
	for _, c := range change {
		c(&o)
	}
	err = warden.Keep(ctx, o)
	said, _ := os.ReadFile(filepath.Join(dir, "lives"))
	if t.Failed() || testing.Verbose() {
		words, _ := os.ReadFile(log.Name())
		t.Logf("%.2000s", words)
	}
	return strings.Split(strings.TrimSuffix(string(said), "\n"), "\n"), err
}

// TestPanicIsFollowedByAnotherLife which knows what the first wanted kept,
// until it says otherwise.
func TestPanicIsFollowedByAnotherLife(t *testing.T) {
	lives, err := kept(t, t.Context(), "panic panic forget again quit")
	if got := strings.Join(lives, " "); err != nil || got != `"" "C 042" "C 042" "" ""` {
		t.Errorf("lives %s, %v", got, err)
	}
}

func TestFirstMistakeIsForAPerson(t *testing.T) {
	lives, err := kept(t, t.Context(), "mistake")
	if len(lives) != 1 || err == nil || err.Error() != "no such hub" {
		t.Errorf("%d lives, %v", len(lives), err)
	}
}

// TestLaterMistakeIsNotTheEnd: a kiosk that ran yesterday is not to stay dark.
func TestLaterMistakeIsNotTheEnd(t *testing.T) {
	lives, err := kept(t, t.Context(), "panic mistake mistake quit")
	if len(lives) != 4 || err != nil {
		t.Errorf("%d lives, %v", len(lives), err)
	}
}

func TestStaffMayLeave(t *testing.T) {
	if _, err := kept(t, t.Context(), "again leave"); !errors.Is(err, warden.ErrLeft) {
		t.Errorf("ended with %v", err)
	}
}

// TestHangingIsNoticed leaves a slow machine time to start the next life.
func TestHangingIsNoticed(t *testing.T) {
	lives, err := kept(t, t.Context(), "hang quit", func(o *warden.Options) { o.Hang = 4 * time.Second })
	if len(lives) != 2 || err != nil {
		t.Errorf("%d lives, %v", len(lives), err)
	}
}

func TestStopEndsTheChild(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	lives, err := kept(t, ctx, "stay", func(o *warden.Options) { o.Ready = stop })
	if len(lives) != 1 || err != nil {
		t.Errorf("%d lives, %v", len(lives), err)
	}
}

// TestNightlyRestart at the time that is three tenths of a second away.
func TestNightlyRestart(t *testing.T) {
	midnight := time.Duration(0)
	almost := time.Date(2026, 11, 24, 23, 59, 59, 700_000_000, time.Local)
	began := time.Now()
	now := func() time.Time { return almost.Add(time.Since(began)) }
	lives, err := kept(t, t.Context(), "stay quit", func(o *warden.Options) { o.Restart, o.Now = &midnight, now })
	if len(lives) != 2 || err != nil {
		t.Errorf("%d lives, %v", len(lives), err)
	}
}
