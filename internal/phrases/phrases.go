// Package phrases holds every text of the programs in every language: a translator's place.
//
// Texts live in texts/AREA.LANGUAGE.yaml; a language is added by adding files. A
// language has every area for visitors, and may leave out those for the staff.
// A file maps keys to texts, or to one text per plural form of the language:
//
//	board.next: "Au suivant : {Label}"
//	board.ahead:
//	  one: "{Count} personne avant vous"
//	  other: "{Count} personnes avant vous"
//
// {Name} stands for an argument of [Speaker.Say]. Whole numbers are written as
// the language writes them; Count chooses the plural form.
package phrases

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

// Source is the language every phrase is first written in, and the one that
// is spoken where a translation is missing.
const Source = "fr"

// isStaffArea says whether only the staff reads an area: it exists in the languages
// the staff works in.
func isStaffArea(area string) bool {
	switch area {
	case "staff", "figures", "refused", "door", "doctor", "login":
		return true
	}
	return false
}

//go:embed texts/*.yaml
var embedded embed.FS

// Book is every phrase in every language. It is safe for concurrent use.
type Book struct {
	source  *tongue
	tongues map[string]func() (*tongue, error)
}

// Load reads the texts that are built in. French is read at once and any
// mistake in it is returned; another language is read when it is first spoken
// (a kiosk starts in one language), and [Book.Check] reads them all.
func Load() (*Book, error) { return open(embedded) }

func open(texts fs.FS) (*Book, error) {
	files, err := filesByLanguage(texts)
	if err != nil {
		return nil, err
	}
	b := &Book{tongues: make(map[string]func() (*tongue, error), len(files))}
	for lang, names := range files {
		b.tongues[lang] = sync.OnceValues(func() (*tongue, error) { return readTongue(texts, lang, names) })
	}
	if b.tongues[Source] == nil {
		return nil, fmt.Errorf("phrases: no texts/*.%s.yaml", Source)
	}
	b.source, err = b.tongues[Source]()
	return b, err
}

// filesByLanguage groups the text files by the language in their names, in order.
func filesByLanguage(texts fs.FS) (map[string][]string, error) {
	names, err := fs.Glob(texts, "texts/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list texts: %w", err)
	}
	files := map[string][]string{}
	for _, name := range names {
		area, lang := areaAndLanguage(name)
		if area == "" || baseLanguage(lang) != lang || lang == "" {
			return nil, fmt.Errorf("%s: name it AREA.LANGUAGE.yaml, like board.fr.yaml", name)
		}
		files[lang] = append(files[lang], name)
	}
	return files, nil
}

// areaAndLanguage takes "texts/board.fr.yaml" apart; fileName puts it together.
func areaAndLanguage(file string) (area, lang string) {
	area, lang, _ = strings.Cut(strings.TrimSuffix(path.Base(file), ".yaml"), ".")
	return area, lang
}

func fileName(area, lang string) string { return "texts/" + area + "." + lang + ".yaml" }

// baseLanguage reduces "en-GB", "en_GB.UTF-8" and "EN" to "en".
func baseLanguage(lang string) string {
	if i := strings.IndexAny(lang, "-_."); i >= 0 {
		lang = lang[:i]
	}
	return strings.ToLower(lang)
}

// In returns a speaker of lang ("fr", "en-GB"). A language that is unknown is
// spoken in French, and so is every phrase the language lacks.
func (b *Book) In(lang string) Speaker {
	if load := b.tongues[baseLanguage(lang)]; load != nil {
		if t, err := load(); err == nil {
			return Speaker{own: t, source: b.source}
		}
	}
	return Speaker{own: b.source, source: b.source}
}

// ForStaff returns a speaker of lang if it has the texts of the staff's screens, else
// of French: half a screen in each would be worse.
func (b *Book) ForStaff(lang string) Speaker {
	if s := b.In(lang); s.own.areas["staff"] {
		return s
	}
	return b.In(Source)
}

// Languages lists the languages that have texts, French first.
func (b *Book) Languages() []string {
	list := make([]string, 0, len(b.tongues))
	for lang := range b.tongues {
		if lang != Source {
			list = append(list, lang)
		}
	}
	slices.Sort(list)
	return slices.Insert(list, 0, Source)
}

// Keys lists every key of the French texts, sorted.
func (b *Book) Keys() []string {
	keys := make([]string, 0, len(b.source.phrases))
	for key := range b.source.phrases {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Has says whether key is a phrase.
func (b *Book) Has(key string) bool {
	_, ok := b.source.phrases[key]
	return ok
}
