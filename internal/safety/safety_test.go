package safety_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"accueil/internal/safety"
)

// What is shipped does not know how to go without a guard.
func TestShippedProgramsKeepTheirGuards(t *testing.T) {
	t.Setenv("ACCUEIL_UNGUARDED", "sync")
	if safety.Off(safety.Sync) {
		t.Fatal("a guard was taken out of a program without the tag")
	}
	for _, tag := range []string{"", "unguarded"} {
		dir := t.TempDir()
		if out, err := exec.Command("go", "build", "-tags", tag, "-o", dir, "accueil/hub").CombinedOutput(); err != nil {
			t.Fatalf("build: %v\n%s", err, out)
		}
		program, err := os.ReadFile(filepath.Join(dir, "hub"))
		if err != nil {
			t.Fatal(err)
		}
		if knows := bytes.Contains(program, []byte("ACCUEIL_UNGUARDED")); knows != (tag != "") {
			t.Errorf("built with the tag %q: it knows the switch: %v", tag, knows)
		}
	}
}
