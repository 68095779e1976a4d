package main

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"accueil/internal/enrol"
	"accueil/internal/line"
	"accueil/internal/wire"
)

// write is `hub mosquitto`.
func write(t *testing.T, data, out, port string) {
	t.Helper()
	if status, said, errs := hubRun(t, "mosquitto", "--data", data, "--out", out, "--port", port); status != 0 || !strings.Contains(said, "--broker-account") {
		t.Fatalf("status %d: %s%s", status, said, errs)
	}
	// A test's folder is closed to the user that Mosquitto otherwise becomes.
	conf, err := os.OpenFile(filepath.Join(out, mosquittoConf), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conf.WriteString("user root\n"); err != nil {
		t.Fatal(err)
	}
	if err := conf.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestMosquittoWithTheWrittenFiles: the hub and a terminal meet through Debian's
// Mosquitto with TLS and accounts, as the command says to set it up; whose account
// is revoked is out when Mosquitto has read its files again.
func TestMosquittoWithTheWrittenFiles(t *testing.T) {
	if _, err := exec.LookPath("mosquitto"); err != nil {
		t.Skip("mosquitto is not installed: apt install mosquitto")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	l.Close()
	data, out := t.TempDir(), t.TempDir()
	write(t, data, out, port)
	broker := exec.Command("mosquitto", "-c", filepath.Join(out, mosquittoConf))
	if err := broker.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { broker.Process.Kill(); broker.Wait() })
	h := runHub(t, serve{
		Data: data, HTTP: "127.0.0.1:0", Broker: "mqtts://127.0.0.1:" + port, BrokerAccount: filepath.Join(out, hubAccountFile),
	})
	answer, err := enrol.Exchange(t.Context(), h.doors.address(), code(t, data, "coordinator", "bureau"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "mqtts://127.0.0.1:" + port; answer.Broker != want || len(answer.Fingerprint) != 64 {
		t.Errorf("%+v, want %s", answer, want)
	}
	again := func() {
		write(t, data, out, port)
		if err := broker.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
	}
	again()
	terminal, err := line.Connect(t.Context(), line.Options{
		URL: answer.Broker, User: answer.User, Password: answer.Key, ClientID: answer.User, Fingerprint: answer.Fingerprint,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	for _, topic := range []string{wire.HubTopic("villette", wire.NameCoordinator), wire.HubTopic("villette", wire.NameBeat)} {
		if err := terminal.Subscribe(topic); err != nil {
			t.Fatal(err)
		}
	}
	heard := map[string]bool{}
	for timeout := time.After(30 * time.Second); len(heard) < 2; {
		select {
		case m := <-terminal.Messages():
			heard[m.Topic] = true
		case <-timeout:
			t.Fatalf("heard %v; %v", heard, terminal.Failure())
		}
	}
	if status, _, errs := hubRun(t, "revoke", "--data", data, "coordinator", "bureau"); status != 0 {
		t.Fatal(errs)
	}
	again()
	for deadline := time.Now().Add(30 * time.Second); !errors.Is(terminal.Failure(), line.ErrNotAdmitted); {
		if time.Now().After(deadline) {
			t.Fatalf("still in: %v", terminal.Failure())
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// TestNoKeyIsShown in what serve prints of a broker's address.
func TestNoKeyIsShown(t *testing.T) {
	o, err := url.Parse("mqtt://hub:secret@127.0.0.1:1883")
	if err != nil {
		t.Fatal(err)
	}
	d := doors{outside: line.Options{URL: o.String()}}
	if shown := fmt.Sprint(d.brokerURL()); shown != "mqtt://127.0.0.1:1883" {
		t.Error(shown)
	}
}
