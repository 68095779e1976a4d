// Package secret keeps short secrets: it hashes PINs, and slows down whoever
// guesses them.
//
// A PIN is short, so its hash is made slow and large on purpose (argon2id):
// who steals the file that holds it still has much to do. Long random keys
// need no such hash; see [NewKey].
package secret

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// What one hash costs: about 40 ms of one processor and 19 MiB for that long,
// the least that OWASP's password storage guide (2024) finds good enough.
const (
	passes   = 2
	memory   = 19 << 10 // KiB
	threads  = 1
	saltSize = 16
	hashSize = 32
)

// Limits of a hash that is read from a file, so that a spoilt one costs no more
// than a good one by much.
const (
	maxPasses = 16
	maxMemory = 256 << 10
)

// A PIN is 6 to 12 digits: six are a million, which tries slowed down by [Lock]
// do not get through; twelve are as many as anybody remembers.
const (
	MinPIN = 6
	MaxPIN = 12
)

// ErrPIN is returned for what cannot be a PIN.
var ErrPIN = fmt.Errorf("a PIN has %d to %d digits, not all the same and not in a row", MinPIN, MaxPIN)

// CheckPIN says whether pin may be chosen.
func CheckPIN(pin string) error {
	if len(pin) < MinPIN || len(pin) > MaxPIN || strings.Trim(pin, "0123456789") != "" {
		return ErrPIN
	}
	for step := -1; step <= 1; step++ {
		if stairs(pin, step) {
			return ErrPIN
		}
	}
	return nil
}

// stairs tells whether each digit is the one before plus step.
func stairs(pin string, step int) bool {
	for i := 1; i < len(pin); i++ {
		if int(pin[i])-int(pin[i-1]) != step {
			return false
		}
	}
	return true
}

// Hash is what may be kept of a short secret, in the notation of PHC:
// $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH.
func Hash(short string) string {
	salt := make([]byte, saltSize)
	rand.Read(salt)
	hash := argon2.IDKey([]byte(short), salt, passes, memory, threads, hashSize)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memory, passes, threads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(hash))
}

// Matches tells whether short is what was hashed. It takes as long as Hash, so
// whoever lets strangers ask lets them ask one at a time.
func Matches(hash, short string) bool {
	h, err := parse(hash)
	if err != nil {
		return false
	}
	got := argon2.IDKey([]byte(short), h.salt, h.passes, h.memory, h.threads, uint32(len(h.sum)))
	return subtle.ConstantTimeCompare(got, h.sum) == 1
}

// Stretch makes a key of a short secret that two sides know, bound to what it
// is for. It costs what Hash does.
func Stretch(short, purpose string) []byte {
	return argon2.IDKey([]byte(short), []byte(purpose), passes, memory, threads, hashSize)
}

type parsed struct {
	passes, memory uint32
	threads        uint8
	salt, sum      []byte
}

var errHash = errors.New("not a hash of package secret")

// CheckHash says whether hash can have been made by [Hash].
func CheckHash(hash string) error {
	_, err := parse(hash)
	return err
}

func parse(hash string) (h parsed, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return h, errHash
	}
	n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.passes, &h.threads)
	if n != 3 || err != nil || h.passes < 1 || h.passes > maxPasses || h.threads < 1 || h.memory < 8 || h.memory > maxMemory {
		return h, errHash
	}
	h.salt, err = base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil || len(h.salt) < 8 {
		return h, errHash
	}
	h.sum, err = base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(h.sum) < 16 || len(h.sum) > 64 {
		return h, errHash
	}
	return h, nil
}

// NewKey draws a secret that nobody has to type: 256 random bits in 43 letters.
// It cannot be guessed, so any one-way hash protects it.
func NewKey() string {
	var b [32]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}
