package screen

import (
	"fmt"
	"os"
	"strings"

	"accueil/kiosk/fontfile"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
)

// family is a font of the system: how it is called, how its files begin, and
// the Debian package that brings it.
type family struct{ name, file, style, debian string }

// families are looked through in this order for a character.
func families() []family {
	return []family{
		{"DejaVu Sans Mono", "DejaVuSansMono.", "", "fonts-dejavu-core"},
		{"Noto Sans Mono CJK", "NotoSansCJK-Regular.", "", "fonts-noto-cjk"},
		{"Noto Sans Arabic", "NotoSansArabic-Regular.", "", "fonts-noto-core"},
		{"DejaVu Sans", "DejaVuSans.", "", "fonts-dejavu-core"},
	}
}

// bold is the one family that is drawn bold; the others stand in as they are.
func bold() family {
	return family{"DejaVu Sans Mono", "DejaVuSansMono-Bold.", "Bold", "fonts-dejavu-core"}
}

// load finds the family in the folders and reads it.
func (f family) load(dirs []string) (*opentype.Font, error) {
	path, err := fontfile.Family{Name: f.name, File: f.file, Debian: f.debian}.Find(dirs)
	if err != nil {
		return nil, err
	}
	return f.read(path)
}

// read parses a font file or the family's face of a collection.
func (f family) read(path string) (*opentype.Font, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read font %q: %w", f.name, err)
	}
	all, err := opentype.ParseCollection(data)
	if err != nil {
		return nil, fmt.Errorf("read font %q from %s: %w", f.name, path, err)
	}
	for i := range all.NumFonts() {
		face, err := all.Font(i)
		if err != nil {
			continue
		}
		if name, err := face.Name(nil, sfnt.NameIDFamily); err == nil && strings.HasPrefix(name, f.name) {
			return face, nil
		}
	}
	return nil, fmt.Errorf("%s holds no font %q: install the Debian package %s", path, f.name, f.debian)
}

// typeface is a loaded font at one size.
type typeface struct {
	font *opentype.Font
	face font.Face
}

// has tells whether the font draws the rune.
func (t typeface) has(r rune) bool {
	i, err := t.font.GlyphIndex(nil, r)
	return err == nil && i != 0
}

// fonts are the typefaces of one picture, loaded as its characters need them.
type fonts struct {
	dirs   []string
	loaded map[family]typeface
}

func newFonts(dirs []string) *fonts {
	return &fonts{dirs: dirs, loaded: map[family]typeface{}}
}

// of returns a typeface that has the rune.
func (f *fonts) of(r rune, strong bool) (typeface, error) {
	order := families()
	if strong {
		order = append([]family{bold()}, order...)
	}
	var missing error
	for _, fam := range order {
		t, err := f.typeface(fam)
		switch {
		case err == nil && t.has(r):
			return t, nil
		case err != nil && missing == nil:
			missing = err
		}
	}
	if missing != nil {
		return typeface{}, fmt.Errorf("draw %q: %w", r, missing)
	}
	return typeface{}, fmt.Errorf("draw %q: no font has it", r)
}

func (f *fonts) typeface(fam family) (typeface, error) {
	if t, ok := f.loaded[fam]; ok {
		return t, nil
	}
	parsed, err := fam.load(f.dirs)
	if err != nil {
		return typeface{}, err
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: fontSize, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		return typeface{}, fmt.Errorf("set font %q: %w", fam.name, err)
	}
	f.loaded[fam] = typeface{parsed, face}
	return f.loaded[fam], nil
}
