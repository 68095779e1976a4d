package phrases

import "github.com/nicksnyder/go-i18n/v2/i18n"

// Speaker says phrases in one language. It is a small value to pass around;
// its zero value says nothing useful, get one from [Book.In].
type Speaker struct{ own, source *tongue }

// Lang is the language spoken, like "fr".
func (s Speaker) Lang() string { return s.own.lang }

// RightToLeft says whether the language is written from right to left.
func (s Speaker) RightToLeft() bool { return s.own.rightToLeft() }

// Say returns the phrase of key, its arguments filled in from name, value
// pairs: Say("board.ahead", "Count", 3). Texts are inserted as they are, whole
// numbers as the language writes them ("1 300"); pass a year as text. A phrase
// the language lacks is said in French; an unknown key is shown as ⟦key⟧.
func (s Speaker) Say(key string, pairs ...any) string {
	if p, ok := s.own.phrases[key]; ok {
		return s.own.say(key, p, pairs)
	}
	if p, ok := s.source.phrases[key]; ok {
		return s.source.say(key, p, pairs)
	}
	return "⟦" + key + "⟧"
}

func (t *tongue) say(key string, p phrase, pairs []any) string {
	if p.plain != "" {
		return p.plain
	}
	args := arguments{pairs: pairs, format: &t.format}
	config := i18n.LocalizeConfig{MessageID: key, TemplateData: args, TemplateParser: braces{}}
	if p.plural {
		config.PluralCount, _ = args.value("Count")
	}
	// go-i18n returns the form "other" beside its error when a form is missing.
	text, err := t.rules.Localize(&config)
	if err != nil && text == "" {
		return "⟦" + key + "⟧"
	}
	return text
}
