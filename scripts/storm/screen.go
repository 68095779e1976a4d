package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"syscall"
	"time"

	"accueil/internal/phrases"
	"accueil/scripts/pane"
)

// screen is a real kiosk visitor in a terminal, driven with keys as a person
// would: what stands on it is what that person has.
type screen struct {
	house *house
	name  string
	link  *link
	lines sync.Mutex // one fault of the link at a time
	say   phrases.Speaker
	keys  []string // from the questions to the answer for creer

	end  context.CancelFunc
	done chan struct{}

	mu  sync.Mutex
	now *pane.Pane // nil between two programs
}

func (h *house) openScreen(name string) (*screen, error) {
	book, err := phrases.Load()
	if err != nil {
		return nil, err
	}
	s := &screen{house: h, name: name, say: book.In(h.site.Languages[0]), done: make(chan struct{})}
	for i, q := range h.site.Questions {
		if q.Service == "creer" {
			s.keys = []string{strconv.Itoa(i + 1)}
			if len(q.Children) > 0 {
				s.keys = append(s.keys, "1")
			}
			break
		}
	}
	if s.link, err = newLink(h.address, h.chance.Uint64(), h.count1); err != nil {
		return nil, err
	}
	ctx, end := context.WithCancel(context.Background())
	s.end = end
	first := make(chan error, 1)
	go func() {
		defer close(s.done)
		first <- s.live(ctx)
		for ctx.Err() == nil {
			_ = s.live(ctx)
		}
	}()
	select {
	case err := <-first: // it could not even start
		if err != nil {
			return nil, err
		}
	case <-time.After(300 * time.Millisecond):
	}
	return s, nil
}

// live is one program from start to end.
func (s *screen) live(ctx context.Context) error {
	cmd := exec.Command(filepath.Join(s.house.Bin, "kiosk"), "visitor", "--hub", s.link.url(), "--name", s.name,
		"--data", s.house.path(s.name))
	p, _, err := pane.Open(cmd, 100, 30)
	if err != nil {
		sleep(ctx, time.Second)
		return err
	}
	s.set(p)
	defer func() { s.set(nil); p.Close() }()
	for ctx.Err() == nil {
		select {
		case <-p.Ended():
			return nil
		default:
		}
		if !s.visit(ctx, p) { // lost its way: nobody is left standing there
			_ = p.Press("\x1b")
			sleep(ctx, time.Second)
		}
	}
	return nil
}

func (s *screen) set(p *pane.Pane) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = p
}

// kill pulls the plug.
func (s *screen) kill() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now != nil {
		s.now.Signal(syscall.SIGKILL)
	}
}

// leave ends the visits and the program at once. What it has not delivered is on
// its disk, for an heir.
func (s *screen) leave() {
	s.end()
	<-s.done
}

func (s *screen) close() {
	s.end()
	s.kill()
	<-s.done
	s.link.close()
}

var address = regexp.MustCompile(`/T/([0-9A-Z]{8})\b`)

// visit takes a ticket with keys and notes the code that stands on the screen.
func (s *screen) visit(ctx context.Context, p *pane.Pane) bool {
	steps := []string{"Français", s.say.Say("visitor.questions-title")}
	if len(s.keys) > 1 {
		steps = append(steps, s.say.Say("visitor.general"))
	}
	steps = append(steps, s.say.Say("visitor.take"), s.say.Say("visitor.your-ticket"))
	keys := append([]string{"", "1"}, append(s.keys, "1")...)
	last := ""
	for i, text := range steps {
		if keys[i] == last && last != "" {
			sleep(ctx, 900*time.Millisecond) // else it is taken for a held key
		}
		last = keys[i]
		if p.Press(last) != nil || !s.sees(ctx, p, text) {
			return false
		}
	}
	if code := address.FindStringSubmatch(p.Screen()); code != nil {
		s.house.ledger.hear("screen", s.name, fmt.Sprint("code ", code[1]))
	}
	sleep(ctx, 900*time.Millisecond)
	return p.Press("1") == nil && s.sees(ctx, p, "Français")
}

func (s *screen) sees(ctx context.Context, p *pane.Pane, text string) bool {
	ctx, cancel := context.WithTimeout(ctx, 12*time.Second)
	defer cancel()
	for {
		drawn := p.Drawn()
		if all, _ := p.Shows(text); all {
			return true
		}
		select {
		case <-drawn:
		case <-p.Ended():
			return false
		case <-ctx.Done():
			return false
		}
	}
}
