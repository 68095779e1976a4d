package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"accueil/internal/enrol"
	"accueil/internal/wire"
)

// desk is a hub, as far as enrolling goes: it knows one code.
func desk(t *testing.T, code string, role, name string) *httptest.Server {
	t.Helper()
	key := enrol.Key(code)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var ask enrol.Ask
		if err := json.NewDecoder(r.Body).Decode(&ask); err != nil || string(ask.Proof) != string(enrol.Prove(key, ask, "")) {
			http.Error(w, "this code opens nothing", http.StatusForbidden)
			return
		}
		a := enrol.Answer{Site: "villette", Role: role, Name: name, User: role + "." + name, Key: "key", Broker: "mqtts://:8883", Fingerprint: "f1"}
		a.Sign(key, ask, "")
		json.NewEncoder(w).Encode(a)
	}))
	t.Cleanup(server.Close)
	return server
}

func TestATerminalIsEnrolledAndStartsWithoutFlags(t *testing.T) {
	hub, dir := desk(t, "K7P29QXD", wire.RoleKiosk, "pc-07"), t.TempDir()
	var out, errs strings.Builder
	if status := run(t.Context(), []string{"enrol", "--hub", hub.URL, "--data", dir, "K7P2-9QXE"}, &out, &errs); status != 1 || !strings.Contains(errs.String(), "opens nothing") {
		t.Errorf("a wrong code: status %d: %s", status, errs.String())
	}
	if status := run(t.Context(), []string{"enrol", "--hub", hub.URL + "/", "--data", dir, "k7p2 9qxd"}, &out, &errs); status != 0 {
		t.Fatalf("status %d: %s", status, errs.String())
	}
	if !strings.Contains(out.String(), "kiosk visitor") || strings.Contains(out.String(), `"key"`) {
		t.Error(out.String())
	}
	path := accountPath(dir, wire.RoleKiosk)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	settled, a, err := terminal{Data: dir}.settle(wire.RoleKiosk)
	if err != nil || settled.Hub != "mqtts://127.0.0.1:8883" || settled.Name != "pc-07" || settled.Site != "villette" || a.Fingerprint != "f1" {
		t.Errorf("%+v, %+v, %v", settled, a, err)
	}
	for _, other := range []terminal{{Data: dir, Name: "pc-08"}, {Data: dir, Site: "bercy"}} {
		if _, _, err := other.settle(wire.RoleKiosk); err == nil {
			t.Errorf("%+v is not who was enrolled", other)
		}
	}
	if settled, _, err := (terminal{Data: dir, Hub: "tcp://127.0.0.1:1"}).settle(wire.RoleKiosk); err != nil || settled.Hub != "tcp://127.0.0.1:1" {
		t.Errorf("another address of the same hub: %v", err)
	}
	if settled, _, err := (terminal{Data: dir}).settle(wire.RoleBoard); err != nil || settled.Hub != defaultHub || settled.Site != defaultSite || settled.Name != hostName() {
		t.Errorf("a role without account: %+v, %v", settled, err)
	}
	if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := (terminal{Data: dir}).settle(wire.RoleKiosk); err == nil || !strings.Contains(err.Error(), "enrol the terminal again") {
		t.Errorf("a spoilt account: %v", err)
	}
}
