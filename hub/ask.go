package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"unicode"

	"accueil/internal/lexicon"
	"accueil/internal/site"
)

// ask tells which services answer what people say, for those who keep the lexicon.
type ask struct {
	Text   []string `arg:"" optional:"" help:"What somebody says; without it one phrase a line is read from standard input."`
	Lang   string   `help:"Language of the phrases: fr, en …; the centre's first when absent." placeholder:"L"`
	JSON   bool     `help:"Print one JSON object a line."`
	Config string   `help:"Folder with the centre's content; the embedded one when absent." type:"path" placeholder:"DIR"`
}

// maxPhrase is how many bytes a line may have.
const maxPhrase = 1 << 20

// Run prints an answer a phrase, in their order.
func (a *ask) Run(c console) error {
	s, err := c.content(a.Config)
	if err != nil {
		return err
	}
	words := s.Lexicon()
	lang := a.Lang
	if lang == "" {
		lang = s.Languages[0]
	}
	if !words.Speaks(lang) {
		return fmt.Errorf("there are no words in %.20q; there are some in %s", lang, strings.Join(words.Languages(), ", "))
	}
	out := bufio.NewWriter(c.out)
	defer out.Flush()
	if len(a.Text) > 0 {
		return a.print(out, answerTo(words, lang, strings.Join(a.Text, " ")))
	}
	lines := bufio.NewScanner(c.in)
	lines.Buffer(nil, maxPhrase)
	for lines.Scan() {
		if err := a.print(out, answerTo(words, lang, lines.Text())); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read phrases: %w", err)
	}
	return nil
}

// asked is the answer to one phrase, as --json prints it.
type asked struct {
	Phrase   string     `json:"phrase"`
	Services []proposed `json:"services"` // best first
	// Place is where to send someone whom no service answers better: "reception" or
	// "browse"; empty otherwise.
	Place string `json:"place,omitempty"`
}

type proposed struct {
	Service  string  `json:"service"`
	Question string  `json:"question"`
	Score    float64 `json:"score"`
}

// beside is the score a service needs to be named beside a place that fits better.
const beside = 0.5

func answerTo(words *lexicon.Lexicon, lang, phrase string) asked {
	a := asked{Phrase: clean(phrase), Services: []proposed{}}
	for _, p := range words.Ask(lang, phrase) {
		switch place := p.Answer == site.LeadsBrowse || p.Answer == site.LeadsReception; {
		case place && len(a.Services) == 0 && a.Place == "":
			a.Place = p.Answer
		case !place && (a.Place == "" || p.Score >= beside):
			a.Services = append(a.Services, proposed{p.Answer, p.Question, math.Round(p.Score*100) / 100})
		}
	}
	if len(a.Services) == 0 && a.Place == "" {
		a.Place = site.LeadsReception
	}
	return a
}

// print writes "phrase<TAB>service service …", nothing after the tab for none, or
// the JSON object.
func (a *ask) print(out *bufio.Writer, answer asked) error {
	if a.JSON {
		return json.NewEncoder(out).Encode(answer)
	}
	var services []string
	for _, p := range answer.Services {
		services = append(services, p.Service)
	}
	_, err := fmt.Fprintf(out, "%s\t%s\n", answer.Phrase, strings.Join(services, " "))
	return err
}

// clean is a phrase that fits one line of a terminal and holds no tab.
func clean(phrase string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(phrase, "\uFFFD"))
}
