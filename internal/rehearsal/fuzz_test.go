package rehearsal

import "testing"

// Whatever a file of volumes holds is refused or is a year that can be played.
func FuzzReadVolumes(f *testing.F) {
	f.Add(defaults)
	f.Add([]byte("services:\n  creer: {interviews: -1}\n"))
	f.Add([]byte("a: &a [*a]\n"))
	f.Add([]byte("{"))
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := ReadVolumes("volumes.yaml", text, nil)
		if err != nil {
			return
		}
		for key, s := range v.Services {
			if s.Interviews < 0 || s.Minutes < 0 || s.Spread < 0 || s.Desks < 0 {
				t.Errorf("%s: %+v", key, s)
			}
		}
	})
}
