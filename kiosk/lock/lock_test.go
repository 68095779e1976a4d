package lock_test

import (
	"strings"
	"testing"
	"time"

	"accueil/internal/phrases"
	"accueil/kiosk/lock"
	"accueil/kiosk/screen"
)

// shut is a lock whose tries are noted.
func shut(t *testing.T, hub *bool) (r *lock.Role, tries *[]string, now *time.Time) {
	t.Helper()
	book, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	tries, now = new([]string), new(time.Time)
	*now = time.Now()
	return lock.New(lock.Options{
		Say: book.In("fr"), Role: "adviser", Hub: func() bool { return *hub }, Now: func() time.Time { return *now },
		Try: func(pin string) { *tries = append(*tries, pin) },
	}), tries, now
}

func text(r screen.Role) string {
	c := screen.NewCanvas(80, 22, screen.Calm())
	r.Draw(c)
	var out strings.Builder
	if err := screen.WriteText(&out, c); err != nil {
		panic(err)
	}
	return out.String()
}

// typing touches the keys on the screen.
func typing(r *lock.Role, keys string) {
	for _, k := range keys {
		r.Act("type:" + string(k))
	}
}

func TestAPINIsTypedUnseenAndShownToTheHubOnce(t *testing.T) {
	hub := true
	r, tries, _ := shut(t, &hub)
	typing(r, "48x2913")
	if shown := text(r); strings.Contains(shown, "482") || !strings.Contains(shown, "● ● ● ● ● ●") {
		t.Errorf("shown:\n%s", shown)
	}
	r.Key(screen.Key{Code: screen.KeyEnter})
	r.Key(screen.Key{Code: screen.KeyEnter}) // an impatient finger
	if len(*tries) != 1 || (*tries)[0] != "482913" {
		t.Fatalf("tried %q", *tries)
	}
	r.Told(lock.Wrong, 0)
	if shown := text(r); !strings.Contains(shown, "pas le bon code") {
		t.Errorf("shown:\n%s", shown)
	}
}

func TestAfterTooManyNoneIsShown(t *testing.T) {
	hub := true
	r, tries, now := shut(t, &hub)
	r.Told(lock.TooMany, time.Minute)
	typing(r, "482913")
	r.Act("open")
	if len(*tries) != 0 || !strings.Contains(text(r), "Attendez") {
		t.Errorf("tried %q:\n%s", *tries, text(r))
	}
	*now = now.Add(time.Minute)
	typing(r, "482913")
	r.Act("open")
	if len(*tries) != 1 {
		t.Error("the lock does not heal")
	}
}

func TestWithoutTheHubItSaysSo(t *testing.T) {
	hub := false
	r, _, _ := shut(t, &hub)
	if !strings.Contains(text(r), "file ne répond pas") {
		t.Errorf("shown:\n%s", text(r))
	}
}

func TestWhatWasTypedIsForgotten(t *testing.T) {
	hub := true
	r, tries, _ := shut(t, &hub)
	typing(r, "4829")
	if _, reset := r.Idle(); reset <= 0 {
		t.Error("never")
	}
	r.IdleReset()
	r.Act("open")
	if len(*tries) != 0 || strings.Contains(text(r), "●") {
		t.Error("it is still there")
	}
}
