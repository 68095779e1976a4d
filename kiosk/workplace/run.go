package workplace

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// grace is how long programs have to end by themselves.
const grace = 2 * time.Second

// Run is the runner: it runs a command until that ends or it is told to stop,
// then ends whatever is left of it and wipes the home.
func Run(home string, command []string) error {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	// Descendants that lose their parent become our children and not init's.
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("adopt orphans: %w", err)
	}
	defer wipe(home)
	program, err := start(command)
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- reap(program) }()
	select {
	case err = <-ended:
	case <-stop:
	}
	endAll()
	return errors.Join(err, wipe(home))
}

// start starts the command in a session of its own.
func start(command []string) (pid int, err error) {
	path, err := exec.LookPath(command[0])
	if err != nil {
		return 0, err
	}
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return 0, err
	}
	defer null.Close()
	return syscall.ForkExec(path, command, &syscall.ProcAttr{
		Env: os.Environ(), Files: []uintptr{null.Fd(), null.Fd(), null.Fd()}, Sys: &syscall.SysProcAttr{Setsid: true},
	})
}

// reap waits for every descendant that ends, until the program itself has.
func reap(program int) error {
	for {
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, 0, nil)
		switch {
		case errors.Is(err, syscall.EINTR):
		case err != nil:
			return fmt.Errorf("wait for the program: %w", err)
		case pid == program && status.ExitStatus() > 0:
			return fmt.Errorf("the program ended with status %d", status.ExitStatus())
		case pid == program:
			return nil
		}
	}
}

// endAll ends every descendant: kindly, then not. It goes on until none is left:
// a program that multiplies is stopped first, so that it cannot outrun us.
func endAll() {
	signalAll(syscall.SIGTERM)
	for deadline := time.Now().Add(grace); time.Now().Before(deadline) && left(); {
		time.Sleep(20 * time.Millisecond)
	}
	for left() {
		signalAll(syscall.SIGSTOP)
		signalAll(syscall.SIGKILL)
		time.Sleep(time.Millisecond)
	}
}

// left reaps what has ended and tells whether any descendant is alive.
func left() bool {
	for {
		if pid, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil); err != nil || pid <= 0 {
			return err == nil || errors.Is(err, syscall.EINTR) || len(descendants()) > 0
		}
	}
}

func signalAll(s syscall.Signal) {
	for _, pid := range descendants() {
		_ = syscall.Kill(pid, s)
	}
}

// descendants are all living processes that we started, directly or not.
func descendants() (pids []int) {
	parents := map[int]int{}
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		if pid, parent, ok := stat(path); ok {
			parents[pid] = parent
		}
	}
	self := os.Getpid()
	for pid := range parents {
		for up, steps := parents[pid], 0; up > 1 && steps < len(parents); up, steps = parents[up], steps+1 {
			if up == self {
				pids = append(pids, pid)
				break
			}
		}
	}
	return pids
}

// stat reads the pid and the parent's of a process that is no zombie: "pid (name)
// state ppid …", where the name may hold anything.
func stat(path string) (pid, parent int, ok bool) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, 0, false
	}
	head, tail, found := bytes.Cut(text, []byte(" ("))
	at := bytes.LastIndexByte(tail, ')')
	if !found || at < 0 {
		return 0, 0, false
	}
	fields := bytes.Fields(tail[at+1:])
	if len(fields) < 2 || fields[0][0] == 'Z' {
		return 0, 0, false
	}
	pid, err1 := strconv.Atoi(string(head))
	parent, err2 := strconv.Atoi(string(fields[1]))
	return pid, parent, err1 == nil && err2 == nil
}
