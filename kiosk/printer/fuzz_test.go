package printer

import "testing"

// Whatever lpstat says in whatever language is a condition.
func FuzzReadState(f *testing.F) {
	f.Add("printer ticket is idle.  enabled since Tue 24 Nov 2026\n\tAlerts: none\n")
	f.Add("printer ticket disabled since …\n\tAlerts: media-empty-error\n")
	f.Add("\xff\x00")
	f.Fuzz(func(t *testing.T, said string) { readState(said) })
}
