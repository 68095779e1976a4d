package screen

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// mirror returns an empty canvas that lies the other way round.
func mirror(w, h int) *Canvas {
	c := NewCanvas(w, h, Calm())
	c.Mirrored(true)
	return c
}

func TestMirroredTextStandsAtTheRight(t *testing.T) {
	c := mirror(24, 4)
	s := c.Theme().Text()
	used := c.Text(2, 0, 0, s, "لا C 042") // two letters in one cell
	c.Text(2, 1, 0, s, "Français")
	c.TextRight(22, 2, 0, s, "10:42")
	c.Text(2, 3, 5, s, "ابابابابا")
	want := "               C 042 ﻻ\n              Français\n  10:42\n                 …ﺑﺎﺑﺍ\n"
	if got := textOf(t, c); got != want || used != 7 {
		t.Errorf("%d columns used, drew\n%s", used, got)
	}
	if at := c.Cuts()[0].At; at != (Rect{17, 3, 5, 1}) {
		t.Errorf("the cut is at %+v", at)
	}
}

func TestArabicOnAnUprightCanvasIsTurnedToo(t *testing.T) {
	c := NewCanvas(20, 1, Calm())
	c.Text(1, 0, 0, c.Theme().Text(), "العربية")
	if got := textOf(t, c); got != " ﺔﻴﺑﺮﻌﻟﺍ\n" {
		t.Errorf("drew %q", got)
	}
}

// TestArabicIsBrokenAsItIsRead: the first line holds the first words.
func TestArabicIsBrokenAsItIsRead(t *testing.T) {
	c := mirror(10, 3)
	if n := c.Wrap(Rect{0, 0, 10, 3}, c.Theme().Text(), "باب 12 دار (باب) دار"); n != 2 {
		t.Errorf("%d lines", n)
	}
	if got := textOf(t, c); got != "ﺭﺍﺩ 12 ﺏﺎﺑ\n ﺭﺍﺩ (ﺏﺎﺑ)\n\n" {
		t.Errorf("drew\n%s", got)
	}
}

// TestMirroredLayout: what is first stands at the right, and a finger finds it
// there.
func TestMirroredLayout(t *testing.T) {
	c := mirror(80, 22)
	for i, place := range c.Body().Columns(2, 2) {
		place.H = 3
		c.Button(Button{Target: Target{ID: fmt.Sprint(i), Rect: place}, Label: "باب"})
	}
	c.SetInput(Input{Pressed: IDBack})
	c.BottomBar([6]BarItem{{ID: IDBack, Icon: "‹", Label: "رجوع"}, {ID: IDHelp, Icon: "?", Label: "دار"}})
	var got []string
	for _, t := range c.Targets() {
		got = append(got, fmt.Sprint(t.ID, " ", t.Rect.X))
	}
	if diff := cmp.Diff([]string{"0 41", "1 2", "back 66", "help 53"}, got); diff != "" {
		t.Error(diff)
	}
	if found, ok := c.targetAt(70, 3); !ok || found.ID != "0" {
		t.Errorf("at the right is %+v", found)
	}
	bar := strings.Split(textOf(t, c), "\n")[20]
	if !strings.HasSuffix(bar, "ﻉﻮﺟﺭ ›▐") {
		t.Errorf("the bar is %q", bar)
	}
}

// TestNotMirrored: digits, codes and keyboards look the same everywhere.
func TestNotMirrored(t *testing.T) {
	for name, draw := range map[string]func(c *Canvas){
		"digits": func(c *Canvas) { c.Big(3, 1, c.Theme().Text(), "C 042") },
		"code": func(c *Canvas) {
			if _, err := c.QR(3, 1, "HTTPS://ACCUEIL.EXEMPLE/T/7K3F9QXD"); err != nil {
				t.Fatal(err)
			}
		},
		"keyboard": func(c *Canvas) {
			c.Keyboard(Rect{3, 1, 60, 9}, Keys{Rows: []string{"azerty", "qsdfgh"}, Space: "␣", Erase: "x"})
		},
	} {
		there, here := NewCanvas(80, 22, Calm()), mirror(80, 22)
		draw(there)
		draw(here)
		left, right := strings.Split(textOf(t, there), "\n"), strings.Split(textOf(t, here), "\n")
		for y := range left {
			if strings.TrimSpace(left[y]) != strings.TrimSpace(right[y]) {
				t.Errorf("%s: row %d is %q and %q", name, y, left[y], right[y])
			}
		}
		if textOf(t, there) == textOf(t, here) {
			t.Errorf("%s stands where it does from left to right", name)
		}
	}
}

func TestListsScrollWhereTheyAre(t *testing.T) {
	c := mirror(60, 22)
	var s Scroll
	c.List(Rect{2, 2, 40, 9}, &s, 9, 3, 1, func(i int, place Rect) {
		c.Button(Button{Target: Target{ID: fmt.Sprint(i), Rect: place}, Label: "باب"})
	})
	if _, ok := c.scrollAt(20, 3); !ok {
		t.Error("no list at the right")
	}
	if _, ok := c.scrollAt(5, 3); ok {
		t.Error("a list at the left")
	}
}

func TestChineseLinesDoNotBeginWithAClosingMark(t *testing.T) {
	for width := 6; width < 30; width++ {
		for _, line := range Lines("您好！请问需要什么帮助？我们可以为您找工作、找实习（免费、匿名），无需预约。", width) {
			if strings.ContainsAny(line[:3], "！？、），。") || strings.HasSuffix(line, "（") {
				t.Errorf("%d columns: a line is %q", width, line)
			}
		}
	}
}
