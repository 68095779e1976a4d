package screen

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"strings"
	"testing"
)

func drawn(t *testing.T, c *Canvas) image.Image {
	t.Helper()
	var out bytes.Buffer
	if err := WritePNG(&out, c); err != nil {
		t.Skip(err)
	}
	img, err := png.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// TestBlocksAreExact: no font, no seams, no blurred edges.
func TestBlocksAreExact(t *testing.T) {
	for text, want := range map[string][4]bool{ // upper left, upper right, lower left, lower right
		"█": {true, true, true, true}, "▀": {true, true, false, false}, "▄": {false, false, true, true},
		"▌": {true, false, true, false}, "▐": {false, true, false, true}, "▚": {true, false, false, true},
		"▙": {true, false, true, true}, " ": {},
	} {
		c := NewCanvas(1, 1, Calm())
		c.set(0, 0, text, Style{Fg: 0x112233, Bg: 0xFFFFFF})
		img := drawn(t, c)
		for y := range cellHeight {
			for x := range cellWidth {
				quarter := 2*(2*y/cellHeight) + 2*x/cellWidth
				if r, _, _, _ := img.At(x, y).RGBA(); (r>>8 == 0x11) != want[quarter] {
					t.Fatalf("%q: pixel (%d, %d) is %v", text, x, y, img.At(x, y))
				}
			}
		}
	}
}

func TestEighthsGrowFromBelow(t *testing.T) {
	for n, r := range []rune(eighths) {
		parts, ok := blockOf(r)
		if n == 0 {
			continue
		}
		if !ok || parts[0].y.to-parts[0].y.from != n || parts[0].y.to != 8 {
			t.Errorf("%d eighths (%q): %+v", n, r, parts)
		}
	}
}

// TestLinesJoin: a bar over two rows has no gap between them.
func TestLinesJoin(t *testing.T) {
	c := NewCanvas(1, 2, Calm())
	c.FillWith(c.Area(), Style{Fg: 0, Bg: 0xFFFFFF}, "┃")
	img := drawn(t, c)
	for y := range 2 * cellHeight {
		if r, _, _, _ := img.At(cellWidth/2, y).RGBA(); r != 0 {
			t.Fatalf("pixel row %d is not drawn", y)
		}
	}
}

// TestPictureDrawsEveryWriting the programs have, each glyph within its cells.
func TestPictureDrawsEveryWriting(t *testing.T) {
	for _, text := range []string{"Créer", "Кто", "找", "ﺃﺑﺤﺚ", "é\u0316", "◐♪⌨↑→"} {
		c := NewCanvas(12, 1, Calm())
		c.Text(0, 0, 0, c.Theme().Strong(), text)
		img := drawn(t, c)
		dark := 0
		for y := range cellHeight {
			for x := range cellWidth * 12 {
				if r, _, _, _ := img.At(x, y).RGBA(); r>>8 < 0x80 {
					dark++
				}
			}
		}
		if dark == 0 {
			t.Errorf("%q left no ink", text)
		}
	}
}

func TestMissingFontNamesThePackage(t *testing.T) {
	c := NewCanvas(4, 1, Calm())
	c.Text(0, 0, 0, c.Theme().Text(), "a")
	err := writePNG(&bytes.Buffer{}, c, []string{t.TempDir()})
	if err == nil || !strings.Contains(err.Error(), "fonts-dejavu-core") {
		t.Errorf("err = %v", err)
	}
}

func TestPictureOfACharacterNoFontHas(t *testing.T) {
	c := NewCanvas(4, 1, Calm())
	c.set(0, 0, "\U000F0000", c.Theme().Text())
	if err := WritePNG(&bytes.Buffer{}, c); err == nil {
		t.Error("no error")
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestPictureThatCannotBeWritten(t *testing.T) {
	c := NewCanvas(4, 1, Calm())
	if err := WritePNG(broken{}, c); err == nil {
		t.Error("picture: no error")
	}
	if err := WriteText(broken{}, c); err == nil {
		t.Error("text: no error")
	}
}
