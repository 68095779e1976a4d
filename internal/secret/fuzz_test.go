package secret

import "testing"

// Whatever stands in a file of accounts, checking it costs little and never
// more than what we write ourselves.
func FuzzCheckHash(f *testing.F) {
	f.Add(Hash("1234"))
	f.Add("$argon2id$v=19$m=4294967295,t=4294967295,p=255$AAAA$AAAA")
	f.Add("$argon2id$v=19$m=-1,t=,p=$$")
	f.Add("")
	f.Fuzz(func(t *testing.T, hash string) {
		if CheckHash(hash) != nil && Matches(hash, "1234") {
			t.Errorf("%q is no hash and matches", hash)
		}
	})
}
