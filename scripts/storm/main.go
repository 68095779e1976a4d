// Command storm runs a whole centre of real processes in foul weather and
// counts what was lost.
package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
)

// storm is the command line.
type storm struct {
	Bin      string  `help:"Folder with the programs hub and kiosk." default:"bin" type:"existingdir"`
	Minutes  float64 `help:"How long the storm lasts, all brokers together." default:"2"`
	Seed     uint64  `help:"Of all chances; drawn when 0."`
	Broker   string  `help:"Whose broker: embedded, mosquitto or both, half the time each." default:"both" enum:"embedded,mosquitto,both"`
	Kiosks   int     `help:"Kiosk programs, of which Screens are real terminals driven with keys." default:"41"`
	Screens  int     `help:"Kiosks that are kiosk visitor in a terminal." default:"2"`
	Advisers int     `help:"Adviser programs, a desk each." default:"10"`

	Fuzz        bool `help:"Fuzz every decoder afterwards." default:"true" negatable:""`
	FuzzSeconds int  `help:"How long each." default:"60"`

	Guards  bool     `help:"Take out one guard after the other and see that each loss is noticed; needs programs built with the tag unguarded."`
	Without []string `help:"Only these guards." placeholder:"GUARD"`
	Verbose bool     `help:"Print each fault when it begins, and waits of more than ten seconds." short:"v"`
	Keep    bool     `help:"Keep the folder of a run in which something was wrong."`
}

func main() {
	switch os.Getenv(childEnv) {
	case "kiosk":
		os.Exit(issuing())
	case "adviser":
		os.Exit(advising())
	}
	var s storm
	kong.Parse(&s, kong.Name("soak"), kong.Description("A whole centre of real processes in foul weather: what is lost, what comes twice."))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if err := s.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		stop()
		os.Exit(1)
	}
}

// errWrong is returned when a promise was broken; what, has been printed.
var errWrong = errors.New("not everything held")

func (s storm) run(ctx context.Context) error {
	bin, err := filepath.Abs(s.Bin)
	if err != nil {
		return err
	}
	s.Bin = bin
	if s.Seed == 0 {
		s.Seed = rand.Uint64()
	}
	if s.Guards {
		return s.withoutEach(ctx)
	}
	wrong := false
	for _, broker := range s.brokers() {
		if s.Minutes == 0 {
			break
		}
		one := s
		one.Broker, one.Minutes = broker, s.Minutes/float64(len(s.brokers()))
		found, err := one.blow(ctx, ordinary(one))
		if err != nil {
			return err
		}
		fmt.Print(found)
		wrong = wrong || !found.good()
	}
	if s.Fuzz {
		failed, err := fuzz(ctx, time.Duration(s.FuzzSeconds)*time.Second)
		if err != nil {
			return err
		}
		wrong = wrong || failed
	}
	if wrong {
		return errWrong
	}
	fmt.Println("everything held")
	return nil
}

func (s storm) brokers() []string {
	if s.Broker == "both" {
		return []string{"embedded", "mosquitto"}
	}
	return []string{s.Broker}
}

// blow runs one storm on a fresh centre.
func (s storm) blow(ctx context.Context, w weather) (found report, err error) {
	dir, err := os.MkdirTemp("", "accueil-soak-")
	if err != nil {
		return report{}, err
	}
	h := newHouse(s, w, dir)
	defer func() {
		h.close()
		if s.Keep && (err != nil || !found.good()) {
			fmt.Println("kept:", dir)
			return
		}
		err = errors.Join(err, os.RemoveAll(dir))
	}()
	if err := h.open(ctx); err != nil {
		return report{}, fmt.Errorf("%w\n%s", err, strings.TrimSpace(h.said()))
	}
	h.rage(ctx)
	if h.spoiled != nil {
		return report{}, h.spoiled
	}
	undelivered, err := h.calm(ctx)
	if err != nil {
		return report{}, err
	}
	if ctx.Err() != nil {
		return report{}, errors.New("stopped")
	}
	return h.count(undelivered)
}
