// Package enrol is how a terminal and the hub meet for the first time.
//
// Somebody reads a short code off the hub and types it at the terminal. The
// code itself never travels: the terminal proves that it knows it, and the hub
// proves the same in its answer. Both proofs are about the certificate the
// terminal sees, so that somebody in between, who can show only another one,
// can neither pass the proof on nor answer for the hub:
//
//	terminal → hub:  ID, nonce, HMAC(key, "terminal" nonce certificate)
//	hub → terminal:  account,   HMAC(key, "hub" nonce certificate account)
//
// key is the code stretched with argon2id: who hears everything has ten minutes
// for seven hundred million codes, each of which costs a processor about 40 ms.
package enrol

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"accueil/internal/secret"
)

// Path is where the hub's pages answer an [Ask].
const Path = "/enrol"

// MaxMessage bounds either message in bytes of JSON.
const MaxMessage = 4 << 10

// letters are those nobody takes for another.
const letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	codeSize = 8
	idSize   = 2 // the first letters say which code; the others prove it
	nonce    = 16
)

// ErrCode is returned for what cannot be a code.
var ErrCode = errors.New("a code has eight letters and digits, like K7P2-9QXD")

// NewCode draws a code.
func NewCode(random io.Reader) string {
	code := make([]byte, 0, codeSize)
	for len(code) < codeSize {
		var b [1]byte
		if _, err := io.ReadFull(random, b[:]); err != nil {
			panic("enrol: no randomness: " + err.Error())
		}
		if i := int(b[0] & 31); i < len(letters) { // the others would make some letters likelier
			code = append(code, letters[i])
		}
	}
	return string(code)
}

// Spaced is a code as people read it.
func Spaced(code string) string {
	if len(code) != codeSize {
		return code
	}
	return code[:4] + "-" + code[4:]
}

// ParseCode reads a code as people type it.
func ParseCode(s string) (string, error) {
	code := strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(s))
	if len(code) != codeSize || strings.Trim(code, letters) != "" {
		return "", ErrCode
	}
	return code, nil
}

// ID is the part of a code that travels.
func ID(code string) string { return code[:idSize] }

// Key is what both sides make of a code.
func Key(code string) []byte { return secret.Stretch(code, "accueil enrol 1 "+ID(code)) }

// Ask is the terminal's word.
type Ask struct {
	ID    string `json:"id"`
	Nonce []byte `json:"nonce"`
	Proof []byte `json:"proof"`
}

// NewAsk makes the word for a code and the certificate seen, "" where there is
// none: on the hub's own machine.
func NewAsk(code string, key []byte, seen string) Ask {
	a := Ask{ID: ID(code), Nonce: make([]byte, nonce)}
	rand.Read(a.Nonce)
	a.Proof = Prove(key, a, seen)
	return a
}

// ReadAsk reads what a stranger sent.
func ReadAsk(text []byte) (Ask, error) {
	var a Ask
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&a); err != nil || d.More() {
		return Ask{}, errors.New("not a request to enrol")
	}
	if len(a.ID) != idSize || len(a.Nonce) != nonce || len(a.Proof) != sha256.Size {
		return Ask{}, errors.New("not a request to enrol")
	}
	return a, nil
}

// Prove is the proof that belongs to an ask.
func Prove(key []byte, a Ask, seen string) []byte {
	return sign(key, "terminal", a.Nonce, []byte(seen))
}

// Answer is the hub's word: the terminal's account.
type Answer struct {
	Site        string `json:"site"`
	Role        string `json:"role"`
	Name        string `json:"name"`
	User        string `json:"user"`
	Key         string `json:"key"`         // the password
	Broker      string `json:"broker"`      // URL; without a host it is on the hub's
	Fingerprint string `json:"fingerprint"` // of the broker's certificate; "" without TLS
	Proof       []byte `json:"proof"`
}

// Sign proves that who answers knows the code.
func (a *Answer) Sign(key []byte, ask Ask, seen string) { a.Proof = a.proof(key, ask, seen) }

// ErrImpostor is returned when who answers does not know the code.
var ErrImpostor = errors.New("who answered does not know the code: this is not the hub that made it; check the address")

// Check says whether the answer comes from who made the code.
func (a Answer) Check(key []byte, ask Ask, seen string) error {
	if !hmac.Equal(a.Proof, a.proof(key, ask, seen)) {
		return ErrImpostor
	}
	return nil
}

func (a Answer) proof(key []byte, ask Ask, seen string) []byte {
	return sign(key, "hub", ask.Nonce, []byte(seen), []byte(a.Site), []byte(a.Role), []byte(a.Name), []byte(a.User),
		[]byte(a.Key), []byte(a.Broker), []byte(a.Fingerprint))
}

// sign seals the parts in order, each with its length so that none can lend
// the next a letter.
func sign(key []byte, who string, parts ...[]byte) []byte {
	mac := hmac.New(sha256.New, key)
	for _, p := range append([][]byte{[]byte(who)}, parts...) {
		var size [4]byte
		binary.BigEndian.PutUint32(size[:], uint32(len(p)))
		mac.Write(size[:])
		mac.Write(p)
	}
	return mac.Sum(nil)
}

// ReadAnswer reads what a hub sent; it must still be checked.
func ReadAnswer(text []byte) (Answer, error) {
	var a Answer
	if err := json.Unmarshal(text, &a); err != nil {
		return Answer{}, fmt.Errorf("the hub's answer cannot be read: %w", err)
	}
	return a, nil
}
