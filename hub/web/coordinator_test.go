package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"accueil/hub/floor"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

// post sends a form and gives where its answer leads.
func (p *pages) post(path string, form url.Values, headers ...string) (status int, to string) {
	p.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	p.http.ServeHTTP(w, r)
	return w.Code, w.Header().Get("Location")
}

// body is a page.
func (p *pages) body(path string) string {
	p.t.Helper()
	_, body, _ := p.get(path)
	return body
}

// look reads the floor.
func (p *pages) look(read func(floor.Sight)) {
	p.t.Helper()
	if err := p.floor.Look(p.t.Context(), read); err != nil {
		p.t.Fatal(err)
	}
}

func TestCoordinatorSeesTheFloor(t *testing.T) {
	p := open(t)
	for range 12 { // the centre warns from here
		p.issue("fr")
	}
	p.ask(queue.DoOpenDesk)
	p.see("/coordinator", "pôle Créer", "▲ 12", `class="warn"`, "libre", "10:00</td><td>pôle Créer ", `http-equiv="refresh"`, "/report?from=2026-11-24&amp;to=2026-11-24")
	p.ask(queue.DoCall)
	p.see("/coordinator", "appelé", "→ Bureau")
	if _, body, _ := p.get("/coordinator", "Accept-Language", "en"); !strings.Contains(body, "Last calls") {
		t.Errorf("in English:\n%s", body)
	}
	for _, page := range []string{"/coordinator", "/coordinator/acts", "/board"} {
		_, body, _ := p.get(page)
		if strings.Contains(body, "style=") || strings.Contains(body, "<style") || regexp.MustCompile(`<script>|onclick`).MatchString(body) {
			t.Errorf("%s has a script or a style within", page)
		}
	}
}

// TestCoordinatorSeesWhoWaitsTooLong: each in a row, those furthest over first, all
// of them when asked; and no codes.
func TestCoordinatorSeesWhoWaitsTooLong(t *testing.T) {
	p := open(t)
	p.ask(queue.DoOpenDesk)
	for range 6 { // interviews teach how long it takes
		p.issue("fr")
		p.ask(queue.DoCall)
		p.ask(queue.DoStart)
		p.ahead.Add(int64(4 * time.Minute))
		p.ask(queue.DoFinish)
	}
	var code queue.Code
	for range 60 {
		code = p.issue("es")
	}
	if _, body, _ := p.get("/coordinator"); strings.Contains(body, "attendent plus que") {
		t.Error("somebody is late at once")
	}
	p.ahead.Add(int64(6 * time.Hour))
	p.see("/coordinator", "personnes attendent plus que leur ticket ne l&#39;annonçait", `<th scope="row" class="label">C 007 / C BK 7</th>`, "6 h", "espagnol", "/coordinator?late=all#late")
	_, body, _ := p.get("/coordinator")
	_, all, _ := p.get("/coordinator?late=all")
	rows := func(body string) int { return strings.Count(body, "espagnol") }
	id := regexp.MustCompile(`name="ticket" value="([^"]+)"`).FindStringSubmatch(p.body("/coordinator/acts"))[1]
	_, to := p.post("/coordinator/acts", url.Values{"do": {"leave"}, "id": {"web-gone"}, "ticket": {id}})
	p.see(to, "Le départ est noté.", ">Revenir en arrière<")
	if left := p.body("/coordinator/acts"); strings.Contains(left, `value="`+id+`"`) {
		t.Error("still in the list")
	}
	_, to = p.post("/coordinator/acts", url.Values{"do": {"take-back"}, "id": {"web-back"}, "ticket": {id}})
	p.see(to, "C&#39;est comme avant.", `value="`+id+`"`)
	if rows(body) != 50 || rows(all) <= 50 || strings.Contains(all, string(code)) || strings.Index(body, "C 007") > strings.Index(body, "C 012") {
		t.Errorf("not the worst first, or too much: %d and %d rows", rows(body), rows(all))
	}
}

// TestCoordinatorSeesEveryDevice: how many are in order, then all, the troubled first.
func TestCoordinatorSeesEveryDevice(t *testing.T) {
	p := open(t)
	p.see("/coordinator", "aucun poste entendu")
	for name, s := range map[string]wire.State{
		"pc-01": {V: 1, Online: true, Paper: wire.PaperOK}, "pc-02": {V: 1, Online: true, Paper: wire.PaperOut}, "pc-03": {V: 1}, "pc-04": {V: 1, Online: true},
	} {
		p.floor.Present(wire.RoleKiosk, name, s)
	}
	p.floor.Present(wire.RoleBoard, "salle", wire.State{V: 1, Online: true})
	p.floor.Count("porte", wire.Count{V: 1, Boot: "b", In: 1})
	p.see("/coordinator", "En ordre : ▲\u00a0borne\u00a03/4 · écran\u00a01/1 · ▲\u00a0imprimante\u00a01/2 · compteur\u00a01/1", "prête", "aucune incohérence")
	_, body, _ := p.get("/coordinator")
	last := -1
	for _, name := range []string{"▲ pc-03", "▲ pc-02", ">pc-01", ">pc-04", ">salle", ">porte"} {
		at := strings.Index(body, name)
		if at < last {
			t.Errorf("%s is not in its place", name)
		}
		last = at
	}
}

// TestCoordinatorSeesWhyThereAreNoMoreTickets, as the kiosks say it: near closing.
func TestCoordinatorSeesWhyThereAreNoMoreTickets(t *testing.T) {
	open(t).see("/coordinator", "ouvert")
	p := openAt(t, time.Date(2026, 11, 24, 16, 55, 0, 0, time.UTC)) // the house closes at 18:00 in Paris
	p.see("/coordinator", "complet", "pôle Travailler, complet : il faut 10 min pour recevoir, et on ferme à 18:00")
}

// TestCoordinatorActs: each form does what it says, once however often it is sent.
func TestCoordinatorActs(t *testing.T) {
	p := open(t)
	p.ask(queue.DoOpenDesk)
	desk := p.site.DesksOf("creer")[0].Key
	p.issue("fr")
	acts := []struct {
		form url.Values
		done func(floor.Sight) bool
	}{
		{url.Values{"do": {"close-service"}, "service": {"creer"}}, func(s floor.Sight) bool { return !s.Open("creer") }},
		{url.Values{"do": {"by-calendar"}, "service": {"creer"}}, func(s floor.Sight) bool { return s.Open("creer") }},
		{url.Values{"do": {"open-service"}, "service": {"droit"}}, func(s floor.Sight) bool { return s.Open("droit") }},
		{url.Values{"do": {"move-desk"}, "desk": {desk}, "services": {"evoluer", "creer"}},
			func(s floor.Sight) bool { return slices.Equal(s.Day.Desk(desk).Services, []string{"evoluer", "creer"}) }},
		{url.Values{"do": {"announce"}, "phrase": {"notice.late"}, "minutes": {"30"}}, func(s floor.Sight) bool { return len(s.Notices()) == 1 }},
		{url.Values{"do": {"announce"}, "phrase": {"notice.late"}, "text-fr": {"Café  offert"}, "text-ar": {"قهوة"}, "minutes": {"0"}},
			func(s floor.Sight) bool {
				n := s.Notices()
				return len(n) == 2 && n[1].Text["fr"] == "Café offert" && n[1].Text["ar"] == "قهوة" && n[1].Phrase == ""
			}},
		{url.Values{"do": {"close-day"}}, func(s floor.Sight) bool { return s.Day.Closed }},
		{url.Values{"do": {"open-day"}}, func(s floor.Sight) bool { return !s.Day.Closed && len(s.Day.Waiting("creer")) == 1 }},
	}
	for _, a := range acts {
		do := a.form.Get("do")
		a.form.Set("id", "web-"+do+a.form.Get("text-fr")[:min(3, len(a.form.Get("text-fr")))])
		var facts uint64
		for range 2 {
			status, to := p.post("/coordinator/acts", a.form)
			if want := "/coordinator/acts?said=coordinator.done." + do; status != http.StatusSeeOther || to != want {
				t.Fatalf("%s: %d, leads to %s", do, status, to)
			}
			p.look(func(s floor.Sight) {
				if !a.done(s) {
					t.Errorf("%s: not done", do)
				}
				if facts != 0 && s.Stamp.Fact != facts {
					t.Errorf("%s: done twice", do)
				}
				facts = s.Stamp.Fact
			})
		}
	}
	p.see("/coordinator/acts?said=coordinator.done.announce", "L&#39;annonce est affichée.", "Café offert")
	var id string
	p.look(func(s floor.Sight) { id = s.Notices()[0].ID })
	p.post("/coordinator/acts", url.Values{"do": {"silence"}, "notice": {id}, "id": {"web-s"}})
	p.look(func(s floor.Sight) {
		if n := s.Notices(); len(n) != 1 || n[0].ID == id {
			t.Errorf("after taking one down: %+v", n)
		}
	})
}

// TestCoordinatorFormsAreNotTrusted: other deeds, other sites, strange keys.
func TestCoordinatorFormsAreNotTrusted(t *testing.T) {
	p := open(t)
	for name, form := range map[string]url.Values{
		"another deed": {"do": {"void"}, "id": {"web-1"}},
		"no id":        {"do": {"close-day"}},
		"strange id":   {"do": {"close-day"}, "id": {"phone-1"}},
	} {
		if status, _ := p.post("/coordinator/acts", form); status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, status)
		}
	}
	if status, _ := p.post("/coordinator/acts", url.Values{"do": {"close-day"}, "id": {"web-1"}}, "Sec-Fetch-Site", "cross-site"); status != http.StatusForbidden {
		t.Errorf("from elsewhere: %d", status)
	}
	if _, to := p.post("/coordinator/acts", url.Values{"do": {"close-service"}, "service": {"droit x"}, "id": {"web-2"}}); !strings.HasSuffix(to, "said=refused.bad-request") {
		t.Errorf("a strange service leads to %s", to)
	}
	if _, body, _ := p.get("/coordinator/acts?said=staff.never"); strings.Contains(body, `role="status"`) {
		t.Error("the address can say anything")
	}
	p.look(func(s floor.Sight) {
		if s.Day.Closed {
			t.Error("the day is closed")
		}
	})
}

// TestBoardPage shows the newest call large, and what else a waiting room needs.
func TestBoardPage(t *testing.T) {
	p := open(t)
	p.see("/board", "Les appels s&#39;affichent ici", "Créer", p.site.Workshops[0].Where.In("fr"))
	p.issue("es")
	p.ask(queue.DoOpenDesk)
	p.ask(queue.DoCall)
	n := wire.Notice{Phrase: "notice.long-wait", Until: tuesday.Add(1e12)}
	done := make(chan wire.Reply, 1)
	p.floor.Ask(wire.RoleCoordinator, wire.Request{V: 1, Ask: queue.Ask{ID: "n", Do: wire.DoAnnounce}, Notice: &n}, func(r wire.Reply) { done <- r })
	<-done
	p.see("/board", "<h1><bdi>C ", "bureau ", "L&#39;attente est longue", `content="5"`, `data-text="Affichage arrêté depuis …. Votre ticket reste valable. `)
	p.see("/board?lang=ar", `dir="rtl"`)
	if _, body, _ := p.get("/board"); strings.Contains(body, `"code"`) || strings.Contains(body, "<form") {
		t.Error("the board carries more than it shows")
	}
}
