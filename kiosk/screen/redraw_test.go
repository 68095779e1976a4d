package screen

import "testing"

// TestRedrawsPaintEverything: each time the whole frame is drawn and sent.
func TestRedrawsPaintEverything(t *testing.T) {
	drawn := 0
	took, err := Redraws(func(c *Canvas) {
		drawn++
		if w, h := c.Size(); w != 240 || h != 67 {
			t.Errorf("drawn at %d × %d", w, h)
		}
	}, 240, 67, 3)
	if err != nil || len(took) != 3 || drawn != 3 {
		t.Fatalf("%v, %d drawn, %v", took, drawn, err)
	}
	for _, d := range took {
		if d <= 0 {
			t.Errorf("took %s", d)
		}
	}
}
