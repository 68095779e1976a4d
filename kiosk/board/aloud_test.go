package board

import (
	"testing"
	"time"

	"accueil/internal/wire"
	"accueil/kiosk/speech"

	"github.com/google/go-cmp/cmp"
)

// mouth keeps what it is to say, and what no more.
type mouth struct{ said, withdrawn []speech.Piece }

func (m *mouth) Call(p ...speech.Piece)     { m.said = append(m.said, p...) }
func (m *mouth) Withdraw(p ...speech.Piece) { m.withdrawn = append(m.withdrawn, p...) }

// TestCallsAreSaid: in French, then in the ticket's language when that is
// another one the board speaks; what was called before the board was on is not.
func TestCallsAreSaid(t *testing.T) {
	inRoom(t, func(r *room) {
		m := &mouth{}
		r.role.opt.Voice = m
		r.call("C 001")
		if len(m.said) > 0 {
			t.Errorf("old news: %v", m.said)
		}
		r.call("C 002")
		fr, en := speakers(t, "fr")[0], speakers(t, "fr")[1]
		want := []speech.Piece{speech.Called(fr, "C 002", "5")}
		if diff := cmp.Diff(want, m.said); diff != "" {
			t.Error(diff)
		}
		m.said = nil
		english := wire.Call{Label: "C 003", Service: "creer", Desk: "bureau-5", At: r.hub.Now(), Times: 1, Language: "en"}
		klingon := wire.Call{Label: "C 004", Service: "creer", Desk: "bureau-5", At: r.hub.Now().Add(time.Millisecond), Times: 1, Language: "tlh"}
		r.hub.public.Calls = []wire.Call{klingon, english}
		r.Post(r.role.Changed)
		want = []speech.Piece{speech.Called(fr, "C 003", "5"), speech.Called(en, "C 003", "5"), speech.Called(fr, "C 004", "5")}
		if diff := cmp.Diff(want, m.said); diff != "" {
			t.Error(diff)
		}
	})
}

// TestAnnouncementsEndByThemselves, with the hub away too.
func TestAnnouncementsEndByThemselves(t *testing.T) {
	inRoom(t, func(r *room) {
		r.call()
		r.hub.public.Notices = []wire.Notice{
			{ID: "a", Phrase: "notice.closing-30", Until: r.hub.Now().Add(10 * time.Minute)},
			{ID: "b", Text: map[string]string{"fr": "Café offert."}, Until: r.hub.Now().Add(time.Hour)},
		}
		r.Post(r.role.Changed)
		r.See("Nous fermons dans une demi-heure.")
		r.See("Café offert.")
		r.Advance(turn)
		r.See("We are closing in half an hour.")
		r.See("Café offert.") // as it was typed: in French alone
		r.hub.away = true
		r.Advance(11 * time.Minute)
		r.See("Café offert.")
		r.NotSee("demi-heure")
		r.NotSee("half an hour")
	})
}
