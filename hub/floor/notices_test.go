package floor_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"accueil/hub/floor"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

// shelf keeps announcements as a file does, and can be full.
type shelf struct {
	kept []wire.Notice
	full bool
}

func (s *shelf) Load() ([]wire.Notice, error) { return s.kept, nil }

func (s *shelf) Save(n []wire.Notice) error {
	if s.full {
		return errors.New("no space left on device")
	}
	s.kept = n
	return nil
}

// notices is what the newest public view announces.
func (h *house) notices() []wire.Notice {
	h.floor.Republish()
	synctest.Wait()
	time.Sleep(100 * time.Millisecond)
	return (<-h.floor.Views()).Public.Notices
}

func (h *house) announce(role string, do queue.Deed, id string, n wire.Notice) queue.Refusal {
	h.t.Helper()
	reply := make(chan wire.Reply, 1)
	h.floor.Ask(role, wire.Request{V: 1, Ask: queue.Ask{ID: id, Do: do}, Notice: &n}, func(r wire.Reply) { reply <- r })
	return (<-reply).Refused
}

// TestAnnouncements: up for everybody until they expire or are taken down, over
// a restart too; what was typed is in no journal.
func TestAnnouncements(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		kept := &shelf{}
		h.options = func(o *floor.Options) { o.Notices = kept }
		h.restart()
		soon := h.now().Add(time.Hour)
		typed := wire.Notice{Text: map[string]string{"fr": "Café offert au fond de la salle."}, Until: soon}
		ready := wire.Notice{Phrase: "notice.closing-30", Until: soon.Add(time.Hour)}
		for id, n := range map[string]wire.Notice{"a": typed, "b": ready} {
			if r := h.announce(wire.RoleCoordinator, wire.DoAnnounce, id, n); r != "" {
				t.Fatalf("%+v: %s", n, r)
			}
		}
		if r := h.announce(wire.RoleCoordinator, wire.DoAnnounce, "c", ready); r != "refused.two-notices" {
			t.Errorf("a third: %q", r)
		}
		if up := h.notices(); len(up) != 2 {
			t.Fatalf("up: %+v", up)
		}
		h.restart()
		if up := h.notices(); len(up) != 2 {
			t.Fatalf("after a restart: %+v", up)
		}
		h.ahead(61 * time.Minute)
		if up := h.notices(); len(up) != 1 || up[0].ID != "b" {
			t.Errorf("an hour later: %+v", up)
		}
		if r := h.announce(wire.RoleCoordinator, wire.DoSilence, "d", wire.Notice{ID: "b"}); r != "" {
			t.Errorf("taken down: %s", r)
		}
		if r := h.announce(wire.RoleCoordinator, wire.DoAnnounce, "b", ready); r != "" {
			t.Errorf("the same request again: %s", r)
		}
		if up := h.notices(); len(up) != 0 {
			t.Errorf("a request sent again put it up again: %+v", up)
		}
		h.day(func(d *queue.Day) {
			if len(d.Odds()) > 0 {
				t.Errorf("odds %+v", d.Odds())
			}
		})
		var said int
		err := h.disk.Day("2026-11-24", func(f queue.Fact) error {
			if f.Kind == queue.Announced || f.Kind == queue.Silenced {
				said++
				if f.Role != wire.RoleCoordinator || strings.Contains(f.Reason, "Café") {
					t.Errorf("%+v", f)
				}
			}
			return nil
		})
		if err != nil || said != 3 {
			t.Errorf("%d facts, %v", said, err)
		}
	})
}

func TestAnnouncementsRefused(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		kept := &shelf{full: true}
		h.options = func(o *floor.Options) { o.Notices = kept }
		h.restart()
		soon := h.now().Add(time.Hour)
		for name, n := range map[string]wire.Notice{
			"nothing":          {Until: soon},
			"both":             {Phrase: "notice.late", Text: map[string]string{"fr": "x"}, Until: soon},
			"another phrase":   {Phrase: "visitor.take", Until: soon},
			"not in French":    {Text: map[string]string{"en": "Coffee."}, Until: soon},
			"unknown language": {Text: map[string]string{"fr": "Café.", "xx": "x"}, Until: soon},
			"too long":         {Text: map[string]string{"fr": strings.Repeat("a", 121)}, Until: soon},
			"steers a screen":  {Text: map[string]string{"fr": "a\x1b[2J"}, Until: soon},
			"turns a line":     {Text: map[string]string{"fr": "a\u202eb"}, Until: soon},
			"over":             {Phrase: "notice.late", Until: h.now()},
			"for ever":         {Phrase: "notice.late", Until: h.now().Add(13 * time.Hour)},
		} {
			if r := h.announce(wire.RoleCoordinator, wire.DoAnnounce, "n-"+strings.ReplaceAll(name, " ", "-"), n); r == "" {
				t.Errorf("%s: announced", name)
			}
		}
		for _, role := range []string{wire.RoleKiosk, wire.RoleAdviser, wire.RoleBoard, wire.RolePhone} {
			if r := h.announce(role, wire.DoAnnounce, "by-"+role, wire.Notice{Phrase: "notice.late", Until: soon}); r != "refused.not-allowed" {
				t.Errorf("%s: %q", role, r)
			}
		}
		if r := h.announce(wire.RoleCoordinator, wire.DoAnnounce, "full", wire.Notice{Phrase: "notice.late", Until: soon}); r != "refused.not-saved" {
			t.Errorf("with a full disk: %q", r)
		}
		if up := h.notices(); len(up) != 0 {
			t.Errorf("up: %+v", up)
		}
	})
}
