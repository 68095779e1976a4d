package main

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
)

// askFor is what "hub ask" prints for lines on its standard input.
func askFor(t *testing.T, a ask, lines string) string {
	t.Helper()
	var out, errs strings.Builder
	err := a.Run(console{ctx: context.Background(), in: strings.NewReader(lines), out: &out, err: &errs})
	if err != nil {
		t.Fatalf("%v\n%s", err, errs.String())
	}
	return out.String()
}

func TestAskAnswersLineByLine(t *testing.T) {
	got := askFor(t, ask{}, "chomage\nprud'hommes\r\n\nje sais pas\nmonter\tma boite\nxqzw \xff\n")
	want := "chomage\ttravailler\n" +
		"prud'hommes\tdroit\n" +
		"\t\n" +
		"je sais pas\t\n" +
		"monter ma boite\tcreer\n" +
		"xqzw \uFFFD\t\n"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestAskAnswersAsObjects(t *testing.T) {
	lines := strings.Split(askFor(t, ask{Lang: "ar-MA", JSON: true}, "اريد شغل\nاين الحمام\nمكتبة"), "\n")
	var answers [3]asked
	for i := range answers {
		if err := json.Unmarshal([]byte(lines[i]), &answers[i]); err != nil {
			t.Fatal(err)
		}
	}
	job := answers[0]
	if job.Phrase != "اريد شغل" || len(job.Services) == 0 || job.Services[0].Service != "travailler" ||
		job.Services[0].Question == "" || job.Services[0].Score <= 0 || job.Place != "" {
		t.Errorf("work: %+v", job)
	}
	if answers[1].Place != "reception" || answers[2].Place != "browse" {
		t.Errorf("places: %+v", answers[1:])
	}
	if !strings.Contains(lines[1], `"services":[]`) {
		t.Errorf("no services are not an empty list: %s", lines[1])
	}
}

func TestAskTakesItsWordsAsOnePhrase(t *testing.T) {
	status, out, errs := hubRun(t, "ask", "--lang", "en", "start", "my", "own", "business")
	if status != 0 || out != "start my own business\tcreer\n" {
		t.Errorf("status %d: %q %s", status, out, errs)
	}
}

func TestAskInALanguageWithoutWords(t *testing.T) {
	status, _, errs := hubRun(t, "ask", "--lang", "tlh", "nuqneH")
	if status != 1 || !strings.Contains(errs, `no words in "tlh"`) || !strings.Contains(errs, "ar, en") {
		t.Errorf("status %d: %s", status, errs)
	}
}
