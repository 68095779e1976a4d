package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"accueil/internal/journal"
	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/secret"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/door"
	"accueil/kiosk/lock"
	"accueil/kiosk/paper"
	"accueil/kiosk/screen"
	"accueil/kiosk/speech"
	"accueil/kiosk/uplink"
	"accueil/kiosk/warden"
)

// terminal are the flags that every role has.
type terminal struct {
	Hub       string        `help:"Address of the hub's broker; that of the terminal's account, else tcp://127.0.0.1:1883." placeholder:"URL"`
	Site      string        `help:"Key of the centre; that of the terminal's account, else villette." placeholder:"KEY"`
	Name      string        `help:"Name of this terminal, unique among those of its role; that of its account, else the machine's." placeholder:"NAME"`
	Data      string        `help:"Folder for the journal, the last content and the log." type:"path" default:"${data}" placeholder:"DIR"`
	Lang      string        `help:"Language of a staff screen: fr or en." enum:"fr,en" default:"fr"`
	LockAfter time.Duration `help:"After how long without a touch or key a staff screen asks for its PIN again." default:"30m"`
	RestartAt string        `help:"Local time of a restart every night, like 04:30, of a terminal that nobody watches." placeholder:"HH:MM"`
	Quit      bool          `help:"Ctrl-Q ends the program; staff roles always have it."`
}

// bench is what a role is built on once the content is there.
type bench struct {
	ctx       context.Context
	site      *site.Site
	book      *phrases.Book
	line      *uplink.Uplink
	shell     *screen.Shell
	lang      string
	log       *slog.Logger
	child     *warden.Child // nil without a warden
	name      string
	account   account // empty without one
	role      string  // as topics call it
	lockAfter time.Duration
	data      string        // folder, "" for a terminal without a door
	voice     *speech.Voice // nil where nothing is said
	outlet    *paper.Outlet // nil without a printer
}

// part is a role on its terminal: what the shell draws, and the three things
// that can come from outside.
type part struct {
	screen.Role
	renew   func(*site.Site) error
	late    func(queue.Ask, wire.Reply) // nil for roles that ask nothing
	changed func()                      // after each new view; nil where drawing is enough
	close   func()
}

// play shows a role until ctx ends; a terminal that nobody watches gets a warden
// that does so again and again.
func (t terminal) play(ctx context.Context, l life, role string, theme screen.Theme, build func(*bench) (part, error)) error {
	log, file, err := openLog(t.Data)
	if err != nil {
		return fmt.Errorf("log: %w; name another folder with --data", err)
	}
	if file != os.Stderr {
		defer file.Close()
	}
	t, account, err := t.settle(role)
	if err != nil {
		return err
	}
	book, err := phrases.Load()
	if err != nil {
		return err
	}
	if l.kept && (role == wire.RoleKiosk || role == wire.RoleBoard) {
		return t.keep(ctx, book, log, file)
	}
	return t.show(ctx, bench{book: book, lang: t.Lang, log: log, child: l.child, account: account}, role, theme, build)
}

// show opens the line and the screen and shows a role until ctx ends.
func (t terminal) show(ctx context.Context, b bench, role string, theme screen.Theme, build func(*bench) (part, error)) error {
	log := b.log
	options := uplink.Options{
		Site: t.Site, Role: role, Name: t.Name, URL: t.Hub, Program: version, Log: log,
		User: b.account.User, Key: b.account.Key, Fingerprint: b.account.Fingerprint,
	}
	switch role {
	case wire.RoleKiosk:
		options.Dir = t.Data
	case wire.RoleReception: // a kiosk on the same machine has its own journal
		options.Dir = filepath.Join(t.Data, "reception")
	}
	line, err := uplink.Open(options)
	if errors.Is(err, journal.ErrLocked) {
		return fmt.Errorf("another kiosk uses the folder %s; close it, or give this one its own with --data", t.Data)
	}
	if err != nil {
		return err
	}
	defer line.Close()
	// What the role has under way ends with the role, also when its person quits.
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	b.ctx, b.line, b.name = ctx, line, t.Name
	b.role, b.lockAfter = role, t.LockAfter
	if role == wire.RoleKiosk || role == wire.RoleBoard {
		b.data = t.Data
	}
	f := &front{bench: b, build: build}
	f.shell = screen.New(f, screen.Options{Theme: theme, Log: log, Quit: t.Quit || role != wire.RoleKiosk, Beat: b.child.Beat,
		Upright: role == wire.RoleKiosk})
	return f.run(cancel)
}

// front stands before the role until its first content is there, and passes
// newer content on to it.
type front struct {
	bench
	build func(*bench) (part, error)

	// Event loop only.
	part   *part      // nil while there is no content
	door   *door.Role // nil unless somebody of the staff is at it
	lock   secret.Lock
	locked *lock.Role     // before a staff role; nil once unlocked
	hasPIN bool           // of the role, as the hub said when last asked
	work   sync.WaitGroup // what the lock asks the hub
	ending error          // why the staff ended the program
	end    func()
}

func (f *front) run(cancel context.CancelFunc) error {
	f.end = cancel
	if pack, _ := f.line.Content(); pack != nil {
		f.content(pack)
	}
	f.line.OnContent(func(pack []byte) { f.shell.Post(func() { f.content(pack) }) })
	f.line.OnChange(func() {
		f.shell.Post(func() {
			if f.part != nil && f.part.changed != nil {
				f.part.changed()
			}
		})
	})
	f.line.OnLate(func(a queue.Ask, r wire.Reply) {
		f.shell.Post(func() {
			if f.part != nil && f.part.late != nil {
				f.part.late(a, r)
			}
		})
	})
	if isStaff(f.role) {
		f.shut()
		f.line.OnLocked(func() { f.shell.Post(f.shut) })
	}
	ended := make(chan error, 1)
	go f.shell.Guard(func() {
		defer close(ended)
		ended <- f.line.Run(f.ctx)
	})
	err := f.shell.Run(f.ctx)
	cancel()
	f.work.Wait()
	if f.part != nil {
		f.part.close()
	}
	if err := errors.Join(err, <-ended); err != nil || f.ending == nil {
		return err
	}
	return f.ending
}

// content builds the role, or gives it newer content; on the event loop, or
// before it runs.
func (f *front) content(pack []byte) {
	s, err := site.Unpack(pack)
	if err == nil && f.part != nil {
		err = f.part.renew(s)
	} else if err == nil {
		f.site = s
		var p part
		if p, err = f.build(&f.bench); err == nil {
			f.part = &p
		}
	}
	if err != nil {
		f.log.Error("the content cannot be used", "err", err)
		return
	}
	f.shell.SetMarks(marks(s))
}

// marks are what a site's services look like.
func marks(s *site.Site) map[string]screen.Mark {
	all := map[string]screen.Mark{}
	for _, service := range s.Services {
		all[service.Key] = screen.Mark{Letter: service.Letter, Shape: service.Shape, Color: screen.Color(service.RGB())}
	}
	return all
}

// Screen implements screen.Role.
func (f *front) Screen() string {
	if top, ok := f.top(); ok {
		return top.Screen()
	}
	return "starting"
}

// Draw implements screen.Role.
func (f *front) Draw(c *screen.Canvas) {
	if top, ok := f.top(); ok {
		top.Draw(c)
		return
	}
	drawStarting(c, f.book)
}

// Act implements screen.Role.
func (f *front) Act(id string) {
	if top, ok := f.top(); ok {
		top.Act(id)
	}
}

// Key implements screen.Role.
func (f *front) Key(k screen.Key) bool {
	top, ok := f.top()
	return ok && top.Key(k)
}

// Idle implements screen.Idler for roles that are not.
func (f *front) Idle() (warn, reset time.Duration) {
	if i, ok := f.idler(); ok {
		return i.Idle()
	}
	if f.hasPIN {
		return 0, f.lockAfter
	}
	return 0, 0
}

// IdleWarn implements screen.Idler.
func (f *front) IdleWarn(left time.Duration) {
	if i, ok := f.idler(); ok {
		i.IdleWarn(left)
	}
}

// IdleReset implements screen.Idler.
func (f *front) IdleReset() {
	if i, ok := f.idler(); ok {
		i.IdleReset()
	} else if f.hasPIN {
		f.shut()
	}
}

// Drawn implements screen.Watcher for roles that are.
func (f *front) Drawn(c *screen.Canvas) {
	top, _ := f.top()
	if w, ok := top.(screen.Watcher); ok {
		w.Drawn(c)
	}
}

func (f *front) idler() (screen.Idler, bool) {
	top, _ := f.top()
	i, ok := top.(screen.Idler)
	return i, ok
}

// drawStarting is what a terminal shows before it has ever had any content.
func drawStarting(c *screen.Canvas, book *phrases.Book) {
	look := c.Theme()
	c.Fill(c.Area(), look.Text())
	area, gap := c.Area().Inset(4, 1), 0
	if area.H >= 3*len(book.Languages()) {
		gap = 1
	}
	for _, lang := range book.Languages() {
		say := book.In(lang)
		_, area = area.Top(c.Wrap(area, look.Strong(), say.Say("start.title")))
		_, area = area.Top(c.Wrap(area, look.Soft(), say.Say("start.wait")) + gap)
	}
}

// always is a renewal that cannot fail.
func always(set func(*site.Site)) func(*site.Site) error {
	return func(s *site.Site) error { set(s); return nil }
}
