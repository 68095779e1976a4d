package phrases

import "testing"

// TestCalledIsSaidAsAPersonWould: letters one by one, the number without its zeros.
func TestCalledIsSaidAsAPersonWould(t *testing.T) {
	for label, want := range map[string]string{
		"C 042": "C, 42", "C 1300": "C, 1300", "C BK 7": "C, B, K, 7", "C\u00a0BKM\u00a0007": "C, B, K, M, 7", "C 000": "C, 0", "": "",
	} {
		if got := Spelled(label); got != want {
			t.Errorf("%q is said %q, want %q", label, got, want)
		}
	}
	if got := load(t).In("fr").Called("C 042", "5"); got != "C, 42. Bureau 5." {
		t.Errorf("said: %q", got)
	}
}
