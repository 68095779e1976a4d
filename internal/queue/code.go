package queue

import (
	"crypto/rand"
	"errors"
	"strings"
)

// Code is the short random public code on a ticket that opens its page: 40
// random bits, so that nobody finds another person's ticket by trying.
type Code string

// CodeLength is the number of characters of a [Code].
const CodeLength = 8

// codeLetters leaves out I, L, O and U, which people misread; capitals keep the
// QR code in its small alphanumeric mode.
const codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// NewCode draws a code from the operating system's random source.
func NewCode() Code {
	var b [CodeLength]byte
	rand.Read(b[:])
	for i := range b {
		b[i] = codeLetters[b[i]%32]
	}
	return Code(b[:])
}

// ErrCode is returned for words that are no code.
var ErrCode = errors.New("a ticket code is eight letters and digits")

// ParseCode reads a code as people type it: any case, blanks and hyphens
// ignored, O for 0, I and L for 1.
func ParseCode(s string) (Code, error) {
	c := Code(strings.NewReplacer(" ", "", "-", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(s)))
	if !c.Valid() {
		return "", ErrCode
	}
	return c, nil
}

// Valid says whether c is written the one way codes are written.
func (c Code) Valid() bool {
	return len(c) == CodeLength && strings.Trim(string(c), codeLetters) == ""
}
