package warden

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// word is what a child tells its warden, a line of JSON each.
type word struct {
	Beat bool    `json:"beat,omitempty"` // the event loop turns
	Keep *[]byte `json:"keep,omitempty"` // for the successor; empty to forget
	Fail string  `json:"fail,omitempty"` // why it ends
}

// maxWord bounds a line; what is kept is a ticket, not a screen.
const maxWord = 4 << 10

// childEnv tells a process that it has a warden.
const childEnv = "ACCUEIL_WARDEN"

// File descriptors of a child beyond the usual three.
const (
	tellFile   = 3
	memoryFile = 4
)

// ending is how a child's life ended.
type ending struct {
	status  int
	shown   bool   // its screen was there
	nightly bool   // it was asked to, for the night's restart
	said    string // its own words
	why     string
}

// run starts one child and waits for its end.
func (w *warden) run(ctx context.Context) ending {
	tell, tells, err := os.Pipe()
	if err != nil {
		return ending{status: 1, why: err.Error()}
	}
	defer tell.Close()
	cmd, err := w.start(tells)
	tells.Close()
	if err != nil {
		return ending{status: 1, why: err.Error(), said: err.Error()}
	}
	words := make(chan word)
	go hear(tell, words)
	end := w.watch(ctx, cmd, words)
	err = cmd.Wait()
	end.status = cmd.ProcessState.ExitCode()
	var exit *exec.ExitError
	if errors.As(err, &exit) && end.why == "" {
		end.why = exit.String()
	}
	if end.status < 0 || end.status == 2 { // killed, or a panic nobody caught
		w.tty.mend()
	}
	return end
}

// start starts a child with what its predecessor left.
func (w *warden) start(tells *os.File) (*exec.Cmd, error) {
	memory, writes, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("memory for the terminal: %w", err)
	}
	defer memory.Close()
	_, err = writes.Write(w.remembered()) // far less than a pipe holds
	if err := errors.Join(err, writes.Close()); err != nil {
		return nil, fmt.Errorf("memory for the terminal: %w", err)
	}
	cmd := exec.Command(w.opt.Program, w.opt.Args...)
	cmd.Env = append(os.Environ(), childEnv+"=1", "NOTIFY_SOCKET=")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, w.opt.Stderr
	cmd.ExtraFiles = []*os.File{tells, memory}
	// A warden that is killed takes its child with it: nobody else would.
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the terminal: %w", err)
	}
	return cmd, nil
}

// hear passes a child's words on until it has ended.
func hear(tell io.Reader, words chan<- word) {
	defer close(words)
	lines := bufio.NewScanner(tell)
	lines.Buffer(nil, maxWord)
	for lines.Scan() {
		var w word
		if json.Unmarshal(lines.Bytes(), &w) == nil {
			words <- w
		}
	}
}

// watch follows a child until it has ended, stops it when it has to end, and
// kills it when it hangs.
func (w *warden) watch(ctx context.Context, cmd *exec.Cmd, words <-chan word) (end ending) {
	hangs := time.NewTimer(2 * w.opt.Hang) // a first start may take longer
	defer hangs.Stop()
	var night <-chan time.Time
	if until, wanted := w.untilRestart(); wanted {
		night = time.After(until)
	}
	done := ctx.Done()
	for {
		select {
		case said, alive := <-words:
			if !alive {
				return end
			}
			w.note(said, &end)
			hangs.Reset(w.opt.Hang)
		case <-done:
			done = nil
			_ = cmd.Process.Signal(syscall.SIGTERM)
			hangs.Reset(stopTime)
		case <-night:
			end.nightly = true
			_ = cmd.Process.Signal(syscall.SIGTERM)
			hangs.Reset(stopTime)
		case <-hangs.C:
			end.why = "it hung"
			w.abort(cmd)
			hangs.Reset(2 * time.Second)
		}
	}
}

// abort has the child write where all its goroutines are, and kills it the
// second time.
func (w *warden) abort(cmd *exec.Cmd) {
	if cmd.Process.Signal(syscall.SIGABRT) != nil {
		return
	}
	time.AfterFunc(time.Second, func() { _ = cmd.Process.Kill() })
}

func (w *warden) note(said word, end *ending) {
	if said.Beat {
		if !end.shown {
			w.opt.Ready()
		}
		end.shown = true
		w.opt.Alive()
	}
	if said.Keep != nil {
		w.kept, w.since = *said.Keep, time.Now()
		if len(w.kept) == 0 {
			w.kept = nil
		}
	}
	if said.Fail != "" {
		end.said, end.why = said.Fail, said.Fail
	}
}
