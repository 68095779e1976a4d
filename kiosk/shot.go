package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"accueil/config"
	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/kiosk/adviser"
	"accueil/kiosk/board"
	"accueil/kiosk/coordinator"
	"accueil/kiosk/door"
	"accueil/kiosk/lock"
	"accueil/kiosk/paper"
	"accueil/kiosk/reception"
	"accueil/kiosk/screen"
	"accueil/kiosk/visitor"
)

// shot draws a screen without a terminal.
type shot struct {
	List   bool   `help:"Name every role and its screens."`
	Role   string `arg:"" optional:"" help:"Role, as --list names it."`
	Screen string `arg:"" optional:"" help:"Screen of the role."`
	Lang   string `help:"Language." default:"fr"`
	Size   string `help:"Columns and rows." default:"100x30"`
	Theme  string `help:"Theme: calm, contrast or night; the role's own when absent." placeholder:"NAME"`
	Large  bool   `help:"Large print, for the visitor's screens."`
	Paper  int    `help:"Width of the paper in millimetres: 58 or 80." enum:"58,80" default:"80" placeholder:"MM"`
	Out    string `help:"File to write, .png or .txt; text to standard output when absent." type:"path" placeholder:"FILE"`
}

// gallery is the example screens of one role.
type gallery struct {
	role    string
	theme   screen.Theme
	screens []string
	draw    func(shot, *site.Site, *phrases.Book) (screen.Role, error)
}

var errNoScreen = errors.New("no such screen; kiosk shot --list names them")

func galleries() []gallery {
	return []gallery{
		{"visitor", screen.Calm(), visitor.Screens(), func(s shot, centre *site.Site, book *phrases.Book) (screen.Role, error) {
			return visitor.Example(s.Screen, visitor.Scene{Site: centre, Book: book, Language: s.Lang, Large: s.Large})
		}},
		{"reception", screen.Calm(), reception.Screens(), func(s shot, centre *site.Site, book *phrases.Book) (screen.Role, error) {
			return orNoScreen(reception.Example(s.Screen, centre, book.ForStaff(s.Lang)))
		}},
		{"adviser", screen.Calm(), adviser.Screens(), func(s shot, centre *site.Site, book *phrases.Book) (screen.Role, error) {
			return orNoScreen(adviser.Example(s.Screen, centre, book.ForStaff(s.Lang)))
		}},
		{"lock", screen.Calm(), lock.Screens(), func(s shot, _ *site.Site, book *phrases.Book) (screen.Role, error) {
			return orNoScreen(lock.Example(s.Screen, book.ForStaff(s.Lang)))
		}},
		{"board", screen.Night(), board.Screens(), func(s shot, centre *site.Site, book *phrases.Book) (screen.Role, error) {
			return orNoScreen(board.Example(s.Screen, centre, book.In(s.Lang)))
		}},
		{"door", screen.Calm(), door.Screens(), func(s shot, _ *site.Site, book *phrases.Book) (screen.Role, error) {
			return orNoScreen(door.Example(s.Screen, book.ForStaff(s.Lang)))
		}},
		{"coordinator", screen.Calm(), coordinator.Screens(), func(s shot, centre *site.Site, book *phrases.Book) (screen.Role, error) {
			return orNoScreen(coordinator.Example(s.Screen, centre, book.ForStaff(s.Lang)))
		}},
	}
}

func orNoScreen[R screen.Role](role R, ok bool) (screen.Role, error) {
	if !ok {
		return nil, errNoScreen
	}
	return role, nil
}

// Run draws, or lists what can be drawn.
func (s *shot) Run(out io.Writer) error {
	all := galleries()
	if s.List {
		for _, g := range all {
			fmt.Fprintf(out, "%s: %s\n", g.role, strings.Join(g.screens, " "))
		}
		fmt.Fprintf(out, "%s: %s\n", paperRole, strings.Join(paper.Examples(), " "))
		return nil
	}
	if s.Role == paperRole {
		return s.paper()
	}
	i := slices.IndexFunc(all, func(g gallery) bool { return g.role == s.Role })
	if i < 0 || !slices.Contains(all[i].screens, s.Screen) {
		return errNoScreen
	}
	centre, book, err := s.content()
	if err != nil {
		return err
	}
	c, err := s.canvas(all[i], centre, book)
	if err != nil {
		return err
	}
	return s.write(c, out)
}

func (s *shot) canvas(g gallery, centre *site.Site, book *phrases.Book) (*screen.Canvas, error) {
	var w, h int
	if n, err := fmt.Sscanf(s.Size, "%dx%d", &w, &h); n != 2 || err != nil || !screen.Fits(w, h, g.role == "visitor") || w > 500 || h > 200 {
		return nil, fmt.Errorf("--size %s must be columns and rows like 100x30, from %dx%d (for visitors upright from %dx%d) to 500x200", s.Size, screen.MinWidth, screen.MinHeight, screen.UprightWidth, screen.UprightHeight)
	}
	theme := g.theme
	if s.Theme != "" {
		i := slices.IndexFunc(screen.Themes(), func(t screen.Theme) bool { return t.Name == s.Theme })
		if i < 0 {
			return nil, fmt.Errorf("--theme %s is none of calm, contrast and night", s.Theme)
		}
		theme = screen.Themes()[i]
	}
	role, err := g.draw(*s, centre, book)
	if err != nil {
		return nil, err
	}
	c := screen.NewCanvas(w, h, theme.WithMarks(marks(centre)))
	role.Draw(c)
	return c, nil
}

// content is what is built in.
func (s *shot) content() (*site.Site, *phrases.Book, error) {
	centre, problems := site.Load(config.FS)
	if len(problems) > 0 {
		return nil, nil, problems[0]
	}
	if !slices.Contains(centre.Languages, s.Lang) {
		return nil, nil, fmt.Errorf("--lang %s is none of %v", s.Lang, centre.Languages)
	}
	book, err := phrases.Load()
	return centre, book, err
}

func (s *shot) write(c *screen.Canvas, out io.Writer) error {
	if s.Out == "" {
		return screen.WriteText(out, c)
	}
	write := screen.WritePNG
	switch filepath.Ext(s.Out) {
	case ".png":
	case ".txt":
		write = screen.WriteText
	default:
		return fmt.Errorf("--out %s must end in .png or .txt", s.Out)
	}
	file, err := os.Create(s.Out)
	if err != nil {
		return err
	}
	return errors.Join(write(file, c), file.Close())
}
