package printer

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"regexp"
	"slices"
	"strings"

	"accueil/kiosk/fontfile"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// weights are the families of each weight, looked through in this order for a character.
func weights(strong bool) []fontfile.Family {
	weight := "Regular"
	if strong {
		weight = "Bold"
	}
	return []fontfile.Family{
		{Name: "Noto Sans", File: "NotoSans-" + weight + ".", Debian: "fonts-noto-core"},
		{Name: "Noto Sans Arabic", File: "NotoSansArabic-" + weight + ".", Debian: "fonts-noto-core"},
		{Name: "Noto Sans CJK SC", File: "NotoSansCJK-" + weight + ".", Debian: "fonts-noto-cjk"},
	}
}

// typesetter sets text of any language in the system's fonts. It is not for
// several goroutines at once.
type typesetter struct {
	dirs    []string
	faces   map[bool][]*font.Face // by strong
	tried   map[bool]int          // how many of the weight's families
	missing map[bool]error        // what the first absent family of a weight said
	shaper  shaping.HarfbuzzShaper
	split   shaping.Segmenter
	wrap    shaping.LineWrapper
}

func newTypesetter(dirs []string) *typesetter {
	return &typesetter{dirs: dirs, faces: map[bool][]*font.Face{}, tried: map[bool]int{}, missing: map[bool]error{}}
}

// text is a paragraph to set.
type text struct {
	words    string
	size     int // dots of an em
	strong   bool
	rtl      bool
	language string // BCP 47
}

// line is one set line: its runs from left to right, and its width in dots.
type line struct {
	runs  []shaping.Output
	width int
}

// lines breaks a paragraph at the width, in the order they are read. A
// character that no installed font has is an error, as the paper would show a
// box in its place.
func (t *typesetter) lines(p text, width int) ([]line, error) {
	faces, err := t.facesFor(p.words, p.strong)
	if err != nil {
		return nil, err
	}
	runes := []rune(p.words)
	if p.rtl {
		runes = []rune(signed.ReplaceAllString(p.words, "\u2066$0\u2069"))
	}
	in := shaping.Input{Text: runes, RunEnd: len(runes), Size: fixed.I(p.size), Language: language.NewLanguage(p.language)}
	if p.rtl {
		in.Direction = di.DirectionRTL
	}
	var shaped []shaping.Output
	for _, run := range t.split.Split(in, available(faces)) {
		shaped = append(shaped, t.shaper.Shape(run))
	}
	wrapped, _ := t.wrap.WrapParagraph(shaping.WrapConfig{Direction: in.Direction}, width, runes, shaping.NewSliceIterator(shaped))
	var set []line
	for _, w := range wrapped {
		runs := slices.Clone(w)
		slices.SortFunc(runs, func(a, b shaping.Output) int { return int(a.VisualIndex - b.VisualIndex) })
		l := line{runs: runs}
		var advance fixed.Int26_6
		for _, r := range runs {
			advance += r.Advance
		}
		l.width = advance.Ceil()
		set = append(set, l)
	}
	return set, nil
}

// available are faces in the order of preference.
type available []*font.Face

// ResolveFace implements [shaping.Fontmap].
func (a available) ResolveFace(r rune) *font.Face {
	for _, f := range a {
		if _, has := f.NominalGlyph(r); has {
			return f
		}
	}
	return a[0]
}

// signed numbers keep their sign before them between words that run from right
// to left, as "−1" names a floor there too.
var signed = regexp.MustCompile(`[−+-]\d+`)

// facesFor are the faces that have every character of the words, in the order
// of preference. Families are read as their characters need them: those of
// Chinese weigh 20 MB.
func (t *typesetter) facesFor(words string, strong bool) ([]*font.Face, error) {
	families := weights(strong)
	for n, r := 0, []rune(words); n < len(r); {
		if has(t.faces[strong], r[n]) {
			n++
			continue
		}
		if t.tried[strong] == len(families) {
			return nil, cannot(r[n], t.missing[strong])
		}
		face, err := readFace(families[t.tried[strong]], t.dirs)
		t.tried[strong]++
		if err == nil {
			t.faces[strong] = append(t.faces[strong], face)
		} else if t.missing[strong] == nil {
			t.missing[strong] = err
		}
	}
	return t.faces[strong], nil
}

func has(faces []*font.Face, r rune) bool {
	return slices.ContainsFunc(faces, func(f *font.Face) bool { _, ok := f.NominalGlyph(r); return ok })
}

func cannot(r rune, missing error) error {
	if missing != nil {
		return fmt.Errorf("print %q: %w", r, missing)
	}
	return fmt.Errorf("print %q: no font has it", r)
}

func readFace(family fontfile.Family, dirs []string) (*font.Face, error) {
	path, err := family.Find(dirs)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read font %q: %w", family.Name, err)
	}
	faces, err := font.ParseTTC(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read font %q from %s: %w", family.Name, path, err)
	}
	for _, f := range faces {
		if strings.EqualFold(f.Describe().Family, family.Name) {
			return f, nil
		}
	}
	return faces[0], nil
}

// draw sets a line on the paper with its left end at x and its baseline at y.
func (l line) draw(b *Bitmap, x, y int) {
	pen := fixed.I(x)
	for _, run := range l.runs {
		for _, g := range run.Glyphs {
			drawGlyph(b, run, g, float32(pen+g.XOffset)/64, float32(y)-float32(g.YOffset)/64)
			pen += g.Advance
		}
	}
}

// drawGlyph fills a glyph's outline: a dot is black when more than half of it is covered.
func drawGlyph(b *Bitmap, run shaping.Output, g shaping.Glyph, x, y float32) {
	outline, ok := run.Face.GlyphDataOutline(g.GlyphID)
	if !ok || len(outline.Segments) == 0 {
		return
	}
	scale := float32(run.Size) / 64 / float32(run.Face.Upem())
	left, top := int(x)+g.XBearing.Floor()-1, int(y)-g.YBearing.Ceil()-1
	w, h := g.Width.Ceil()+4, (-g.Height).Ceil()+4
	at := func(p opentype.SegmentPoint) (float32, float32) {
		return x + p.X*scale - float32(left), y - p.Y*scale - float32(top)
	}
	r := vector.NewRasterizer(w, h)
	for _, s := range outline.Segments {
		ax, ay := at(s.Args[0])
		bx, by := at(s.Args[1])
		cx, cy := at(s.Args[2])
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			r.ClosePath() // not every font closes its contours
			r.MoveTo(ax, ay)
		case opentype.SegmentOpLineTo:
			r.LineTo(ax, ay)
		case opentype.SegmentOpQuadTo:
			r.QuadTo(ax, ay, bx, by)
		case opentype.SegmentOpCubeTo:
			r.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	r.ClosePath()
	mask := image.NewAlpha(image.Rect(0, 0, w, h))
	r.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	for dy := range h {
		for dx, a := range mask.Pix[dy*mask.Stride : dy*mask.Stride+w] {
			if a > 127 {
				b.Blacken(left+dx, top+dy)
			}
		}
	}
}
