package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"accueil/config"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
)

// Names in the environment of a child: what it plays, and with what.
const (
	childEnv = "ACCUEIL_STORM_CHILD"
	nameEnv  = "ACCUEIL_STORM_NAME"
	dirEnv   = "ACCUEIL_STORM_DIR"
	urlEnv   = "ACCUEIL_STORM_URL"
	seedEnv  = "ACCUEIL_STORM_SEED"
	clockEnv = "ACCUEIL_STORM_CLOCK" // seconds that its clock is ahead of the site's at the start
	pauseEnv = "ACCUEIL_STORM_PAUSE" // between two tickets on average
)

// Words that the storm says to a child, one a line.
const (
	sayStop  = "stop"   // no new work; end when all is delivered
	sayClock = "clock " // and the seconds that its clock steps
)

// child is what kiosks and advisers have in common.
type child struct {
	site    *site.Site
	line    *uplink.Uplink
	chance  *rand.Rand
	shift   atomic.Int64 // of its clock
	stopped chan struct{}

	mu sync.Mutex // of what it prints
}

func newChild(role string) (*child, error) {
	centre, problems := site.Load(config.FS)
	if len(problems) > 0 {
		return nil, problems[0]
	}
	seed, err := strconv.ParseUint(os.Getenv(seedEnv), 10, 64)
	if err != nil {
		return nil, err
	}
	c := &child{site: centre, chance: rand.New(rand.NewPCG(seed, 2)), stopped: make(chan struct{})}
	ahead, err := strconv.Atoi(os.Getenv(clockEnv))
	if err != nil {
		return nil, err
	}
	c.shift.Store(int64(time.Duration(ahead) * time.Second))
	c.line, err = uplink.Open(uplink.Options{
		Site: centre.Key, Role: role, Name: os.Getenv(nameEnv), Dir: os.Getenv(dirEnv), URL: os.Getenv(urlEnv),
		Now: func() time.Time { return time.Now().Add(time.Duration(c.shift.Load())) },
		Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	return c, err
}

// say prints one line.
func (c *child) say(words ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	fmt.Println(strings.TrimSuffix(fmt.Sprintln(words...), "\n"))
}

// obey hears what the storm says until there is nobody any more.
func (c *child) obey(orphaned context.CancelFunc) {
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		if step, ok := strings.CutPrefix(lines.Text(), sayClock); ok {
			seconds, _ := strconv.Atoi(step)
			c.shift.Add(int64(time.Duration(seconds) * time.Second))
		} else if lines.Text() == sayStop && !c.isStopped() {
			close(c.stopped)
		}
	}
	orphaned()
}

func (c *child) isStopped() bool {
	select {
	case <-c.stopped:
		return true
	default:
		return false
	}
}

// play runs the line and the work beside it.
func (c *child) play(work func(context.Context)) int {
	ctx, cancel := context.WithCancel(context.Background())
	go c.obey(cancel)
	ran := make(chan struct{})
	go func() { _ = c.line.Run(ctx); close(ran) }()
	work(ctx)
	cancel()
	<-ran
	if err := c.line.Close(); err != nil {
		return 1
	}
	return 0
}

// pause lets about d pass.
func (c *child) pause(ctx context.Context, d time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, time.Duration(c.chance.ExpFloat64()*float64(d)))
	defer cancel()
	select {
	case <-c.stopped:
	case <-ctx.Done():
	}
}

// issuing is a kiosk without a screen: it prints what people hold in their hands.
//
//	held ID LABEL CODE OWN MILLISECONDS   with _ for the blanks of a label
//	failed MILLISECONDS WHY
//	delivered
func issuing() int {
	c, err := newChild(wire.RoleKiosk)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	between, err := time.ParseDuration(os.Getenv(pauseEnv))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return c.play(func(ctx context.Context) {
		for n := 0; !c.isStopped() && ctx.Err() == nil; n++ {
			c.ticket(ctx, n)
			c.pause(ctx, between)
		}
		for ctx.Err() == nil && (c.line.Unsent() > 0 || !c.line.Hub()) {
			sleep(ctx, 20*time.Millisecond)
		}
		c.say("delivered")
	})
}

// ticket is one press of the button; now and then two fingers are on it.
func (c *child) ticket(ctx context.Context, n int) {
	service := c.site.Services[c.chance.IntN(len(c.site.Services))]
	order := uplink.Order{Service: service.Key, Letter: service.Letter, Language: "fr", Press: fmt.Sprintf("%d-%d", os.Getpid(), n)}
	c.line.Began("fr")
	fingers := 1
	if c.chance.IntN(4) == 0 {
		fingers = 2
	}
	var pressing sync.WaitGroup
	for range fingers {
		pressing.Go(func() { c.press(ctx, order) })
	}
	pressing.Wait()
}

func (c *child) press(ctx context.Context, o uplink.Order) {
	began := time.Now()
	t, err := c.line.Issue(ctx, o)
	took := time.Since(began).Milliseconds()
	switch {
	case err == nil:
		c.say("held", t.ID, strings.ReplaceAll(string(t.Label), " ", "_"), t.Code, t.Own, took)
	case errors.Is(err, uplink.ErrNotReady):
		sleep(ctx, 100*time.Millisecond)
	default:
		c.say("failed", took, strings.ReplaceAll(err.Error(), "\n", "; "))
	}
}
