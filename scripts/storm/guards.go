package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"accueil/internal/safety"
)

// attempts is how many storms a missing guard may survive unnoticed.
const attempts = 6

// unguardedEnv names the guards that programs with the tag unguarded go without.
const unguardedEnv = "ACCUEIL_UNGUARDED"

// withoutEach takes out one guard after the other, in the weather that it
// guards against, and wants every loss to be noticed; with all of them in
// place nothing may be.
func (s storm) withoutEach(ctx context.Context) error {
	missed := false
	for _, g := range append([]safety.Name{""}, safety.All()...) {
		if len(s.Without) > 0 && !slices.Contains(s.Without, string(g)) {
			continue
		}
		if err := os.Setenv(unguardedEnv, string(g)); err != nil {
			return err
		}
		if g != "" && !safety.Off(g) {
			return errors.New("these programs always keep their guards: build them with -tags unguarded")
		}
		noticed, storms, err := s.notice(ctx, g)
		switch {
		case err != nil:
			return fmt.Errorf("without %s: %w", g, err)
		case g == "" && noticed == "":
			fmt.Printf("with every guard      nothing was lost in %d storms\n", storms)
		case g == "":
			fmt.Printf("with every guard      WRONG: %s\n", noticed)
		case noticed == "":
			fmt.Printf("without %-13s WRONG: nobody noticed in %d storms\n", g, storms)
		default:
			fmt.Printf("without %-13s noticed in storm %d: %s\n", g, storms, noticed)
		}
		missed = missed || (g == "") != (noticed == "")
	}
	if missed {
		return errWrong
	}
	return nil
}

// notice lets storms blow until something is wrong, and says what.
func (s storm) notice(ctx context.Context, g safety.Name) (what string, storms int, err error) {
	kinds := []safety.Name{g}
	if g == "" {
		kinds = safety.All()
	}
	for n := range max(attempts, len(kinds)) {
		if g == "" && n >= len(kinds) {
			break
		}
		one := s
		one.Seed, one.Broker, one.Kiosks, one.Screens, one.Advisers = s.Seed+uint64(n), "embedded", 12, 0, 8
		var w weather
		one.Minutes, w = against(kinds[n%len(kinds)])
		if kinds[n%len(kinds)] == safety.Settle {
			one.Advisers = 1 // who calls people faster than they come hides what nobody was given
		}
		found, err := one.blow(ctx, w)
		if err != nil {
			return "", n + 1, err
		}
		if len(found.Skipped) > 0 {
			return "", n + 1, errors.New(found.Skipped[0])
		}
		for _, wrong := range found.Wrong {
			if !strings.HasPrefix(wrong, "too few") {
				return wrong, n + 1, nil
			}
		}
		storms = n + 1
	}
	return "", storms, nil
}

// against is the weather in which a guard is needed, and for how many minutes.
func against(g safety.Name) (minutes float64, w weather) {
	w = weather{pause: 120 * time.Millisecond, calm: 20 * time.Second}
	switch g {
	case safety.Sync:
		w.perMinute = map[kind]float64{hubPower: 24, kioskPower: 30}
	case safety.Sequence, safety.Once:
		w.rough = 0.12
	case safety.Until:
		w.perMinute = map[kind]float64{linkHole: 40}
		w.lasts = map[kind]time.Duration{linkHole: 28 * time.Second}
	case safety.Commit:
		w.perMinute = map[kind]float64{hubKilled: 30, hubSlow: 12}
	case safety.OneWriter:
		w.perMinute = map[kind]float64{hubSlow: 30}
	case safety.Handed, safety.Settle:
		w.perMinute = map[kind]float64{kioskKilled: 120, kioskSlow: 30}
	case safety.Numbers, safety.Clock:
		w.perMinute = map[kind]float64{kioskWrong: 90, hubClock: 8}
	}
	return 0.2, w
}
