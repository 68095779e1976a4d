package visitor_test

import (
	"strings"
	"testing"
	"time"
)

// TestTicketOutlivesTheProgram: whoever holds a ticket when the kiosk starts
// again sees it again, in their language; when the visit ends it is forgotten.
func TestTicketOutlivesTheProgram(t *testing.T) {
	var kept []byte
	bubble(t, func(t *testing.T, k *kiosk) {
		k.taps("wake")
		k.Type("l")
		k.taps("speak:en", "ask:activite", "take")
		k.Advance(time.Second)
		k.See("Your ticket")
		kept = k.kept
	})
	for _, word := range []string{"Bonjour", "Je crée"} {
		if strings.Contains(string(kept), word) {
			t.Errorf("more than the ticket is kept: %s", kept)
		}
	}
	bubbleKept(t, kept, func(t *testing.T, k *kiosk) {
		k.at(t, "ticket/activite/creer")
		k.See("Your ticket")
		k.See("ACCUEIL.EXEMPLE/T/7K3F9QXD")
		k.Advance(2 * time.Minute)
		k.at(t, "attract")
		if len(k.kept) > 0 {
			t.Errorf("after the visit %s is kept", k.kept)
		}
	})
}

func TestSpoiltMemoryIsNoMemory(t *testing.T) {
	for _, kept := range []string{"", "{", `{"ticket":{"Label":"x"}}`, `{"service":"creer","language":"fr"}`,
		`{"ticket":{"Label":"C 042","Code":"7K3F9QXD"},"service":"nobody","language":"fr"}`,
		`{"ticket":{"Label":"C 042","Code":"7K3F9QXD"},"service":"creer","language":"xx"}`} {
		bubbleKept(t, []byte(kept), func(t *testing.T, k *kiosk) { k.at(t, "attract") })
	}
}
