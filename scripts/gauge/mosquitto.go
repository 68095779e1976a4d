package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// errNoMosquitto says how to get the other broker.
var errNoMosquitto = errors.New("mosquitto is not installed: apt install mosquitto")

// startMosquitto starts Debian's broker on a free port. It keeps nothing.
func startMosquitto(dir string) (_ *program, url string, err error) {
	if _, err := exec.LookPath("mosquitto"); err != nil {
		return nil, "", errNoMosquitto
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, "", err
	}
	addr := l.Addr().(*net.TCPAddr)
	if err := l.Close(); err != nil {
		return nil, "", err
	}
	config := filepath.Join(dir, "mosquitto.conf")
	text := fmt.Sprintf("listener %d 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\nlog_type none\n", addr.Port)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		return nil, "", err
	}
	p := &program{cmd: exec.Command("mosquitto", "-c", config), ended: make(chan struct{})}
	if err := p.cmd.Start(); err != nil {
		return nil, "", err
	}
	go func() { p.cmd.Wait(); close(p.ended) }()
	for began := time.Now(); time.Since(began) < 20*time.Second; time.Sleep(5 * time.Millisecond) {
		if c, err := net.Dial("tcp", addr.String()); err == nil {
			return p, "mqtt://" + addr.String(), c.Close()
		}
	}
	p.stop()
	return nil, "", errors.New("mosquitto does not start")
}
