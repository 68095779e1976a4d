package broker

import (
	"context"
	"log/slog"
	"slices"
)

// quiet turns the library's log down: what it reports is daily life for a broker,
// and it prints whole packets, which have no place in a log.
type quiet struct{ slog.Handler }

func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level > slog.LevelDebug && q.Handler.Enabled(ctx, turnedDown(level))
}

func (q quiet) Handle(ctx context.Context, r slog.Record) error {
	kept := slog.NewRecord(r.Time, turnedDown(r.Level), "broker library: "+r.Message, r.PC)
	r.Attrs(func(a slog.Attr) bool {
		if !slices.Contains([]string{"pk", "packet"}, a.Key) {
			kept.AddAttrs(a)
		}
		return true
	})
	return q.Handler.Handle(ctx, kept)
}

func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler {
	return quiet{q.Handler.WithAttrs(attrs)}
}

func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name)} }

// turnedDown maps information and warnings to debugging, errors to warnings.
func turnedDown(level slog.Level) slog.Level {
	if level >= slog.LevelError {
		return slog.LevelWarn
	}
	return slog.LevelDebug
}
