// Package pane runs a program in a pseudo-terminal whose screen can be read.
package pane

import (
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// Pane is one program in a terminal. Its methods may be called from any goroutine.
type Pane struct {
	cmd   *exec.Cmd
	file  *os.File
	ended chan struct{} // the program has ended and all it wrote was read

	mu      sync.Mutex
	view    *vt.Emulator // not its safe wrapper, whose String is not
	written strings.Builder
	drawn   chan struct{} // closed and made anew whenever something was drawn
}

// Open starts a command in a terminal of so many cells and gives the modes that
// the terminal had before. The error of a machine without pseudo-terminals
// wraps that of the system.
func Open(cmd *exec.Cmd, columns, rows int) (*Pane, unix.Termios, error) {
	file, tty, err := pty.Open()
	if err != nil {
		return nil, unix.Termios{}, err
	}
	defer tty.Close()
	p := &Pane{
		cmd: cmd, file: file, ended: make(chan struct{}), view: vt.NewEmulator(columns, rows), drawn: make(chan struct{}),
	}
	if err := p.Resize(columns, rows); err != nil {
		file.Close()
		return nil, unix.Termios{}, err
	}
	before, err := p.Modes()
	if err == nil {
		err = p.start(tty)
	}
	if err != nil {
		file.Close()
		return nil, before, err
	}
	return p, before, nil
}

func (p *Pane) start(tty *os.File) error {
	p.cmd.Env = append(p.cmd.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor")
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = tty, tty, tty
	if p.cmd.SysProcAttr == nil {
		p.cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	p.cmd.SysProcAttr.Setsid, p.cmd.SysProcAttr.Setctty = true, true
	if err := p.cmd.Start(); err != nil {
		return err
	}
	var readers sync.WaitGroup
	readers.Go(p.read)
	readers.Go(func() { _, _ = io.Copy(p.file, p.view) }) // what a terminal answers to a program's questions
	go func() {
		_ = p.cmd.Wait()
		readers.Wait()
		close(p.ended)
	}()
	return nil
}

// read draws what the program writes until nobody has the terminal any more.
func (p *Pane) read() {
	// Ends the answers; the emulator's own Close races with its Read.
	defer p.view.InputPipe().(*io.PipeWriter).Close()
	buffer := make([]byte, 32<<10)
	for {
		n, err := p.file.Read(buffer)
		p.mu.Lock()
		_, _ = p.view.Write(buffer[:n])
		p.written.Write(buffer[:n])
		close(p.drawn)
		p.drawn = make(chan struct{})
		p.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// Screen is what stands on the screen, row by row.
func (p *Pane) Screen() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.view.String()
}

// Written is everything the program has sent to its terminal.
func (p *Pane) Written() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.written.String()
}

// Drawn is closed at the next change of the screen.
func (p *Pane) Drawn() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.drawn
}

// Shows says whether all the texts stand on the screen, blanks folded; if not,
// which one is missing.
func (p *Pane) Shows(texts ...string) (all bool, missing string) { return holds(p.Screen(), texts) }

// Said says whether the program has written all the texts, blanks folded,
// whether or not they still stand on the screen.
func (p *Pane) Said(texts ...string) bool {
	all, _ := holds(p.Written(), texts)
	return all
}

func holds(shown string, texts []string) (bool, string) {
	shown = Fold(shown)
	for _, text := range texts {
		if !strings.Contains(shown, Fold(text)) {
			return false, text
		}
	}
	return true, ""
}

// Fold makes one blank of many, because a screen breaks lines where it will.
func Fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// Press types keys.
func (p *Pane) Press(keys string) error {
	_, err := io.WriteString(p.file, keys)
	return err
}

// Resize gives the terminal another size in cells.
func (p *Pane) Resize(columns, rows int) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.view.Resize(columns, rows)
	return pty.Setsize(p.file, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)})
}

// Modes are how the terminal is set now, or was left, before Close.
func (p *Pane) Modes() (unix.Termios, error) {
	modes, err := unix.IoctlGetTermios(int(p.file.Fd()), unix.TCGETS)
	if err != nil {
		return unix.Termios{}, err
	}
	return *modes, nil
}

// Pid is the program's process.
func (p *Pane) Pid() int { return p.cmd.Process.Pid }

// Signal sends the program a signal.
func (p *Pane) Signal(s os.Signal) { _ = p.cmd.Process.Signal(s) }

// Ended is closed when the program has ended and all it wrote was read, which
// includes its children's words as long as they have the terminal.
func (p *Pane) Ended() <-chan struct{} { return p.ended }

// Status is the exit status of a program that has ended.
func (p *Pane) Status() int { return p.cmd.ProcessState.ExitCode() }

// Close kills the program if it has not ended, waits for whoever still has the
// terminal, and lets go of it.
func (p *Pane) Close() {
	p.Signal(syscall.SIGKILL)
	<-p.ended
	p.file.Close()
}
