package enrol

import (
	"crypto/rand"
	"testing"
)

// Whatever a stranger sends or types is refused or of the right form.
func FuzzWhatStrangersSend(f *testing.F) {
	code := NewCode(rand.Reader)
	f.Add([]byte(`{"id":"` + ID(code) + `","nonce":"","proof":""}`))
	f.Add([]byte(code))
	f.Add([]byte(`{"user":"kiosk/k1","key":""}{}`))
	f.Add([]byte("abcd-efgh"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if a, err := ReadAsk(text); err == nil && len(a.ID) != idSize {
			t.Errorf("an ask with the id %q", a.ID)
		}
		_, _ = ReadAnswer(text)
		if c, err := ParseCode(string(text)); err == nil {
			if again, err := ParseCode(Spaced(c)); err != nil || again != c {
				t.Errorf("%q reads as %q, %v", Spaced(c), again, err)
			}
		}
	})
}
