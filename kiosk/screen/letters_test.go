package screen

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryLetterIsWholeAndItsOwn(t *testing.T) {
	seen := map[inkRows]rune{}
	for r, rows := range letters() {
		for y, row := range rows {
			if len(row) != len(rows[0]) || len(row)%2 != 0 || strings.Trim(row, "#.") != "" {
				t.Errorf("%q: row %d is %q", r, y, row)
			}
		}
		twins := []string{"3З", "BВ"} // of alphabets that do not meet
		if other, twice := seen[rows]; twice && !slices.ContainsFunc(twins, func(s string) bool {
			return strings.ContainsRune(s, r) && strings.ContainsRune(s, other)
		}) {
			t.Errorf("%q and %q look the same", r, other)
		}
		seen[rows] = r
	}
}

func TestAlikeLettersPairUp(t *testing.T) {
	if a, b := []rune(alike), []rune(like); len(a) != len(b) {
		t.Errorf("%d letters are like %d", len(a), len(b))
	}
}

// TestLargePrintWritesTheLanguages that are written in Latin or Cyrillic.
func TestLargePrintWritesTheLanguages(t *testing.T) {
	for _, alphabet := range []string{
		"abcdefghijklmnopqrstuvwxyzàâçéèêëîïôûùüœ", "ABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÇÉÈÊÎÏÔÛ", "áéíóúñü¿¡ÁÉÍÓÚÑ", "ãõâêáàçÃÕ",
		"абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ", "0123456789 .,:;!?'’-–—/()«»\"%·…+−\u00a0",
	} {
		seen := map[inkRows]rune{}
		for _, r := range alphabet {
			rows, ok := letterOf(r)
			if !ok && r != ' ' && r != '\u00a0' {
				t.Errorf("no %q", r)
			}
			if other, twice := seen[rows]; twice && !strings.ContainsRune("'’-−–— \u00a0", r) {
				t.Errorf("%q and %q look the same", r, other)
			}
			seen[rows] = r
		}
	}
}

func TestLetterLinesBreakAtWords(t *testing.T) {
	lines, ok := LetterLines("Je cherche un emploi, un stage", 60)
	if diff := cmp.Diff([]string{"Je cherche un", "emploi, un stage"}, lines); !ok || diff != "" {
		t.Error(diff)
	}
	for _, text := range []string{"anticonstitutionnellement", "找工作", "ﺃﺑﺤﺚ"} {
		if lines, ok := LetterLines(text, 40); ok {
			t.Errorf("%q is written as %q", text, lines)
		}
	}
}

func TestLettersAreDrawn(t *testing.T) {
	c := NewCanvas(24, 4, Calm())
	if rows := c.Letters(c.Area(), c.Theme().Text(), []string{"Où ?"}); rows != 4 || len(c.Cuts()) > 0 {
		t.Errorf("%d rows, cuts %v", rows, c.Cuts())
	}
	if got := textOf(t, c); !strings.Contains(got, "▝▀▀") {
		t.Errorf("drew\n%s", got)
	}
	c = NewCanvas(10, 4, Calm())
	c.Letters(c.Area(), c.Theme().Text(), []string{"trop long"})
	if len(c.Cuts()) != 1 {
		t.Errorf("cuts %v", c.Cuts())
	}
}
