package queue

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Label is what is printed and called: the hub's "C 042", or a kiosk's own
// "C BK 7" when the hub did not answer in time. Both are short, speakable and
// cannot be taken for each other.
type Label string

// HubLabel is the hub's n-th label of a service whose letter is given.
func HubLabel(letter string, n int) Label { return Label(fmt.Sprintf("%s %03d", letter, n)) }

// OwnLabel is the n-th label of a kiosk's own series.
func OwnLabel(letter, series string, n int) Label {
	return Label(letter + " " + series + " " + strconv.Itoa(n))
}

// ErrLabel is returned for words that are no label.
var ErrLabel = errors.New("a label is a letter and a number, like C 042, or a letter, a series and a number, like C BK 7")

// ParseLabel reads a label as people type it: any case, with or without blanks
// and leading zeros ("c42", "C 042", "cbk7").
func ParseLabel(s string) (Label, error) {
	letter, series, n, err := splitLabel(s)
	if err != nil {
		return "", err
	}
	if series == "" {
		return HubLabel(letter, n), nil
	}
	return OwnLabel(letter, series, n), nil
}

func splitLabel(s string) (letter, series string, n int, err error) {
	s = strings.ToUpper(strings.Join(strings.Fields(s), ""))
	digits := strings.TrimLeft(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	letters := s[:len(s)-len(digits)]
	n, err = strconv.Atoi(digits)
	if err != nil || n < 1 || n > 99999 || len(letters) < 1 || len(letters) == 2 || len(letters) > 4 || digits[0] == '+' {
		return "", "", 0, ErrLabel
	}
	return letters[:1], letters[1:], n, nil
}

// Valid says whether l is written the one way labels are written.
func (l Label) Valid() bool {
	same, err := ParseLabel(string(l))
	return err == nil && same == l
}

// Own says whether l is of a kiosk's own series.
func (l Label) Own() bool { return strings.Count(string(l), " ") == 2 }

// Number is the running number in l, 0 if l is no label.
func (l Label) Number() int {
	_, _, n, _ := splitLabel(string(l))
	return n
}

// seriesLetters have French names that no ear confuses on a loudspeaker.
const seriesLetters = "BFGHJKLMRSXZ"

// SeriesOf names the own series of the n-th source a hub ever met, from 0: two
// different letters ("BF" … "ZX", 132 of them), then three.
func SeriesOf(n int) string {
	const k = len(seriesLetters)
	if n < k*(k-1) {
		first, second := n/(k-1), n%(k-1)
		if second >= first {
			second++
		}
		return string([]byte{seriesLetters[first], seriesLetters[second]})
	}
	n -= k * (k - 1)
	return string([]byte{seriesLetters[n/k/k%k], seriesLetters[n/k%k], seriesLetters[n%k]})
}

// ValidSeries says whether s can be a kiosk's series.
func ValidSeries(s string) bool {
	return (len(s) == 2 || len(s) == 3) && strings.Trim(s, seriesLetters) == ""
}
