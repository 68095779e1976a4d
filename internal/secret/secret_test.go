package secret_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"accueil/internal/secret"
)

func TestAHashMatchesItsSecretOnly(t *testing.T) {
	hash := secret.Hash("482913")
	if !secret.Matches(hash, "482913") {
		t.Error("its own secret does not match")
	}
	if secret.Matches(hash, "482914") || secret.Matches(hash, "") {
		t.Error("another secret matches")
	}
	if strings.Contains(hash, "482913") || hash == secret.Hash("482913") {
		t.Error("the hash shows its secret, or has no salt")
	}
}

// The hash of RFC 9106's family as other programs write it: argon2-cffi's
// documentation form, so that a file can be checked with other tools.
func TestHashesArePHC(t *testing.T) {
	hash := secret.Hash("482913")
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") || secret.CheckHash(hash) != nil {
		t.Error(hash)
	}
}

func TestASpoiltHashMatchesNothing(t *testing.T) {
	good := secret.Hash("482913")
	for _, bad := range []string{
		"", "482913", "$argon2id$", good[1:], good + "$", strings.Replace(good, "argon2id", "argon2i", 1),
		strings.Replace(good, "m=19456", "m=99999999", 1), // would take 95 GiB
		strings.Replace(good, "t=2", "t=0", 1), strings.Replace(good, "t=2", "t=4000000", 1),
		strings.Replace(good, "p=1", "p=0", 1), good[:len(good)-30],
	} {
		if secret.Matches(bad, "482913") || secret.CheckHash(bad) == nil {
			t.Errorf("%q is taken for a hash", bad)
		}
	}
}

func TestPINs(t *testing.T) {
	for pin, good := range map[string]bool{
		"482913": true, "000001": true, "112233445566": true,
		"": false, "48291": false, "4829137465019": false, "48291a": false, "４８２９１３": false,
		"111111": false, "123456": false, "987654": false,
	} {
		if err := secret.CheckPIN(pin); (err == nil) != good {
			t.Errorf("%q: %v", pin, err)
		}
	}
}

func TestStretchingIsForOnePurpose(t *testing.T) {
	a, b := secret.Stretch("K7P29QXD", "enrol villette"), secret.Stretch("K7P29QXD", "enrol bercy")
	if len(a) != 32 || string(a) == string(b) || string(a) != string(secret.Stretch("K7P29QXD", "enrol villette")) {
		t.Error("keys depend on secret and purpose only")
	}
}

func TestKeysAreLongAndDifferent(t *testing.T) {
	if a, b := secret.NewKey(), secret.NewKey(); len(a) != 43 || a == b {
		t.Error(a, b)
	}
}

// Somebody who tries whenever the lock allows gets few tries a day, whatever
// else they do; and after an hour of peace everything is open again.
func TestALockSlowsGuessingAndHeals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l secret.Lock
		now := time.Unix(1_800_000_000, 0)
		end := now.Add(24 * time.Hour)
		tries := 0
		for now.Before(end) {
			if l.Wait(now) == 0 {
				l.Wrong(now)
				tries++
			}
			now = now.Add(time.Duration(rapid.IntRange(1, 600).Draw(t, "pause")) * time.Second)
		}
		if tries > 110 {
			t.Fatalf("%d tries in a day", tries)
		}
		if wait := l.Wait(now); wait > 15*time.Minute {
			t.Fatalf("closed for %v", wait)
		}
		if now = now.Add(time.Hour); l.Wait(now) != 0 || !l.Idle(now) {
			t.Fatal("an hour of peace did not heal it")
		}
	})
}

func TestAFewSlipsAreNoGuessing(t *testing.T) {
	var l secret.Lock
	now := time.Now()
	for range 4 {
		l.Wrong(now)
		if wait := l.Wait(now); wait != 0 {
			t.Fatalf("must wait %v after a slip", wait)
		}
	}
	l.Wrong(now)
	if wait := l.Wait(now); wait != 30*time.Second {
		t.Errorf("waits %v after five wrong tries", wait)
	}
	if wait := l.Wait(now.Add(-time.Hour)); wait <= 0 {
		t.Error("a clock that goes back opens the lock")
	}
	l.Right()
	if !l.Idle(now) || l.Wait(now) != 0 {
		t.Error("the right PIN does not open it")
	}
}
