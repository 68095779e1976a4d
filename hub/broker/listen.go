package broker

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"time"
)

const acceptAgain = 50 * time.Millisecond

func (e *Embedded) listen(ctx context.Context, addr string) error {
	addr, err := loopback(cmp.Or(addr, DefaultAddr))
	if err != nil {
		return err
	}
	config := net.ListenConfig{KeepAliveConfig: net.KeepAliveConfig{
		Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3,
	}}
	e.listener, err = config.Listen(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	e.serving.Go(e.accept)
	return nil
}

// loopback returns the address to listen on, or why it is not allowed.
func loopback(addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", fmt.Errorf("address %q is not HOST:PORT", addr)
	}
	host = cmp.Or(host, "127.0.0.1")
	if host == "localhost" {
		host = "127.0.0.1"
	}
	if ip, err := netip.ParseAddr(host); err != nil || !ip.IsLoopback() {
		return "", fmt.Errorf("address %q can be reached from other machines, and there are no accounts yet: use a loopback address such as %s", addr, DefaultAddr)
	}
	return net.JoinHostPort(host, port), nil
}

// accept lets connections in until the listener is closed. Any other failure, such
// as too many open files, passes.
func (e *Embedded) accept() {
	for {
		c, err := e.listener.Accept()
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil:
			e.log.Warn("cannot accept a connection", "err", err)
			e.door.wait(acceptAgain)
		default:
			_ = e.Attach(c) // closed meanwhile: so is c
		}
	}
}
