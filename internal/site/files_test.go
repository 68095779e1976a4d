package site_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"accueil/internal/site"
)

// onlyProblem is the one problem of the small centre with one file replaced.
func onlyProblem(t *testing.T, file, text string) string {
	t.Helper()
	folder := centre(t)
	folder[file] = &fstest.MapFile{Data: []byte(text)}
	_, problems := site.Load(folder)
	if len(problems) != 1 {
		t.Fatalf("%d problems, want one:\n%.1000s", len(problems), said(problems))
	}
	return problems[0].String()
}

func TestFilesThatWouldExhaustTheReader(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"huge":   {strings.Repeat("# bonjour\n", site.MaxFile/10+10), "desks.yaml: the file has 512 KiB, more than 512; "},
		"nested": {"desks: " + strings.Repeat("[", 100_000), "desks.yaml:1: more than 64 brackets are open; "},
		"nested over lines": {"desks:\n" + strings.Repeat(" {a:\n", 1000),
			"desks.yaml:66: more than 64 brackets are open; "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := onlyProblem(t, "desks.yaml", test.text); !strings.HasPrefix(got, test.want) {
				t.Errorf("problem %q, want %q…", got, test.want)
			}
		})
	}
}

func TestEmptyFolder(t *testing.T) {
	s, problems := site.Load(fstest.MapFS{})
	if s != nil || len(problems) != 6 {
		t.Errorf("Load = %v, want one problem for each of six files:\n%s", s, said(problems))
	}
}

// deniedFS is a folder whose files may not be read.
type deniedFS struct{ fs.FS }

func (deniedFS) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

func TestFolderThatMayNotBeRead(t *testing.T) {
	_, problems := site.Load(deniedFS{})
	for _, p := range problems {
		if !strings.Contains(p.String(), "permission denied") {
			t.Errorf("problem %q does not say why", p)
		}
	}
	if len(problems) != 8 {
		t.Errorf("%d problems, want 8", len(problems))
	}
}

func TestProblemIsAnError(t *testing.T) {
	var err error = site.Problem{What: "the letter is b", Mend: "write B"}
	var problem site.Problem
	if got := err.Error(); got != "the letter is b; write B" || !errors.As(err, &problem) {
		t.Errorf("error %q", got)
	}
}

func FuzzLoad(f *testing.F) {
	for _, text := range []string{"desks: [{key: a}]", "desks:\n  - key: &a x\n", "? a\n: b", "desks: !!binary x", "- a\n- b: [c, {d: e}]"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		folder := centre(t)
		folder["desks.yaml"] = &fstest.MapFile{Data: []byte(text)}
		if s, problems := site.Load(folder); (s == nil) != (len(problems) > 0) {
			t.Errorf("site %v with %d problems", s, len(problems))
		}
	})
}
