package queue_test

import (
	"errors"
	"testing"
	"time"

	"accueil/internal/queue"
)

func TestFactsThatCannotBe(t *testing.T) {
	good := queue.Fact{Kind: queue.Contacted, Day: "2026-11-24", At: opening, Desk: "5", Service: "creer", Mode: "phone", Persons: 2, Length: time.Minute}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*queue.Fact){
		"no mode":                  func(f *queue.Fact) { f.Mode = "" },
		"a mode that is no key":    func(f *queue.Fact) { f.Mode = "by phone" },
		"a role that is no key":    func(f *queue.Fact) { f.Role = "Jeanne Martin" },
		"too many":                 func(f *queue.Fact) { f.Persons = queue.MaxPersons + 1 },
		"fewer than nobody":        func(f *queue.Fact) { f.Persons = -1 },
		"longer than a day":        func(f *queue.Fact) { f.Length = 25 * time.Hour },
		"a time that runs back":    func(f *queue.Fact) { f.Length = -time.Minute },
		"languages like stories":   func(f *queue.Fact) { f.Languages = []string{"parle français"} },
		"more languages than any":  func(f *queue.Fact) { f.Languages = make([]string, queue.MaxLanguages+1) },
		"nothing that is undone":   func(f *queue.Fact) { f.Kind = queue.Undone },
		"undone by nobody":         func(f *queue.Fact) { f.Kind, f.Of, f.Desk = queue.Undone, 1, "" },
		"a level beyond the last":  func(f *queue.Fact) { f.Level = queue.MaxLevel + 1 },
		"nobody who is reinstated": func(f *queue.Fact) { f.Kind = queue.Reinstated },
	} {
		bad := good
		spoil(&bad)
		if err := bad.Validate(); !errors.Is(err, queue.ErrFact) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
