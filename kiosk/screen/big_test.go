package screen

import "testing"

func TestEveryBigCharacterIsWhole(t *testing.T) {
	seen := map[[bigRows]string]rune{}
	for _, r := range "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-: " {
		glyph, ok := glyphOf(r)
		if !ok {
			t.Fatalf("no drawing of %q", r)
		}
		if other, twice := seen[glyph]; twice {
			t.Errorf("%q and %q look the same", r, other)
		}
		seen[glyph] = r
		for _, row := range glyph {
			if len([]rune(row)) != glyphWidth(glyph) {
				t.Errorf("%q: row %q is not %d wide", r, row, glyphWidth(glyph))
			}
		}
	}
}

func TestBigSizeIsWhatIsDrawn(t *testing.T) {
	for _, text := range []string{"C 042", "", "é", "A-1", "c 042", "W"} {
		c := NewCanvas(120, 12, Calm())
		w, h := BigSize(text)
		if used := c.Big(1, 0, c.Theme().Text(), text); used != w || h > 6 || len(c.Cuts()) > 0 {
			t.Errorf("%q: %d columns drawn, BigSize %d × %d, cuts %v", text, used, w, h, c.Cuts())
		}
		if used := c.BigScale(1, 0, 2, c.Theme().Text(), text); used != 2*w {
			t.Errorf("%q twice as large: %d columns, want %d", text, used, 2*w)
		}
	}
}

func TestBigTextThatRunsOutIsRecorded(t *testing.T) {
	c := NewCanvas(30, 5, Calm())
	c.Big(0, 0, c.Theme().Text(), "C 042")
	if len(c.Cuts()) != 1 {
		t.Errorf("cuts = %v", c.Cuts())
	}
}
