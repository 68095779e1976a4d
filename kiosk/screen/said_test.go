package screen_test

import (
	"slices"
	"testing"

	"accueil/kiosk/screen"
)

// TestSaidIsInReadingOrder: a screen that draws its buttons first reads its
// sentences first, whole, and each button with its digit.
func TestSaidIsInReadingOrder(t *testing.T) {
	c := screen.NewCanvas(80, 22, screen.Calm())
	button(c, "yes", 2, 10, "Oui", 'o', '1')
	c.Button(screen.Button{Target: screen.Target{ID: "no", Rect: screen.Rect{X: 30, Y: 10, W: 20, H: 3}, Hint: "Non, jamais"}, Label: "Non"})
	c.Button(screen.Button{Target: screen.Target{ID: "off", Rect: screen.Rect{X: 52, Y: 10, W: 20, H: 3}, Disabled: true}, Label: "Éteint"})
	c.TopLine("Où je suis", "10:42")
	c.Wrap(screen.Rect{X: 2, Y: 4, W: 12, H: 4}, c.Theme().Text(), "Une phrase\x1b[31m longue sur trois lignes")
	c.Big(2, 14, c.Theme().Text(), "C 042")
	want := []screen.Said{{Text: "10:42"}, {Text: "Où je suis"}, {Text: "Une phrase longue sur trois lignes"}, {Text: "C 042"},
		{Target: "yes", Key: '1', Text: "Oui"}, {Target: "no", Text: "Non, jamais"}}
	if got := c.Said(); !slices.Equal(got, want) {
		t.Errorf("said %+v\nwant %+v", got, want)
	}
}

// TestDialogIsAllThatIsSaid: what lies under a dialog is not read.
func TestDialogIsAllThatIsSaid(t *testing.T) {
	c := screen.NewCanvas(80, 22, screen.Calm())
	c.TopLine("dessous", "")
	button(c, "under", 2, 10, "Dessous")
	c.Dialog(screen.Dialog{Title: "Encore là ?", Text: "Dites-le.", Buttons: []screen.Button{{Target: screen.Target{ID: "stay", Keys: []rune{'1'}}, Label: "Oui"}}})
	want := []screen.Said{{Text: "Encore là ?"}, {Text: "Dites-le."}, {Target: "stay", Key: '1', Text: "Oui"}}
	if got := c.Said(); !slices.Equal(got, want) {
		t.Errorf("said %+v\nwant %+v", got, want)
	}
}
