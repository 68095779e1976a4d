package screen_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
)

// plain is the canvas as text.
func plain(t testing.TB, c *screen.Canvas) string {
	t.Helper()
	var out bytes.Buffer
	if err := screen.WriteText(&out, c); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestPaintings holds every painting to its golden text.
func TestPaintings(t *testing.T) {
	for _, p := range paintings() {
		for _, size := range [][2]int{{80, 22}, {100, 30}} {
			t.Run(fmt.Sprintf("%s-%dx%d", p.name, size[0], size[1]), func(t *testing.T) {
				c := screen.NewCanvas(size[0], size[1], screen.Calm())
				c.SetInput(p.input)
				p.draw(c)
				screentest.GoldenText(t, fmt.Sprintf("%s-%dx%d", p.name, size[0], size[1]), plain(t, c))
			})
		}
	}
}

// TestPaintingsAreReadable looks at every cell of every painting in every theme
// and state: what can be read has a contrast of at least 7:1.
func TestPaintingsAreReadable(t *testing.T) {
	for _, p := range paintings() {
		for _, theme := range screen.Themes() {
			c := screen.NewCanvas(100, 30, theme)
			c.SetInput(p.input)
			p.draw(c)
			if faults := screentest.Pale(c); len(faults) > 0 {
				t.Errorf("%s, %s: %d faults: %s", p.name, theme.Name, len(faults), faults[0])
			}
		}
	}
}

// TestStatesNeedNoColour: each state of a target differs in its characters.
func TestStatesNeedNoColour(t *testing.T) {
	rect := screen.Rect{X: 0, Y: 0, W: 20, H: 3}
	draw := func(b screen.Button, in screen.Input) string {
		c := screen.NewCanvas(20, 3, screen.Calm())
		c.SetInput(in)
		b.ID, b.Rect, b.Label = "a", rect, "Un"
		c.Button(b)
		return plain(t, c)
	}
	seen := map[string]string{}
	for name, got := range map[string]string{
		"ready":    draw(screen.Button{}, screen.Input{}),
		"main":     draw(screen.Button{Main: true}, screen.Input{}),
		"pressed":  draw(screen.Button{}, screen.Input{Pressed: "a"}),
		"focused":  draw(screen.Button{}, screen.Input{Focused: "a"}),
		"disabled": draw(screen.Button{Target: screen.Target{Disabled: true}}, screen.Input{}),
		"busy":     draw(screen.Button{Busy: true}, screen.Input{}),
	} {
		if other, twice := seen[got]; twice {
			t.Errorf("%s looks like %s:\n%s", name, other, got)
		}
		seen[got] = name
	}
}

func TestDialogTakesTheScreen(t *testing.T) {
	c := screen.NewCanvas(80, 22, screen.Calm())
	drawDialog(c)
	for _, target := range c.Targets() {
		if target.ID != "stay" && target.ID != screen.IDBack {
			t.Errorf("%q can be touched under the dialog", target.ID)
		}
	}
	c.Dialog(screen.Dialog{Title: "Rien"}) // no button: nothing to lay out
}

func TestBottomBarPlacesNeverMove(t *testing.T) {
	items := bar()
	full, sparse := screen.NewCanvas(80, 22, screen.Calm()), screen.NewCanvas(80, 22, screen.Calm())
	full.BottomBar(items)
	sparse.BottomBar([6]screen.BarItem{3: items[3]})
	if got, want := sparse.Targets()[0].Rect, full.Targets()[3].Rect; got != want {
		t.Errorf("the place moved from %+v to %+v", want, got)
	}
}

func TestTable(t *testing.T) {
	rows := []screen.Row{{ID: "t1", Cells: []string{"C 042", "12 min"}}, {ID: "t2", Cells: []string{"C 043", "8 min", "de trop"}}}
	table := screen.Table{Columns: []screen.Column{{Title: "File"}, {Title: "attend", Width: 8, Right: true}}, Rows: rows, Selected: "t2"}
	c := screen.NewCanvas(30, 4, screen.Calm())
	c.Table(c.Area(), table)
	want := " File                   attend\n" + " C 042                  12 min\n" + "▶C 043                   8 min\n\n"
	if got := plain(t, c); got != want {
		t.Errorf("drew\n%s", got)
	}
	if len(c.Targets()) != 2 {
		t.Errorf("targets %+v", c.Targets())
	}
	c = screen.NewCanvas(30, 3, screen.Calm())
	table.Rows, table.Empty = nil, "Personne n'attend"
	c.Table(c.Area(), table)
	if !strings.Contains(plain(t, c), "Personne n'attend") {
		t.Errorf("drew\n%s", plain(t, c))
	}
}

// TestTableScrolls and shows how much there is.
func TestTableScrolls(t *testing.T) {
	var rows []screen.Row
	for i := range 10 {
		rows = append(rows, screen.Row{ID: fmt.Sprint(i), Cells: []string{fmt.Sprintf("C %03d", i)}})
	}
	c := screen.NewCanvas(30, 4, screen.Calm())
	c.Table(c.Area(), screen.Table{Columns: []screen.Column{{Title: "File"}}, Rows: rows, Scroll: &screen.Scroll{Top: 99}})
	if got := plain(t, c); !strings.Contains(got, "C 009") || strings.Contains(got, "C 006") {
		t.Errorf("drew\n%s", got)
	}
}

func TestChartsKeepTheirPlace(t *testing.T) {
	c := screen.NewCanvas(40, 6, screen.Calm())
	if used := c.Sparkline(0, 0, c.Theme().Text(), []int{0, 1, 4, 8, 8}, 8); used != 5 {
		t.Errorf("%d columns", used)
	}
	if got := strings.SplitN(plain(t, c), "\n", 2)[0]; got != " ▁▄██" {
		t.Errorf("drew %q", got)
	}
	c = screen.NewCanvas(40, 6, screen.Calm())
	c.BarChart(c.Area(), c.Theme().Text(), []screen.Bar{{Label: "10", Value: 0}, {Label: "11", Value: 1000}, {Label: "12", Value: -3, Usual: 2000}})
	c.BarChart(screen.Rect{}, c.Theme().Text(), nil)
	if len(c.Cuts()) > 0 {
		t.Errorf("cuts %v:\n%s", c.Cuts(), plain(t, c))
	}
}

func TestKeyLineBreaksAndSaysWhatDidNotFit(t *testing.T) {
	hints := []screen.KeyHint{{ID: "a", Key: "A", Label: "absent"}, {ID: "b", Key: "B", Label: "bureau"}, {ID: "c", Key: "C", Label: "compter"}}
	c := screen.NewCanvas(24, 2, screen.Calm())
	if rows := c.KeyLine(c.Area(), hints); rows != 2 || len(c.Cuts()) > 0 {
		t.Errorf("%d rows, cuts %v\n%s", rows, c.Cuts(), plain(t, c))
	}
	c = screen.NewCanvas(24, 1, screen.Calm())
	if rows := c.KeyLine(c.Area(), hints); rows != 1 || len(c.Cuts()) == 0 {
		t.Errorf("%d rows, cuts %v", rows, c.Cuts())
	}
}

// TestCanvasesSmallerThanAnything: painters must not panic on a sliver.
func TestCanvasesSmallerThanAnything(t *testing.T) {
	for _, p := range paintings() {
		for _, size := range [][2]int{{0, 0}, {1, 1}, {5, 3}, {20, 5}, {79, 21}} {
			c := screen.NewCanvas(size[0], size[1], screen.Calm())
			c.SetInput(p.input)
			p.draw(c)
		}
	}
}
