// Command kiosk is the terminal program of a centre: one full-screen role per
// terminal, from the visitor's questions to the coordinator's floor.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	_ "time/tzdata" // a bare machine may lack the time zones

	"github.com/alecthomas/kong"

	"accueil/kiosk/warden"
)

// version of the program, as CHANGELOG.md has it.
const version = "0.1.0"

// commands are the roles and the picture maker.
type commands struct {
	Visitor     visitorRole     `cmd:"" help:"A visitor's kiosk: questions, tickets, resources."`
	Reception   receptionRole   `cmd:"" help:"The entrance desk: tickets with one key, and any ticket put right."`
	Adviser     adviserRole     `cmd:"" help:"An adviser's desk."`
	Coordinator coordinatorRole `cmd:"" help:"The coordinator's floor."`
	Board       boardRole       `cmd:"" help:"The screen of the waiting room."`
	Enrol       enrolCommand    `cmd:"" help:"Give this terminal its account, by a code that hub enrol prints."`
	Pin         pinCommand      `cmd:"" help:"Set the PIN of the staff's door on a visitors' terminal."`
	Work        workCommand     `cmd:"" hidden:"" help:"Run one program for a visitor and leave nothing of it."`
	Doctor      doctorCommand   `cmd:"" help:"Look at printer, sound, screen, fonts, line and clock, and say what to do."`
	Shot        shot            `cmd:"" help:"Draw any screen as a picture or as text, without a terminal."`

	Version kong.VersionFlag `help:"Print the version."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGHUP)
	child := warden.Inside()
	status := start(ctx, os.Args[1:], os.Stdout, os.Stderr, life{child: child, kept: child == nil})
	stop()
	if status != 0 {
		os.Exit(status)
	}
}

// errAgain is returned when the staff has the program started again.
var errAgain = errors.New("to be started again")

// life is how this process lives: as a warden's child, with a warden to be, or
// neither, as in tests.
type life struct {
	child *warden.Child
	kept  bool // terminals that nobody watches get a warden
}

// run is a command without a warden.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	return start(ctx, args, out, errs, life{})
}

// start parses and carries out one command and returns its exit status.
func start(ctx context.Context, args []string, out, errs io.Writer, l life) int {
	var all commands
	status, told := 0, false // told: kong has printed help or the version
	parser, err := kong.New(&all, kong.Name("kiosk"), kong.Description("A terminal of a Cité des métiers."),
		kong.Vars{"version": version, "data": dataFolder()}, kong.Writers(out, errs),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.BindTo(out, (*io.Writer)(nil)), kong.Bind(l),
		kong.UsageOnError(), kong.Exit(func(code int) { status, told = code, true }))
	if err != nil {
		fmt.Fprintln(errs, "kiosk:", err)
		return 2
	}
	command, err := parser.Parse(args)
	if told {
		return status
	}
	if err != nil {
		fmt.Fprintln(errs, "kiosk:", err)
		return 2
	}
	return l.status(command.Run(), errs)
}

// status tells a person, or the warden, how it ended.
func (l life) status(err error, errs io.Writer) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, warden.ErrLeft):
		return warden.StatusLeave
	case errors.Is(err, errAgain):
		return warden.StatusAgain
	}
	fmt.Fprintln(errs, "kiosk:", err)
	l.child.Fail(err)
	return 1
}

// hostName makes the machine's name one that topics may have.
func hostName() string {
	name, err := os.Hostname()
	if err != nil || name == "" {
		return "kiosk"
	}
	return strings.Map(func(r rune) rune {
		if r < 0x80 && (r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') {
			return r
		}
		return '-'
	}, name[:min(len(name), 40)])
}

// dataFolder is where a service manager or the user's desktop keeps state.
func dataFolder() string {
	if dir := os.Getenv("STATE_DIRECTORY"); dir != "" {
		return dir
	}
	if dir := os.Getenv("XDG_STATE_HOME"); dir != "" {
		return filepath.Join(dir, "accueil", "kiosk")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "accueil-kiosk"
	}
	return filepath.Join(home, ".local", "state", "accueil", "kiosk")
}

// maxLog is how much is kept of what a terminal said before.
const maxLog = 1 << 20

// openLog keeps the log out of the screen: where standard error leads when that
// is no terminal, else in a file of the data folder.
func openLog(dir string) (*slog.Logger, *os.File, error) {
	file := os.Stderr
	if info, err := os.Stderr.Stat(); err != nil || info.Mode()&os.ModeCharDevice != 0 {
		if file, err = logFile(dir); err != nil {
			return nil, nil, err
		}
		// What even the shell cannot catch must not be lost on a raw screen.
		if err := debug.SetCrashOutput(file, debug.CrashOptions{}); err != nil {
			return nil, nil, err
		}
	}
	return slog.New(slog.NewTextHandler(file, nil)), file, nil
}

func logFile(dir string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "kiosk.log")
	if info, err := os.Stat(path); err == nil && info.Size() > maxLog {
		if err := os.Rename(path, path+".old"); err != nil {
			return nil, err
		}
	}
	return os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
}
