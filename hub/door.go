package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// doorName is a socket in the data folder. Through it commands reach the hub that
// uses the folder, without any address: whoever has the hub's own rights on its
// machine, or root's, and nobody else.
const doorName = "hub.sock"

// door is the hub's end.
type door struct {
	listener net.Listener // nil where the folder cannot hold a socket
	mux      *http.ServeMux
	log      *slog.Logger
}

// openDoor opens the door of a folder whose journal is open, so that no other hub
// can have one there. Where it cannot be opened the hub serves all the same:
// visitors do not wait for a backup.
func openDoor(dir string, log *slog.Logger) *door {
	l, err := listenAt(dir)
	if err != nil {
		log.Error("commands cannot reach this hub while it runs: no backup, no check", "folder", dir, "err", err)
	}
	return &door{listener: l, mux: http.NewServeMux(), log: log}
}

func (d *door) close() {
	if d.listener != nil {
		d.listener.Close()
	}
}

func listenAt(dir string) (net.Listener, error) {
	path, done, err := shortPath(dir)
	if err != nil {
		return nil, err
	}
	defer done()
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("open %s for commands: %w", filepath.Join(dir, doorName), err)
	}
	l.(*net.UnixListener).SetUnlinkOnClose(false) // by the short path, which is gone then
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return ownOnly{l}, nil
}

// shortPath is the door's path within the length that sockets may have: through
// the open folder.
func shortPath(dir string) (path string, done func() error, err error) {
	d, err := os.Open(dir)
	if err != nil {
		return "", nil, err
	}
	return fmt.Sprintf("/proc/self/fd/%d/%s", d.Fd(), doorName), d.Close, nil
}

// ownOnly lets in whom the system says to be ourselves or root.
type ownOnly struct{ net.Listener }

func (l ownOnly) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if ours(c) {
			return c, nil
		}
		c.Close()
	}
}

func ours(c net.Conn) bool {
	raw, err := c.(*net.UnixConn).SyscallConn()
	if err != nil {
		return false
	}
	var who *syscall.Ucred
	var failed error
	err = raw.Control(func(fd uintptr) {
		who, failed = syscall.GetsockoptUcred(int(fd), syscall.SOL_SOCKET, syscall.SO_PEERCRED)
	})
	return err == nil && failed == nil && (who.Uid == 0 || int(who.Uid) == os.Getuid())
}

// serve answers until ctx ends, then lets the answers under way finish.
func (d *door) serve(ctx context.Context) error {
	if d.listener == nil {
		<-ctx.Done()
		return nil
	}
	server := &http.Server{Handler: d.mux, ReadHeaderTimeout: 5 * time.Second, ErrorLog: slog.NewLogLogger(d.log.Handler(), slog.LevelDebug)}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(d.listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	if server.Shutdown(last) != nil {
		server.Close()
	}
	<-ended
	return nil
}

// errNoHub is returned when no hub uses the folder.
var errNoHub = errors.New("no hub uses this folder")

// knock asks the hub that uses a folder. The caller closes the answer.
func knock(ctx context.Context, dir, page string) (io.ReadCloser, error) {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		path, done, err := shortPath(dir)
		if err != nil {
			return nil, err
		}
		defer done()
		return new(net.Dialer).DialContext(ctx, "unix", path)
	}}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://hub"+page, nil)
	if err != nil {
		return nil, err
	}
	answer, err := client.Do(request)
	switch {
	case errors.Is(err, os.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED):
		return nil, errNoHub
	case err != nil:
		return nil, fmt.Errorf("ask the hub that uses %s: %w", dir, err)
	}
	if answer.StatusCode != http.StatusOK {
		defer answer.Body.Close()
		why, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<10))
		return nil, fmt.Errorf("the hub that uses %s: %s", dir, strings.TrimSpace(string(why)))
	}
	return answer.Body, nil
}
