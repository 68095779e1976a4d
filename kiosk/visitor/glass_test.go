package visitor_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"

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

// visit is one visit with a finger: what must act, and what must not.
func (g *glass) visit() {
	g.t.Helper()
	g.shows("attract", "wake")
	g.touch(60, 2)
	g.shows("questions", "Bonjour")
	x, y := g.at("ask:emploi")
	g.touch(x, y) // within the dead time: meant for the attract screen
	g.tap(screen.IDLanguage)
	g.shows("language", "speak:en")
	g.tap("speak:en")
	g.shows("questions", "Hello")
	g.tap("ask:activite")
	g.shows("answer/activite/creer", "take")
	g.pass(time.Second)
	x, y = g.at("take")
	g.touch(x, y, [2]int{x, y - 12}) // slides off
	g.tap("take")
	g.wait("ticket/activite/creer", "done")
}

// read goes to a long list and drags it.
func (g *glass) read() {
	g.t.Helper()
	g.pass(time.Second)
	x, y := g.at("done")
	g.finger(x, y) // and no key: that would wake the attract screen
	g.shows("attract", "wake")
	g.tap("wake")
	g.shows("questions", "Bonjour")
	g.tap("ask:sur-place")
	g.shows("themes/sur-place", "theme:travailler")
	g.tap("theme:travailler")
	g.shows("browse/travailler/books", "shelf:sites")
	g.tap("shelf:sites")
	g.shows("browse/travailler/sites", "resource:s1")
	g.pass(time.Second)
	x, y = g.at("resource:s1")
	g.touch(x, y, [2]int{x, y - 2}, [2]int{x, y - 9})
	if g.shows("browse/travailler/sites", "scroll-up"); strings.Contains(g.now, "resource:s1 ") {
		g.t.Errorf("the list was not dragged: %q", g.now)
	}
}

// leave goes away: the kiosk asks, and starts over.
func (g *glass) leave() {
	g.t.Helper()
	g.rest(50 * time.Second)
	g.wait("browse/travailler/sites", "\tstay ")
	g.tap("stay")
	g.wait("browse/travailler/sites", "\tshelf:sites ")
	g.rest(70 * time.Second)
	g.wait("attract", "wake")
}

func need(t *testing.T, tools map[string]string) {
	t.Helper()
	for tool, debian := range tools {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("no %s: install the Debian package %s", tool, debian)
		}
	}
}

func start(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
}

// TestVisitInXterm makes a visit with real presses in a real xterm: what wobbles
// acts, what slides off or comes too early does not; lists are dragged, the
// code on the glass can be read, and a kiosk left alone starts over.
func TestVisitInXterm(t *testing.T) {
	need(t, map[string]string{"Xvfb": "xvfb", "xterm": "xterm", "xdotool": "xdotool", "import": "imagemagick"})
	g, env := newGlass(t)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{w}
	start(t, server)
	w.Close()
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Skipf("no display: %v", err)
	}
	display := "DISPLAY=:" + strings.TrimSpace(number)
	term := exec.Command("xterm", "-fa", "DejaVu Sans Mono", "-fs", "13", "-geometry", "100x30+0+0", "-e", os.Args[0])
	term.Env = append(os.Environ(), display, env, "LANG=C")
	start(t, term)
	do := func(name string, args ...string) []byte {
		cmd := exec.Command(name, args...)
		cmd.Env = append(os.Environ(), display)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s %v: %v", name, args, err)
		}
		return out
	}
	var width, height int
	g.finger = func(x, y int, moves ...[2]int) {
		if width == 0 {
			for line := range strings.Lines(string(do("xdotool", "search", "--onlyvisible", "--class", "xterm", "getwindowgeometry", "--shell", "%1"))) {
				_, _ = fmt.Sscanf(line, "WIDTH=%d", &width)
				_, _ = fmt.Sscanf(line, "HEIGHT=%d", &height)
			}
		}
		pixel := func(x, y int) []string {
			return []string{"mousemove", fmt.Sprint((2*x + 1) * width / 200), fmt.Sprint((2*y + 1) * height / 60)}
		}
		args := append(pixel(x, y), "mousedown", "1")
		for _, m := range moves {
			args = append(args, pixel(m[0], m[1])...)
		}
		do("xdotool", append(args, "mouseup", "1")...)
	}
	g.key = func(char string) { do("xdotool", "key", char) }
	g.visit()
	want := "/T/7K3F9QXD"
	for tries := 0; ; tries++ {
		picture, err := png.Decode(bytes.NewReader(do("import", "-window", "root", "png:-")))
		if err != nil {
			t.Fatal(err)
		}
		if text, _ := read(picture, gozxing.DecodeHintType_TRY_HARDER); strings.HasSuffix(text, want) {
			break
		}
		if tries > 200 {
			t.Fatal("no code on the glass")
		}
	}
	g.read()
	g.leave()
}

// TestVisitInTmux makes the same visit with the sequences a terminal sends.
func TestVisitInTmux(t *testing.T) {
	need(t, map[string]string{"tmux": "tmux"})
	g, env := newGlass(t)
	socket := filepath.Join(t.TempDir(), "tmux")
	tmux := func(args ...string) string {
		cmd := exec.Command("tmux", append([]string{"-S", socket, "-f", "/dev/null"}, args...)...)
		cmd.Env = append(os.Environ(), env, "LC_ALL=C.UTF-8")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("tmux %v: %v %s", args, err, out)
		}
		return string(out)
	}
	tmux("new-session", "-d", "-x", "100", "-y", "30", os.Args[0])
	t.Cleanup(func() { tmux("kill-server") })
	g.finger = func(x, y int, moves ...[2]int) {
		sequence := fmt.Sprintf("\x1b[<0;%d;%dM", x+1, y+1)
		for _, m := range moves {
			x, y = m[0], m[1]
			sequence += fmt.Sprintf("\x1b[<32;%d;%dM", x+1, y+1)
		}
		tmux("send-keys", "-l", sequence+fmt.Sprintf("\x1b[<0;%d;%dm", x+1, y+1))
	}
	g.key = func(char string) { tmux("send-keys", "-l", char) }
	g.visit()
	if text := tmux("capture-pane", "-p"); !strings.Contains(text, "3 people before you") {
		t.Errorf("tmux shows\n%s", text)
	}
	g.read()
	g.leave()
}
