package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestTheTicketPageSpeaksTheTicketsLanguage opens a ticket taken in each language
// the centre has, and switches from there to every other.
func TestTheTicketPageSpeaksTheTicketsLanguage(t *testing.T) {
	p := open(t)
	for _, lang := range p.site.Languages {
		dir := "ltr"
		if lang == "ar" {
			dir = "rtl"
		}
		path := "/t/" + string(p.issue(lang))
		_, body, _ := p.get(path, "Accept-Language", "en")
		start := `<html lang="` + lang + `" dir="` + dir + `">`
		if !strings.Contains(body, start) || strings.Contains(body, "⟦") {
			t.Errorf("a ticket in %s: no %s, or a phrase is missing:\n%s", lang, start, body)
		}
		for _, other := range p.site.Languages {
			link := `href="?lang=` + other + `"`
			if strings.Contains(body, link) == (other == lang) {
				t.Errorf("the page in %s and the link %s", lang, link)
			}
			if _, switched, _ := p.get(path + "?lang=" + other); !strings.Contains(switched, `<html lang="`+other+`"`) {
				t.Errorf("%s asked for in the address is not spoken", other)
			}
		}
	}
}

// TestALanguageTheTicketLacks is a ticket of a language the centre no longer has,
// and pages without any ticket: the browser's language decides, then French.
func TestALanguageTheTicketLacks(t *testing.T) {
	p := open(t)
	path := "/t/" + string(p.issue("tlh"))
	for accept, want := range map[string]string{"en-GB,fr;q=0.5": "en", "ja": "fr", "": "fr"} {
		for _, path := range []string{path, "/", "/t/00000000"} {
			status, body, _ := p.get(path, "Accept-Language", accept)
			if status == http.StatusTooManyRequests {
				continue
			}
			if !strings.Contains(body, `<html lang="`+want+`"`) {
				t.Errorf("%s with %q does not speak %s:\n%s", path, accept, want, body)
			}
		}
	}
}

func TestTheSignOfALevelStaysBeforeIt(t *testing.T) {
	p := open(t)
	code := string(p.issue("fr"))
	_, body, _ := p.get("/t/" + code + "?lang=ar")
	if strings.Contains(body, `dir="rtl"`) && !strings.Contains(body, "\u2066−1\u2069") {
		t.Errorf("a level in Arabic has its sign behind it:\n%s", body)
	}
	if _, body, _ = p.get("/t/" + code); strings.Contains(body, "\u2066") {
		t.Errorf("a mark for Arabic in a French page:\n%s", body)
	}
}
