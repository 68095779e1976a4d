package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// idle is how busy a kiosk is that nobody touches, with a real hub and the
// site's time running as the clock does. It turns over several pictures.
func (g gauge) idle(dir string) ([]row, error) {
	hub, url, err := g.startHub(filepath.Join(dir, "hub"))
	if err != nil {
		return nil, err
	}
	defer hub.stop()
	data := filepath.Join(dir, "kiosk")
	if err := g.warm(url, data); err != nil {
		return nil, err
	}
	s, err := g.startKiosk(url, data)
	if err != nil {
		return nil, err
	}
	defer s.stop()
	if err := s.until(painted); err != nil {
		return nil, fmt.Errorf("attract screen: %w", err)
	}
	pictures, done := 0, time.After(time.Duration(g.samples(60))*time.Second)
	began := time.Now()
	before, err := worked(s.cmd.Process.Pid)
	if err != nil {
		return nil, err
	}
	for waiting := true; waiting; {
		select {
		case frame := <-s.frames:
			if painted(frame) {
				pictures++
			}
		case <-s.ended:
			return nil, errEnded
		case <-done:
			waiting = false
		}
	}
	after, err := worked(s.cmd.Process.Pid)
	if err != nil {
		return nil, err
	}
	share := 100 * float64(after-before) / float64(time.Since(began))
	return []row{{
		Name: "kiosk's share of one core, attract screen", Measured: share, Unit: "%", Bound: "≤ 0.5 %", OK: share <= 0.5,
		Note: fmt.Sprintf("%v, %d pictures", time.Since(began).Round(time.Second), pictures),
	}}, nil
}

// tick is the unit in which Linux tells a process's time, on every machine.
const tick = 10 * time.Millisecond

// worked is the time a process has had of a processor, its own and the system's
// for it.
func worked(pid int) (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(stat), ") ") // the name before may hold blanks
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, fmt.Errorf("the system does not say the time of process %d", pid)
	}
	var ticks int
	for _, field := range fields[11:13] { // utime and stime
		n, err := strconv.Atoi(field)
		if err != nil {
			return 0, fmt.Errorf("time of process %d: %w", pid, err)
		}
		ticks += n
	}
	return time.Duration(ticks) * tick, nil
}
