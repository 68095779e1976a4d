package main

import (
	"fmt"
	"slices"
	"strings"

	"accueil/internal/phrases"
	"accueil/internal/site"
)

// check validates a folder of content.
type check struct {
	Dir string `arg:"" help:"Folder with the content." type:"existingdir"`
}

// Run prints every mistake and says in its status whether there was one.
func (k *check) Run(c console) error {
	s, err := c.content(k.Dir)
	if err != nil {
		return err
	}
	missing, err := missingPhrases(s)
	if err != nil {
		return err
	}
	for _, m := range missing {
		fmt.Fprintln(c.err, m)
	}
	if len(missing) > 0 {
		return exit(1)
	}
	fmt.Fprintf(c.out, "%s: no mistake found: %d services, %d desks, %d resources, %d workshops, %d ways from a distance, languages %v\n",
		k.Dir, len(s.Services), len(s.Desks), len(s.Resources), len(s.Workshops), len(s.Distance), s.Languages)
	return nil
}

// missingPhrases names what the programs cannot yet say in a language of the site.
func missingPhrases(s *site.Site) ([]string, error) {
	book, err := phrases.Load()
	if err != nil {
		return nil, err
	}
	var said []string
	if err := book.Check(); err != nil {
		said = strings.Split(err.Error(), "\n")
	}
	for _, lang := range s.Languages {
		if !slices.Contains(book.Languages(), lang) {
			said = append(said, fmt.Sprintf("centre.yaml: the programs do not speak %s; take it out of the languages, or add internal/phrases/texts/*.%s.yaml, as they are for en", lang, lang))
			continue
		}
		for _, gap := range book.Missing(lang) {
			said = append(said, gap.String())
		}
	}
	return said, nil
}
