package printer_test

import (
	"errors"
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"accueil/kiosk/fontfile"
	"accueil/kiosk/printer"

	"github.com/makiuchi-d/gozxing"
	multi "github.com/makiuchi-d/gozxing/multi/qrcode"
	"github.com/makiuchi-d/gozxing/qrcode"
)

var update = flag.Bool("update", os.Getenv("ACCUEIL_UPDATE") != "", "write the pictures anew")

const address = "HTTP://ACCUEIL.EXEMPLE/T/7K3F9QXD"

// slips are a ticket in each language.
func slips() []printer.Slip {
	shared := printer.Slip{URL: address, Address: address[len("HTTP://"):], Label: "C 042"}
	fr, ar, zh, uk := shared, shared, shared, shared
	fr.Language, fr.Centre, fr.Service, fr.Place = "fr", "Cité des métiers", "Créer son activité", "niveau −1, bureaux 5 et 6"
	fr.Wait, fr.Advice = []string{"2 personnes avant vous", "plutôt entre 10 et 25 minutes"}, "Si vous n'êtes pas appelé avant 11:10, venez à l'accueil."
	fr.When, fr.Follow, fr.Meanwhile = "mardi 24 novembre 2026, 10:43", "Sur votre téléphone :", []string{"En attendant : le rayon MFC."}
	ar.Language, ar.RTL, ar.Centre, ar.Service, ar.Place = "ar", true, "مدينة المهن", "إنشاء نشاط", "الطابق −1، المكتبان 5 و6"
	ar.Wait, ar.When = []string{"شخصان قبلك", "بين 10 و25 دقيقة"}, "الثلاثاء 24 نوفمبر 2026، 10:43"
	zh.Language, zh.Centre, zh.Service, zh.Place = "zh", "职业城", "创办自己的事业", "−1 层，5 号和 6 号办公桌"
	uk.Language, uk.Centre, uk.Service, uk.Label = "uk", "Місто професій", "Почати власну справу", "C BK 7"
	en, es, pt := fr, fr, fr
	en.Language, en.Centre, en.Service, en.Place = "en", "Cité des métiers", "Start my own business", "level −1, desks 5 and 6"
	en.Wait, en.Advice, en.When = []string{"2 people before you"}, "Not called by 11:10? Come to the desk.", "Tuesday 24 November, 10:43"
	en.Follow, en.Meanwhile = "On your phone:", nil
	es.Language, es.Service, es.Place, es.Wait = "es", "Crear mi actividad", "planta −1, mesas 5 y 6", []string{"2 personas delante de usted"}
	es.Advice, es.When, es.Follow, es.Meanwhile = "¿Se le hace largo? Pregunte en la recepción.", "martes 24 de noviembre, 10:43", "En su teléfono:", nil
	pt.Language, pt.Service, pt.Place, pt.Wait = "pt", "Criar a minha atividade", "piso −1, mesas 5 e 6", []string{"2 pessoas à sua frente"}
	pt.Advice, pt.When, pt.Follow, pt.Meanwhile = "Está a demorar? Pergunte na receção.", "terça-feira, 24 de novembro, 10:43", "No telemóvel:", nil
	return []printer.Slip{fr, en, es, pt, ar, zh, uk}
}

// drawn draws a slip, or skips the test on a machine without the fonts.
func drawn(t *testing.T, s printer.Slip, width int) *printer.Bitmap {
	t.Helper()
	b, err := printer.Draw(s, width)
	if errors.Is(err, fontfile.ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestSlips holds the papers to their pictures, but for what another release
// of a font changes: one dot in fifty.
func TestSlips(t *testing.T) {
	for _, s := range slips() {
		for width, name := range map[int]string{printer.Paper58: "58", printer.Paper80: "80"} {
			b := drawn(t, s, width)
			path := filepath.Join("testdata", s.Language+"-"+name+".png")
			if *update {
				write(t, path, b)
				continue
			}
			if off, all := compare(t, path, b); off*50 > all {
				t.Errorf("%s: %d of %d black dots differ; look, then write anew with ACCUEIL_UPDATE=1", path, off, all)
			}
		}
	}
}

func write(t *testing.T, path string, b *printer.Bitmap) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, b); err != nil {
		t.Fatal(err)
	}
}

// compare counts the dots that differ and those that are black.
func compare(t *testing.T, path string, b *printer.Bitmap) (off, black int) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if want.Bounds() != b.Bounds() {
		t.Errorf("%s is %v, drawn %v", path, want.Bounds(), b.Bounds())
	}
	for y := range b.Height {
		for x := range b.Width {
			r, _, _, _ := want.At(x, y).RGBA()
			dark := r < 0x8000
			if dark {
				black++
			}
			if dark != b.Black(x, y) {
				off++
			}
		}
	}
	return off, black
}

// TestTheCodeReads: from the dots of every paper.
func TestTheCodeReads(t *testing.T) {
	for _, s := range slips() {
		for _, width := range []int{printer.Paper58, printer.Paper80} {
			picture, err := gozxing.NewBinaryBitmapFromImage(drawn(t, s, width))
			if err != nil {
				t.Fatal(err)
			}
			got, err := qrcode.NewQRCodeReader().Decode(picture, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
			if err != nil || got.GetText() != address {
				t.Errorf("%s, %d dots: read %v, %v", s.Language, width, got, err)
			}
		}
	}
}

// TestASlipIsShort: paper costs, and a long ticket curls.
func TestASlipIsShort(t *testing.T) {
	for _, s := range slips() {
		if b := drawn(t, s, printer.Paper80); b.Height > 160*printer.Dots || b.Height < 60*printer.Dots {
			t.Errorf("%s: %d mm", s.Language, b.Height/printer.Dots)
		}
	}
}

func TestNothingWithoutAFont(t *testing.T) {
	s := slips()[0]
	s.Service = "\U00012000" // cuneiform
	if _, err := printer.Draw(s, printer.Paper80); err == nil {
		t.Error("a character that no font has was printed as a box")
	}
	if _, err := printer.Draw(s, 400); err == nil {
		t.Error("a paper of 400 dots was drawn")
	}
}

// TestASecondCodeJoinsTheNetwork: both are read from one paper.
func TestASecondCodeJoinsTheNetwork(t *testing.T) {
	s := slips()[0]
	s.Network, s.Join, s.NetworkName = "WIFI:T:WPA;S:Villette;P:bienvenue;;", "Rejoindre le Wi-Fi", "Villette  bienvenue"
	whole := drawn(t, s, printer.Paper80)
	without := s
	without.Network = ""
	if extra := (whole.Height - drawn(t, without, printer.Paper80).Height) / printer.Dots; extra < 20 || extra > 70 {
		t.Errorf("the second code takes %d mm", extra)
	}
	picture, err := gozxing.NewBinaryBitmapFromImage(whole)
	if err != nil {
		t.Fatal(err)
	}
	found, err := multi.NewQRCodeMultiReader().DecodeMultiple(picture, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, f := range found {
		texts = append(texts, f.GetText())
	}
	if !slices.Contains(texts, s.URL) || !slices.Contains(texts, s.Network) {
		t.Errorf("read %q", texts)
	}
}
