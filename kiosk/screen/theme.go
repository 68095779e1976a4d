package screen

import "maps"

// Theme is a set of colours that belong together. Every text colour keeps a
// contrast of at least 7:1 on every background it is used on.
type Theme struct {
	Name       string
	Paper      Color // the ground of everything
	Ink        Color // text, on every ground but Accent, Held, Warn and a mark's
	Quiet      Color // text that matters less, on paper
	Panel      Color // the ground of what can be touched, a shade off the paper
	PanelQuiet Color // text that matters less, on panel and foot
	Foot       Color // the ground of the bottom bar
	Line       Color // the empty part of things; never text
	Accent     Color // the ground of what must be seen first: main button, newest call
	OnAccent   Color // text on it
	Held       Color // the ground of a target while it is pressed
	OnHeld     Color // text on it
	Warn       Color // the ground of a warning
	OnWarn     Color // text on it
	OnMark     Color // text on a service's colour

	marks map[string]Mark
}

// Mark says which service something belongs to, three ways: colour, letter and
// shape, so that none of them is needed to understand.
type Mark struct {
	Letter, Shape string
	Color         Color // readable on paper and panel, and under the theme's OnMark
}

// String is letter and shape, as written before a service's line.
func (m Mark) String() string {
	if m.Letter == "" {
		return m.Shape
	}
	return m.Letter + " " + m.Shape
}

// Mark returns the mark of a service by its key; an unknown service gets a
// plain one without a letter.
func (t Theme) Mark(service string) Mark {
	if m, ok := t.marks[service]; ok {
		return m
	}
	return Mark{Shape: "▪", Color: t.Ink}
}

// MarkAs is the mark of a service: letter and shape as the site has them, the colour
// the theme's own, or for a service the theme does not know the site's, brought
// towards the ink until it can be read.
func (t Theme) MarkAs(service, letter, shape string, color Color) Mark {
	if m := t.Mark(service); m.Letter == letter {
		return Mark{Letter: letter, Shape: shape, Color: m.Color}
	}
	for range 16 {
		if min(Ratio(color, t.Paper), Ratio(color, t.Panel)) >= 7 {
			break
		}
		color = mix(color, t.Ink)
	}
	return Mark{Letter: letter, Shape: shape, Color: color}
}

// WithMarks is the theme of a site with these services, each as [Theme.MarkAs] has it.
func (t Theme) WithMarks(services map[string]Mark) Theme {
	marks := maps.Clone(t.marks)
	for key, m := range services {
		marks[key] = t.MarkAs(key, m.Letter, m.Shape, m.Color)
	}
	t.marks = marks
	return t
}

// mix brings a colour an eighth of the way towards another.
func mix(from, to Color) Color {
	part := func(a, b uint8) Color { return Color((7*int(a) + int(b)) / 8) }
	fr, fg, fb := from.RGB()
	tr, tg, tb := to.RGB()
	return part(fr, tr)<<16 | part(fg, tg)<<8 | part(fb, tb)
}

// Text is ordinary text on paper.
func (t Theme) Text() Style { return Style{Fg: t.Ink, Bg: t.Paper} }

// Strong is text that matters, on paper.
func (t Theme) Strong() Style { return t.Text().Strong() }

// Soft is quiet text on paper.
func (t Theme) Soft() Style { return Style{Fg: t.Quiet, Bg: t.Paper} }

// Loud is text on the accent.
func (t Theme) Loud() Style { return Style{Fg: t.OnAccent, Bg: t.Accent, Bold: true} }

// Alert is text on the warning's ground.
func (t Theme) Alert() Style { return Style{Fg: t.OnWarn, Bg: t.Warn} }

// Calm is the theme of every screen by day: ink on warm paper.
func Calm() Theme {
	return Theme{
		Name: "calm", Paper: 0xFAF7F0, Ink: 0x1B2430, Quiet: 0x4A5360, Line: 0xD9D3C7,
		Panel: 0xF1ECE1, PanelQuiet: 0x3D4550, Foot: 0xE9E3D6,
		Accent: 0x1B2430, OnAccent: 0xFFFFFF, Held: 0x1B2430, OnHeld: 0xFFFFFF,
		Warn: 0xFFE08A, OnWarn: 0x1B2430, OnMark: 0xFFFFFF,
		marks: marks(0x0B3D91, 0x00524C, 0x5B2A86, 0x8A2B0E, 0x37404A, 0x1E5A1E),
	}
}

// Contrast is the theme behind the contrast target: white and yellow on black.
func Contrast() Theme {
	return Theme{
		Name: "contrast", Paper: 0x000000, Ink: 0xFFFFFF, Quiet: 0xFFFFFF, Line: 0x808080,
		Panel: 0x1C1C1C, PanelQuiet: 0xFFFFFF, Foot: 0x2A2A2A,
		Accent: 0xFFD84A, OnAccent: 0x000000, Held: 0xFFFFFF, OnHeld: 0x000000,
		Warn: 0xFFD84A, OnWarn: 0x000000, OnMark: 0x000000,
		marks: marks(0x9CC4FF, 0x6FE3D3, 0xDDB8FF, 0xFFB896, 0xD5DBE3, 0xA5E89A),
	}
}

// Night is the theme of boards and dark rooms.
func Night() Theme {
	return Theme{
		Name: "night", Paper: 0x0E1B2A, Ink: 0xF4F1EA, Quiet: 0xC3CCD6, Line: 0x34475A,
		Panel: 0x172838, PanelQuiet: 0xC3CCD6, Foot: 0x1F3244,
		Accent: 0xFFD84A, OnAccent: 0x0E1B2A, Held: 0xF4F1EA, OnHeld: 0x0E1B2A,
		Warn: 0xFFD84A, OnWarn: 0x0E1B2A, OnMark: 0x0E1B2A,
		marks: marks(0x9CC4FF, 0x6FE3D3, 0xDDB8FF, 0xFFB896, 0xD5DBE3, 0xA5E89A),
	}
}

// marks gives the six services of the centre their colours.
func marks(travailler, evoluer, orientation, creer, droit, numerique Color) map[string]Mark {
	return map[string]Mark{
		"travailler":  {"T", "■", travailler},
		"evoluer":     {"E", "▲", evoluer},
		"orientation": {"O", "●", orientation},
		"creer":       {"C", "◆", creer},
		"droit":       {"D", "▬", droit},
		"numerique":   {"N", "▮", numerique},
	}
}

// Themes returns the three themes in the order the contrast target walks them.
func Themes() []Theme { return []Theme{Calm(), Contrast(), Night()} }
