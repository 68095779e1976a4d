package main

import (
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"

	"accueil/kiosk/paper"
	"accueil/kiosk/printer"
)

// paperRole is what shot calls the tickets on paper.
const paperRole = "paper"

// paper draws a ticket as a printer would, dot by dot.
func (s *shot) paper() error {
	centre, book, err := s.content()
	if err != nil {
		return err
	}
	slip, ok := paper.Example(s.Screen, centre, book.In(s.Lang))
	if !ok {
		return errNoScreen
	}
	width := map[int]int{58: printer.Paper58, 80: printer.Paper80}[s.Paper]
	b, err := printer.Draw(slip, width)
	if err != nil {
		return err
	}
	if s.Out == "" {
		return errors.New("a paper is a picture: name a file with --out FILE.png")
	}
	if filepath.Ext(s.Out) != ".png" {
		return fmt.Errorf("--out %s must end in .png", s.Out)
	}
	file, err := os.Create(s.Out)
	if err != nil {
		return err
	}
	return errors.Join(png.Encode(file, b), file.Close())
}
