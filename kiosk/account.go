package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"accueil/internal/enrol"
	"accueil/internal/smallfile"
	"accueil/internal/wire"
)

// account is who a terminal is to its hub, and by which key it knows the hub.
type account struct {
	Site        string `json:"site"`
	Role        string `json:"role"`
	Name        string `json:"name"`
	Broker      string `json:"broker"`
	User        string `json:"user"`
	Key         string `json:"key"`
	Fingerprint string `json:"fingerprint,omitempty"`
}

// accountPath is one file a role, so that a machine can be a board and a kiosk.
func accountPath(dir, role string) string { return filepath.Join(dir, role+".account") }

func readAccount(dir, role string) (a account, err error) {
	path := accountPath(dir, role)
	text, err := smallfile.Read(path, 8<<10)
	if errors.Is(err, fs.ErrNotExist) {
		return account{}, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &a)
	}
	if err == nil && (a.Role != role || a.User == "") {
		err = errors.New("it is not this role's")
	}
	if err != nil {
		return account{}, fmt.Errorf("the terminal's account in %s: %w; enrol the terminal again", path, err)
	}
	return a, nil
}

// The addresses of a hub without accounts on this machine.
const (
	defaultHub  = "tcp://127.0.0.1:1883"
	defaultSite = "villette"
)

// settle completes the flags of a role from the terminal's account, if it has
// one, and else for a hub on this machine.
func (t terminal) settle(role string) (terminal, account, error) {
	a, err := readAccount(t.Data, role)
	if err != nil {
		return t, a, err
	}
	for _, f := range []struct {
		flag                 *string
		name, own, otherwise string
	}{
		{&t.Site, "site", a.Site, defaultSite}, {&t.Name, "name", a.Name, hostName()}, {&t.Hub, "hub", a.Broker, defaultHub},
	} {
		switch {
		case *f.flag == "" && a.User == "":
			*f.flag = f.otherwise
		case *f.flag == "":
			*f.flag = f.own
		case a.User != "" && *f.flag != f.own && f.name != "hub":
			return t, a, fmt.Errorf("--%s is %s, but this terminal was enrolled as %s %s of %s; leave the flag out, or enrol it again",
				f.name, *f.flag, a.Role, a.Name, a.Site)
		}
	}
	return t, a, nil
}

// enrolCommand is `kiosk enrol`.
type enrolCommand struct {
	Code string `arg:"" help:"The code that hub enrol printed, like K7P2-9QXD."`
	Hub  string `required:"" help:"Address of the hub's pages, like https://hub:8443." placeholder:"URL"`
	Data string `help:"Folder of the terminal." type:"path" default:"${data}" placeholder:"DIR"`
}

// Run exchanges the code for the terminal's account and keeps it.
func (e *enrolCommand) Run(ctx context.Context, out io.Writer) error {
	if err := os.MkdirAll(e.Data, 0o700); err != nil {
		return err
	}
	answer, err := enrol.Exchange(ctx, e.Hub, e.Code)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(account{
		Site: answer.Site, Role: answer.Role, Name: answer.Name, Broker: answer.Broker,
		User: answer.User, Key: answer.Key, Fingerprint: answer.Fingerprint,
	}, "", " ")
	if err == nil {
		err = smallfile.Write(accountPath(e.Data, answer.Role), append(text, '\n'))
	}
	if err != nil {
		return fmt.Errorf("keep the account: %w; the code is used up: make a new one with hub enrol", err)
	}
	command := answer.Role
	if command == wire.RoleKiosk {
		command = "visitor"
	}
	fmt.Fprintf(out, "This terminal is %s %s of %s now. Start it with:\n\n  kiosk %s\n", answer.Role, answer.Name, answer.Site, command)
	return nil
}
