package screen

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// through reads all of a text in small pieces, each byte after a while.
func through(text string, while time.Duration) string {
	clock := time.Unix(0, 0)
	c := cleaner{now: func() time.Time { return clock }}
	from := iotest.OneByteReader(strings.NewReader(text))
	var got []byte
	for {
		b := make([]byte, 8)
		n, err := c.read(readerFunc(func(b []byte) (int, error) {
			clock = clock.Add(while)
			return from.Read(b)
		}), b)
		got = append(got, b[:n]...)
		if err != nil {
			return string(got)
		}
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }

var _ io.Reader = readerFunc(nil)

// TestOnlyUTF8GetsIn in whatever pieces it arrives; all that is text does.
func TestOnlyUTF8GetsIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var sent, want []byte
		for _, part := range rapid.SliceOf(rapid.OneOf(
			rapid.Map(rapid.String(), func(s string) []byte {
				return []byte(strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x1b", ""))
			}),
			rapid.Just([]byte{0xff}), rapid.Just([]byte{0x80, 0xfe}), rapid.Just([]byte{0xc3, 'a'}),
		)).Draw(t, "parts") {
			sent = append(sent, part...)
			for _, r := range string(part) {
				if r != utf8.RuneError || bytes.Contains(part, []byte("\uFFFD")) {
					want = utf8.AppendRune(want, r)
				}
			}
		}
		if got := through(string(sent), 0); got != string(want) {
			t.Fatalf("of %q came %q, want %q", sent, got, want)
		}
	})
}

func TestSequencesThatMakeTcellDeaf(t *testing.T) {
	for _, tt := range []struct {
		name, sent, want string
		while            time.Duration
	}{
		{"keys and mouse words pass", "a\x1b[A\x1bOP\x1b[<0;10;5M\x1b[200~b\x1b[201~\x1b\x1b\x1b[200~é", "a\x1b[A\x1bOP\x1b[<0;10;5M\x1b[200~b\x1b[201~\x1b[200~é", 0},
		{"strings are dropped", "\x1b]0;title\x07a\x1b]52;c;YQ==\x1b\\b\x1bP+q\x1b\\c\x1b_x\x1by\x07d", "\x1ba\x1bb\x1bc\x1bd", 0},
		{"Alt and _ by hand, then keys", "\x1b_", "\x1b", 0},
		{"a string that never ends", "\x1b_abcdef", "\x1bdef", 70 * time.Millisecond},
		{"ESC, then slowly a key", "\x1b_a", "\x1b_a", time.Second},
		{"a key repeated for ever", "\x1b[65;0;97;1;0;999999999_a", "\x1b[65;0;97;1;0;999999999ya", 0},
		{"a sequence without end", "\x1b[" + strings.Repeat("1", 1000) + "Aa", "\x1b[" + strings.Repeat("1", 32) + "ya", 0},
		{"a sequence that breaks off", "\x1b[1\x1b[Aa\x1b[1\x03b", "\x1b[1\x1b[Aa\x1b[1\x03b", 0},
	} {
		if got := through(tt.sent, tt.while); got != tt.want {
			t.Errorf("%s: of %q came %q, want %q", tt.name, tt.sent, got, tt.want)
		}
	}
}
