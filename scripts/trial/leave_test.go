package trial_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// working are the command lines of all processes that work in a folder.
func working(folder string) (lines []string) {
	programs, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, p := range programs {
		if line, err := os.ReadFile(p); err == nil && bytes.Contains(line, []byte(folder)) {
			lines = append(lines, strings.ReplaceAll(string(line), "\x00", " "))
		}
	}
	return lines
}

// left wants nobody to work in the folder any more, and no folder of the stage
// in it.
func left(t *testing.T, tmp string) {
	t.Helper()
	var lines, folders []string
	defer func() {
		if t.Failed() {
			t.Logf("still running: %q, still there: %v", lines, folders)
		}
	}()
	await(t, "every program has ended and its folder is gone", func() bool {
		lines = working(tmp)
		folders, _ = filepath.Glob(filepath.Join(tmp, "accueil-demo-*"))
		return len(lines)+len(folders) == 0
	})
}

// TestCheckIsStopped in the middle of a visit: whatever the signal, no program
// stays. Only a kill leaves the folder.
func TestCheckIsStopped(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGKILL} {
		t.Run(signal.String(), func(t *testing.T) {
			tmp := t.TempDir()
			cmd := command(t, "stage", "--bin", os.Getenv(binEnv), "--check", "--pause", "page")
			cmd.Env = append(os.Environ(), "TMPDIR="+tmp)
			goOn, err := cmd.StdinPipe() // it never may
			if err != nil {
				t.Fatal(err)
			}
			defer goOn.Close()
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			var signalled time.Time
			finished := false
			for lines := bufio.NewScanner(out); lines.Scan(); {
				finished = finished || lines.Text() == "ok"
				if strings.HasPrefix(lines.Text(), "waiting before ") {
					if n := len(working(tmp)); n < 3 {
						t.Errorf("%d programs on stage, want a hub and two terminals", n)
					}
					signalled = time.Now()
					_ = cmd.Process.Signal(signal)
				}
			}
			_ = cmd.Wait()
			if signalled.IsZero() || finished || cmd.ProcessState.Success() {
				t.Errorf("signalled %v, finished %v, %v", !signalled.IsZero(), finished, cmd.ProcessState)
			}
			if signal == syscall.SIGKILL {
				await(t, "every program has ended", func() bool { return len(working(tmp)) == 0 })
			} else {
				left(t, tmp)
			}
			t.Logf("all gone after %v", time.Since(signalled).Round(time.Millisecond))
		})
	}
}

// demo opens the demonstration in a terminal as a person does, from a shell.
func demo(t *testing.T, args ...string) (c *console, tmp string) {
	t.Helper()
	bin, tmp := os.Getenv(binEnv), t.TempDir()
	all := append([]string{"-c", `"$0" "$@"; echo "ended $?"; read wait`, filepath.Join(bin, "stage"), "--bin", bin}, args...)
	cmd := exec.Command("sh", all...)
	cmd.Env = append(os.Environ(), "TMPDIR="+tmp)
	return open(t, cmd), tmp
}

// stagePid finds the stage among the shell's children.
func (c *console) stagePid() int {
	c.t.Helper()
	pids, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, p := range pids {
		var pid, parent int
		var name, state string
		stat, _ := os.ReadFile(p)
		if n, _ := fmt.Sscan(string(stat), &pid, &name, &state, &parent); n == 4 && name == "(stage)" && parent == c.Pid() {
			return pid
		}
	}
	c.t.Fatal("no stage")
	return 0
}

// TestDemoIsLeft in every way a person or a machine may: the terminal is as it
// was, nobody stays behind.
func TestDemoIsLeft(t *testing.T) {
	signal := func(s syscall.Signal) func(*console) {
		return func(c *console) { _ = syscall.Kill(c.stagePid(), s) }
	}
	for _, way := range []struct {
		name  string
		leave func(*console)
		says  string
		args  []string
	}{
		{"Ctrl-Q", func(c *console) { c.press("\x11") }, "ended 0", nil},
		{"interrupt", signal(syscall.SIGINT), "ended 0", []string{"--quiet"}},
		{"terminate", signal(syscall.SIGTERM), "ended 0", []string{"--quiet", "--role", "board"}},
		{"kill", signal(syscall.SIGKILL), "ended 137", []string{"--quiet"}},
	} {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			c, tmp := demo(t, append(way.args, "--wait", "0s")...)
			c.said("In other terminals:", "Pages: http://127.0.0.1:")
			await(t, "the role fills the screen", func() bool {
				return strings.Contains(c.Written(), "\x1b[?1049h") && c.shows("Cité des métiers") && !c.shows("In other terminals:")
			})
			if c.restored() {
				t.Fatal("this test cannot tell a restored terminal from another")
			}
			way.leave(c)
			c.said(way.says)
			if way.name == "Ctrl-Q" {
				c.see("The demo is over.")
			}
			await(t, "the terminal is as it was", c.restored)
			if way.name == "kill" {
				await(t, "every program has ended", func() bool { return len(working(tmp)) == 0 })
			} else {
				left(t, tmp)
			}
		})
	}
}

// TestDemoIsInterruptedEarly, with the keys, before anything has opened.
func TestDemoIsInterruptedEarly(t *testing.T) {
	c, tmp := demo(t, "--quiet", "--wait", "1h")
	c.said("opens here in")
	c.press("\x03")
	left(t, tmp)
	if !c.restored() {
		t.Error("the terminal is not as it was")
	}
}
