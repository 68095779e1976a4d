package phrases

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// tongue is all phrases of one language.
type tongue struct {
	lang    string
	tag     language.Tag
	areas   map[string]bool // that it has
	phrases map[string]phrase
	rules   *i18n.Localizer // chooses plural forms and fills them
	format  format
}

// phrase is one text as it was written.
type phrase struct {
	plain  string            // what to say when nothing is to be filled in
	forms  map[string]string // CLDR plural form → text; "other" is always there
	plural bool              // forms differ by Count
	area   string
	file   string
	line   int
}

// where is "file:line".
func (p phrase) where() string { return fmt.Sprintf("%s:%d", p.file, p.line) }

// names lists the arguments the phrase takes, over all its forms.
func (p phrase) names() map[string]bool {
	names := map[string]bool{}
	for _, text := range p.forms {
		for _, part := range split(text) {
			if part.name != "" {
				names[part.name] = true
			}
		}
	}
	return names
}

// readTongue reads the files of one language strictly.
func readTongue(texts fs.FS, lang string, files []string) (*tongue, error) {
	tag, err := language.Parse(lang)
	if err != nil {
		return nil, fmt.Errorf("%s: %q is not a language: %w", files[0], lang, err)
	}
	if lang == "pt" {
		tag = language.EuropeanPortuguese // as it is written here: nought is many
	}
	t := &tongue{lang: lang, tag: tag, areas: map[string]bool{}, phrases: map[string]phrase{}}
	for _, file := range files {
		if err := t.read(texts, file); err != nil {
			return nil, err
		}
	}
	if err := t.learnRules(); err != nil {
		return nil, err
	}
	t.format = t.learnFormat()
	return t, nil
}

func (t *tongue) read(texts fs.FS, file string) error {
	data, err := fs.ReadFile(texts, file)
	if err != nil {
		return fmt.Errorf("read texts: %w", err)
	}
	parsed, err := parser.ParseBytes(data, 0)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	area, _ := areaAndLanguage(file)
	t.areas[area] = true
	for _, doc := range parsed.Docs {
		entries, ok := doc.Body.(ast.MapNode)
		if !ok {
			return fmt.Errorf("%s: no lines such as board.next: \"Au suivant\"", file)
		}
		for pairs := entries.MapRange(); pairs.Next(); {
			if err := t.add(area, file, pairs.Key(), pairs.Value()); err != nil {
				return err
			}
		}
	}
	return nil
}

// add takes one entry of a file.
func (t *tongue) add(area, file string, key ast.MapKeyNode, value ast.Node) error {
	name, at := key.GetToken().Value, key.GetToken().Position.Line
	p, err := newPhrase(value)
	if err != nil {
		return fmt.Errorf("%s:%d: %s: %w", file, at, name, err)
	}
	if before, twice := t.phrases[name]; twice {
		return fmt.Errorf("%s:%d: %s is already in %s: remove one", file, at, name, before.where())
	}
	p.area, p.file, p.line = area, file, at
	t.phrases[name] = p
	return nil
}

// newPhrase checks one value of a text file.
func newPhrase(value ast.Node) (phrase, error) {
	switch v := value.(type) {
	case *ast.StringNode:
		return oneForm(v.Value)
	case ast.MapNode:
		return manyForms(v)
	}
	return phrase{}, fmt.Errorf("%v is not a text: put it in quotes", value)
}

func oneForm(text string) (phrase, error) {
	if err := checkText(text); err != nil {
		return phrase{}, err
	}
	p := phrase{forms: map[string]string{"other": text}}
	if !strings.Contains(text, "{") {
		p.plain = text
	}
	return p, nil
}

func manyForms(values ast.MapNode) (phrase, error) {
	p := phrase{forms: map[string]string{}, plural: true}
	for pairs := values.MapRange(); pairs.Next(); {
		form := pairs.Key().GetToken().Value
		text, isText := pairs.Value().(*ast.StringNode)
		if !isText {
			return p, fmt.Errorf("%s: %v is not a text: put it in quotes", form, pairs.Value())
		}
		if !isPluralForm(form) {
			return p, fmt.Errorf("%q is not a plural form (zero, one, two, few, many, other)", form)
		}
		if err := checkText(text.Value); err != nil {
			return p, fmt.Errorf("%s: %w", form, err)
		}
		p.forms[form] = text.Value
	}
	if p.forms["other"] == "" {
		return p, fmt.Errorf("the plural form other is missing")
	}
	return p, nil
}

// learnRules gives the phrases that take arguments to go-i18n. Each language
// has its own bundle because a bundle must not grow while it is read.
func (t *tongue) learnRules() error {
	messages := make([]*i18n.Message, 0, len(t.phrases))
	for key, p := range t.phrases {
		if p.plain == "" {
			messages = append(messages, &i18n.Message{ID: key,
				Zero: p.forms["zero"], One: p.forms["one"], Two: p.forms["two"],
				Few: p.forms["few"], Many: p.forms["many"], Other: p.forms["other"]})
		}
	}
	bundle := i18n.NewBundle(t.tag)
	if err := bundle.AddMessages(t.tag, messages...); err != nil {
		return fmt.Errorf("texts of %s: %w", t.lang, err)
	}
	t.rules = i18n.NewLocalizer(bundle, t.tag.String())
	return nil
}

// rightToLeft goes by the script the language is written in.
func (t *tongue) rightToLeft() bool {
	script, _ := t.tag.Script()
	switch script.String() {
	case "Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm":
		return true
	}
	return false
}
