package site

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"

	"accueil/internal/lexicon"
)

// Words are everyday words of people with a question, by its key: short entries
// such as "lettre de motivation", in one language.
type Words map[string][]string

const wordsFolder = "words"

func wordsFile(lang string) string { return wordsFolder + "/" + lang + ".yaml" }

// words reads the words of every language that has a file, also of those the
// centre does not speak yet.
func (r *reader) words(folder fs.FS, s *Site) {
	s.Words = make(map[string]Words)
	langs := slices.Clone(s.Languages)
	files, _ := fs.ReadDir(folder, wordsFolder) // those that have to be there are missed below
	for _, file := range files {
		if lang, ok := strings.CutSuffix(file.Name(), path.Ext(file.Name())); ok && !slices.Contains(langs, lang) {
			r.strangeWords(file.Name(), lang)
			langs = append(langs, lang)
		}
	}
	for _, lang := range langs {
		if lang == lexicon.Names || isLanguage(lang) {
			r.wordsOf(folder, lang, s)
		}
	}
}

// strangeWords reports a file that nobody would read.
func (r *reader) strangeWords(name, lang string) {
	if path.Ext(name) != ".yaml" || lang != lexicon.Names && !isLanguage(lang) {
		r.file = wordsFolder + "/" + name
		r.report(0, "the file has not the name of a language", "name it such as fr.yaml, or take it away")
	}
}

func (r *reader) wordsOf(folder fs.FS, lang string, s *Site) {
	r.file = wordsFile(lang)
	body := r.body(folder)
	if body == nil {
		r.at.broken[r.file] = true
		return
	}
	var words Words
	v := reflect.ValueOf(&words).Elem()
	if r.table(body, v, "the file") {
		s.Words[lang] = words
	}
}

// words checks the words of every language. Those of a pack are taken as they are:
// no screen shows them, and a terminal should not wait for thousands.
func (c *checker) words() {
	if c.at == nil || c.at.brokenFile("questions.yaml") {
		return
	}
	for _, lang := range slices.Sorted(maps.Keys(c.site.Words)) {
		c.wordsIn(lang, c.site.Words[lang])
	}
}

func (c *checker) wordsIn(lang string, words Words) {
	taken := make(map[string]taken)
	for _, key := range c.wordOrder(words) {
		at := entryOf(words, key)
		where, known := c.site.answerOf(key)
		if !known {
			c.say(fmt.Sprintf("words for the unknown question %q", key), didYouMean(key, c.keys["question"]), at)
		}
		if len(words[key]) == 0 && !c.at.unread(at) {
			c.say(fmt.Sprintf("question %s has no words in %s", key, lang), "write "+key+": [word, another word], or take the line out", at)
		}
		for i := range words[key] {
			c.word(&words[key][i], key)
			c.rival(&words[key][i], key, where, taken)
		}
	}
	c.findable(lang, words)
}

// wordOrder is the keys in the order of the file, so that of two equal words the
// lower one is reported.
func (c *checker) wordOrder(words Words) []string {
	keys := slices.Sorted(maps.Keys(words))
	slices.SortStableFunc(keys, func(a, b string) int {
		return c.at.of(entryOf(words, a)).line - c.at.of(entryOf(words, b)).line
	})
	return keys
}

func (c *checker) word(word *string, key string) {
	switch what, mend := unfit(*word, "60"); {
	case c.at.unread(word):
	case lexicon.Fold(*word) == "":
		c.say(fmt.Sprintf("question %s: an entry of its words is empty", key), "fill it in, or take it out", word)
	case what != "":
		c.say(fmt.Sprintf("question %s: the word %q %s", key, *word, what), mend, word)
	}
}

// taken is who has a word already.
type taken struct {
	word       *string
	key, where string // its question and where that leads
}

// rival reports a word that its question has already, or one that leads elsewhere:
// for two answers it would help nobody. Questions of one service may share words.
func (c *checker) rival(word *string, key, where string, all map[string]taken) {
	folded := lexicon.Fold(*word)
	other, ok := all[folded]
	switch {
	case folded == "":
	case !ok:
		all[folded] = taken{word, key, where}
	case other.key == key:
		c.say(fmt.Sprintf("question %s: the word %q is already given%s", key, *word, c.where(other.word)), "take one out", word)
	case other.where != where && !lexicon.Weak(*word) && !lexicon.Weak(*other.word):
		c.say(fmt.Sprintf("question %s: the word %q is also given%s, for %s", key, *word, c.where(other.word), other.where),
			"keep it where it belongs, or say it with a second word in each place", word)
	}
}

// findable wants words in this language for every question that has some in
// another language of the centre.
func (c *checker) findable(lang string, words Words) {
	if !slices.Contains(c.site.Languages, lang) {
		return
	}
	for q := range c.site.AllQuestions() {
		for _, other := range c.site.Languages {
			_, here := words[q.Key]
			if !here && len(c.site.Words[other][q.Key]) > 0 {
				c.problems = append(c.problems, Problem{wordsFile(lang), 0,
					fmt.Sprintf("question %s has no words in %s", q.Key, lang), "add a line " + q.Key + ": [word, another word]"})
				break
			}
		}
	}
}

// Lexicon is the site's words, ready to be asked. Its answers are keys of services,
// LeadsBrowse and LeadsReception.
func (s *Site) Lexicon() *lexicon.Lexicon {
	entries := make(map[string]map[string][]string, len(s.Words))
	for lang, words := range s.Words {
		entries[lang] = words
	}
	return lexicon.New(entries, func(question string) string {
		where, _ := s.answerOf(question)
		return where
	})
}

// answerOf is the service or the place that a question leads to.
func (s *Site) answerOf(key string) (string, bool) {
	q, parent, ok := s.question(key)
	for _, where := range []string{q.Service, q.Leads, parent.Service, LeadsReception} {
		if ok && where != "" && where != LeadsWords {
			return where, true
		}
	}
	return "", false
}
