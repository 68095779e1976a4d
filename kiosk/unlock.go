package main

import (
	"context"
	"errors"
	"time"

	"accueil/internal/wire"
	"accueil/kiosk/lock"
)

// isStaff says whether a role may have a PIN.
func isStaff(role string) bool {
	return role == wire.RoleReception || role == wire.RoleAdviser || role == wire.RoleCoordinator
}

// shut locks a staff screen, and asks the hub whether its role has a PIN at all.
func (f *front) shut() {
	f.line.Lock()
	if f.locked != nil {
		return
	}
	f.locked = lock.New(lock.Options{Say: f.book.ForStaff(f.lang), Role: f.role, Hub: f.line.Hub, Try: f.tryPIN})
	f.work.Go(func() { f.shell.Guard(f.askWhether) })
}

// askEvery is how long an answer may take; a quarter of it is the pause before
// the hub is asked again.
const askEvery = time.Second

// askWhether asks until the hub has said.
func (f *front) askWhether() {
	for f.ctx.Err() == nil {
		ctx, cancel := context.WithTimeout(f.ctx, askEvery)
		_, err := f.line.Unlock(ctx, "")
		cancel()
		switch {
		case err == nil:
			f.shell.Post(func() { f.hasPIN, f.locked = false, nil })
			return
		case errors.Is(err, wire.Locked):
			f.shell.Post(func() { f.hasPIN = true })
			return
		}
		select {
		case <-f.ctx.Done():
		case <-time.After(askEvery / 4):
		}
	}
}

// tryPIN shows the hub a PIN and tells the lock what became of it.
func (f *front) tryPIN(pin string) {
	f.work.Go(func() {
		f.shell.Guard(func() {
			wait, err := f.line.Unlock(f.ctx, pin)
			f.shell.Post(func() { f.tried(wait, err) })
		})
	})
}

func (f *front) tried(wait time.Duration, err error) {
	if f.locked == nil {
		return
	}
	switch {
	case err == nil:
		f.locked = nil
	case errors.Is(err, wire.WrongPIN):
		f.locked.Told(lock.Wrong, 0)
	case errors.Is(err, wire.WaitPIN):
		f.locked.Told(lock.TooMany, wait)
	default:
		f.locked.Told(lock.Away, 0)
	}
}
