package site

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// The limits of a pack in bytes, as it travels and unfolded.
const (
	MaxPack     = 1 << 20
	MaxUnpacked = 8 << 20
)

// Errors of Unpack; others name the first problem of the content.
var (
	// ErrPackSize is returned when a pack exceeds MaxPack or MaxUnpacked.
	ErrPackSize = errors.New("site pack is too large")
	// ErrPackForm is returned when a pack is not gzip of one JSON object of this form.
	ErrPackForm = errors.New("site pack cannot be read")
)

// Pack is the site as the hub sends it to terminals: gzip of JSON.
func Pack(s *Site) ([]byte, error) {
	var pack bytes.Buffer
	zip := gzip.NewWriter(&pack)
	if err := json.NewEncoder(zip).Encode(s); err != nil {
		return nil, fmt.Errorf("pack site %s: %w", s.Key, err)
	}
	if err := zip.Close(); err != nil {
		return nil, fmt.Errorf("pack site %s: %w", s.Key, err)
	}
	if pack.Len() > MaxPack {
		return nil, ErrPackSize
	}
	return pack.Bytes(), nil
}

// Unpack reads a pack and checks its content as Load does, the words left out.
func Unpack(pack []byte) (*Site, error) {
	if len(pack) > MaxPack {
		return nil, ErrPackSize
	}
	text, err := unzip(pack)
	if err != nil {
		return nil, err
	}
	var s Site
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPackForm, err)
	}
	if problems := check(&s, nil); len(problems) > 0 {
		return nil, fmt.Errorf("site pack: %w", problems[0])
	}
	return &s, nil
}

func unzip(pack []byte) ([]byte, error) {
	zip, err := gzip.NewReader(bytes.NewReader(pack))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPackForm, err)
	}
	text, err := io.ReadAll(io.LimitReader(zip, MaxUnpacked+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPackForm, err)
	}
	if len(text) > MaxUnpacked {
		return nil, ErrPackSize
	}
	return text, nil
}

// Version is the checksum by which hub and terminals know whether they hold the
// same pack: the first 16 hexadecimal digits of its SHA-256.
func Version(pack []byte) string {
	sum := sha256.Sum256(pack)
	return hex.EncodeToString(sum[:8])
}
