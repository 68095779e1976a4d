package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"accueil/internal/secret"
)

// pinFile is where a terminal keeps the hash of the staff's PIN. It is the
// terminal's own and not part of the content: who has the hash of six digits can
// try them all.
const pinFile = "pin"

// pinCommand is `kiosk pin`.
type pinCommand struct {
	Data   string `help:"Folder of the terminal." type:"path" default:"${data}" placeholder:"DIR"`
	Remove bool   `help:"Take the PIN away: nobody can open the terminal's door any more."`
}

// Run sets the PIN that opens the staff's door of a visitors' terminal.
func (p *pinCommand) Run(out io.Writer) error {
	path := filepath.Join(p.Data, pinFile)
	if p.Remove {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		fmt.Fprintln(out, "There is no PIN any more; the terminal has no door.")
		return nil
	}
	pin, err := askPIN(out)
	if err != nil {
		return err
	}
	if err := secret.CheckPIN(pin); err != nil {
		return err
	}
	if err := os.MkdirAll(p.Data, 0o700); err != nil {
		return err
	}
	draft := path + ".new"
	err = errors.Join(os.WriteFile(draft, []byte(secret.Hash(pin)+"\n"), 0o600), os.Rename(draft, path))
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "On the terminal: touch the four corners, from the upper left clockwise, or press F12 five times; then type the PIN.")
	return nil
}

// askPIN reads a PIN twice from a person, or a line from a program.
func askPIN(out io.Writer) (string, error) {
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(os.Stdin, 100)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", err
		}
		return strings.TrimSpace(line), nil
	}
	var typed [2]string
	for i, ask := range []string{"New PIN (6 to 12 digits): ", "Once more: "} {
		fmt.Fprint(out, ask)
		text, err := term.ReadPassword(int(os.Stdin.Fd()))
		fmt.Fprintln(out)
		if err != nil {
			return "", err
		}
		typed[i] = strings.TrimSpace(string(text))
	}
	if typed[0] != typed[1] {
		return "", errors.New("the two PINs differ; nothing was changed")
	}
	return typed[0], nil
}

// pinHash is what a terminal's PIN is compared with, "" when it has none.
func pinHash(dir string) (string, error) {
	text, err := os.ReadFile(filepath.Join(dir, pinFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read the PIN: %w", err)
	}
	hash := strings.TrimSpace(string(text))
	if err := secret.CheckHash(hash); err != nil {
		return "", fmt.Errorf("read the PIN: %w; set it again with kiosk pin", err)
	}
	return hash, nil
}
