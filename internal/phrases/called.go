package phrases

import (
	"strings"
	"unicode"
)

// Called is what is said aloud when a ticket is called to a desk.
func (s Speaker) Called(label, desk string) string {
	return s.Say("speech.called", "Label", Spelled(label), "Desk", desk)
}

// Spelled is a label as it is said: letter by letter, then its number as numbers
// are said. "C 042" is "C, 42", "C BK 7" is "C, B, K, 7".
func Spelled(label string) string {
	var parts []string
	for _, part := range strings.FieldsFunc(label, unicode.IsSpace) {
		if number := strings.TrimLeft(part, "0"); strings.Trim(part, "0123456789") == "" {
			parts = append(parts, max(number, "0"))
			continue
		}
		parts = append(parts, strings.Split(part, "")...)
	}
	return strings.Join(parts, ", ")
}
