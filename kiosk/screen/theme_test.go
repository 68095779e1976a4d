package screen

import (
	"fmt"
	"math"
	"testing"
)

// least is the contrast every text must have (EN 301 549, WCAG 2.2 level AAA).
const least = 7.0

func TestRatio(t *testing.T) {
	for _, tt := range []struct {
		a, b Color
		want float64
	}{{0xFFFFFF, 0x000000, 21}, {0x777777, 0xFFFFFF, 4.48}, {0x1B2430, 0x1B2430, 1}} {
		if got := Ratio(tt.a, tt.b); math.Abs(got-tt.want) > 0.01 || got != Ratio(tt.b, tt.a) {
			t.Errorf("Ratio(%06X, %06X) = %.2f, want %.2f", tt.a, tt.b, got, tt.want)
		}
	}
}

// TestEveryPairIsReadable names each text colour with each ground it is used on.
func TestEveryPairIsReadable(t *testing.T) {
	for _, th := range Themes() {
		pairs := map[string][2]Color{
			"ink on paper": {th.Ink, th.Paper}, "quiet on paper": {th.Quiet, th.Paper},
			"ink on panel": {th.Ink, th.Panel}, "quiet on panel": {th.PanelQuiet, th.Panel},
			"ink on foot": {th.Ink, th.Foot}, "quiet on foot": {th.PanelQuiet, th.Foot},
			"accent": {th.OnAccent, th.Accent}, "held": {th.OnHeld, th.Held}, "warn": {th.OnWarn, th.Warn},
		}
		for key, m := range th.marks {
			pairs[key+" on paper"] = [2]Color{m.Color, th.Paper}
			pairs[key+" on panel"] = [2]Color{m.Color, th.Panel}
			pairs["text on "+key] = [2]Color{th.OnMark, m.Color}
		}
		for name, p := range pairs {
			if r := Ratio(p[0], p[1]); r < least {
				t.Errorf("%s: %s has contrast %.2f (#%06X on #%06X)", th.Name, name, r, p[0], p[1])
			}
		}
	}
}

func TestMarksNeedNoColour(t *testing.T) {
	for _, th := range Themes() {
		seen := map[string]string{}
		for key := range th.marks {
			m := th.Mark(key)
			for _, sign := range []string{m.Letter, m.Shape, fmt.Sprintf("%06X", m.Color)} {
				if other, twice := seen[sign]; twice {
					t.Errorf("%s: %s and %s share %q", th.Name, key, other, sign)
				}
				seen[sign] = key
			}
		}
	}
	if m := Calm().Mark("other"); m.String() != "▪" || m.Color != Calm().Ink {
		t.Errorf("unknown service: %+v", m)
	}
}

// TestCalmIsTheAgreedOne: these colours are agreed on, not a matter of taste.
func TestCalmIsTheAgreedOne(t *testing.T) {
	th := Calm()
	got := []Color{th.Paper, th.Ink, th.Quiet, th.Line, th.Mark("travailler").Color, th.Mark("evoluer").Color,
		th.Mark("orientation").Color, th.Mark("creer").Color, th.Mark("droit").Color, th.Mark("numerique").Color,
		Night().Paper, Night().Ink, Night().Accent}
	want := []Color{0xFAF7F0, 0x1B2430, 0x4A5360, 0xD9D3C7, 0x0B3D91, 0x00524C, 0x5B2A86, 0x8A2B0E, 0x37404A, 0x1E5A1E,
		0x0E1B2A, 0xF4F1EA, 0xFFD84A}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("colour %d is #%06X, want #%06X", i, got[i], want[i])
		}
	}
}

// TestMarksOfAnotherSite: its letters and shapes, in colours that can be read, and
// in no theme but this one.
func TestMarksOfAnotherSite(t *testing.T) {
	site := map[string]Mark{"creer": {Letter: "C", Shape: "◢", Color: 0x123456}, "jardin": {Letter: "J", Shape: "▼", Color: 0xffff00}}
	for _, theme := range Themes() {
		marked := theme.WithMarks(site).WithMarks(site)
		if m := marked.Mark("creer"); m.Letter != "C" || m.Shape != "◢" || m.Color != theme.Mark("creer").Color {
			t.Errorf("%s: a service that the theme knows is %+v", theme.Name, m)
		}
		m := marked.Mark("jardin")
		if m.Letter != "J" || m.Shape != "▼" || min(Ratio(m.Color, theme.Paper), Ratio(m.Color, theme.Panel)) < 7 {
			t.Errorf("%s: another service is %+v", theme.Name, m)
		}
		if m := theme.Mark("jardin"); m.Letter != "" {
			t.Errorf("%s was changed: %+v", theme.Name, m)
		}
	}
}
