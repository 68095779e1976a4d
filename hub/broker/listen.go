package broker

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"time"
)

const acceptAgain = 50 * time.Millisecond

// Loopback says whether an address of HOST:PORT is of this machine only.
func Loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil || host == "localhost" {
		return err == nil
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

func (e *Embedded) listen(ctx context.Context, o Options) error {
	addr, err := address(cmp.Or(o.Addr, DefaultAddr))
	if err != nil {
		return err
	}
	if !Loopback(addr) && (o.TLS == nil || o.Admit == nil) {
		return fmt.Errorf("address %q can be reached from other machines: that takes TLS and accounts; or use a loopback address such as %s", addr, DefaultAddr)
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

// address is the address to listen on. A name is not one: what it stands for can change.
func address(addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", fmt.Errorf("address %q is not HOST:PORT", addr)
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	if _, err := netip.ParseAddr(host); err != nil && host != "" {
		return "", fmt.Errorf("address %q has a name in it: use the number of an address of this machine, or 0.0.0.0 for all", addr)
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
			_ = e.Attach(e.speak(c)) // closed meanwhile: so is c
		}
	}
}

// speak puts TLS over a connection. The handshake is made when the first bytes
// are read, within the time a stranger has to introduce themselves.
func (e *Embedded) speak(c net.Conn) net.Conn {
	if e.tls == nil {
		return c
	}
	return tls.Server(c, e.tls)
}
