package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// actor is one program that is started again whenever it ends, as a service
// manager does, unless it is held down.
type actor struct {
	name    string
	command func() *exec.Cmd
	heard   func(line string) // each line it prints, in order
	log     string            // where its other words go
	turn    sync.Mutex        // one fault at a time

	ctx     context.Context
	end     context.CancelFunc
	ended   chan struct{} // the actor is not started any more
	release chan struct{} // a word that it may start again

	mu    sync.Mutex
	held  bool
	cmd   *exec.Cmd // nil while it does not run
	stdin io.WriteCloser
	gone  chan struct{} // closed at the end of cmd
	fell  int           // ends that nobody asked for
}

func (a *actor) run() {
	a.ctx, a.end = context.WithCancel(context.Background())
	a.ended, a.release = make(chan struct{}), make(chan struct{}, 1)
	go func() {
		defer close(a.ended)
		for a.ctx.Err() == nil {
			if a.isHeld() {
				select {
				case <-a.release:
				case <-a.ctx.Done():
				}
				continue
			}
			if !a.once() && !sleep(a.ctx, 200*time.Millisecond) {
				return
			}
		}
	}()
}

func (a *actor) isHeld() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.held
}

// once runs the program from start to end; false when that was its own doing.
func (a *actor) once() bool {
	out, gone, err := a.start()
	if err != nil {
		return false
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		a.heard(lines.Text())
	}
	<-gone
	a.mu.Lock()
	defer a.mu.Unlock()
	a.cmd = nil
	if !a.held && a.ctx.Err() == nil {
		a.fell++
		return false
	}
	return true
}

func (a *actor) start() (io.Reader, <-chan struct{}, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.held || a.ctx.Err() != nil {
		return nil, nil, context.Canceled
	}
	log, err := os.OpenFile(a.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, err
	}
	defer log.Close()
	cmd := a.command()
	cmd.Stderr = log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	read, write, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	defer write.Close()
	cmd.Stdout = write
	if a.stdin, err = cmd.StdinPipe(); err == nil {
		err = cmd.Start()
	}
	if err != nil {
		read.Close()
		return nil, nil, err
	}
	gone := make(chan struct{})
	a.cmd, a.gone = cmd, gone
	go func() { _ = cmd.Wait(); close(gone) }()
	return &closing{read}, gone, nil
}

// closing closes a file at its end.
type closing struct{ *os.File }

func (c *closing) Read(p []byte) (int, error) {
	n, err := c.File.Read(p)
	if err != nil {
		c.Close()
	}
	return n, err
}

// tell writes a line to the program, if it runs.
func (a *actor) tell(line string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.cmd != nil {
		_, _ = io.WriteString(a.stdin, line+"\n")
	}
}

// signal sends the program a signal, if it runs, and returns when it has ended.
func (a *actor) signal(s os.Signal) {
	a.mu.Lock()
	cmd, gone := a.cmd, a.gone
	a.mu.Unlock()
	if cmd == nil {
		return
	}
	_ = cmd.Process.Signal(s)
	select {
	case <-gone:
	case <-time.After(30 * time.Second):
		_ = cmd.Process.Kill()
		<-gone
	}
}

// hold keeps the program from being started again, without ending it.
func (a *actor) hold() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.held = true
}

// falls is how often the program has ended by itself.
func (a *actor) falls() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.fell
}

// down kills the program and holds it down until up.
func (a *actor) down() {
	a.hold()
	a.signal(syscall.SIGKILL)
}

func (a *actor) up() {
	a.mu.Lock()
	a.held = false
	a.mu.Unlock()
	select {
	case a.release <- struct{}{}:
	default:
	}
}

// close ends the actor for good with a signal.
func (a *actor) close(s os.Signal) {
	a.end()
	for {
		a.signal(s)
		select {
		case <-a.ended:
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
}
