package screen

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

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

// fontDirs are the folders of the XDG base directories and Debian's own.
func fontDirs() []string {
	dirs := []string{"/usr/share/fonts", "/usr/local/share/fonts"}
	if home, err := os.UserHomeDir(); err == nil {
		dirs = append(dirs, filepath.Join(home, ".local/share/fonts"), filepath.Join(home, ".fonts"))
	}
	return dirs
}

// load finds the family in the folders and reads it.
func (f family) load(dirs []string) (*opentype.Font, error) {
	for _, dir := range dirs {
		if path := f.find(dir); path != "" {
			return f.read(path)
		}
	}
	return nil, fmt.Errorf("no font %q on this machine: install the Debian package %s", f.name, f.debian)
}

// find returns the path of the family's file below a folder, "" for none.
func (f family) find(dir string) (found string) {
	_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && strings.HasPrefix(e.Name(), f.file) {
			found = path
			return fs.SkipAll
		}
		return nil
	})
	return found
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
