// Command stage sets up a rehearsal of a centre on this machine: a hub, a
// lively day around it and a kiosk in this terminal, or one checked visit.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
	"golang.org/x/term"
)

// terminate is the signal that asks a program to stop.
const terminate = syscall.SIGTERM

// patience is how long the stage waits for any one thing to happen.
const patience = 10 * time.Second

// stage is the command line.
type stage struct {
	Bin   string  `help:"Folder with the programs hub, kiosk and player." default:"bin" type:"existingdir"`
	Check bool    `help:"Run one visit through the real programs without a terminal, print its steps, exit 0 or 1."`
	Role  string  `help:"Role of the terminal that opens here." default:"visitor" enum:"visitor,reception,adviser,coordinator,board"`
	Clock string  `help:"Local site time at which the day begins." default:"2026-11-24T10:00"`
	Speed float64 `help:"How many times faster site time runs." default:"10"`
	Quiet bool    `help:"No simulated visitors and advisers around."`

	Wait time.Duration `help:"How long the words stand here before the kiosk opens." default:"3s"`

	Broker string `help:"Outside broker for --check, like tcp://127.0.0.1:1883." placeholder:"URL"`
	Pause  string `help:"For tests of --check: stop before this step until standard input closes." placeholder:"STEP" hidden:""`
}

func main() {
	// A child that loses its parent is told to stop; Linux ties that to the
	// thread that started it.
	runtime.LockOSThread()
	var s stage
	kong.Parse(&s, kong.Name("demo"), kong.Description("Accueil on this machine: a hub, a lively simulated day and a kiosk."))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, terminate, syscall.SIGHUP)
	err := s.run(ctx)
	stop()
	if err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

func (s stage) run(ctx context.Context) error {
	bin, err := filepath.Abs(s.Bin)
	if err != nil {
		return err
	}
	s.Bin = bin
	dir, err := os.MkdirTemp("", "accueil-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	c := &company{bin: bin, dir: dir}
	defer c.dismiss()
	if s.Check {
		err := s.check(ctx, c)
		if ctx.Err() != nil {
			return errors.New("stopped before the visit was over")
		}
		return err
	}
	return s.demo(ctx, c)
}

// demo opens a role in this terminal.
func (s stage) demo(ctx context.Context, c *company) error {
	if !term.IsTerminal(int(os.Stdin.Fd())) || !term.IsTerminal(int(os.Stdout.Fd())) {
		return errors.New("this is no terminal; run it in one, or use --check")
	}
	if !s.Quiet {
		if err := c.rehearse(ctx, s.Clock); err != nil {
			return err
		}
	}
	if err := c.startHub(ctx, s); err != nil {
		return err
	}
	if !s.Quiet {
		if err := c.start("player", "--broker", c.broker, "--data", c.folder("player")); err != nil {
			return err
		}
	}
	guide := s.guide(c)
	fmt.Println(guide)
	fmt.Printf("\nThe kiosk opens here in %g seconds.\n", s.Wait.Seconds())
	select {
	case <-ctx.Done():
		return nil
	case <-time.After(s.Wait):
	}
	err := c.foreground(ctx, "kiosk", s.Role, "--hub", c.broker, "--name", "demo", "--data", c.folder("demo"), "--quit")
	if err == nil {
		fmt.Println("The demo is over. While it runs:\n\n" + guide)
	}
	return err
}

// guide says how to see the rest.
func (s stage) guide(c *company) string {
	kiosk := filepath.Join(s.Bin, "kiosk")
	return fmt.Sprintf(`Accueil: a Tuesday from 10:00, %g times as fast, with simulated visitors and advisers.

In other terminals:
  %[2]s reception   --hub %[3]s --data %[5]s
  %[2]s adviser     --hub %[3]s --data %[5]s
  %[2]s board       --hub %[3]s --data %[5]s
  %[2]s coordinator --hub %[3]s --data %[5]s
Pages:  %[4]s
Ctrl-Q leaves a role. Everything here stays on this machine.`, s.Speed, kiosk, c.broker, c.pages, c.folder("roles"))
}
