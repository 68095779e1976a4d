package uplink

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
)

func (h *fakeHub) offer(version string, pack []byte) {
	h.do(func() { h.version, h.pack = version, pack })
}

func TestContentIsFetchedKeptAndReplaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		big := bytes.Repeat([]byte("centre "), 20_000)
		h.offer("v1", big)
		dir := t.TempDir()
		u, stop := begin(t, h.kiosk(dir))
		if pack, version := u.Content(); pack != nil || version != "" {
			t.Errorf("content before the first: %d bytes, %q", len(pack), version)
		}
		var told [][]byte
		u.OnContent(func(pack []byte) { told = append(told, pack) })
		h.meet()
		if pack, version := u.Content(); !bytes.Equal(pack, big) || version != "v1" {
			t.Errorf("content: %d bytes, %q", len(pack), version)
		}
		h.offer("v2", []byte("two"))
		h.beat()
		synctest.Wait()
		if len(told) != 2 || string(told[1]) != "two" {
			t.Errorf("told of %d contents", len(told))
		}
		asked := h.heard()
		h.beat()
		synctest.Wait()
		if h.heard() != asked {
			t.Error("content it has was asked for again")
		}
		stop()
		u, _ = begin(t, h.kiosk(dir)) // without the hub
		if pack, version := u.Content(); string(pack) != "two" || version != site.Version(pack) {
			t.Errorf("kept: %q, %q", pack, version)
		}
	})
}

func TestSpoiltContentIsFetchedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, contentName), []byte("spoilt"), 0o600); err != nil {
			t.Fatal(err)
		}
		o := h.kiosk(dir)
		o.Check = func(version string, pack []byte) (*time.Location, error) {
			if string(pack) == "spoilt" {
				return nil, errors.New("spoilt")
			}
			return paris(t), nil
		}
		u, _ := begin(t, o)
		if pack, _ := u.Content(); pack != nil {
			t.Errorf("content: %q", pack)
		}
		h.meet()
		h.offer("v2", []byte("spoilt")) // the next one is no good: the last good one stays
		h.beat()
		time.Sleep(time.Minute)
		synctest.Wait()
		if pack, version := u.Content(); string(pack) != "content one" || version != testVersion {
			t.Errorf("content: %q, %q", pack, version)
		}
		h.offer("v3", []byte("three"))
		h.beat()
		time.Sleep(fetchPause)
		synctest.Wait()
		if pack, _ := u.Content(); string(pack) != "three" {
			t.Errorf("content: %q", pack)
		}
	})
}

func TestContentOutOfBoundsIsNotFetched(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		h.offer("v1", make([]byte, site.MaxPack+1))
		u, _ := begin(t, h.kiosk(""))
		h.meet()
		if pack, _ := u.Content(); pack != nil {
			t.Errorf("%d bytes of content", len(pack))
		}
	})
}

func TestTheOwnCheckKnowsAPackByItsVersion(t *testing.T) {
	pack, err := site.Pack(&site.Site{Key: "centre", Zone: "Europe/Paris"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := checkPack("0000000000000000", pack); err == nil {
		t.Error("another version was taken")
	}
	if _, err := checkPack(site.Version([]byte("no pack")), []byte("no pack")); !errors.Is(err, site.ErrPackForm) {
		t.Errorf("err = %v", err)
	}
	if _, err := checkPack(site.Version(pack), pack); err == nil {
		t.Error("a site without anything was taken")
	}
}

func TestTheStateIsSaidAndRefreshed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		o := h.kiosk(t.TempDir())
		o.Program = "1.2"
		u, stop := begin(t, o)
		topic := wire.TerminalTopic(testSite, wire.RoleKiosk, "K1", wire.LeafState)
		h.meet()
		l := h.line
		if s := l.state(t, topic); !s.Online || s.Program != "1.2" || s.Boot == "" || s.Unsent != 0 || s.Since.IsZero() {
			t.Errorf("online: %+v", s)
		}
		if will := l.options.Will; will.Topic != topic || !will.Retained {
			t.Errorf("will: %+v", will)
		}
		l.fall()
		issue(t, u, creer)
		h.network(func(toHub bool, _ int) []delay { return nil })
		l.rise()
		time.Sleep(2 * lookEvery)
		synctest.Wait()
		if s := l.state(t, topic); s.Unsent != 2 {
			t.Errorf("two facts are unsent: %+v", s)
		}
		h.network(nil)
		time.Sleep(2 * lastPause)
		synctest.Wait()
		if s := l.state(t, topic); s.Unsent != 0 {
			t.Errorf("all was sent: %+v", s)
		}
		n := h.heard()
		time.Sleep(stateEvery)
		synctest.Wait()
		if h.heard() == n {
			t.Error("not refreshed")
		}
		stop()
		if s := l.state(t, topic); s.Online {
			t.Errorf("after its end: %+v", s)
		}
	})
}

func TestFootfallNeverWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		u, _ := begin(t, h.kiosk(t.TempDir()))
		u.Began("fr") // no content, no day
		h.meet()
		u.store.turn.Lock() // the disk hangs
		for range 3 * maxNotes {
			u.Asked("start", "fr")
		}
		u.Asked("no key", "fr")
		u.store.turn.Unlock()
		rested()
		time.Sleep(time.Second)
		rested()
		n := 0
		for _, f := range h.facts {
			if f.Kind == queue.Asked {
				n++
			}
		}
		if n < maxNotes || n > 2*maxNotes || n != h.day.Asked()["start"] {
			t.Errorf("%d questions of %d arrived, counted %v", n, 3*maxNotes, h.day.Asked())
		}
		u.Asked("start", "fr")
		rested()
		if h.day.Asked()["start"] != n+1 {
			t.Error("what comes after is lost too")
		}
		h.odds()
		staff := h.kiosk("")
		staff.Role, staff.Name = wire.RoleAdviser, "A1"
		desk, _ := begin(t, staff)
		desk.Began("fr") // has no journal
	})
}
