package paper_test

import (
	"errors"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"accueil/config"
	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/kiosk/fontfile"
	"accueil/kiosk/paper"
	"accueil/kiosk/printer"
)

func centre(t *testing.T) (*site.Site, *phrases.Book) {
	t.Helper()
	s, problems := site.Load(config.FS)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	b, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	return s, b
}

func example(t *testing.T, name string, s *site.Site, say phrases.Speaker) printer.Slip {
	t.Helper()
	slip, ok := paper.Example(name, s, say)
	if !ok {
		t.Fatalf("no example %s", name)
	}
	return slip
}

func TestWhatIsOnThePaper(t *testing.T) {
	s, b := centre(t)
	slip := example(t, "ticket", s, b.In("fr"))
	all := strings.Join(append(append(slip.Wait, slip.Meanwhile...), slip.Label, slip.Advice, slip.When, slip.Foot, slip.Address, slip.Place), "\n")
	for _, want := range []string{"C 042", "2 personnes avant vous", "10 à 25 min", "Pas d'appel avant 11:08", "mardi 24 novembre à 10:43",
		"/T/7K3F9QXD", s.Services[3].Place.In("fr"), "À lire ici en attendant", "Gratuit, anonyme"} {
		if !strings.Contains(all, want) {
			t.Errorf("the paper does not say %q:\n%s", want, all)
		}
	}
	s.Texts[site.TextPaper] = site.Text{"fr": "Revenez quand vous voulez."}
	if got := example(t, "ticket", s, b.In("fr")).Foot; got != "Revenez quand vous voulez." {
		t.Errorf("the centre's own line is %q", got)
	}
}

// TestNothingIsPromisedThatIsNotKnown: not with a label of the kiosk's own series,
// nor for a ticket of another terminal.
func TestNothingIsPromisedThatIsNotKnown(t *testing.T) {
	s, b := centre(t)
	for _, name := range []string{"own", "elsewhere"} {
		slip := example(t, name, s, b.In("fr"))
		if text := strings.Join(append(slip.Wait, slip.Advice), "\n"); strings.Contains(text, "avant") || strings.Contains(text, "min") {
			t.Errorf("%s: %s", name, text)
		}
		if (slip.URL == "") != (name == "elsewhere") {
			t.Errorf("%s leads to %q", name, slip.URL)
		}
	}
}

// TestPapersOfEveryLanguage are drawn on both widths, whole, short, and with a
// code that two decoders read.
func TestPapersOfEveryLanguage(t *testing.T) {
	s, b := centre(t)
	dir, want := t.TempDir(), s.TicketURL("7K3F9QXD")
	var files []string
	for _, lang := range s.Languages {
		slip := example(t, "ticket", s, b.In(lang))
		if strings.Contains(strings.Join(append(slip.Wait, slip.Advice, slip.When, slip.Foot, slip.Follow), ""), "⟦") {
			t.Errorf("%s lacks a phrase: %+v", lang, slip)
		}
		for width, name := range map[int]string{printer.Paper58: "58", printer.Paper80: "80"} {
			m, err := printer.Draw(slip, width)
			if errors.Is(err, fontfile.ErrMissing) {
				t.Skip(err)
			}
			if err != nil {
				t.Fatalf("%s: %v", lang, err)
			}
			if mm := m.Height / printer.Dots; mm > 200 {
				t.Errorf("%s on %s mm is %d mm long", lang, name, mm)
			}
			if got := decoded(t, m); got != want {
				t.Errorf("%s on %s mm: read %q, want %q", lang, name, got, want)
			}
			path := filepath.Join(dir, lang+"-"+name+".png")
			keep(t, path, m)
			files = append(files, path)
		}
	}
	zbar(t, files, want)
}

func decoded(t *testing.T, m *printer.Bitmap) string {
	t.Helper()
	picture, err := gozxing.NewBinaryBitmapFromImage(m)
	if err != nil {
		t.Fatal(err)
	}
	got, err := qrcode.NewQRCodeReader().Decode(picture, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		return err.Error()
	}
	return got.GetText()
}

func keep(t *testing.T, path string, m *printer.Bitmap) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, m); err != nil {
		t.Fatal(err)
	}
}

func zbar(t *testing.T, files []string, want string) {
	t.Helper()
	program, err := exec.LookPath("zbarimg")
	if err != nil {
		t.Skip("no zbarimg: install the Debian package zbar-tools")
	}
	out, err := exec.Command(program, append([]string{"--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"}, files...)...).Output()
	if lines := strings.Fields(string(out)); len(lines) != len(files) {
		t.Errorf("zbarimg read %d codes of %d papers (%v)", len(lines), len(files), err)
	}
	for line := range strings.Lines(string(out)) {
		if strings.TrimSpace(line) != want {
			t.Errorf("zbarimg read %q, want %q", line, want)
		}
	}
}
