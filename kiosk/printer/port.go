package printer

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"syscall"
	"time"
)

// port is a printer's end of a cable: what a network connection and an opened
// device file have in common.
type port interface {
	io.ReadWriteCloser
	SetReadDeadline(time.Time) error
	SetWriteDeadline(time.Time) error
}

// dialEvery is how long to wait before knocking again at a printer that serves
// somebody else: most take one connection at a time.
const dialEvery = 300 * time.Millisecond

// dial connects to a printer's port 9100. It knocks again until ctx ends, as
// nothing has been sent yet.
func dial(ctx context.Context, address string) (port, error) {
	var d net.Dialer
	for {
		c, err := d.DialContext(ctx, "tcp", address)
		if err == nil {
			return c.(*net.TCPConn), nil
		}
		if !errors.Is(err, syscall.ECONNREFUSED) || !pause(ctx, dialEvery) {
			return nil, err
		}
	}
}

func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

// openFile opens a device file for both ways, or for writing alone where the
// cable has one way. It never creates a file: a printer that is not plugged in
// must not become a file that nobody reads.
func openFile(path string) (port, error) {
	f, err := os.OpenFile(path, os.O_RDWR|syscall.O_NOCTTY, 0)
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, os.ErrPermission) {
		f, err = os.OpenFile(path, os.O_WRONLY|syscall.O_NOCTTY, 0)
	}
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || info.Mode().IsRegular() {
		f.Close()
		return nil, errors.New(path + " is a plain file, not a printer")
	}
	return f, nil
}
