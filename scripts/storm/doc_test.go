package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	commandInDoc = regexp.MustCompile("scripts/test (?:-run '?([^'` ]+)'? )?((?:\\./[\\w/]+ ?)+)")
	testFunction = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
)

// TestEveryPromiseHasItsTest: each command of docs/reliability.md runs something.
func TestEveryPromiseHasItsTest(t *testing.T) {
	root := filepath.Join("..", "..")
	text, err := os.ReadFile(filepath.Join(root, "docs", "reliability.md"))
	if err != nil {
		t.Fatal(err)
	}
	commands := commandInDoc.FindAllStringSubmatch(strings.ReplaceAll(string(text), `\|`, "|"), -1)
	if len(commands) < 30 {
		t.Errorf("only %d commands", len(commands))
	}
	for _, c := range commands {
		if c[1] == "NAME" { // how to read the others
			continue
		}
		for part := range strings.SplitSeq(c[1], "|") {
			if !anyTest(t, root, strings.Fields(c[2]), regexp.MustCompile(part)) {
				t.Errorf("%s: nothing is called %s", c[0], part)
			}
		}
	}
	for row := range strings.Lines(string(text)) {
		cells := strings.Split(strings.ReplaceAll(row, `\|`, ""), "|")
		if len(cells) == 5 && strings.TrimSpace(cells[3]) == "" {
			t.Errorf("no command: %s", row)
		}
	}
}

// anyTest says whether a test of these packages has such a name.
func anyTest(t *testing.T, root string, packages []string, name *regexp.Regexp) bool {
	t.Helper()
	for _, p := range packages {
		files, err := filepath.Glob(filepath.Join(root, p, "*_test.go"))
		if err != nil || len(files) == 0 {
			t.Errorf("no tests in %s: %v", p, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range testFunction.FindAllStringSubmatch(string(text), -1) {
				if name.MatchString(f[1]) {
					return true
				}
			}
		}
	}
	return false
}
