package staff

import (
	"slices"
	"strings"

	"accueil/internal/phrases"
)

// Languages are those that have a name in the phrases of the staff.
func Languages() []string {
	return []string{"ar", "de", "en", "es", "fr", "it", "pt", "uk", "zh"}
}

// Language names a language; others than those of Languages are shown by their code.
func Language(say phrases.Speaker, tag string) string {
	if slices.Contains(Languages(), tag) {
		return say.Say("staff.language." + tag)
	}
	return strings.ToUpper(tag)
}
