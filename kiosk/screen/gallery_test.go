package screen_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
)

// painting is one screen made of the painters, as roles combine them.
type painting struct {
	name  string
	input screen.Input
	draw  func(c *screen.Canvas)
}

func paintings() []painting {
	return []painting{
		{"questions", screen.Input{Focused: "q2"}, drawQuestions},
		{"pressed", screen.Input{Pressed: "q3", Focused: screen.IDHelp}, drawQuestions},
		{"ticket", screen.Input{Focused: "print"}, drawTicket},
		{"list", screen.Input{Focused: "item4"}, drawList},
		{"dialog", screen.Input{Focused: "stay"}, drawDialog},
		{"staff", screen.Input{Focused: "desk"}, drawStaff},
		{"keyboard", screen.Input{Pressed: "type:e"}, drawKeyboard},
		{"board", screen.Input{}, drawBoard},
	}
}

func bar() [6]screen.BarItem {
	return [6]screen.BarItem{
		{ID: screen.IDBack, Icon: "‹", Label: "Retour"},
		{ID: screen.IDHelp, Icon: "?", Label: "Aide"},
		{ID: screen.IDLanguage, Icon: "文", Label: "Langue"},
		{ID: screen.IDSound, Icon: "♪", Label: "Son", On: true},
		{ID: screen.IDSize, Icon: "A+", Label: "Taille", Disabled: true},
		{ID: screen.IDContrast, Icon: "◐", Label: "Contraste"},
	}
}

func drawQuestions(c *screen.Canvas) {
	c.TopLine("Cité des métiers", "mar. 24 nov.  10:42")
	body := c.Body()
	title, rest := body.Top(2)
	c.Text(title.X, title.Y, title.W, c.Theme().Strong(), "Bonjour. Qu'est-ce qui vous amène ?")
	words := []struct{ text, note, service string }{
		{"Je cherche un emploi, un stage, une alternance", "ouvert · 15 à 30 min", "travailler"},
		{"Je veux me former, changer de métier", "ouvert · 30 à 50 min", "evoluer"},
		{"Quel métier ? Quelles études ?", "ouvert · personne n'attend", "orientation"},
		{"Je crée mon activité", "ouvert · 10 à 20 min", "creer"},
		{"Mes droits au travail", "jeudi à 14:00", "droit"},
		{"Un coup de main avec l'ordinateur", "ouvert · 5 à 15 min", "numerique"},
		{"Lire, chercher, travailler ici", "1 300 livres · 12 postes libres", ""},
		{"Autre chose : dites-le avec vos mots", "ou demandez à l'accueil", ""},
	}
	rest.H = 4*min(5, (rest.H-3)/4) + 3
	for i, place := range rest.Grid(2, 4, 2, 1) {
		w := words[i]
		tile := screen.Tile{Target: screen.Target{ID: fmt.Sprintf("q%d", i+1), Rect: place, Disabled: i == 4},
			Number: fmt.Sprint(i + 1), Label: w.text, Note: w.note}
		if w.service != "" {
			tile.Mark = c.Theme().Mark(w.service)
		}
		c.Tile(tile)
	}
	c.BottomBar(bar())
}

func drawTicket(c *screen.Canvas) {
	c.TopLine("Votre ticket", "mar. 24 nov.  10:43")
	c.Banner("La file ne répond pas : votre ticket reste valable.")
	mark := c.Theme().Mark("creer")
	c.Big(2, 3, screen.Style{Fg: mark.Color, Bg: c.Theme().Paper}, "C 042")
	w, _, _ := screen.QRSize("HTTPS://ACCUEIL.EXEMPLE/T/7K3F9QXD")
	cw, ch := c.Size()
	r, err := c.QR(cw-w, 2, "HTTPS://ACCUEIL.EXEMPLE/T/7K3F9QXD")
	if err == nil {
		c.Text(2, 9, r.X-4, c.Theme().Strong(), "Créer son activité")
		c.Text(2, 10, r.X-4, c.Theme().Soft(), "niveau −1, bureaux 5 et 6")
		c.Wrap(screen.Rect{X: 2, Y: 12, W: r.X - 6, H: 3}, c.Theme().Text(), "2 personnes avant vous\nplutôt 10 à 25 minutes")
	}
	row := screen.Rect{X: 2, Y: ch - 6, W: cw - 4 - w, H: 3}
	for i, place := range row.Columns(2, 2) {
		b := screen.Button{Target: screen.Target{ID: []string{"print", "done"}[i], Rect: place}, Label: []string{"Imprimer", "C'est noté"}[i], Main: i == 1}
		c.Button(b)
	}
	c.BottomBar(bar())
}

func drawList(c *screen.Canvas) {
	c.TopLine("À lire ici", "10:44")
	c.List(c.Body(), &screen.Scroll{Top: 2}, 12, 3, 1, func(i int, place screen.Rect) {
		c.Button(screen.Button{Target: screen.Target{ID: fmt.Sprintf("item%d", i), Rect: place},
			Label: fmt.Sprintf("Créer une association, guide %d", i+1), Note: "rayon MFC · à lire sur place", Mark: c.Theme().Mark("creer")})
	})
	c.BottomBar(bar())
}

func drawDialog(c *screen.Canvas) {
	drawQuestions(c)
	c.Dialog(screen.Dialog{Title: "Êtes-vous encore là ?", Text: "Sans réponse, cet écran revient au début dans 20 secondes.", Buttons: []screen.Button{
		{Target: screen.Target{ID: "stay"}, Label: "Je suis là", Main: true},
		{Target: screen.Target{ID: screen.IDBack}, Label: "J'ai terminé"},
	}})
}

func drawStaff(c *screen.Canvas) {
	c.TopLine("Bureau 5 · Créer son activité", "10:43")
	body := c.Body()
	c.Table(screen.Rect{X: 2, Y: 4, W: body.W, H: 6}, screen.Table{
		Columns:  []screen.Column{{Title: "File", Width: 6}, {Title: "attend", Width: 7, Right: true}, {Title: "question"}, {Title: "langue", Width: 10}},
		Selected: "t2", Marks: true,
		Rows: []screen.Row{
			{ID: "t1", Cells: []string{"C 042", "12 min", "par où commencer", "français"}, Mark: c.Theme().Mark("creer"), Strong: true},
			{ID: "t2", Cells: []string{"C 043", "8 min", "financer mon projet", "español"}, Mark: c.Theme().Mark("creer")},
			{ID: "t3", Cells: []string{"T 101", "2 min", "quel statut choisir", "français"}, Mark: c.Theme().Mark("travailler"), Quiet: true},
		},
	})
	c.Sparkline(2, 11, c.Theme().Text(), []int{0, 1, 2, 4, 8, 6, 3, 2, 7}, 0)
	var bars []screen.Bar
	for h := 10; h < 18; h++ {
		bars = append(bars, screen.Bar{Label: fmt.Sprint(h), Value: (h * 7) % 23, Usual: 12, Now: h == 14})
	}
	c.BarChart(screen.Rect{X: 20, Y: 10, W: 50, H: 8}, screen.Style{Fg: c.Theme().Mark("travailler").Color, Bg: c.Theme().Paper}, bars)
	_, h := c.Size()
	c.KeyLine(screen.Rect{X: 2, Y: h - 2, W: body.W, H: 2}, []screen.KeyHint{
		{ID: "next", Key: "Espace", Runes: []rune{' '}, Label: "appeler le suivant"},
		{ID: "recall", Key: "R", Label: "rappeler"}, {ID: "start", Key: "S", Label: "commencer", Disabled: true},
		{ID: "desk", Key: "B", Label: "bureau"}, {ID: "all", Key: "?", Label: "toutes"},
	})
}

func drawKeyboard(c *screen.Canvas) {
	c.TopLine("Avec vos mots", "10:43")
	body := c.Body()
	c.Text(body.X, body.Y+1, body.W, c.Theme().Strong(), "je cherche un stage▏")
	foot, _ := body.Foot(12)
	c.Keyboard(foot, screen.Keys{Rows: []string{"azertyuiop", "qsdfghjklm", "wxcvbn'éè"}, Space: "espace", Erase: "effacer"})
	c.BottomBar(bar())
}

func drawBoard(c *screen.Canvas) {
	c.TopLine("Salle d'attente", "10:43")
	w, _ := screen.BigSize("C 042")
	cw, _ := c.Size()
	scale := max(1, min(2, (cw-8)/w))
	c.Fill(screen.Rect{X: 0, Y: 2, W: cw, H: 5*scale + 2}, c.Theme().Loud())
	c.BigScale(4, 3, scale, c.Theme().Loud(), "C 042")
	c.Text(4, 5*scale+5, cw-8, c.Theme().Text(), "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	c.Big(2, 16, c.Theme().Text(), "0123456")
}

// TestPaintersLayOut checks every painting in every size; ACCUEIL_PICTURES
// names a folder that gets them as pictures.
func TestPaintersLayOut(t *testing.T) {
	for _, p := range paintings() {
		for _, size := range [][2]int{{80, 22}, {100, 30}, {132, 43}} {
			for _, theme := range screen.Themes() {
				c := screen.NewCanvas(size[0], size[1], theme)
				c.SetInput(p.input)
				p.draw(c)
				for _, fault := range screentest.Faults(c) {
					t.Errorf("%s at %d × %d: %s", p.name, size[0], size[1], fault)
				}
				picture(t, fmt.Sprintf("%s-%s-%dx%d.png", p.name, theme.Name, size[0], size[1]), c)
			}
		}
	}
}

func picture(t *testing.T, name string, c *screen.Canvas) {
	dir := os.Getenv("ACCUEIL_PICTURES")
	if dir == "" {
		return
	}
	var out bytes.Buffer
	if err := screen.WritePNG(&out, c); err != nil {
		t.Skip(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), out.Bytes(), 0o644); err != nil {
		t.Error(err)
	}
}
