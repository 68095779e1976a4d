package access

import (
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// How the key of a terminal is kept: as Mosquitto 2 keeps passwords
// ($7$ROUNDS$SALT$HASH, PBKDF2 with SHA-512), so that its password file can be
// written from what is kept. The few rounds do no harm: a key is 256 random
// bits, which no number of tries finds; slow hashes are for what people think up.
const (
	keyRounds    = 101
	maxKeyRounds = 1000
	keySalt      = 12
	keySize      = 64
)

func hashKey(key string) string {
	salt := make([]byte, keySalt)
	rand.Read(salt)
	return fmt.Sprintf("$7$%d$%s$%s", keyRounds, base64.StdEncoding.EncodeToString(salt),
		base64.StdEncoding.EncodeToString(derive(key, salt, keyRounds)))
}

func derive(key string, salt []byte, rounds int) []byte {
	sum, err := pbkdf2.Key(sha512.New, key, salt, rounds, keySize)
	if err != nil {
		return nil // only where FIPS 140 forbids the parameters; matches nothing
	}
	return sum
}

type hashedKey struct {
	rounds    int
	salt, sum []byte
}

func parseKey(hash string) (k hashedKey, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 5 || parts[0] != "" || parts[1] != "7" {
		return k, errors.New("not a hashed key")
	}
	if n, err := fmt.Sscanf(parts[2], "%d", &k.rounds); n != 1 || err != nil || k.rounds < 1 || k.rounds > maxKeyRounds {
		return k, errors.New("not a hashed key")
	}
	if k.salt, err = base64.StdEncoding.DecodeString(parts[3]); err != nil {
		return k, err
	}
	k.sum, err = base64.StdEncoding.DecodeString(parts[4])
	if err == nil && len(k.sum) != keySize {
		err = errors.New("not a hashed key")
	}
	return k, err
}

func keyMatches(hash, key string) bool {
	k, err := parseKey(hash)
	return err == nil && subtle.ConstantTimeCompare(derive(key, k.salt, k.rounds), k.sum) == 1
}
