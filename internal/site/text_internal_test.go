package site

import (
	"math"
	"strings"
	"testing"
)

func TestWrapped(t *testing.T) {
	tests := []struct {
		text  string
		cells int
		want  int
	}{
		{"", 10, 1},
		{"dix lettre", 10, 1},
		{"onze lettre", 10, 2},
		{"un deux trois quatre", 10, 3},
		{"anticonstitutionnellement", 10, 3},
		{"a anticonstitutionnellement", 10, 4},
		{strings.Repeat("我", 10), 10, 2},
		{"tout va", 0, 1},
	}
	for _, test := range tests {
		if got := wrapped(test.text, test.cells); got != test.want {
			t.Errorf("%q in %d cells takes %d lines, want %d", test.text, test.cells, got, test.want)
		}
	}
}

func TestNearestWord(t *testing.T) {
	known := []string{"letter", "shape", "name", "key"}
	for word, want := range map[string]string{"leter": "letter", "Letter": "letter", "shapes": "shape", "zzz": "", "k": "key", "couleur": ""} {
		if got := nearestWord(word, known); got != want {
			t.Errorf("nearestWord(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestIsKey(t *testing.T) {
	for key, want := range map[string]bool{
		"a": true, "formation-45-ans": true, "": false, "A": false, "é": false, "4a": false, "a_b": false, "a-": false,
		"-a": false, "a/b": false, strings.Repeat("a", 33): false,
	} {
		if got := isKey(key); got != want {
			t.Errorf("isKey(%q) = %v", key, got)
		}
	}
}

func TestOrdinal(t *testing.T) {
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 22: "22nd", 113: "113th"} {
		if got := ordinal(n); got != want {
			t.Errorf("ordinal(%d) = %s, want %s", n, got, want)
		}
	}
}

// TestColorsReadOnWhite shows that white text on every colour, and the colour on
// white, has the contrast of 7:1 that WCAG 2.2, 1.4.6, asks for.
func TestColorsReadOnWhite(t *testing.T) {
	for _, look := range Colors() {
		if got := 1.05 / (luminance(look.RGB) + 0.05); got < 7 {
			t.Errorf("%s has a contrast of %.1f:1", look.Key, got)
		}
	}
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(rgb int32) float64 {
	channel := func(shift int) float64 {
		v := float64(rgb>>shift&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}
