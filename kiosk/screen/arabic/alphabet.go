package arabic

import "sync"

// alphabet gives the letters their forms, after Unicode's Arabic Presentation
// Forms-A and -B. Letters of Persian and Urdu are there too, for names.
var alphabet = sync.OnceValue(func() map[rune]letter {
	all := map[rune]letter{}
	add := func(forms int, letters string, first rune) {
		for _, r := range letters {
			all[r] = letter{r, first, forms}
			first += rune(forms)
		}
	}
	add(1, "ء", 0xFE80)
	add(2, "آأؤإ", 0xFE81)
	add(4, "ئ", 0xFE89)
	add(2, "ا", 0xFE8D)
	add(4, "ب", 0xFE8F)
	add(2, "ة", 0xFE93)
	add(4, "تثجحخ", 0xFE95)
	add(2, "دذرز", 0xFEA9)
	add(4, "سشصضطظعغفقكلمنه", 0xFEB1)
	add(2, "وى", 0xFEED)
	add(4, "ي", 0xFEF1)

	add(2, "ٱ", 0xFB50)
	add(4, "پ", 0xFB56)
	add(4, "ٹڤ", 0xFB66)
	add(4, "چ", 0xFB7A)
	add(2, "ڈژڑ", 0xFB88)
	add(4, "کگ", 0xFB8E)
	add(2, "ں", 0xFB9E)
	add(4, "ہھ", 0xFBA6)
	add(2, "ے", 0xFBAE)
	add(4, "ی", 0xFBFC)
	return all
})
