package web_test

import (
	"fmt"
	"strings"
	"testing"

	"accueil/internal/calendar"
	"accueil/internal/site"
)

// showing is a workshop of a service about a question, on the given day from two to four.
func showing(key, service, question, day string) site.Workshop {
	w := site.Workshop{
		Key: key, Title: site.Text{"fr": "Atelier " + key}, Service: service, Questions: []string{question},
		When: site.Text{"fr": "dates à l'accueil"}, Where: site.Text{"fr": "salle −1"},
	}
	if day != "" {
		w.Hours = calendar.Rules{Exceptions: []calendar.Exception{{Date: day, Open: []calendar.Span{{From: 14 * 60, To: 16 * 60}}}}}
	}
	return w
}

// TestMeanwhile: what can still be joined today comes first, then what is about the
// visitor's question; what to read is about it too, with what the service offers to all.
func TestMeanwhile(t *testing.T) {
	p := open(t)
	p.site.Workshops = []site.Workshop{
		showing("tomorrow", "creer", "", "2026-11-25"), showing("elsewhere", "evoluer", "", "2026-11-24"), showing("service", "creer", "", ""),
		showing("asked", "creer", "activite-idee", ""), showing("today", "creer", "", "2026-11-24"), showing("unrelated", "evoluer", "", ""),
	}
	p.site.Resources = append([]site.Resource{{
		Key: "book", Title: site.Text{"fr": "Le livre de la question"}, Where: site.Text{"fr": "rayon 1"}, Questions: []string{"activite-idee"},
	}}, p.site.Resources...)
	p.asks = "activite-idee"
	_, body, _ := p.get("/t/" + string(p.issue("fr")))
	at := -1
	for _, want := range []string{
		"En attendant", "Le livre de la question", "rayon MFC", "Ateliers",
		"Atelier today<br><small>aujourd&#39;hui 14:00 · salle −1", "Atelier elsewhere", "Atelier asked<br><small>dates à l&#39;accueil",
	} {
		next := strings.Index(body, want)
		if next < at || next < 0 {
			t.Fatalf("%q does not follow:\n%s", want, body)
		}
		at = next
	}
	for _, more := range []string{"Atelier unrelated", "Atelier tomorrow", "Atelier service"} {
		if strings.Contains(body, more) {
			t.Errorf("%s is one too many", more)
		}
	}
	if got := strings.Count(body, "<li>"); got != 6 {
		t.Error(fmt.Sprint(got, " things to read and do"))
	}
}
