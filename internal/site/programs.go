package site

import (
	"fmt"
	"path"
	"strings"
)

// Program is something visitors may use on a documentation PC for a while, such
// as a browser. A terminal starts it only if its own command line allows the
// first word of Command: content cannot have a machine run just anything.
type Program struct {
	Key  string `json:"key"`
	Name Text   `json:"name" fit:"40"` // "Naviguer sur internet"
	What Text   `json:"what" fit:"60"` // "pour chercher, postuler, imprimer un CV"
	// Command is the program and its arguments, one each. It must be the program
	// itself: what is left when it ends is ended too.
	Command []string `json:"command" fit:"200"`
	Minutes int      `json:"minutes"`
	// At are names of terminals that have it, "pc-*" for all that begin so; every
	// terminal when empty.
	At []string `json:"at,omitempty" fit:"40"`
}

// The limits of Minutes.
const (
	minMinutes = 5
	maxMinutes = 240
)

// ProgramsAt are the programs of a terminal.
func (s *Site) ProgramsAt(terminal string) []Program {
	var here []Program
	for _, p := range s.Programs {
		if p.at(terminal) {
			here = append(here, p)
		}
	}
	return here
}

func (p Program) at(terminal string) bool {
	for _, pattern := range p.At {
		if ok, _ := path.Match(pattern, terminal); ok {
			return true
		}
	}
	return len(p.At) == 0
}

// programs checks programs.yaml.
func (c *checker) programs() {
	for i := range c.site.Programs {
		c.program(&c.site.Programs[i])
	}
	if n := len(c.site.Programs); n > MaxChoices {
		c.say(fmt.Sprintf("there are %d programs, more than the %d of a screen", n, MaxChoices),
			"take out some", &c.site.Programs[MaxChoices].Key)
	}
}

func (c *checker) program(p *Program) {
	owner := called("program", p.Key)
	if p.Minutes != 0 && (p.Minutes < minMinutes || p.Minutes > maxMinutes) {
		c.say(fmt.Sprintf("%s lasts %d minutes", owner, p.Minutes),
			fmt.Sprintf("write from %d to %d", minMinutes, maxMinutes), &p.Minutes)
	}
	if p.Command != nil && len(p.Command) == 0 {
		c.say(owner+" has an empty command", `name the program: ["firefox-esr"]`, &p.Command)
	}
	if len(p.Command) > 0 && strings.ContainsAny(p.Command[0], " \t") {
		c.say(fmt.Sprintf("%s: the command %q has a space in it", owner, p.Command[0]),
			`write the program and each argument as an entry of its own: ["firefox", "--kiosk"]`, &p.Command[0])
	}
	for i, name := range p.At {
		if strings.Trim(strings.ToLower(strings.TrimSuffix(name, "*")), "abcdefghijklmnopqrstuvwxyz0123456789-_.") != "" {
			c.say(fmt.Sprintf("%s: %q is no name of a terminal", owner, name), `write a name like "pc-07", or "pc-*"`, &p.At[i])
		}
	}
	c.once("terminal", p.At, owner)
}
