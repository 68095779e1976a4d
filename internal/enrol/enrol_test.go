package enrol_test

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"accueil/internal/enrol"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestCodesAreReadAsTheyAreTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := enrol.NewCode(rand.Reader)
		for _, typed := range []string{code, enrol.Spaced(code), strings.ToLower(code), " " + code[:3] + " " + code[3:]} {
			if got, err := enrol.ParseCode(typed); got != code || err != nil {
				t.Fatalf("%q is read as %q, %v", typed, got, err)
			}
		}
	})
	for _, bad := range []string{"", "K7P2", "K7P2-9QXDA", "K7P2-9QX0", "K7P2-9QXO", "K7P2/9QXD", "K7P2-9QXÉ"} {
		if _, err := enrol.ParseCode(bad); !errors.Is(err, enrol.ErrCode) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestOnlyTLSLeavesThisMachine(t *testing.T) {
	for _, pages := range []string{"http://192.0.2.1:8080", "http://hub.example:8080", "hub.example", "ftp://127.0.0.1", ""} {
		if _, err := enrol.Exchange(t.Context(), pages, "K7P2-9QXD"); err == nil || strings.Contains(err.Error(), "dial") {
			t.Errorf("%s: %v", pages, err)
		}
	}
}

// Who answers without knowing the code is found out, and never learns it.
func TestAnImpostorIsFoundOut(t *testing.T) {
	const code = "K7P29QXD"
	var heard string
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		heard = string(text)
		ask, err := enrol.ReadAsk(text)
		if err != nil {
			t.Error(err)
		}
		a := enrol.Answer{Site: "villette", Role: "adviser", Name: "x", User: "adviser.x", Key: "k", Broker: "mqtts://:8883"}
		a.Sign(enrol.Key("22222222"), ask, "whatever")
		json.NewEncoder(w).Encode(a)
	}))
	defer server.Close()
	if _, err := enrol.Exchange(t.Context(), server.URL, code); !errors.Is(err, enrol.ErrImpostor) {
		t.Errorf("%v", err)
	}
	if strings.Contains(heard, code) || strings.Contains(heard, code[2:]) {
		t.Errorf("the code travels: %s", heard)
	}
}

func FuzzReadAsk(f *testing.F) {
	good, _ := json.Marshal(enrol.NewAsk("K7P29QXD", enrol.Key("K7P29QXD"), "seen"))
	f.Add(good)
	f.Add([]byte(`{"id":"K7"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		a, err := enrol.ReadAsk(text)
		if err == nil && (len(a.ID) != 2 || len(a.Proof) != 32) {
			t.Errorf("%q is taken for %+v", text, a)
		}
	})
}
