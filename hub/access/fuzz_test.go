package access

import (
	"encoding/json"
	"testing"
)

// Whatever the file of accounts holds, it is refused or can be written again.
func FuzzAccounts(f *testing.F) {
	f.Add([]byte(`{"v":1,"site":"villette","accounts":[{"role":"kiosk","name":"k1","key":"x"}],"codes":[],"pins":{"adviser":"y"}}`))
	f.Add([]byte(`{"v":99}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := parse(text)
		if err != nil {
			return
		}
		if _, err := json.Marshal(b); err != nil {
			t.Error(err)
		}
	})
}
