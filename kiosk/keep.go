package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"

	"accueil/internal/phrases"
	"accueil/kiosk/warden"
)

// keep has a warden show the terminal, and tells systemd, when there is one,
// that it is there and that it lives.
func (t terminal) keep(ctx context.Context, book *phrases.Book, log *slog.Logger, file *os.File) error {
	at, err := timeOfDay(t.RestartAt)
	if err != nil {
		return err
	}
	var moment []string
	for _, lang := range book.Languages() {
		moment = append(moment, book.In(lang).Say("start.title"))
	}
	tell := func(state string) func() {
		return func() {
			if _, err := daemon.SdNotify(false, state); err != nil {
				log.Debug("the service manager hears nothing", "err", err)
			}
		}
	}
	defer tell(daemon.SdNotifyStopping)()
	return warden.Keep(ctx, warden.Options{
		Args: os.Args[1:], Log: log, Stderr: file, Moment: strings.Join(moment, "\n"), Restart: at,
		Ready: tell(daemon.SdNotifyReady), Alive: tell(daemon.SdNotifyWatchdog),
	})
}

// timeOfDay reads "04:30"; nil for "".
func timeOfDay(text string) (*time.Duration, error) {
	if text == "" {
		return nil, nil
	}
	at, err := time.Parse("15:04", text)
	if err != nil {
		return nil, fmt.Errorf("--restart-at %s must be a time of day like 04:30", text)
	}
	day := time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
	return &day, nil
}
