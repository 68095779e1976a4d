package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"accueil/hub/floor"
	"accueil/internal/calendar"
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
)

// paris is where the site's clocks stand in winter.
var paris = time.FixedZone("Paris", 3600)

// calmTuesdays are four Tuesdays on which one person came, and nobody waited after.
func calmTuesdays(t *testing.T) func(*floor.Options) {
	return func(o *floor.Options) {
		t.Helper()
		kiosk := queue.Source{Site: o.Site.Key, Terminal: "k0", Journal: "k0"}
		for week := 4; week > 0; week-- {
			at := tuesday.AddDate(0, 0, -7*week)
			f := queue.Fact{Kind: queue.Issued, Source: kiosk, Seq: uint64(9 - 2*week), Day: queue.DateOf(at, time.UTC), At: at, Heard: at,
				Ticket: queue.NewTicketID("k0", uint64(week)), Code: queue.NewCode(), Label: queue.OwnLabel("C", "BL", week), Service: "creer"}
			left := queue.Fact{Kind: queue.Left, Source: kiosk, Seq: f.Seq + 1, Day: f.Day, At: at.Add(time.Minute), Heard: at.Add(time.Minute), Ticket: f.Ticket}
			facts := []queue.Fact{f, left}
			for i := range facts {
				facts[i].No = o.Journal.Last() + 1 + uint64(i)
			}
			if _, err := o.Journal.Append(o.Journal.Last(), facts); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// withTelephone has a number that is answered on Tuesdays until noon, for creer.
func withTelephone(o *floor.Options) {
	o.Site.Distance = append(o.Site.Distance, site.Distance{
		Key: "conseil", Kind: site.DistancePhone, Name: site.Text{"fr": "Un conseil par téléphone"}, About: site.Text{"fr": "Une question courte."},
		Address: "01 23 45 67 89", Services: []string{"creer"},
		Hours: calendar.Rules{Weekly: []calendar.Weekly{{Days: []calendar.Weekday{2}, Open: []calendar.Span{{From: 540, To: 720}}}}},
	})
}

// TestThePageForWhoCannotWait: when it is usually quieter today, when it opens again,
// and whom to call or write to from here; also once they have left, never when called.
func TestThePageForWhoCannotWait(t *testing.T) {
	p := open(t, calmTuesdays(t), withTelephone)
	first, second := p.issue("fr"), p.issue("fr")
	third := p.issue("fr")
	p.see("/t/"+string(third), "Je ne peux pas attendre", "Aujourd&#39;hui, c&#39;est en général plus calme après 11:00.",
		"mercredi 25 novembre, de 10:00 à 17:30", "Un conseil par courriel", "Un conseil par téléphone", "On vous répond en ce moment, jusqu&#39;à 12:00.",
		`<a href="tel:0123456789" rel="noreferrer"><bdi>01 23 45 67 89</bdi></a>`, `<a href="https://www.cite-sciences.fr" rel="noreferrer">`,
		"Tous les services conseillent aussi à distance")
	for _, lang := range p.site.Languages[1:] {
		p.see("/t/"+string(third)+"?lang="+lang, `class="later"`, "11:00")
	}
	p.press(p.serve(), "/t/"+string(second)+"/leave", nil)
	p.see("/t/"+string(second), "a quitté la file", "Je ne peux pas attendre", "tel:0123456789")
	p.see("/t/"+string(second)+"?open=later", `class="later kept" open`) // as without scripts
	p.ask(queue.DoOpenDesk)
	p.ask(queue.DoCall)
	if _, body, _ := p.get("/t/" + string(first)); strings.Contains(body, `class="later"`) {
		t.Errorf("beside a call:\n%s", body)
	}
	if _, body, _ := p.get("/t/" + string(third)); strings.Contains(body, "plus calme") {
		t.Errorf("one waits, and it is quieter than that:\n%s", body)
	}
}

// TestNothingUsualNothingSaid on the first day of a hub.
func TestNothingUsualNothingSaid(t *testing.T) {
	p := open(t)
	for range 5 {
		p.issue("fr")
	}
	if _, body, _ := p.get("/t/" + string(p.issue("fr"))); strings.Contains(body, "plus calme") || !strings.Contains(body, "mercredi 25 novembre") {
		t.Errorf("on the first day:\n%s", body)
	}
}

// TestAFullPageIsSmall with as many ways from a distance as there may be, as long as
// they may be: what a phone loads first stays within 30 KiB in every language.
func TestAFullPageIsSmall(t *testing.T) {
	p := open(t, calmTuesdays(t), func(o *floor.Options) {
		o.Site.Distance = nil
		for i := range site.MaxDistance {
			d := site.Distance{Key: fmt.Sprint("d", i), Kind: site.DistanceForm, Name: site.Text{}, About: site.Text{}, Address: "https://" + strings.Repeat("a", 40) + ".fr"}
			for _, lang := range o.Site.Languages {
				d.Name[lang], d.About[lang] = strings.Repeat("ю", 31), strings.Repeat("ю", 2*76)
			}
			o.Site.Distance = append(o.Site.Distance, d)
		}
	})
	var code queue.Code
	for range 4 {
		code = p.issue("fr")
	}
	_, script, _ := p.get("/ticket.js")
	for _, lang := range p.site.Languages {
		status, body, _ := p.get("/t/" + string(code) + "?lang=" + lang)
		if n := len(script) + len(body); n > 30<<10 || status != http.StatusOK || strings.Count(body, "aaaa.fr") < 2*site.MaxDistance {
			t.Errorf("%s: %d bytes in all, status %d", lang, n, status)
		}
	}
}

// TestTheAdviceIsNotBeforeTheCall: a page that says that a call may come until then does
// not ask why it has not come before.
func TestTheAdviceIsNotBeforeTheCall(t *testing.T) {
	p := open(t)
	p.ask(queue.DoOpenDesk)
	code := p.issue("fr")
	read := regexp.MustCompile(`plutôt (?:moins de |[0-9]+ à )([0-9]+) min(?s:.*)Pas d&#39;appel avant ([0-9:]+)`)
	said := func() (high int, latest string) {
		_, body, _ := p.get("/t/" + string(code))
		found := read.FindStringSubmatch(body)
		if found == nil {
			t.Fatalf("no interval, or no advice:\n%s", body)
		}
		high, _ = strconv.Atoi(found[1])
		return high, found[2]
	}
	high, latest := said()
	if want := tuesday.Add(time.Duration(high) * time.Minute).In(paris).Format("15:04"); latest != want {
		t.Errorf("within %d minutes, and come at %s, not %s", high, latest, want)
	}
	p.ahead.Store(int64(time.Duration(high-1) * time.Minute))
	now := tuesday.Add(time.Duration(high-1) * time.Minute)
	high, latest = said()
	if want := now.Add(time.Duration(high) * time.Minute).In(paris).Format("15:04"); latest != want {
		t.Errorf("later: within %d minutes, and come at %s, not %s", high, latest, want)
	}
}

// TestThePagePastItsPromise: until the end of what was announced it says by when to
// come to the reception; after it, to come now, or to stay if next, and by itself; where nothing was
// announced, to ask at any time; and who let others pass is promised a later end.
func TestThePagePastItsPromise(t *testing.T) {
	p := open(t)
	unknown := p.issue("fr")
	p.see("/t/"+string(unknown), "Vous trouvez le temps long ? Demandez à l&#39;accueil")
	address := p.serve()
	p.press(address, "/t/"+string(unknown)+"/leave", nil)
	p.ask(queue.DoOpenDesk)
	p.as(wire.RoleAdviser, queue.Ask{Do: queue.DoOpenDesk, Desk: p.site.DesksOf("creer")[1].Key, Services: []string{"creer"}})
	promised, behind := p.issue("fr"), p.issue("fr")
	p.see("/t/"+string(promised), "Pas d&#39;appel avant 10:")
	s := p.stream(address + "/t/" + string(promised) + "/live")
	s.see("Pas d&#39;appel avant 10:")
	p.ahead.Store(int64(3 * time.Hour))
	p.issue("fr")                                                // something happens
	s.see("C&#39;est plus long que prévu. Restez dans la salle") // who is next is not sent out of it
	for code, want := range map[queue.Code]string{promised: "Restez dans la salle", behind: "Il est plus tard que prévu. Venez à l&#39;accueil"} {
		p.see("/t/"+string(code), want)
		if _, body, _ := p.get("/t/" + string(code)); strings.Contains(body, "4 fois sur 5") {
			t.Errorf("a new interval beside that it is over:\n%s", body)
		}
	}
	p.press(address, "/t/"+string(promised)+"/pass", url.Values{"minutes": {"15"}})
	p.see("/t/"+string(promised), "Pas d&#39;appel avant")
}
