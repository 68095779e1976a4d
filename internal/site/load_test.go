package site_test

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"accueil/internal/site"
)

// centre is the folder of the small centre, to be changed by tests.
func centre(t testing.TB) fstest.MapFS {
	t.Helper()
	folder := fstest.MapFS{}
	paths := append(glob(t, "testdata/centre/*.yaml"), glob(t, "testdata/centre/words/*.yaml")...)
	for _, path := range append(paths, glob(t, "testdata/centre/languages/en/*.yaml")...) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		folder[strings.TrimPrefix(path, "testdata/centre/")] = &fstest.MapFile{Data: text}
	}
	return folder
}

func glob(t testing.TB, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	return paths
}

// small is the small centre, loaded.
func small(t testing.TB) *site.Site {
	t.Helper()
	return mustLoad(t, centre(t))
}

func mustLoad(t testing.TB, folder fs.FS) *site.Site {
	t.Helper()
	s, problems := site.Load(folder)
	if len(problems) > 0 {
		t.Fatalf("load:\n%s", said(problems))
	}
	return s
}

func said(problems []site.Problem) string {
	var lines strings.Builder
	for _, p := range problems {
		lines.WriteString(p.String() + "\n")
	}
	return lines.String()
}

const dashes = "----------\n"

// TestProblems runs the cases of testdata/problems. A case is a few changes to the
// small centre, a line of dashes, and every problem then reported. A change is
// "file: old => new", where the old text stands once in the file and \n, \t and \x
// are as in Go; "file: => text" replaces the whole file; "file: remove" removes it.
func TestProblems(t *testing.T) {
	for _, path := range glob(t, "testdata/problems/*.txt") {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			changes, want, ok := strings.Cut(string(text), dashes)
			if !ok {
				t.Fatalf("%s has no line of dashes", path)
			}
			folder := centre(t)
			change(t, folder, changes)
			s, problems := site.Load(folder)
			if (s == nil) != (len(problems) > 0) {
				t.Errorf("site %v with %d problems", s != nil, len(problems))
			}
			got := said(problems)
			if *update {
				os.WriteFile(path, []byte(changes+dashes+got), 0o644)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

var update = flag.Bool("update", false, "write the problems found into the cases")

func change(t *testing.T, folder fstest.MapFS, changes string) {
	t.Helper()
	unquote := strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\r`, "\r", `\xff`, "\xff", `\xfe`, "\xfe",
		`\xe9`, "\xe9", `\ufeff`, "\ufeff", `\u200d`, "\u200d", `\0`, "\x00", `\e`, "\x1b")
	for line := range strings.Lines(changes) {
		file, edit, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		old, text, isEdit := strings.Cut(edit, "=>")
		switch old, text = unquote.Replace(strings.TrimSuffix(old, " ")), unquote.Replace(strings.TrimPrefix(text, " ")); {
		case strings.HasPrefix(line, "#"):
		case ok && edit == "remove":
			delete(folder, file)
		case ok && isEdit && old == "":
			folder[file] = &fstest.MapFile{Data: []byte(text)}
		case ok && isEdit:
			folder[file] = &fstest.MapFile{Data: []byte(replaceOnce(t, string(folder[file].Data), old, text))}
		default:
			t.Fatalf("cannot read the change %q", line)
		}
	}
}

func replaceOnce(t *testing.T, s, old, text string) string {
	t.Helper()
	if n := strings.Count(s, old); n != 1 {
		t.Fatalf("%q stands %d times in the file", old, n)
	}
	return strings.Replace(s, old, text, 1)
}
