package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// company is the programs on stage. Whatever happens, dismiss ends them all.
type company struct {
	bin, dir string
	broker   string // URL
	pages    string // URL
	members  []*member
}

// member is one program in the background.
type member struct {
	name  string
	cmd   *exec.Cmd
	log   string
	ended chan struct{}
}

func (c *company) folder(name string) string { return filepath.Join(c.dir, name) }

func (c *company) command(program string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.bin, program), args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: terminate}
	return cmd
}

// start runs a program in the background, its words in a file of its own.
func (c *company) start(program string, args ...string) error {
	_, err := c.launch(c.command(program, args...), program, nil)
	return err
}

func (c *company) launch(cmd *exec.Cmd, name string, out io.Writer) (*member, error) {
	log, err := os.Create(c.folder(name + ".log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	// Not in the group of this terminal: its Ctrl-C is for the stage, which
	// then dismisses everybody in order.
	cmd.SysProcAttr.Setpgid = true
	cmd.Stdout, cmd.Stderr = out, log
	if out == nil {
		cmd.Stdout = log
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	m := &member{name: name, cmd: cmd, log: log.Name(), ended: make(chan struct{})}
	go func() { cmd.Wait(); close(m.ended) }()
	c.members = append(c.members, m)
	return m, nil
}

// startHub starts a hub on free ports, the usual ones when they are free, and
// reads from its first line where it is.
func (c *company) startHub(ctx context.Context, s stage) error {
	args := []string{"serve", "--data", c.folder("hub"), "--clock", s.Clock, "--speed", fmt.Sprint(s.Speed)}
	if s.Broker != "" {
		args = append(args, "--broker", s.Broker)
	}
	usual := append(args, "--mqtt", "127.0.0.1:1883", "--http", "127.0.0.1:8080")
	if err := c.tryHub(ctx, usual); err == nil || ctx.Err() != nil {
		return err
	}
	return c.tryHub(ctx, append(args, "--mqtt", "127.0.0.1:0", "--http", "127.0.0.1:0"))
}

func (c *company) tryHub(ctx context.Context, args []string) error {
	read, write := io.Pipe()
	cmd := c.command("hub", args...)
	hub, err := c.launch(cmd, "hub", write)
	if err != nil {
		return err
	}
	go func() { <-hub.ended; write.Close() }()
	first := make(chan string, 1)
	go func() {
		lines := bufio.NewReader(read)
		line, _ := lines.ReadString('\n')
		first <- line
		io.Copy(io.Discard, lines)
	}()
	select {
	case line := <-first:
		return c.readHub(line, hub)
	case <-time.After(patience):
		return errors.New("the hub does not start")
	case <-ctx.Done():
		return ctx.Err()
	}
}

// pastDays are the days before the demo's: eight weeks and one day.
const pastDays = 57

// rehearse gives the hub that will start the weeks before a day, so that there is
// something usual to compare with.
func (c *company) rehearse(ctx context.Context, clock string) error {
	day, _, _ := strings.Cut(clock, "T")
	today, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return fmt.Errorf("the day of --clock %s: %w", clock, err)
	}
	past, err := c.launch(c.command("hub", "simulate", "--days", fmt.Sprint(pastDays),
		"--from", today.AddDate(0, 0, -pastDays).Format(time.DateOnly), "--data", c.folder("hub")), "past", nil)
	if err != nil {
		return err
	}
	select {
	case <-past.ended:
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(2 * patience):
		return errors.New("the weeks before take too long")
	}
	if !past.cmd.ProcessState.Success() {
		said, _ := os.ReadFile(past.log)
		return fmt.Errorf("the weeks before: %s", said)
	}
	return nil
}

// readHub finds the addresses in "hub VERSION: broker URL, pages URL, journal …".
func (c *company) readHub(line string, hub *member) error {
	fields := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == ',' })
	for i, f := range fields[:max(0, len(fields)-1)] {
		switch f {
		case "broker":
			c.broker = fields[i+1]
		case "pages":
			c.pages = fields[i+1]
		}
	}
	if c.broker == "" || c.pages == "" {
		said, _ := os.ReadFile(hub.log)
		return fmt.Errorf("the hub did not start: %s%s", line, said)
	}
	return nil
}

// foreground runs a program in this terminal until it ends or ctx does, and
// leaves the terminal as it was.
func (c *company) foreground(ctx context.Context, program string, args ...string) error {
	restore, err := keepTerminal()
	if err != nil {
		return err
	}
	defer restore()
	cmd := c.command(program, args...)
	log, err := os.Create(c.folder(program + ".log"))
	if err != nil {
		return err
	}
	defer log.Close()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, log
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start %s: %w", program, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err = <-ended:
	case <-ctx.Done():
		cmd.Process.Signal(terminate)
		select {
		case <-ended:
		case <-time.After(patience):
			cmd.Process.Kill()
			<-ended
		}
		return ctx.Err()
	}
	if err != nil {
		said, _ := os.ReadFile(log.Name())
		return fmt.Errorf("%s: %w\n%s", program, err, said)
	}
	return nil
}

// dismiss ends everybody, the last to come first.
func (c *company) dismiss() {
	for i := len(c.members) - 1; i >= 0; i-- {
		m := c.members[i]
		m.cmd.Process.Signal(terminate)
		select {
		case <-m.ended:
		case <-time.After(patience):
			m.cmd.Process.Kill()
			<-m.ended
		}
	}
	c.members = nil
}
