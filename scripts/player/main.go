// Command player plays a lively day around a running hub: visitors at kiosks,
// advisers at desks and a people counter, through MQTT like everybody else.
package main

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	_ "time/tzdata" // a bare machine may lack the time zones

	"github.com/alecthomas/kong"
	"golang.org/x/sync/errgroup"

	"accueil/config"
	"accueil/internal/line"
	"accueil/internal/rehearsal"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
)

// player is the command line.
type player struct {
	Broker  string `help:"Address of the broker." default:"tcp://127.0.0.1:1883" placeholder:"URL"`
	Data    string `help:"Folder for the kiosks' journals." required:"" type:"path" placeholder:"DIR"`
	Config  string `help:"Folder with the centre's content; the embedded one when absent." type:"path" placeholder:"DIR"`
	Volumes string `help:"File with the volumes of a year, as for hub simulate." type:"path" placeholder:"FILE"`
	Kiosks  int    `help:"How many kiosks." default:"4"`
	Seed    uint64 `help:"The same seed lets the same people come." default:"1"`
	Verbose bool   `help:"Tell every step."`
}

func main() {
	var p player
	kong.Parse(&p, kong.Name("player"), kong.Description("Plays a lively day around a running hub."))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := p.run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "player:", err)
		os.Exit(1)
	}
}

func (p player) run(ctx context.Context) error {
	level := slog.LevelInfo
	if p.Verbose {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
	centre, model, err := p.model()
	if err != nil {
		return err
	}
	// Terminals outlive ctx, so that what is under way ends in order.
	life, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	var terminals errgroup.Group
	defer terminals.Wait()
	defer end()
	day := &day{
		site: centre, model: model, crowd: model.Crowd(), kiosks: p.Kiosks, log: log,
		terminal: func(role, name string) (*uplink.Uplink, error) {
			return p.terminal(life, &terminals, centre, role, name)
		},
		line: func(name string) (*line.Line, error) {
			return line.Connect(life, line.Options{URL: p.Broker, Name: name, ClientID: centre.Key + ".sensor." + name, Log: log})
		},
	}
	return day.play(ctx)
}

// terminal starts one terminal. A kiosk keeps its journal in a folder of its own.
func (p player) terminal(life context.Context, all *errgroup.Group, s *site.Site, role, name string) (*uplink.Uplink, error) {
	o := uplink.Options{
		Site: s.Key, Role: role, Name: name, URL: p.Broker, Program: "player",
		Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
	if role == wire.RoleKiosk {
		o.Dir = filepath.Join(p.Data, name)
	}
	u, err := uplink.Open(o)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", role, name, err)
	}
	all.Go(func() error {
		defer u.Close()
		return u.Run(life)
	})
	return u, nil
}

// model reads the centre and how its year goes, and makes it livelier.
func (p player) model() (*site.Site, *rehearsal.Model, error) {
	var folder fs.FS = config.FS
	if p.Config != "" {
		folder = os.DirFS(p.Config)
	}
	s, problems := site.Load(folder)
	if len(problems) > 0 {
		return nil, nil, problems[0]
	}
	volumes := rehearsal.Default()
	if p.Volumes != "" {
		text, err := os.ReadFile(p.Volumes)
		if err != nil {
			return nil, nil, err
		}
		if volumes, err = rehearsal.ReadVolumes(p.Volumes, text, nil); err != nil {
			return nil, nil, err
		}
	}
	model, err := rehearsal.New(s, volumes.Lively(), p.Seed)
	return s, model, err
}
