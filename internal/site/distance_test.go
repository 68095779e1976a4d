package site_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"accueil/internal/site"
)

func TestLinksThatPhonesOpen(t *testing.T) {
	for want, d := range map[string]site.Distance{
		"tel:+33123456789":          {Kind: site.DistancePhone, Address: "+33 1 23 45 67 89"},
		"tel:3949":                  {Kind: site.DistancePhone, Address: "39 49"},
		"mailto:conseil@exemple.fr": {Kind: site.DistanceEmail, Address: "conseil@exemple.fr"},
		"https://exemple.fr/a":      {Kind: site.DistanceVideo, Address: "https://exemple.fr/a"},
		"":                          {Kind: site.DistancePhone},
	} {
		if got := d.Link(); got != want {
			t.Errorf("%+v opens %q, want %q", d, got, want)
		}
	}
}

// TestDistanceOfAService: its own ways come first; those of other services do not.
func TestDistanceOfAService(t *testing.T) {
	s := site.Site{Distance: []site.Distance{{Key: "site"}, {Key: "droit", Services: []string{"droit"}}, {Key: "creer", Services: []string{"creer", "emploi"}}}}
	for service, want := range map[string][]string{"droit": {"droit", "site"}, "emploi": {"creer", "site"}, "autre": {"site"}, "": {"site", "droit", "creer"}} {
		var got []string
		for _, d := range s.DistanceOf(service) {
			got = append(got, d.Key)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", service, diff)
		}
	}
}
