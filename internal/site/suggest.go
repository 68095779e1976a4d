package site

import "strings"

// maxListed is how many known words a message lists at most.
const maxListed = 12

// didYouMean is advice for a word that is not one of those known.
func didYouMean(word string, known []string) string {
	switch best := nearestWord(word, known); {
	case best != "":
		return "did you mean " + best + "?"
	case len(known) == 0 || len(known) > maxListed:
		return "correct it, or take it out"
	default:
		return "take it out, or write one of: " + strings.Join(known, ", ")
	}
}

// nearestWord is the known word that differs least, in at most two letters, or "".
func nearestWord(word string, known []string) string {
	best, distance := "", 3
	for _, k := range known {
		if d := editDistance(strings.ToLower(word), k); d < distance && d < len(k) {
			best, distance = k, d
		}
	}
	return best
}

// editDistance is the Levenshtein distance of two words.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
