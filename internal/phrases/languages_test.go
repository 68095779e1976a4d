package phrases

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"
)

// visitors are the languages of visitors, with the script each is written in.
func visitors() map[string]*unicode.RangeTable {
	return map[string]*unicode.RangeTable{
		"fr": unicode.Latin, "en": unicode.Latin, "es": unicode.Latin, "pt": unicode.Latin,
		"zh": unicode.Han, "uk": unicode.Cyrillic, "ar": unicode.Arabic,
	}
}

func TestDatesAndTimesInEveryLanguage(t *testing.T) {
	book := load(t)
	zone := paris(t)
	at := time.Date(2026, time.November, 24, 9, 5, 0, 0, zone)
	const minute = time.Minute
	for lang, want := range map[string][6]string{
		"fr": {"mar. 24 nov.", "mardi 24 novembre", "demain 09:05", "15 à 30 min", "1 h 05", "moins de 10 min"},
		"en": {"Tue 24 Nov", "Tuesday 24 November", "tomorrow 09:05", "15 to 30 min", "1 h 05", "less than 10 min"},
		"es": {"mar 24 nov", "martes 24 de noviembre", "mañana 09:05", "15 a 30 min", "1 h 05", "menos de 10 min"},
		"pt": {"ter. 24 nov.", "terça-feira, 24 de novembro", "amanhã 09:05", "15 a 30 min", "1 h 05", "menos de 10 min"},
		"zh": {"11月24日 周二", "11月24日 星期二", "明天 09:05", "15 到 30 分钟", "1 小时 05 分", "不到 10 分钟"},
		"uk": {"вт 24 лист.", "вівторок, 24 листопада", "завтра 09:05", "15–30 хв", "1 год 05", "до 10 хв"},
		"ar": {"الثلاثاء 24 نوفمبر", "يوم الثلاثاء 24 نوفمبر", "غدًا 09:05", "15 إلى 30 دقيقة", "1 س 05 د", "أقل من 10 دقائق"},
	} {
		s := book.In(lang)
		got := [6]string{s.Day(at), s.LongDay(at), s.When(at, at.AddDate(0, 0, -1)),
			s.Between(15*minute, 30*minute), s.Minutes(65 * minute), s.Between(0, 10*minute)}
		if got != want {
			t.Errorf("%s:\n%q\nwant:\n%q", lang, got, want)
		}
	}
}

// TestPeopleAreCountedInEveryLanguage goes through the plural forms of CLDR.
func TestPeopleAreCountedInEveryLanguage(t *testing.T) {
	book := load(t)
	for lang, counts := range map[string]map[int]string{
		"es": {0: "0 personas antes que usted", 1: "1 persona antes que usted", 2: "2 personas antes que usted"},
		"pt": {0: "0 pessoas antes de si", 1: "1 pessoa antes de si", 2: "2 pessoas antes de si"},
		"zh": {1: "您前面有 1 人", 2: "您前面有 2 人"},
		"uk": {1: "Перед вами 1 людина", 2: "Перед вами 2 людини", 5: "Перед вами 5 людей", 11: "Перед вами 11 людей",
			21: "Перед вами 21 людина", 22: "Перед вами 22 людини", 25: "Перед вами 25 людей"},
		"ar": {0: "لا أحد قبلكم", 1: "شخص واحد قبلكم", 2: "شخصان قبلكم", 3: "3 أشخاص قبلكم", 10: "10 أشخاص قبلكم",
			11: "11 شخصًا قبلكم", 99: "99 شخصًا قبلكم", 100: "100 شخص قبلكم", 103: "103 أشخاص قبلكم"},
	} {
		for n, want := range counts {
			if got := book.In(lang).Say("wait.ahead", "Count", n); got != want {
				t.Errorf("%s: %q, want %q", lang, got, want)
			}
		}
	}
}

// TestEveryLanguageIsWrittenInItsScript finds texts that were left in another
// language: all but a few have a letter of the script.
func TestEveryLanguageIsWrittenInItsScript(t *testing.T) {
	book := load(t)
	for lang, script := range visitors() {
		foreign := 0
		for _, key := range book.Keys() {
			text := strings.Map(func(r rune) rune {
				if unicode.IsLetter(r) {
					return r
				}
				return -1
			}, book.In(lang).Say(key))
			if p := book.source.phrases[key]; isStaffArea(p.area) || text == "" || len(p.names()) > 0 {
				continue
			}
			if !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(script, r) }) {
				foreign++
				t.Logf("%s: %s is %q", lang, key, book.In(lang).Say(key))
			}
		}
		if foreign > 6 {
			t.Errorf("%s: %d texts in another script", lang, foreign)
		}
	}
}

// TestNumbersAndLabelsKeepTheirDigits says every phrase with every kind of
// argument: digits stay Latin, a label in one piece, and nothing steers direction.
func TestNumbersAndLabelsKeepTheirDigits(t *testing.T) {
	book := load(t)
	rapid.Check(t, func(rt *rapid.T) {
		lang := rapid.SampledFrom(book.Languages()).Draw(rt, "language")
		key := rapid.SampledFrom(book.Keys()).Draw(rt, "key")
		label := rapid.StringMatching(`[A-Z] ([A-Z]{2} )?[0-9]{1,3}`).Draw(rt, "label")
		count := rapid.IntRange(0, 2000).Draw(rt, "count")
		pairs := []any{}
		for name := range book.source.phrases[key].names() {
			if pairs = append(pairs, name, label); name == "Count" {
				pairs[len(pairs)-1] = count
			}
		}
		said := book.In(lang).Say(key, pairs...)
		for _, r := range said {
			if unicode.Is(unicode.Nd, r) && r > '9' || unicode.Is(unicode.Cf, r) {
				rt.Fatalf("%s in %s has %U: %s", key, lang, r, said)
			}
		}
		said = strings.ReplaceAll(said, book.In(Source).Number(count), book.In(lang).Number(count)) // the staff's are French
		if len(pairs) > 0 && count > 2 && !strings.Contains(said, label) && !strings.Contains(said, book.In(lang).Number(count)) {
			rt.Fatalf("%s in %s says none of its arguments: %s", key, lang, said)
		}
	})
}
