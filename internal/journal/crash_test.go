package journal

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"testing"

	"accueil/internal/queue"
)

// childPath is the environment variable that makes the test program a writer.
const childPath = "ACCUEIL_TEST_JOURNAL"

const biggestBatch = 8

// child appends until it is killed and prints each number acknowledged.
func child() int {
	j, err := Open(os.Getenv(childPath), Options{Site: "paris"})
	for err == nil {
		var last uint64
		if last, err = j.Append(j.Last(), script(j.Last(), 1+rand.IntN(biggestBatch))); err == nil {
			fmt.Println(last)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// script is what the child appends after number no: a few hundred facts a day,
// every tenth heard late.
func script(no uint64, n int) []queue.Fact {
	facts := called(no+1, n)
	for i := range facts {
		day := facts[i].Seq / 300
		if facts[i].Seq%10 == 0 && day > 0 {
			day--
		}
		facts[i].Day = queue.Date(fmt.Sprintf("2026-%02d-%02d", 1+day/28%12, 1+day%28))
	}
	return facts
}

func TestKilledWriterLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "hub.journal")
	acknowledged, id := uint64(0), ""
	for round := range 30 {
		last := writeAndKill(t, path, rand.IntN(100)-10)
		acknowledged = max(acknowledged, last)
		j := begin(t, path, Options{Site: "paris"})
		if j.Last() < acknowledged {
			t.Fatalf("round %d: fact %d was acknowledged, the journal ends with %d", round, acknowledged, j.Last())
		}
		if round > 0 && j.ID() != id {
			t.Fatalf("round %d: another journal was begun", round)
		}
		id, acknowledged = j.ID(), j.Last()
		want := script(0, int(j.Last()))
		for i := range want {
			want[i].No = uint64(i) + 1
		}
		if got := contents(t, j); len(want) > 0 && !reflect.DeepEqual(want, got) {
			t.Fatalf("round %d: %d facts are not what was written", round, len(got))
		}
		finish(t, j)
	}
	t.Logf("30 kills, %d facts acknowledged, all there", acknowledged)
}

// writeAndKill runs a writer, kills it when it has acknowledged n batches (at
// once when n is negative), at whatever it is doing then, and returns the last
// number it acknowledged.
func writeAndKill(t *testing.T, path string, n int) (last uint64) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), childPath+"="+path)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if n < 0 {
		c.Process.Kill()
	}
	lines := bufio.NewScanner(out)
	for i := 0; lines.Scan(); i++ {
		if last, err = strconv.ParseUint(lines.Text(), 10, 64); err != nil {
			t.Errorf("the writer says %q", lines.Text())
		}
		if i == n {
			c.Process.Kill() // and go on reading what it said before
		}
	}
	if err := c.Wait(); c.ProcessState.Exited() {
		t.Errorf("the writer stopped by itself: %v", err)
	}
	return last
}
