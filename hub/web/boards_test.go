package web_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"accueil/config"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"

	"github.com/chromedp/chromedp"
)

// room is the pages of a centre with so many services, each with a desk of its own.
type room struct {
	*pages
	asked  int
	issued []int
}

func hall(t *testing.T, services int) *room {
	t.Helper()
	r := &room{issued: make([]int, services)}
	s, problems := site.Load(config.FS)
	if len(problems) > 0 {
		t.Fatal(problems[0])
	}
	like := s.Services
	s.Services, s.Desks = nil, nil
	for i := range services {
		one := like[i%4] // which are open on a Tuesday morning
		if i == 4 {
			one = like[4] // and one that is not
		}
		one.Key, one.Letter = fmt.Sprintf("service-%d", i), string(rune('A'+i))
		one.Pole = site.Text{"fr": fmt.Sprintf("pôle %d", i+1)}
		s.Services = append(s.Services, one)
		s.Desks = append(s.Desks, site.Desk{Key: fmt.Sprintf("bureau-%d", i+1), Label: fmt.Sprint(i + 1), Services: []string{one.Key}, Place: one.Place})
	}
	r.pages = openAs(t, s, tuesday)
	return r
}

// come issues a ticket for the nth service under the hub's number; until it is handed
// over, it may be known under the kiosk's own label too.
func (r *room) come(n int, language string, handed bool) {
	r.t.Helper()
	r.seq++
	r.issued[n]++
	letter, day, at := r.site.Services[n].Letter, queue.Date("2026-11-24"), tuesday.Add(time.Duration(r.seq)*time.Second-time.Hour)
	facts := []queue.Fact{{
		Kind: queue.Issued, Seq: r.seq, Day: day, At: at, Ticket: queue.NewTicketID("k", r.seq),
		Code: queue.NewCode(), Label: queue.OwnLabel(letter, "BK", int(r.seq)), Service: r.site.Services[n].Key, Language: language,
	}}
	if handed {
		r.seq++
		facts = append(facts, queue.Fact{Kind: queue.Handed, Seq: r.seq, Day: day, At: at, Ticket: facts[0].Ticket, Label: queue.HubLabel(letter, r.issued[n])})
	}
	done := make(chan struct{})
	r.floor.Hear(wire.Facts{
		V: 1, Source: queue.Source{Site: r.site.Key, Terminal: "k", Journal: "k"}, Sent: tuesday, Facts: facts,
	}, func(wire.Ack) { close(done) })
	<-done
}

// desk does something at the nth service's desk, a second later.
func (r *room) desk(n int, deeds ...queue.Deed) {
	r.t.Helper()
	for _, do := range deeds {
		r.ahead.Add(int64(time.Second))
		r.do(wire.RoleAdviser, wire.Request{V: 1, Ask: queue.Ask{Do: do, Desk: fmt.Sprintf("bureau-%d", n+1), Services: []string{r.site.Services[n].Key}}})
	}
}

func (r *room) do(role string, ask wire.Request) {
	r.t.Helper()
	r.asked++
	ask.ID = fmt.Sprintf("ask-%d", r.asked)
	done := make(chan wire.Reply, 1)
	r.floor.Ask(role, ask, func(r wire.Reply) { done <- r })
	if reply := <-done; reply.Refused != "" {
		r.t.Fatalf("%s: %s", ask.Do, reply.Refused)
	}
}

// announce puts up an announcement for an hour.
func (r *room) announce(n wire.Notice) {
	r.t.Helper()
	n.Until = tuesday.Add(time.Hour)
	r.do(wire.RoleCoordinator, wire.Request{V: 1, Ask: queue.Ask{Do: wire.DoAnnounce}, Notice: &n})
}

// picture keeps what a tab shows in the folder that ACCUEIL_PICTURES names, if any.
func (b *tab) picture(name string) {
	b.t.Helper()
	dir := os.Getenv("ACCUEIL_PICTURES")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		b.t.Error(err)
	}
}
