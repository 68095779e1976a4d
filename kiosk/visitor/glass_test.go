package visitor_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/kiosk/screen"
	"accueil/kiosk/visitor"
)

// glassEnv makes the test program a kiosk: it names the folder with the pipes on
// which the kiosk says what it shows and hears how time passes.
const glassEnv = "ACCUEIL_VISITOR_GLASS"

// told is a role that says on a pipe what it shows, whenever that changes.
type told struct {
	*visitor.Role
	out    io.Writer
	last   string
	passed atomic.Int64 // on the kiosk's clock, in nanoseconds
	rests  atomic.Int64 // and what is to pass until the next tick
}

// Idle is asked at every tick, before the shell looks at the clock.
func (r *told) Idle() (warn, reset time.Duration) {
	if d := r.rests.Swap(0); d > 0 {
		r.passed.Add(d)
		fmt.Fprintln(r.out, "rested")
	}
	return r.Role.Idle()
}

func (r *told) Draw(c *screen.Canvas) {
	r.Role.Draw(c)
	var text bytes.Buffer
	_ = screen.WriteText(&text, c)
	top, _, _ := strings.Cut(text.String(), "\n")
	said := r.Screen() + "\t" + strings.TrimSpace(top)
	for _, t := range c.Targets() {
		said += fmt.Sprintf("\t%s %d %d", t.ID, t.Rect.X+t.Rect.W/2, t.Rect.Y+t.Rect.H/2)
	}
	if said != r.last {
		fmt.Fprintln(r.out, said)
		r.last = said
	}
}

// Key says that a key came: whatever was touched before it has been dealt with.
func (r *told) Key(k screen.Key) bool {
	fmt.Fprintln(r.out, "key")
	return r.Role.Key(k)
}

// glassKiosk is a visitor's kiosk on a real terminal; its clock moves only when
// it is told to.
func glassKiosk(dir string) error {
	out, err := os.OpenFile(filepath.Join(dir, "said"), os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	orders, err := os.Open(filepath.Join(dir, "orders"))
	if err != nil {
		return err
	}
	little, problems := site.Load(os.DirFS("testdata/centre"))
	if len(problems) > 0 {
		return problems[0]
	}
	book, err := phrases.Load()
	if err != nil {
		return err
	}
	begin := time.Now()
	room := newWaitingRoom()
	room.begin = begin
	role := &told{out: out}
	shell := screen.New(role, screen.Options{Now: func() time.Time { return begin.Add(time.Duration(role.passed.Load())) }})
	role.Role, err = visitor.New(context.Background(), visitor.Options{Site: little, Book: book, Line: stopped{room},
		Post: shell.Post, SetTheme: shell.SetTheme, Beep: shell.Beep, Clock: func() time.Time { return time.Unix(0, 0) }})
	if err != nil {
		return err
	}
	go role.obey(orders)
	return shell.Run(context.Background())
}

// obey lets time pass at once, or with the next tick: "pass 1s", "rest 10s".
func (r *told) obey(orders io.Reader) {
	for lines := bufio.NewScanner(orders); lines.Scan(); {
		how, long, _ := strings.Cut(lines.Text(), " ")
		d, err := time.ParseDuration(long)
		if err == nil && how == "rest" {
			r.rests.Store(int64(d))
			continue
		}
		r.passed.Add(int64(d))
		fmt.Fprintln(r.out, "passed")
	}
}

// stopped is a waiting room whose clock stands still, so that a screen changes
// only when somebody does something.
type stopped struct{ *waitingRoom }

func (s stopped) Now() time.Time { return s.start }

// glass is a real terminal with the kiosk on it, and the last it said.
type glass struct {
	t      *testing.T
	lines  chan string
	orders *os.File
	now    string   // what it showed last, as it was looked at
	seen   []string // what it has shown since
	keys   int
	finger func(x, y int, moves ...[2]int) // down, moves, up
	key    func(char string)
}

// newGlass makes the pipes; program starts the kiosk from the environment given.
func newGlass(t *testing.T) (g *glass, env string) {
	t.Helper()
	dir := t.TempDir()
	g = &glass{t: t, lines: make(chan string, 64)}
	var ends [2]*os.File
	for i, name := range []string{"said", "orders"} {
		path := filepath.Join(dir, name)
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := os.OpenFile(path, os.O_RDWR, 0) // for both: opening does not wait
		if err != nil {
			t.Fatal(err)
		}
		ends[i] = file
	}
	g.orders = ends[1]
	done := make(chan struct{})
	go func() {
		defer close(done)
		for lines := bufio.NewScanner(ends[0]); lines.Scan(); {
			g.lines <- lines.Text()
		}
	}()
	t.Cleanup(func() {
		ends[0].Close()
		ends[1].Close()
		<-done
	})
	return g, glassEnv + "=" + dir
}

// next is what the kiosk says next.
func (g *glass) next() string {
	g.t.Helper()
	select {
	case line := <-g.lines:
		return line
	case <-time.After(30 * time.Second):
		g.t.Fatalf("the kiosk says nothing more; it showed %q", g.now)
	}
	return ""
}

// until reads what the kiosk says up to a word, and keeps what it showed.
func (g *glass) until(word string) {
	g.t.Helper()
	for line := g.next(); line != word; line = g.next() {
		g.seen = append(g.seen, line)
	}
}

// shows looks at the next change of the screen, which has to be to this one: with
// a name, and a text in its top line or the name of a target.
func (g *glass) shows(name, has string) {
	g.t.Helper()
	if len(g.seen) == 0 {
		g.seen = append(g.seen, g.next())
	}
	g.now, g.seen = g.seen[0], g.seen[1:]
	if got, _, _ := strings.Cut(g.now, "\t"); got != name || !strings.Contains(g.now, has) {
		g.t.Fatalf("the kiosk shows %q, want %q with %q", g.now, name, has)
	}
}

// wait looks at what the kiosk shows until it is this.
func (g *glass) wait(name, has string) {
	g.t.Helper()
	for !strings.HasPrefix(g.now, name+"\t") || !strings.Contains(g.now, has) {
		if len(g.seen) == 0 {
			g.seen = append(g.seen, g.next())
		}
		g.now, g.seen = g.seen[0], g.seen[1:]
	}
}

// pass lets time pass on the kiosk's clock.
func (g *glass) pass(d time.Duration) {
	g.t.Helper()
	fmt.Fprintln(g.orders, "pass", d)
	g.until("passed")
}

// rest lets time pass in which nobody does anything, and the kiosk notice it.
func (g *glass) rest(d time.Duration) {
	g.t.Helper()
	for _, part := range []time.Duration{0, d / 2, d / 2} { // the first begins the count
		fmt.Fprintln(g.orders, "rest", part+time.Millisecond)
		g.until("rested")
	}
}

// touch puts a finger down, moves it, and waits until that has been dealt with:
// a key sent after it has come. The kiosk has no use for the key.
func (g *glass) touch(x, y int, moves ...[2]int) {
	g.t.Helper()
	g.finger(x, y, moves...)
	g.keys++
	g.key(string("xz"[g.keys%2])) // not the same again: that would be one held down
	g.until("key")
}

// at is the middle of a target on the screen.
func (g *glass) at(id string) (x, y int) {
	g.t.Helper()
	for _, field := range strings.Split(g.now, "\t")[2:] {
		if name, place, _ := strings.Cut(field, " "); name == id {
			fmt.Sscan(place, &x, &y)
			return x, y
		}
	}
	g.t.Fatalf("no target %q in %q", id, g.now)
	return 0, 0
}

// tap waits out the dead time and touches a target with a finger that trembles.
func (g *glass) tap(id string) {
	g.t.Helper()
	g.pass(time.Second)
	x, y := g.at(id)
	g.touch(x, y, [2]int{x + 1, y}, [2]int{x + 1, y + 1})
}
