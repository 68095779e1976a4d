package staff

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var errUnknown = errors.New("no answer")

// far is the other end of the line: it answers after a second.
type far struct {
	mu    sync.Mutex
	asked []queue.Ask
	reply wire.Reply
	err   error
	away  bool
}

func (f *far) Ask(ctx context.Context, a queue.Ask) (wire.Reply, error) {
	f.mu.Lock()
	f.asked = append(f.asked, a)
	reply, err := f.reply, f.err
	f.mu.Unlock()
	select {
	case <-time.After(time.Second):
		return reply, err
	case <-ctx.Done():
		return wire.Reply{}, ctx.Err()
	}
}

func (f *far) Hub() bool { return !f.away }

// desk is an Asks with what it was told. Its event loop is the test, which runs
// the posts while it waits.
type desk struct {
	*Asks
	far     *far
	done    []queue.Deed
	refused []queue.Refusal
	posts   chan func()
}

func atDesk(t *testing.T, test func(t *testing.T, d *desk)) {
	synctest.Test(t, func(t *testing.T) {
		d := &desk{far: &far{}, posts: make(chan func(), 1)}
		d.Asks = New(Options{
			Line: d.far,
			Post: func(f func()) bool {
				select {
				case d.posts <- f:
					return true
				default:
					return false
				}
			},
			Done:    func(a queue.Ask, _ wire.Reply) { d.done = append(d.done, a.Do) },
			Refused: func(_ queue.Ask, r queue.Refusal) { d.refused = append(d.refused, r) },
		})
		defer d.Close()
		test(t, d)
	})
}

// wait lets the far end answer and runs what was posted.
func (d *desk) wait() {
	for range 3 {
		time.Sleep(time.Second)
		synctest.Wait()
		select {
		case f := <-d.posts:
			f()
		default:
		}
	}
}

// set changes what the far end answers from now on.
func (d *desk) set(reply wire.Reply, err error) {
	d.far.mu.Lock()
	defer d.far.mu.Unlock()
	d.far.reply, d.far.err = reply, err
}

func TestOneAtATime(t *testing.T) {
	atDesk(t, func(t *testing.T, d *desk) {
		if !d.Send(queue.Ask{Do: queue.DoCall}) || d.Send(queue.Ask{Do: queue.DoStart}) || d.Asking() != queue.DoCall {
			t.Fatal("two requests are under way, or none")
		}
		d.wait()
		if len(d.done) != 1 || d.Asking() != "" || !queue.ValidKey(d.far.asked[0].ID) {
			t.Fatalf("done %v, asked %v", d.done, d.far.asked)
		}
	})
}

func TestRefusalsOfEitherEnd(t *testing.T) {
	atDesk(t, func(t *testing.T, d *desk) {
		d.set(wire.Reply{}, queue.NobodyWaits)
		d.Send(queue.Ask{Do: queue.DoCall})
		d.wait()
		d.set(wire.Reply{Refused: queue.DeskBusy}, nil)
		d.Send(queue.Ask{Do: queue.DoCall})
		d.wait()
		if len(d.refused) != 2 || d.refused[0] != queue.NobodyWaits || d.refused[1] != queue.DeskBusy || d.done != nil {
			t.Fatalf("refused %v, done %v", d.refused, d.done)
		}
	})
}

func TestALoopThatIsBusyGetsTheAnswerLater(t *testing.T) {
	atDesk(t, func(t *testing.T, d *desk) {
		d.posts <- func() {}
		d.Send(queue.Ask{Do: queue.DoCall})
		d.wait()
		if len(d.done) != 1 {
			t.Fatal("the answer was lost")
		}
	})
}

func TestDoubtEndsWithTheLateAnswer(t *testing.T) {
	atDesk(t, func(t *testing.T, d *desk) {
		d.set(wire.Reply{}, errUnknown)
		d.Send(queue.Ask{Do: queue.DoCall})
		d.wait()
		if d.Doubtful() != queue.DoCall || d.Send(queue.Ask{Do: queue.DoCall}) {
			t.Fatal("a request of unknown outcome may be repeated")
		}
		d.Late(queue.Ask{ID: "another"}, wire.Reply{})
		d.Late(d.far.asked[0], wire.Reply{})
		d.Late(d.far.asked[0], wire.Reply{})
		if d.Doubtful() != "" || len(d.done) != 1 {
			t.Fatalf("doubtful %q, done %v", d.Doubtful(), d.done)
		}
	})
}

func TestLateAnswerThatOvertakesItsError(t *testing.T) {
	atDesk(t, func(t *testing.T, d *desk) {
		d.set(wire.Reply{}, errUnknown)
		d.Send(queue.Ask{Do: queue.DoCall})
		synctest.Wait()
		d.Late(d.far.asked[0], wire.Reply{Refused: queue.NobodyWaits})
		d.wait()
		if d.Doubtful() != "" || len(d.refused) != 1 {
			t.Fatalf("doubtful %q, refused %v", d.Doubtful(), d.refused)
		}
	})
}

func TestDoubtEndsSomeTimeAfterTheHubIsBack(t *testing.T) {
	atDesk(t, func(t *testing.T, d *desk) {
		d.set(wire.Reply{}, errUnknown)
		d.far.away = true
		d.Send(queue.Ask{Do: queue.DoCall})
		d.wait()
		time.Sleep(2 * DoubtLasts)
		if d.Doubtful() == "" {
			t.Fatal("forgotten while the hub is away")
		}
		d.set(wire.Reply{}, nil)
		d.far.away = false
		if d.Doubtful() != "" || !d.Send(queue.Ask{Do: queue.DoCall}) {
			t.Fatal("waits for ever")
		}
		d.wait()
	})
}

func TestCloseGivesUp(t *testing.T) {
	atDesk(t, func(t *testing.T, d *desk) {
		d.Send(queue.Ask{Do: queue.DoCall})
		d.Close()
		if len(d.done)+len(d.refused) != 0 {
			t.Fatal("an answer after the end")
		}
	})
}
