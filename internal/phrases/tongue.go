package phrases

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// tongue is all phrases of one language.
type tongue struct {
	lang    string
	tag     language.Tag
	phrases map[string]phrase
	rules   *i18n.Localizer // chooses plural forms and fills them
	format  format
}

// phrase is one text as it was written.
type phrase struct {
	plain  string            // what to say when nothing is to be filled in
	forms  map[string]string // CLDR plural form → text; "other" is always there
	plural bool              // forms differ by Count
	file   string
}

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
	t := &tongue{lang: lang, tag: tag, phrases: map[string]phrase{}}
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
	var entries map[string]any
	if err := yaml.Unmarshal(data, &entries); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	for key, value := range entries {
		p, err := newPhrase(value)
		if err != nil {
			return fmt.Errorf("%s: %s: %w", file, key, err)
		}
		if before, twice := t.phrases[key]; twice {
			return fmt.Errorf("%s: %s is already in %s: remove one", file, key, before.file)
		}
		p.file = file
		t.phrases[key] = p
	}
	return nil
}

// newPhrase checks one value of a text file.
func newPhrase(value any) (phrase, error) {
	switch v := value.(type) {
	case string:
		return oneForm(v)
	case map[string]any:
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

func manyForms(values map[string]any) (phrase, error) {
	p := phrase{forms: make(map[string]string, len(values)), plural: true}
	for form, value := range values {
		text, isText := value.(string)
		if !isText {
			return p, fmt.Errorf("%s: %v is not a text: put it in quotes", form, value)
		}
		if !isPluralForm(form) {
			return p, fmt.Errorf("%q is not a plural form (zero, one, two, few, many, other)", form)
		}
		if err := checkText(text); err != nil {
			return p, fmt.Errorf("%s: %w", form, err)
		}
		p.forms[form] = text
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
	t.rules = i18n.NewLocalizer(bundle, t.lang)
	return nil
}
