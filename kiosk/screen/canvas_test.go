package screen

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// textOf is the canvas as golden text.
func textOf(t testing.TB, c *Canvas) string {
	t.Helper()
	var out bytes.Buffer
	if err := WriteText(&out, c); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestTextEndsInEllipsisAndRecordsTheCut(t *testing.T) {
	c := NewCanvas(20, 2, Calm())
	used := c.Text(1, 0, 8, c.Theme().Text(), "Je crée mon activité")
	if got, want := textOf(t, c), " Je crée…\n\n"; got != want || used != 8 {
		t.Errorf("drew %q in %d cells, want %q in 8", got, used, want)
	}
	want := []Cut{{At: Rect{1, 0, 8, 1}, Text: "Je crée mon activité"}}
	if diff := cmp.Diff(want, c.Cuts()); diff != "" {
		t.Error(diff)
	}
}

func TestTextOutsideIsHarmlessAndRecorded(t *testing.T) {
	c := NewCanvas(10, 2, Calm())
	for _, at := range [][2]int{{0, -1}, {0, 2}, {12, 0}} {
		c.Text(at[0], at[1], 0, c.Theme().Text(), "perdu")
	}
	if len(c.Cuts()) != 3 || strings.TrimSpace(textOf(t, c)) != "" {
		t.Errorf("cuts %v, canvas %q", c.Cuts(), textOf(t, c))
	}
}

func TestTextOverTextIsRecorded(t *testing.T) {
	c := NewCanvas(20, 1, Calm())
	c.Text(0, 0, 0, c.Theme().Text(), "premier")
	c.Text(3, 0, 0, c.Theme().Text(), "second")
	if cuts := c.Cuts(); len(cuts) != 1 || !cuts[0].Over {
		t.Errorf("cuts = %+v", cuts)
	}
}

func TestWideCharacters(t *testing.T) {
	c := NewCanvas(6, 3, Calm())
	s := c.Theme().Text()
	c.Text(0, 0, 0, s, "找工作")
	c.Text(0, 1, 5, s, "找工作")
	c.Text(0, 2, 0, s, "找工")
	c.set(1, 2, "x", s) // over the second half: the first must go
	c.set(2, 2, "y", s) // over the first half: the second must go
	if got, want := textOf(t, c), "找工作\n找工…\n xy\n"; got != want {
		t.Errorf("drew %q, want %q", got, want)
	}
}

func TestWideCharacterAtTheEdge(t *testing.T) {
	c := NewCanvas(3, 1, Calm())
	c.Text(0, 0, 0, c.Theme().Text(), "a工")
	c.put(2, 0, 2, "作", c.Theme().Text())
	if got := textOf(t, c); got != "a工\n" {
		t.Errorf("drew %q", got)
	}
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		name  string
		r     Rect
		text  string
		want  []string
		lines int
		cuts  int
	}{
		{"at words", Rect{0, 0, 12, 4}, "Je cherche un emploi", []string{"Je cherche", "un emploi", "", ""}, 2, 0},
		{"French punctuation stays", Rect{0, 0, 8, 4}, "Études\u00a0? Oui", []string{"Études\u00a0?", "Oui", "", ""}, 2, 0},
		{"explicit lines", Rect{0, 0, 12, 4}, "un\ndeux", []string{"un", "deux", "", ""}, 2, 0},
		{"a long word breaks", Rect{0, 0, 6, 4}, "anticonstitutionnellement", []string{"antico", "nstitu", "tionne", "lleme…"}, 4, 2},
		{"an address breaks", Rect{0, 0, 12, 4}, "www.onisep.fr/metiers", []string{"www.onisep.f", "r/metiers", "", ""}, 2, 0},
		{"too many lines", Rect{0, 0, 6, 2}, "un deux trois quatre", []string{"un", "deux…", "", ""}, 2, 1},
		{"Chinese", Rect{0, 0, 6, 4}, "我想找一份工作", []string{"我想找", "一份工", "作", ""}, 3, 0},
		{"no room", Rect{0, 0, 6, 0}, "rien", []string{"", "", "", ""}, 0, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := NewCanvas(30, 4, Calm())
			lines := c.Wrap(tt.r, c.Theme().Text(), tt.text)
			got := strings.Split(strings.TrimSuffix(textOf(t, c), "\n"), "\n")
			if diff := cmp.Diff(tt.want, got); diff != "" || lines != tt.lines || len(c.Cuts()) != tt.cuts {
				t.Errorf("%d lines, cuts %v\n%s", lines, c.Cuts(), diff)
			}
		})
	}
}

// TestLinesLoseNothing: wrapped lines fit, and hold every character but the
// spaces at line ends.
func TestLinesLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.StringMatching(`[a-zé?找]{1,9}`)).Draw(t, "words")
		width := rapid.IntRange(2, 20).Draw(t, "width")
		text := strings.Join(words, " ")
		lines := Lines(text, width)
		for _, line := range lines {
			if Width(line) > width {
				t.Fatalf("%q is wider than %d", line, width)
			}
		}
		strip := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if strip(strings.Join(lines, "")) != strip(text) {
			t.Fatalf("%q became %q", text, lines)
		}
	})
}

func TestCellsOutsideAreEmpty(t *testing.T) {
	c := NewCanvas(2, 2, Calm())
	if text, _ := c.Cell(5, 5); text != "" {
		t.Errorf("text %q", text)
	}
	if text, s := c.Cell(1, 1); text != " " || s != Calm().Text() {
		t.Errorf("cell %q %+v", text, s)
	}
}

func TestRect(t *testing.T) {
	r := Rect{2, 1, 21, 10}
	top, below := r.Top(3)
	foot, above := r.Foot(3)
	left, right := r.Left(30)
	for _, tt := range []struct{ got, want any }{
		{top, Rect{2, 1, 21, 3}}, {below, Rect{2, 4, 21, 7}},
		{foot, Rect{2, 8, 21, 3}}, {above, Rect{2, 1, 21, 7}},
		{left, r}, {right, Rect{23, 1, 0, 10}},
		{r.Inset(30, 30), Rect{32, 31, 0, 0}},
		{r.Columns(2, 1), []Rect{{2, 1, 10, 10}, {13, 1, 10, 10}}},
		{r.Rows(2, 2), []Rect{{2, 1, 21, 4}, {2, 7, 21, 4}}},
		{len(r.Grid(2, 2, 1, 1)), 4},
		{r.Center(5, 4), Rect{10, 4, 5, 4}},
		{r.Overlaps(Rect{22, 10, 5, 5}), true}, {r.Overlaps(Rect{23, 1, 5, 5}), false},
		{r.Contains(22, 10), true}, {r.Contains(23, 10), false},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Error(diff)
		}
	}
}
