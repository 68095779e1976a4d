package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

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
	p.see("/coordinator", "pôle Créer", "▲ 12", `class="warn"`, "libre", `http-equiv="refresh"`, "/report?from=2026-11-24&amp;to=2026-11-24")
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
		{url.Values{"do": {"announce"}, "phrase": {"notice.late"}, "text-fr": {"Café  offert"}, "minutes": {"0"}},
			func(s floor.Sight) bool {
				n := s.Notices()
				return len(n) == 2 && n[1].Text["fr"] == "Café offert" && n[1].Phrase == ""
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
	p.see("/board", "Les appels s&#39;affichent ici", "Créer", p.site.Workshops[0].Title.In("fr"))
	p.issue("es")
	p.ask(queue.DoOpenDesk)
	p.ask(queue.DoCall)
	n := wire.Notice{Phrase: "notice.long-wait", Until: tuesday.Add(1e12)}
	done := make(chan wire.Reply, 1)
	p.floor.Ask(wire.RoleCoordinator, wire.Request{V: 1, Ask: queue.Ask{ID: "n", Do: wire.DoAnnounce}, Notice: &n}, func(r wire.Reply) { done <- r })
	<-done
	p.see("/board", "<h1><bdi>C ", "bureau ", "L&#39;attente est longue", `content="5"`, `data-text="Affichage arrêté depuis …. Votre ticket reste valable."`)
	p.see("/board?lang=ar", `dir="rtl"`)
	if _, body, _ := p.get("/board"); strings.Contains(body, `"code"`) || strings.Contains(body, "<form") {
		t.Error("the board carries more than it shows")
	}
}
