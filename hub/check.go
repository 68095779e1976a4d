package main

import (
	"fmt"

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
	fmt.Fprintf(c.out, "%s: no mistake found: %d services, %d desks, %d resources, %d workshops, languages %v\n",
		k.Dir, len(s.Services), len(s.Desks), len(s.Resources), len(s.Workshops), s.Languages)
	return nil
}

// missingPhrases names what the programs cannot yet say in a language of the site.
func missingPhrases(s *site.Site) ([]string, error) {
	book, err := phrases.Load()
	if err != nil {
		return nil, err
	}
	var said []string
	for _, lang := range s.Languages {
		for _, key := range book.Missing(lang) {
			said = append(said, fmt.Sprintf("centre.yaml: the programs have no %q phrase %s; take %s out of the languages, or add the phrase to internal/phrases/texts", lang, key, lang))
		}
	}
	return said, nil
}
