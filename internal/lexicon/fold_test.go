package lexicon_test

import (
	"testing"

	"accueil/internal/lexicon"
)

func TestFoldLeavesOutWhatPeopleLeaveOut(t *testing.T) {
	tests := map[string]string{
		"Prud’hommes ?":     "prud hommes",
		"PRUD'HOMMES":       "prud hommes",
		"  chômage\t!":      "chomage",
		"cœur de métier":    "coeur de metier",
		"wi-fi":             "wi fi",
		"formação":          "formacao",
		"п'ятий Її":         "п ятии іі",
		"أُريدُ عَمَلاً":    "اريد عملا",
		"رسالة التغطيــة":   "رساله التغطيه",
		"我想找工作。":            "我想找工作",
		"ＣＶ":                "cv",
		"🙂 …":               "",
		"a\x00b\u200db\xff": "a b b",
	}
	for text, want := range tests {
		if got := lexicon.Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}
