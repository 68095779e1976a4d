package visitor_test

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/screen"
	"accueil/kiosk/screen/screentest"
	"accueil/kiosk/speech"
	"accueil/kiosk/uplink"
	"accueil/kiosk/visitor"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(glassEnv); dir != "" {
		if err := glassKiosk(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

// little is the small centre of testdata: T is open all day, C on Tuesday
// morning and Thursday afternoon, J one Thursday a month.
func little(t testing.TB) *site.Site {
	t.Helper()
	s, problems := site.Load(os.DirFS("testdata/centre"))
	for _, p := range problems {
		t.Fatal(p)
	}
	return s
}

// waitingRoom is a line to a queue as the tests want it: Tuesday 24 November
// 2026, 10:42 in Paris, when the test begins.
type waitingRoom struct {
	begin, start time.Time

	mu      sync.Mutex
	away    bool // the hub
	revoked bool // the terminal's account
	closed  bool // the day
	day     queue.Date
	told    time.Time // when the view was
	lines   []wire.Line
	calls   []wire.Call
	pcs     *wire.PCs
	notices []wire.Notice
	issue   func(context.Context, uplink.Order) (uplink.Ticket, error)
	began   []string
	asked   []string
	orders  []uplink.Order
}

func newWaitingRoom() *waitingRoom {
	r := &waitingRoom{
		begin: time.Now(), start: time.Date(2026, time.November, 24, 9, 42, 0, 0, time.UTC),
		lines: []wire.Line{
			{Service: "travailler", Open: true, Waiting: 3, Wait: &wire.Interval{Low: 15, High: 30}},
			{Service: "creer", Open: true}, {Service: "jardin"},
		},
	}
	r.issue = func(context.Context, uplink.Order) (uplink.Ticket, error) { return numbered(3), nil }
	return r
}

func numbered(ahead int) uplink.Ticket {
	return uplink.Ticket{ID: "essai-1", Code: "7K3F9QXD", Label: queue.HubLabel("T", 42), Ahead: ahead, Wait: &wire.Interval{Low: 10, High: 25}}
}

func (r *waitingRoom) Issue(ctx context.Context, o uplink.Order) (uplink.Ticket, error) {
	r.mu.Lock()
	r.orders = append(r.orders, o)
	issue := r.issue
	r.mu.Unlock()
	return issue(ctx, o)
}

func (r *waitingRoom) Began(lang string) { r.began = append(r.began, lang) }
func (r *waitingRoom) Asked(q, lang string) {
	r.asked = append(r.asked, q+" "+lang)
}

func (r *waitingRoom) Public() (wire.Public, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return wire.Public{Stamp: wire.Stamp{Day: r.day, At: r.told}, Closed: r.closed, Services: r.lines, Calls: r.calls, PCs: r.pcs, Notices: r.notices}, true
}

// set changes what the room is like.
func (r *waitingRoom) set(change func(*waitingRoom)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change(r)
}

func (r *waitingRoom) Hub() bool        { return !r.away }
func (r *waitingRoom) TurnedAway() bool { return r.revoked }

func (r *waitingRoom) Now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.start.Add(time.Since(r.begin))
}

// kiosk is a visitor's kiosk under test.
type kiosk struct {
	*screentest.Driver
	role *visitor.Role
	room *waitingRoom
	ear  *ear
	rung int
	kept []byte
	desk desktop
}

// bubble runs a test of a kiosk of 100 × 30 cells.
func bubble(t *testing.T, test func(t *testing.T, k *kiosk)) {
	bubbleSized(t, 100, 30, test)
}

func bubbleSized(t *testing.T, w, h int, test func(t *testing.T, k *kiosk)) {
	t.Helper()
	bubbleWith(t, w, h, nil, test)
}

// bubbleKept runs a test of a kiosk that has started again.
func bubbleKept(t *testing.T, kept []byte, test func(t *testing.T, k *kiosk)) {
	t.Helper()
	bubbleWith(t, 100, 30, kept, test)
}

func bubbleWith(t *testing.T, w, h int, kept []byte, test func(t *testing.T, k *kiosk)) {
	t.Helper()
	bubblePrinting(t, w, h, kept, nil, test)
}

func bubblePrinting(t *testing.T, w, h int, kept []byte, press visitor.Printer, test func(t *testing.T, k *kiosk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		k := &kiosk{room: newWaitingRoom(), ear: &ear{state: speech.Ready}}
		ctx, stop := context.WithCancel(t.Context())
		var err error
		k.role, err = visitor.New(ctx, visitor.Options{
			Site: little(t), Book: book(t), Line: k.room,
			Post:     func(f func()) bool { return k.Shell().Post(f) },
			SetTheme: func(theme screen.Theme) { k.Shell().SetTheme(theme) },
			Voice:    k.ear, Beep: func() { k.rung++ },
			Keep: func(what []byte) { k.kept = what }, Kept: kept,
			Workplace: k.desk.workplace(), Name: "pc-07", Printer: press,
		})
		if err != nil {
			t.Fatal(err)
		}
		k.Driver = screentest.Start(t, k.role, w, h)
		test(t, k)
		k.Advance(time.Millisecond) // an order between what the test has read and what closing does
		stop()
		k.role.Close()
	})
}

// at fails unless the screen has this name.
func (k *kiosk) at(t *testing.T, name string) {
	t.Helper()
	if got := k.role.Screen(); got != name {
		t.Fatalf("the screen is %q, not %q:\n%s", got, name, k.Text())
	}
}

// taps taps one target after the other.
func (k *kiosk) taps(ids ...string) {
	for _, id := range ids {
		k.Tap(id)
	}
}
