package main

import (
	"context"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"accueil/internal/journal"
	"accueil/internal/phrases"
	"accueil/kiosk/screen"
)

// kioskRun runs a command as a person does.
func kioskRun(args ...string) (status int, out, errs string) {
	var o, e strings.Builder
	status = run(context.Background(), args, &o, &e)
	return status, o.String(), e.String()
}

// TestEveryListedScreenIsDrawn takes the list at its word, in both languages
// and small, and wants no phrase missing and no text cut.
func TestEveryListedScreenIsDrawn(t *testing.T) {
	centre, book, err := (&shot{Lang: "fr"}).content()
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range galleries() {
		for _, name := range g.screens {
			for _, lang := range []string{"fr", "en"} {
				s := shot{Role: g.role, Screen: name, Lang: lang, Size: "80x22"}
				c, err := s.canvas(g, centre, book)
				if err != nil {
					t.Errorf("%s %s: %v", g.role, name, err)
					continue
				}
				if cuts := c.Cuts(); len(cuts) > 0 {
					t.Errorf("%s %s %s: cut: %v", g.role, name, lang, cuts)
				}
				var text strings.Builder
				if err := screen.WriteText(&text, c); err != nil || strings.Contains(text.String(), "⟦") {
					t.Errorf("%s %s %s lacks a phrase (%v):\n%s", g.role, name, lang, err, text.String())
				}
			}
		}
	}
}

func TestShotListsAndWrites(t *testing.T) {
	status, out, errs := kioskRun("shot", "--list")
	if status != 0 || !strings.Contains(out, "visitor: attract ") || !strings.Contains(out, "coordinator: ") {
		t.Fatalf("status %d: %s%s", status, out, errs)
	}
	status, out, errs = kioskRun("shot", "visitor", "ticket", "--lang", "en")
	if status != 0 || !strings.Contains(out, "Your ticket") {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
	file := filepath.Join(t.TempDir(), "t.png")
	if status, _, errs = kioskRun("shot", "visitor", "ticket", "--size", "80x22", "--out", file); status != 0 {
		if strings.Contains(errs, "fonts-") {
			t.Skip("no fonts on this machine: ", errs)
		}
		t.Fatal(errs)
	}
	picture, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer picture.Close()
	if size, err := png.DecodeConfig(picture); err != nil || size.Width != 80*12 || size.Height != 22*24 {
		t.Errorf("%v, %v", size, err)
	}
}

func TestShotSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"shot", "--list"}, {"shot visitor dance", "--list"}, {"shot visitor ticket --size 20x5", "100x30"},
		{"shot visitor ticket --size big", "100x30"}, {"shot visitor ticket --theme pink", "calm"},
		{"shot visitor ticket --lang xx", "fr"}, {"shot visitor ticket --out t.gif", ".png"},
	} {
		status, _, errs := kioskRun(strings.Fields(c.args)...)
		if status != 1 || !strings.Contains(errs, c.want) {
			t.Errorf("%s: status %d: %s", c.args, status, errs)
		}
	}
}

func TestAFolderInUse(t *testing.T) {
	dir := t.TempDir()
	j, err := journal.Open(filepath.Join(dir, "kiosk.journal"), journal.Options{Site: "villette"})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	status, _, errs := kioskRun("visitor", "--data", dir, "--name", "x")
	if status != 1 || !strings.Contains(errs, dir) || !strings.Contains(errs, "--data") {
		t.Errorf("status %d: %s", status, errs)
	}
}

// TestStarting is what a terminal shows that has never met its hub: a calm
// sentence in every language.
func TestStarting(t *testing.T) {
	book, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range [][2]int{{80, 22}, {132, 43}} {
		c := screen.NewCanvas(size[0], size[1], screen.Calm())
		drawStarting(c, book)
		var text strings.Builder
		if err := screen.WriteText(&text, c); err != nil || len(c.Cuts()) > 0 {
			t.Errorf("%v, cuts %v", err, c.Cuts())
		}
		for _, want := range []string{"Ce poste démarre.", "This terminal is starting."} {
			if !strings.Contains(text.String(), want) {
				t.Errorf("%v does not say %q:\n%s", size, want, text.String())
			}
		}
	}
}

func TestShotOfPaper(t *testing.T) {
	file := filepath.Join(t.TempDir(), "t.png")
	status, _, errs := kioskRun("shot", "paper", "ticket", "--lang", "zh", "--paper", "58", "--out", file)
	if strings.Contains(errs, "fonts-") {
		t.Skip("no fonts on this machine: ", errs)
	}
	if status != 0 {
		t.Fatal(errs)
	}
	picture, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer picture.Close()
	if size, err := png.DecodeConfig(picture); err != nil || size.Width != 384 {
		t.Errorf("%v, %v", size, err)
	}
	if status, out, _ := kioskRun("shot", "--list"); status != 0 || !strings.Contains(out, "paper: ticket") {
		t.Errorf("the list has no paper:\n%s", out)
	}
	if status, _, errs := kioskRun("shot", "paper", "ticket"); status != 1 || !strings.Contains(errs, "--out") {
		t.Errorf("without a file: status %d: %s", status, errs)
	}
}

// TestAPrinterThatCannotBe stops a role before it shows anything.
func TestAPrinterThatCannotBe(t *testing.T) {
	for _, role := range []string{"visitor", "reception"} {
		status, _, errs := kioskRun(role, "--data", t.TempDir(), "--printer", "lpt:1")
		if status != 1 || !strings.Contains(errs, "--printer") || !strings.Contains(errs, "escpos://") {
			t.Errorf("%s: status %d: %s", role, status, errs)
		}
	}
}

// TestDoctorCommand says a line for each part and fails when one is bad.
func TestDoctorCommand(t *testing.T) {
	status, out, errs := kioskRun("doctor", "--lang", "en", "--data", t.TempDir(), "--hub", "tcp://127.0.0.1:1",
		"--voice", filepath.Join(t.TempDir(), "nobody"), "--printer", "escpos:///dev/nothing-here")
	if status != 1 || !strings.Contains(errs, "point") {
		t.Errorf("status %d: %s", status, errs)
	}
	for _, want := range []string{"printer: does not answer", "sound: ", "screen: ", "fonts: ", "line: nobody answers at tcp://127.0.0.1:1", "clock: not compared"} {
		if !strings.Contains(out, want) {
			t.Errorf("no line %q:\n%s", want, out)
		}
	}
}

// TestDoctorIsToldOfANewRoll looks at nothing else.
func TestDoctorIsToldOfANewRoll(t *testing.T) {
	dir := t.TempDir()
	count := filepath.Join(dir, "roll.json")
	if err := os.WriteFile(count, []byte(`{"tickets":400}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out, errs := kioskRun("doctor", "--new-roll", "--data", dir); status != 0 || out != "" {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
	if _, err := os.Stat(count); !os.IsNotExist(err) {
		t.Errorf("the count of the old roll is still there: %v", err)
	}
}
