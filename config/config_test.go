package config_test

import (
	"testing"

	"accueil/config"
	"accueil/internal/site"
)

func load(t testing.TB) *site.Site {
	t.Helper()
	s, problems := site.Load(config.FS)
	for _, p := range problems {
		t.Error(p)
	}
	if s == nil {
		t.FailNow()
	}
	return s
}

func TestDefaultContentIsWithoutProblems(t *testing.T) { load(t) }

func TestEveryQuestionLeadsSomewhereWithSomethingToRead(t *testing.T) {
	s := load(t)
	for q := range s.AllQuestions() {
		if _, ok := s.ServiceOf(q.Key); !ok && q.Leads == "" && len(q.Children) == 0 {
			t.Errorf("question %s leads nowhere", q.Key)
		}
		if n := len(s.ResourcesFor(q.Key)); n == 0 && len(q.Children) == 0 {
			t.Errorf("question %s has no resource", q.Key)
		}
		own := 0
		for _, r := range s.Resources {
			for _, k := range r.Questions {
				if k == q.Key {
					own++
				}
			}
		}
		if own < 2 && len(q.Children) == 0 {
			t.Logf("question %s has %d own", q.Key, own)
		}
	}
}
