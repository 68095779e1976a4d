package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"accueil/hub/access"

	"golang.org/x/term"
)

// accounts are the flags of every command about accounts.
type accounts struct {
	Config string `help:"Folder with the centre's content; the embedded one when absent." type:"path" placeholder:"DIR"`
	Data   string `help:"Folder of the journal and the accounts." type:"path" default:"${data}" placeholder:"DIR"`
}

// open reads the accounts. A hub may run on the folder meanwhile.
func (a accounts) open(c console) (*access.Store, error) {
	s, err := c.content(a.Config)
	if err != nil {
		return nil, err
	}
	return access.Open(access.Options{Dir: a.Data, Site: s.Key, Log: c.log})
}

// enrolCommand is `hub enrol`.
type enrolCommand struct {
	accounts
	Role string `arg:"" help:"visitor, reception, adviser, coordinator, board or sensor."`
	Name string `arg:"" help:"Name of the terminal, unique among those of its role."`
}

// Run prints a code for a terminal, or a people counter's user and password.
func (e *enrolCommand) Run(c console) error {
	store, err := e.open(c)
	if err != nil {
		return err
	}
	role, err := access.ParseRole(e.Role)
	if err != nil {
		return err
	}
	if role == "sensor" {
		return issue(c, store, role, e.Name)
	}
	code, err := store.Invite(role, e.Name)
	if err != nil {
		return err
	}
	where, runs := whereIs(c, e.Data)
	fmt.Fprintf(c.out, "%s\n\nThis code works once, until %s. On the terminal:\n\n  kiosk enrol --hub %s %s\n", code,
		time.Now().Add(access.CodeLasts).Format("15:04"), where, code)
	if !runs {
		fmt.Fprintf(c.out, "\nNo hub runs on %s: start it, and put its address in the place of this one.\n", e.Data)
	}
	return nil
}

// whereIs is the address of the pages of the hub that uses a folder.
func whereIs(c console, dir string) (address string, runs bool) {
	answer, err := knock(c.ctx, dir, "/where")
	if err != nil {
		return "https://HUB:8443", false
	}
	defer answer.Close()
	text, err := io.ReadAll(io.LimitReader(answer, 1<<10))
	return string(text), err == nil
}

func issue(c console, store *access.Store, role, name string) error {
	user, key, err := store.Issue(role, name)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "user and client id: %s\npassword:           %s\n\nThe password is shown this once.\n", user, key)
	return nil
}

// accountsCommand is `hub accounts`.
type accountsCommand struct{ accounts }

// Run lists the accounts.
func (a *accountsCommand) Run(c console) error {
	store, err := a.open(c)
	if err != nil {
		return err
	}
	terminals, waiting, pins := store.List()
	for _, t := range terminals {
		fmt.Fprintf(c.out, "%-12s %-24s since %s\n", access.SayRole(t.Role), t.Name, t.Since.Local().Format("2006-01-02 15:04"))
	}
	for _, w := range waiting {
		fmt.Fprintf(c.out, "%-12s %-24s code open until %s\n", access.SayRole(w.Role), w.Name, w.Until.Local().Format("15:04"))
	}
	for _, role := range pins {
		fmt.Fprintf(c.out, "%-12s opens with a PIN\n", access.SayRole(role))
	}
	if len(terminals) == 0 && !store.Strict() {
		fmt.Fprintln(c.out, "no accounts yet: everybody on the hub's own machine may do everything")
	}
	return nil
}

// revokeCommand is `hub revoke`.
type revokeCommand struct {
	accounts
	Role string `arg:"" help:"Role of the terminal."`
	Name string `arg:"" help:"Its name."`
}

// Run takes an account away; a connected terminal is shown out at once.
func (r *revokeCommand) Run(c console) error {
	store, err := r.open(c)
	if err != nil {
		return err
	}
	if err := store.Revoke(r.Role, r.Name); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%s %s has no account any more\n", r.Role, r.Name)
	return nil
}

// pinCommand is `hub pin`.
type pinCommand struct {
	accounts
	Role   string `arg:"" help:"reception, adviser or coordinator."`
	Remove bool   `help:"Take the PIN away: the role opens without."`
}

var errTwice = errors.New("the two were not the same; nothing was changed")

// Run sets the PIN of a staff role. It is typed unseen, twice, or comes as one
// line on standard input.
func (p *pinCommand) Run(c console) error {
	store, err := p.open(c)
	if err != nil {
		return err
	}
	pin := ""
	if !p.Remove {
		if pin, err = askPIN(c); err != nil {
			return err
		}
		if pin == "" {
			return errors.New("no PIN given; --remove takes it away")
		}
	}
	if err := store.SetPIN(p.Role, pin); err != nil {
		return err
	}
	if pin == "" {
		fmt.Fprintf(c.out, "%s opens without a PIN now\n", p.Role)
	} else {
		fmt.Fprintf(c.out, "%s opens with the new PIN now; who was in must show it\n", p.Role)
	}
	return nil
}

func askPIN(c console) (string, error) {
	file, ok := c.in.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(c.in, 256)).ReadString('\n')
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return strings.TrimSpace(line), err
	}
	var typed [2]string
	for i, ask := range []string{"PIN (6 to 12 digits): ", "the same again: "} {
		fmt.Fprint(c.err, ask)
		text, err := term.ReadPassword(int(file.Fd()))
		fmt.Fprintln(c.err)
		if err != nil {
			return "", err
		}
		typed[i] = strings.TrimSpace(string(text))
	}
	if typed[0] != typed[1] {
		return "", errTwice
	}
	return typed[0], nil
}
