package site_test

import (
	"slices"
	"testing"

	"accueil/internal/site"
)

func TestTypedLanguages(t *testing.T) {
	for _, c := range []struct{ have, want []string }{
		{[]string{"fr"}, []string{"fr"}},
		{[]string{"fr", "es", "en", "ar"}, []string{"fr", "en", "es", "ar"}},
		{[]string{"pt", "es", "fr", "en"}, []string{"pt", "fr", "en", "es"}},
	} {
		s := site.Site{Languages: slices.Clone(c.have)}
		if got := s.Typed(); !slices.Equal(got, c.want) || !slices.Equal(s.Languages, c.have) {
			t.Errorf("%v: typed in %v, want %v; the site has %v", c.have, got, c.want, s.Languages)
		}
	}
}
