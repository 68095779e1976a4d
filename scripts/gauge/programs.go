package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"accueil/config"
	"accueil/internal/figures"
	"accueil/internal/journal"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"

	"github.com/creack/pty"
)

// program is a hub or kiosk process.
type program struct {
	cmd   *exec.Cmd
	said  string // its first line
	ended chan struct{}
}

func (p *program) stop() {
	p.cmd.Process.Signal(os.Interrupt)
	p.cmd.Process.Kill()
	<-p.ended
}

// startHub starts a real hub process on a data folder.
func (g gauge) startHub(data string, more ...string) (*program, string, error) {
	return g.startHubAt(data, "tcp://127.0.0.1:0", more...)
}

// startHubAt starts it with its broker at an address.
func (g gauge) startHubAt(data, url string, more ...string) (*program, string, error) {
	args := append([]string{"serve", "--data", data, "--mqtt", strings.TrimPrefix(url, "tcp://"), "--http", "127.0.0.1:0",
		"--clock", "2026-11-24T10:30"}, more...) // within opening hours
	cmd := exec.Command(filepath.Join(g.Bin, "hub"), args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, "", err
	}
	if err := cmd.Start(); err != nil {
		return nil, "", err
	}
	p := &program{cmd: cmd, ended: make(chan struct{})}
	said, err := bufio.NewReader(out).ReadString('\n')
	p.said = said
	go func() { cmd.Wait(); close(p.ended) }()
	found := regexp.MustCompile(`tcp://[0-9.:]+`).FindString(said)
	if err != nil || found == "" {
		p.stop()
		return nil, "", fmt.Errorf("the hub did not start: %s", said)
	}
	return p, found, nil
}

// screen is a kiosk in a pseudo-terminal.
type screen struct {
	program
	file   *os.File
	frames chan []byte
}

func (g gauge) startKiosk(url, data string) (*screen, error) {
	cmd := exec.Command(filepath.Join(g.Bin, "kiosk"), "visitor", "--hub", url, "--name", "bench", "--data", data)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor")
	file, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 30, Cols: 100})
	if err != nil {
		return nil, err
	}
	s := &screen{program: program{cmd: cmd, ended: make(chan struct{})}, file: file, frames: make(chan []byte, 64)}
	go func() { cmd.Wait(); close(s.ended) }()
	go s.read()
	return s, nil
}

// read splits what the kiosk writes at the ends of its synchronised frames.
func (s *screen) read() {
	defer close(s.frames)
	end := []byte("\x1b[?2026l")
	var kept []byte
	buffer := make([]byte, 64<<10)
	for {
		n, err := s.file.Read(buffer)
		kept = append(kept, buffer[:n]...)
		for {
			frame, rest, whole := bytes.Cut(kept, end)
			if !whole {
				break
			}
			s.frames <- bytes.Clone(frame)
			kept = rest
		}
		if err != nil {
			return
		}
	}
}

var (
	errNoFrame = errors.New("the kiosk draws nothing")
	errEnded   = errors.New("the kiosk has ended")
)

// until gives the next frame that shows something: longer than the cursor's moves.
func (s *screen) until(is func(frame []byte) bool) error {
	deadline := time.After(10 * time.Second)
	for {
		select {
		case frame, open := <-s.frames:
			if !open {
				return errEnded
			}
			if is(frame) {
				return nil
			}
		case <-deadline:
			return errNoFrame
		}
	}
}

func (s *screen) stop() { s.program.stop(); s.file.Close() }

func painted(frame []byte) bool { return len(frame) > 200 }

// changed tells a frame in which anything was drawn from the cursor's moves.
func changed(frame []byte) bool { return len(frame) > 30 }

// terminal is how fast a kiosk is there and how fast it answers a key.
func (g gauge) terminal(dir string) ([]row, error) {
	hub, url, err := g.startHub(filepath.Join(dir, "hub"))
	if err != nil {
		return nil, err
	}
	defer hub.stop()
	data := filepath.Join(dir, "kiosk")
	if err := g.warm(url, data); err != nil {
		return nil, err
	}
	starts, err := timed(g.samples(20), func(int) error { return g.startOnce(url, data, nil) })
	if err != nil {
		return nil, err
	}
	var answers []time.Duration
	err = g.startOnce(url, data, func(s *screen) (err error) {
		answers, err = g.answers(s)
		return err
	})
	if err != nil {
		return nil, err
	}
	nothing, err := timed(g.samples(20), func(int) error { return exec.Command("true").Run() })
	if err != nil {
		return nil, err
	}
	start, floor := quantile(starts, 0.5), quantile(nothing, 0.5)
	frame := quantile(answers, 0.99)
	return []row{
		{
			Name: "kiosk process start to questions on a pty, median", Measured: start, Unit: "ms", Beside: "ms to run true",
			Floor: floor, Ratio: start / floor, Bound: "≤ 150 ms", OK: start <= 150, Note: "content kept from before; a key passes the first screen",
		},
		{
			Name: "input to frame at 100×30 on a pty, p99", Measured: frame, Unit: "ms", Bound: "≤ 16 ms", OK: frame <= 16,
			Note: fmt.Sprintf("p50 %.2f ms", quantile(answers, 0.5)),
		},
	}, nil
}

// warm lets a kiosk fetch the content once.
func (g gauge) warm(url, data string) error {
	s, err := g.startKiosk(url, data)
	if err != nil {
		return err
	}
	defer s.stop()
	return wait(func() bool {
		_, err := os.Stat(filepath.Join(data, "content.gz"))
		return err == nil
	})
}

// startOnce runs a kiosk from its start to the questions.
func (g gauge) startOnce(url, data string, then func(*screen) error) error {
	s, err := g.startKiosk(url, data)
	if err != nil {
		return err
	}
	defer s.stop()
	if err := s.until(painted); err != nil {
		return fmt.Errorf("first screen: %w", err)
	}
	if _, err := s.file.WriteString("1"); err != nil {
		return err
	}
	if err := s.until(painted); err != nil {
		return fmt.Errorf("questions: %w", err)
	}
	if then == nil {
		return nil
	}
	return then(s)
}

// answers moves the focus and waits for each frame.
func (g gauge) answers(s *screen) ([]time.Duration, error) {
	if err := wait(func() bool { return len(s.frames) == 0 }); err != nil {
		return nil, err
	}
	if _, err := s.file.WriteString("\t"); err != nil { // the first choice
		return nil, err
	}
	if err := s.until(changed); err != nil {
		return nil, err
	}
	return timed(g.samples(500), func(i int) error {
		for len(s.frames) > 0 {
			<-s.frames
		}
		key := "\x1b[C" // the focus goes right and left, so that no key is held
		if i%2 == 1 {
			key = "\x1b[D"
		}
		if _, err := s.file.WriteString(key); err != nil {
			return err
		}
		return s.until(changed)
	})
}

// sizes is the memory of the programs themselves, pages of files left out.
func (g gauge) sizes(dir string) ([]row, error) {
	data := filepath.Join(dir, "hub")
	if err := g.simulate(data); err != nil {
		return nil, err
	}
	hub, url, err := g.startHub(data)
	if err != nil {
		return nil, err
	}
	defer hub.stop()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	for i := range kiosks {
		u, err := uplink.Open(uplink.Options{
			Site: "villette", Role: wire.RoleKiosk, Name: fmt.Sprint("pc-", i), Dir: filepath.Join(dir, fmt.Sprint("pc-", i)), URL: url,
			Log: slog.New(slog.DiscardHandler),
		})
		if err != nil {
			return nil, err
		}
		defer u.Close()
		go u.Run(ctx)
		if err := wait(func() bool { _, v := u.Content(); return v != "" && u.Hub() }); err != nil {
			return nil, fmt.Errorf("a kiosk does not meet its hub: %w", err)
		}
	}
	s, err := g.startKiosk(url, filepath.Join(dir, "kiosk"))
	if err != nil {
		return nil, err
	}
	defer s.stop()
	if err := s.until(painted); err != nil {
		return nil, err
	}
	hubSize, err := anonymous(hub.cmd.Process.Pid)
	if err != nil {
		return nil, err
	}
	kioskSize, err := anonymous(s.cmd.Process.Pid)
	if err != nil {
		return nil, err
	}
	return []row{
		{Name: "hub RssAnon, 41 kiosks, a year of journal", Measured: hubSize, Unit: "MB", Bound: "≤ 60 MB", OK: hubSize <= 60},
		{Name: "kiosk RssAnon", Measured: kioskSize, Unit: "MB", Bound: "≤ 45 MB", OK: kioskSize <= 45},
	}, nil
}

// anonymous is a process's RssAnon in megabytes.
func anonymous(pid int) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "RssAnon:"); ok {
			kb, err := strconv.Atoi(strings.Fields(rest)[0])
			return float64(kb) / 1024, err
		}
	}
	return 0, errors.New("the system does not say RssAnon")
}

func (g gauge) simulate(data string) error {
	out, err := exec.Command(filepath.Join(g.Bin, "hub"), "simulate", "--days", "365", "--seed", "1", "--data", data).CombinedOutput()
	if err != nil {
		return fmt.Errorf("hub simulate: %w: %s", err, out)
	}
	return nil
}

// year is the fold of a year, beside reading its facts and no more.
func (g gauge) year(dir string) ([]row, error) {
	if err := g.simulate(dir); err != nil {
		return nil, err
	}
	centre, problems := site.Load(config.FS)
	if len(problems) > 0 {
		return nil, problems[0]
	}
	j, err := journal.Open(filepath.Join(dir, "hub.journal"), journal.Options{Site: centre.Key, ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer j.Close()
	days, err := j.Days()
	if err != nil {
		return nil, err
	}
	zone, err := centre.Location()
	if err != nil {
		return nil, err
	}
	facts := 0
	reads, err := timed(g.samples(5), func(int) error {
		facts = 0
		for _, d := range days {
			if err := j.Day(d, func(queue.Fact) error { facts++; return nil }); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	folds, err := timed(g.samples(5), func(int) error {
		_, err := figures.Read(j, days[0], days[len(days)-1], queue.Rules{Zone: zone})
		return err
	})
	if err != nil {
		return nil, err
	}
	fold, read := quantile(folds, 0.5), quantile(reads, 0.5)
	scaled := fold * 375_000 / float64(facts)
	return []row{{
		Name: "fold of a year of one centre, 375,000 facts", Measured: scaled, Unit: "ms", Beside: "ms to read the facts on one processor",
		Floor: read, Ratio: fold / read, Bound: "≤ 1000 ms", OK: scaled <= 1000, Note: fmt.Sprintf("%d facts in %.0f ms", facts, fold),
	}}, nil
}
