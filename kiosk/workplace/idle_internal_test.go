package workplace

import (
	"bufio"
	"context"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestUntouchedDisplay watches a real display until nobody has touched it for a
// while, and then until somebody has.
func TestUntouchedDisplay(t *testing.T) {
	for _, tool := range []string{"Xvfb", "xdotool"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("no %s: install the Debian packages xvfb and xdotool", tool)
		}
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "640x480x24", "-nolisten", "tcp")
	x.ExtraFiles = []*os.File{w}
	if err := x.Start(); err != nil {
		t.Skip(err)
	}
	defer func() { _ = x.Process.Kill(); _ = x.Wait() }()
	w.Close()
	number, err := bufio.NewReader(r).ReadString('\n')
	r.Close()
	if err != nil {
		t.Skipf("no display: %v", err)
	}
	t.Setenv("DISPLAY", ":"+strings.TrimSpace(number))
	t.Setenv("WAYLAND_DISPLAY", "")

	place := &Workplace{opt: Options{Log: slog.New(slog.DiscardHandler)}, look: 10 * time.Millisecond}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); place.Watch(ctx) }()
	defer func() { stop(); <-ended }()
	wait := func(what string, is func(idle time.Duration) bool) {
		t.Helper()
		for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
			if idle, known := place.Untouched(); known && is(idle) {
				return
			}
			if time.Now().After(deadline) {
				t.Fatal("never: " + what)
			}
		}
	}
	const much = 1500 * time.Millisecond
	wait("untouched for a while", func(idle time.Duration) bool { return idle > much })
	if err := exec.Command("xdotool", "mousemove", "100", "100").Run(); err != nil {
		t.Skip(err)
	}
	wait("touched", func(idle time.Duration) bool { return idle < much })
}

func TestNoDisplayIsUnknown(t *testing.T) {
	t.Setenv("DISPLAY", "")
	place := &Workplace{}
	place.Watch(t.Context())
	if _, known := place.Untouched(); known {
		t.Error("something is known of no display")
	}
}
