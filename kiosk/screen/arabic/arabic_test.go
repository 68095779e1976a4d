package arabic

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// TestJoin spells the forms out: i isolated, f final, n initial, m medial.
func TestJoin(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"all four forms", "ببب ب", "\uFE91\uFE92\uFE90 \uFE8F"},
		{"alef joins only before it", "باب", "\uFE91\uFE8E\uFE8F"},
		{"dal, ra and waw end a join", "درس ورد", "\uFEA9\uFEAD\uFEB1 \uFEED\uFEAD\uFEA9"},
		{"hamza joins nobody", "ماء", "\uFEE3\uFE8E\uFE80"},
		{"ta marbuta", "مدرسة", "\uFEE3\uFEAA\uFEAD\uFEB3\uFE94"},
		{"lam and alef", "لا", "\uFEFB"},
		{"lam and alef after a join", "بلا", "\uFE91\uFEFC"},
		{"lam and alef do not join on", "لاب", "\uFEFB\uFE8F"},
		{"lam and alef with hamza", "الأول الإدارة الآن", "\uFE8D\uFEF7\uFEED\uFEDD \uFE8D\uFEF9\uFEA9\uFE8D\uFEAD\uFE93 \uFE8D\uFEF5\uFEE5"},
		{"two lams", "الله", "\uFE8D\uFEDF\uFEE0\uFEEA"},
		{"vowel signs go and do not part", "مُحَمَّد", "\uFEE3\uFEA4\uFEE4\uFEAA"},
		{"alef maqsura", "على", "\uFECB\uFEE0\uFEF0"},
		{"yeh with hamza", "أسئلة", "\uFE83\uFEB3\uFE8C\uFEE0\uFE94"},
		{"a stroke joins both sides", "هـ ـه", "\uFEEBـ ـ\uFEEA"},
		{"Latin parts", "بCب", "\uFE8FC\uFE8F"},
		{"Persian", "پچگ", "\uFB58\uFB7D\uFB93"},
		{"no Arabic", "C 042 é", "C 042 é"},
		{"nothing", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Join(tt.in); got != tt.want {
				t.Errorf("Join(%q) = %+q, want %+q", tt.in, got, tt.want)
			}
		})
	}
}

// TestEveryFormIsItsLetter: each form decomposes into the letter it is a form
// of, as Unicode has it.
func TestEveryFormIsItsLetter(t *testing.T) {
	for char, l := range alphabet() {
		for i := range l.forms {
			if got := norm.NFKC.String(string(l.first + rune(i))); got != string(char) {
				t.Errorf("form %d of %q is %q", i, char, got)
			}
		}
	}
}

func TestVisual(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"letters from the right", "ابج", "جبا"},
		{"words from the right", "اب جد", "دج با"},
		{"a label stays", "تذكرة C 042 هنا", "انه C 042 ةركذت"},
		{"a kiosk's own label", "رقم T BK 7", "T BK 7 مقر"},
		{"a time", "حتى 18:00", "18:00 ىتح"},
		{"a stretch of time", "من 10:00 – 18:00 كل يوم", "موي لك 10:00 – 18:00 نم"},
		{"a range", "بين 10-25 دقيقة", "ةقيقد 10-25 نيب"},
		{"a telephone number", "اتصل 01 40 05 70 00 الآن", "نآلا 01 40 05 70 00 لصتا"},
		{"an address", "على 127.0.0.1:8080/T/7K3F9QXD اليوم", "مويلا 127.0.0.1:8080/T/7K3F9QXD ىلع"},
		{"a page", "موقع https://www.onisep.fr/x_1?a=2.", ".https://www.onisep.fr/x_1?a=2 عقوم"},
		{"Latin words", "برنامج Word 2016 جديد", "ديدج Word 2016 جمانرب"},
		{"two stretches around a comma", "الطابق −1، pôle Créer", "pôle Créer ،−1 قباطلا"},
		{"below ground", "الطابق −1", "−1 قباطلا"},
		{"per cent", "نسبة 50% اليوم", "مويلا 50% ةبسن"},
		{"a prefix", "الـCPF", "CPFـلا"},
		{"brackets turn", "حساب (CPF) هنا", "انه (CPF) باسح"},
		{"brackets around Arabic", "اب (جد)", "(دج) با"},
		{"quotes turn", "« اب »", "« با »"},
		{"question mark", "اب؟", "؟با"},
		{"full stop after a number", "رقم 12.", ".12 مقر"},
		{"arrow of back", "‹ رجوع", "عوجر ›"},
		{"items apart", "C 042 · 12 دقيقة · T 7", "T 7 · ةقيقد 12 · C 042"},
		{"Arabic digits", "اب ٤٠ جد", "دج ٤٠ با"},
		{"no Arabic", "C 042 (a)", "C 042 (a)"},
		{"nothing", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Visual(tt.in); got != tt.want {
				t.Errorf("Visual(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// sentences are made of what our texts are made of.
func sentences() *rapid.Generator[string] {
	word := rapid.OneOf(
		rapid.StringMatching(`[اأإآبتثجحخدذرزسشصضطظعغفقكلمنهويةىئءؤ]{1,8}`),
		rapid.StringMatching(`[A-Z] [0-9]{3}`), rapid.StringMatching(`[0-9]{1,4}`), rapid.StringMatching(`[0-9]{2}:[0-9]{2}`),
		rapid.StringMatching(`[A-Za-z]{1,8}`), rapid.StringMatching(`[.,:?!؟،«»()·-]`),
		rapid.StringMatching(`https://[a-z]{2,6}\.fr/[a-z0-9]{0,5}`),
	)
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(word, 1, 9).Draw(t, "words"), " ")
	})
}

// TestVisualLosesNothing: the same characters, brackets and quotes perhaps
// turned.
func TestVisualLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := sentences().Draw(t, "in")
		if got, want := letterBag(Visual(Join(in))), letterBag(Join(in)); got != want {
			t.Fatalf("%q: %q became %q", in, want, got)
		}
	})
}

func letterBag(s string) string {
	all := []rune(strings.NewReplacer("«", "»", "(", ")").Replace(s))
	slices.Sort(all)
	return string(all)
}

// TestNumbersStayAsTheyAre: every number, time, label and address is on the
// screen as it was in the text.
func TestNumbersStayAsTheyAre(t *testing.T) {
	whole := regexp.MustCompile(`https://\S+|[A-Z] [0-9]{3}|[0-9]{2}:[0-9]{2}|[A-Za-z]+|[0-9]+`)
	rapid.Check(t, func(t *rapid.T) {
		in := sentences().Draw(t, "in")
		out := Visual(Join(in))
		for _, want := range whole.FindAllString(in, -1) {
			if !strings.Contains(out, strings.TrimRight(want, "/")) {
				t.Fatalf("%q: %q is not in %q", in, want, out)
			}
		}
	})
}

// TestJoiningHolds: twice is once, and what decomposes again is what came in.
func TestJoiningHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := sentences().Draw(t, "in")
		out := Join(in)
		if again := Join(out); again != out {
			t.Fatalf("Join(%q) = %q, then %q", in, out, again)
		}
		if back := norm.NFKC.String(out); back != norm.NFKC.String(in) {
			t.Fatalf("%q became %q", in, back)
		}
		for _, r := range out {
			if unicode.Is(unicode.Mn, r) {
				t.Fatalf("Join(%q) keeps the sign %U", in, r)
			}
		}
	})
}

// TestAnythingGoes: texts nobody meant do not break it.
func TestAnythingGoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.String().Draw(t, "in")
		if out := Visual(Join(in)); Has(in) != Has(out) {
			t.Fatalf("%q became %q", in, out)
		}
	})
}
