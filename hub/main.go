// Command hub is the server of a centre: it numbers and moves tickets, keeps
// the journal, and serves views, pages and figures.
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
	"syscall"
	_ "time/tzdata" // a bare machine may lack the time zones

	"github.com/alecthomas/kong"
)

// version of the program, as CHANGELOG.md has it.
const version = "0.1.0"

// commands are the hub's commands, one file each.
type commands struct {
	Serve    serve    `cmd:"" default:"withargs" help:"Run the server. With no flag at all it runs with the embedded content and broker."`
	Check    check    `cmd:"" help:"Check a folder of content: every mistake with its file and line, and how to mend it."`
	Ask      ask      `cmd:"" help:"Tell which services answer what people say: the test of the lexicon."`
	Verify   verify   `cmd:"" help:"Read the journal, fold every day and check that the books balance."`
	Backup   backup   `cmd:"" help:"Copy the data folder into one file, also while a hub uses it."`
	Restore  restore  `cmd:"" help:"Make a data folder out of a backup, on this machine or another."`
	Report   report   `cmd:"" help:"Print the figures of a day or of many."`
	Simulate simulate `cmd:"" help:"Write simulated days into a new journal."`

	Enrol     enrolCommand     `cmd:"" help:"Print a code by which a terminal gets its account."`
	Accounts  accountsCommand  `cmd:"" help:"List the accounts."`
	Revoke    revokeCommand    `cmd:"" help:"Take a terminal's account away."`
	PIN       pinCommand       `cmd:"" name:"pin" help:"Set the PIN that opens a staff role."`
	Mosquitto mosquittoCommand `cmd:"" help:"Write the files with which a Mosquitto 2 broker enforces the same rights."`

	Version kong.VersionFlag `help:"Print the version."`
}

// console is where a command reads and writes, so that tests run it whole.
type console struct {
	ctx      context.Context
	in       io.Reader
	out, err io.Writer
	log      *slog.Logger
}

// exit is an error that has been told already; only its status is left to say.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if status := run(ctx, os.Args[1:], os.Stdout, os.Stderr); status != 0 {
		stop()
		os.Exit(status)
	}
}

// run parses and carries out one command and returns its exit status.
func run(ctx context.Context, args []string, out, err io.Writer) int {
	c := console{ctx: ctx, in: os.Stdin, out: out, err: err, log: slog.New(slog.NewTextHandler(err, nil))}
	var all commands
	status, told := 0, false // told: kong has printed help or the version
	parser, failed := kong.New(&all, kong.Name("hub"), kong.Description("The queue hub of a Cité des métiers."),
		kong.Vars{"version": version, "data": dataFolder()}, kong.Writers(out, err), kong.Bind(c),
		kong.UsageOnError(), kong.Exit(func(code int) { status, told = code, true }))
	if failed != nil {
		fmt.Fprintln(err, "hub:", failed)
		return 2
	}
	command, failed := parser.Parse(args)
	if told {
		return status
	}
	if failed != nil {
		fmt.Fprintln(err, "hub:", failed)
		return 2
	}
	failed = command.Run(c)
	var code exit
	switch {
	case failed == nil:
		return 0
	case errors.As(failed, &code):
		return int(code)
	}
	fmt.Fprintln(err, "hub:", failed)
	return 1
}

// dataFolder is where a service manager or the user's desktop keeps state.
func dataFolder() string {
	if dir := os.Getenv("STATE_DIRECTORY"); dir != "" {
		return dir
	}
	if dir := os.Getenv("XDG_STATE_HOME"); dir != "" {
		return filepath.Join(dir, "accueil", "hub")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "accueil-hub"
	}
	return filepath.Join(home, ".local", "state", "accueil", "hub")
}
