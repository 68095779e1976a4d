package journal

import (
	"bufio"
	"bytes"
	"errors"
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

// childPath is the environment variable that makes the test program a writer
// of that journal, childBatches the one that says for how long.
const (
	childPath    = "ACCUEIL_TEST_JOURNAL"
	childBatches = "ACCUEIL_TEST_BATCHES"
)

// codeBroken is how a writer ends whose journal is broken.
const codeBroken = 3

// child appends and prints the number it begins with and each one
// acknowledged. After an error it tries again, as people do.
func child() int {
	j, err := Open(os.Getenv(childPath), Options{Site: "paris"})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println(j.Last())
	batches, _ := strconv.Atoi(os.Getenv(childBatches))
	for n := 1; n != batches; n++ {
		last, err := j.Append(j.Last(), script(j.Last(), 1+rand.IntN(8)))
		if err == nil {
			fmt.Println(last)
		} else if errors.Is(err, ErrBroken) {
			return codeBroken
		}
	}
	return 0
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

// asWritten compares all facts with the script.
func asWritten(t testing.TB, j *Bolt) {
	t.Helper()
	want := script(0, int(j.Last()))
	for i := range want {
		want[i].No = uint64(i) + 1
	}
	if got := contents(t, j); len(want) > 0 && !reflect.DeepEqual(want, got) {
		t.Fatalf("the %d facts are not those written", len(got))
	}
}

func TestKilledWriterLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "hub.journal")
	acknowledged, id := uint64(0), ""
	for round := range 30 {
		w := startWriter(t, path, "")
		h := w.listen(max(0, rand.IntN(100)-10))
		if h.code >= 0 {
			t.Fatalf("the writer stopped by itself with %d: %s", h.code, w.said.String())
		}
		acknowledged = max(acknowledged, h.last)
		j := begin(t, path, Options{Site: "paris"})
		if j.Last() < acknowledged {
			t.Fatalf("round %d: fact %d was acknowledged, the journal ends with %d", round, acknowledged, j.Last())
		}
		if round > 0 && j.ID() != id {
			t.Fatalf("round %d: another journal was begun", round)
		}
		id, acknowledged = j.ID(), j.Last()
		asWritten(t, j)
		finish(t, j)
	}
	t.Logf("30 kills, %d facts acknowledged, all there", acknowledged)
}

// program is another program that appends.
type program struct {
	t     *testing.T
	cmd   *exec.Cmd
	lines *bufio.Scanner
	said  bytes.Buffer // to standard error
}

func startWriter(t *testing.T, path, batches string) *program {
	t.Helper()
	w := &program{t: t, cmd: exec.Command(os.Args[0])}
	w.cmd.Env = append(os.Environ(), childPath+"="+path, childBatches+"="+batches,
		"GORACE=atexit_sleep_ms=0") // or each lives a second longer
	w.cmd.Stderr = &w.said
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	w.lines = bufio.NewScanner(out)
	if err := w.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *program) kill() { w.cmd.Process.Kill() }

// heard is what a writer said before its end.
type heard struct {
	opened bool
	last   uint64
	code   int // how it ended; -1 when killed
}

// listen reads what the writer says to its end and kills it when it has said n
// numbers, at whatever it is doing then, or at once when n is 0; never when
// negative.
func (w *program) listen(n int) (h heard) {
	w.t.Helper()
	for i := 0; ; i++ {
		if i == n {
			w.kill() // and go on reading what it said before
		}
		if !w.lines.Scan() {
			break
		}
		last, err := strconv.ParseUint(w.lines.Text(), 10, 64)
		if err != nil {
			w.t.Errorf("the writer says %q", w.lines.Text())
		}
		h.opened, h.last = true, last
	}
	w.cmd.Wait()
	h.code = w.cmd.ProcessState.ExitCode()
	return h
}
