package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"

	"accueil/config"
	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
)

// visit is one visit played with keys on the real programs, watched on their
// screens and in the hub's views.
type visit struct {
	*company
	site    *site.Site
	say     phrases.Speaker
	pause   string
	service site.Service
	desk    site.Desk
	path    []int // which question to choose on each level, from 1

	kiosk, adviser *terminal
	witness        *uplink.Uplink
	changed        chan struct{} // the witness saw something new
	label          string
}

// check plays the visit and prints a line a step.
func (s stage) check(ctx context.Context, c *company) error {
	v, err := newVisit(s, c)
	if err != nil {
		return err
	}
	s.Speed = 1
	if err := c.startHub(ctx, s); err != nil {
		return err
	}
	fmt.Printf("hub      broker %s, pages %s\n", c.broker, c.pages)
	defer v.close()
	for _, step := range []struct {
		name string
		do   func(context.Context) (string, error)
	}{
		{"ready", v.open}, {"issue", v.issue}, {"page", v.page}, {"desk", v.openDesk}, {"call", v.call}, {"start", v.start},
		{"finish", v.finish}, {"figures", v.figures}, {"books", v.books},
	} {
		if v.pause == step.name {
			fmt.Printf("waiting before %s\n", step.name)
			waitForStdin(ctx)
		}
		began := time.Now()
		said, err := step.do(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		fmt.Printf("%-8s %s (%d ms)\n", step.name, said, time.Since(began).Milliseconds())
	}
	fmt.Println("ok")
	return nil
}

// waitForStdin returns when standard input has been closed, or at ctx's end.
func waitForStdin(ctx context.Context) {
	closed := make(chan struct{})
	go func() { io.Copy(io.Discard, os.Stdin); close(closed) }()
	select {
	case <-closed:
	case <-ctx.Done():
	}
}

func newVisit(s stage, c *company) (*visit, error) {
	centre, problems := site.Load(config.FS)
	if len(problems) > 0 {
		return nil, problems[0]
	}
	book, err := phrases.Load()
	if err != nil {
		return nil, err
	}
	v := &visit{company: c, site: centre, say: book.In(centre.Languages[0]), pause: s.Pause}
	v.service, _ = centre.Service("creer")
	v.desk = centre.DesksOf(v.service.Key)[0]
	for i, q := range centre.Questions {
		if q.Service == v.service.Key {
			v.path = []int{i + 1}
			if len(q.Children) > 0 {
				v.path = append(v.path, 1)
			}
			return v, nil
		}
	}
	return nil, fmt.Errorf("no question leads to %s", v.service.Key)
}

// open starts the terminals and waits until they have met the hub.
func (v *visit) open(ctx context.Context) (said string, err error) {
	v.witness, err = uplink.Open(uplink.Options{
		Site: v.site.Key, Role: wire.RoleCoordinator, Name: "witness", URL: v.broker, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return "", err
	}
	v.changed = make(chan struct{}, 1)
	v.witness.OnChange(func() {
		select {
		case v.changed <- struct{}{}:
		default:
		}
	})
	go v.witness.Run(ctx)
	v.kiosk, err = openTerminal("the kiosk", v.command("kiosk", "visitor", "--hub", v.broker, "--name", "check", "--data", v.folder("kiosk")))
	if err != nil {
		return "", err
	}
	v.adviser, err = openTerminal("the adviser's terminal", v.command("kiosk", "adviser", "--hub", v.broker, "--name", "check",
		"--data", v.folder("adviser"), "--desk", v.desk.Key))
	if err != nil {
		return "", err
	}
	if err := v.kiosk.see(ctx, v.service.Name.In(v.say.Lang())); err != nil {
		return "", err
	}
	return "kiosk and adviser show their first screens", v.adviser.see(ctx, v.service.Pole.In(v.say.Lang()))
}

// issue goes from the first screen to a ticket with keys alone.
func (v *visit) issue(ctx context.Context) (string, error) {
	if err := v.kiosk.step(ctx, "1", v.say.Say("visitor.questions-title")); err != nil {
		return "", err
	}
	for _, choice := range v.path[:len(v.path)-1] {
		if err := v.kiosk.step(ctx, strconv.Itoa(choice), v.say.Say("visitor.general")); err != nil {
			return "", err
		}
	}
	if err := v.kiosk.step(ctx, strconv.Itoa(v.path[len(v.path)-1]), v.say.Say("visitor.take")); err != nil {
		return "", err
	}
	if err := v.kiosk.step(ctx, "1", v.say.Say("visitor.your-ticket"), v.say.Say("visitor.by-phone")); err != nil {
		return "", err
	}
	err := v.witnesses(ctx, "a ticket waiting", func() bool {
		queue, _ := v.witness.Service(v.service.Key)
		if len(queue.Tickets) != 1 {
			return false
		}
		v.label = string(queue.Tickets[0].Label)
		return true
	})
	return v.label + " for " + v.service.Name.In("en"), err
}

var address = regexp.MustCompile(`/T/([0-9A-Z]{8})\b`)

// page opens the address that stands on the kiosk's screen.
func (v *visit) page(ctx context.Context) (string, error) {
	found, err := v.kiosk.find(ctx, address)
	if err != nil {
		return "", err
	}
	body, err := v.get(ctx, "/T/"+found[1])
	if err != nil {
		return "", err
	}
	if !strings.Contains(body, ">"+v.label+"<") {
		return "", fmt.Errorf("the ticket page does not show %s: %s", v.label, body)
	}
	return v.label + " on its page", nil
}

func (v *visit) openDesk(ctx context.Context) (string, error) {
	return v.label + " is next at desk " + v.desk.Label, v.adviser.step(ctx, " ", v.say.Say("adviser.step.call"))
}

func (v *visit) call(ctx context.Context) (string, error) {
	if err := v.adviser.step(ctx, " ", v.say.Say("adviser.step.start")); err != nil {
		return "", err
	}
	err := v.witnesses(ctx, "the call on the board's view", func() bool {
		public, _ := v.witness.Public()
		return len(public.Calls) == 1 && string(public.Calls[0].Label) == v.label && public.Calls[0].Desk == v.desk.Key
	})
	return v.label + " to desk " + v.desk.Label, err
}

func (v *visit) start(ctx context.Context) (string, error) {
	if err := v.adviser.step(ctx, " ", v.say.Say("adviser.step.finish")); err != nil {
		return "", err
	}
	return v.label + " is received", v.count(ctx, func(r wire.Row) bool { return r.Serving == 1 })
}

func (v *visit) finish(ctx context.Context) (string, error) {
	if err := v.adviser.step(ctx, " ", v.say.Say("adviser.step.nobody")); err != nil {
		return "", err
	}
	return v.label + " is finished", v.count(ctx, func(r wire.Row) bool { return r.Served == 1 && r.Issued == 1 })
}

// count waits for the service's row in the coordinator's view.
func (v *visit) count(ctx context.Context, is func(wire.Row) bool) error {
	return v.witnesses(ctx, "the coordinator's count", func() bool {
		floor, _ := v.witness.Coordinator()
		for _, row := range floor.Services {
			if row.Service == v.service.Key {
				return is(row)
			}
		}
		return false
	})
}

// witnesses waits until the hub's views, fresh ones, show something.
func (v *visit) witnesses(ctx context.Context, what string, is func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for v.witness.Age() > 3*wire.BeatEvery || !is() {
		select {
		case <-ctx.Done():
			return fmt.Errorf("the hub does not show %s", what)
		case <-v.changed:
		}
	}
	return nil
}

// books of `hub report`: what the JSON says of one service.
type books struct {
	Tables struct {
		Services struct {
			Rows []struct {
				Service    string `json:"service"`
				Issued     int    `json:"issued"`
				Served     int    `json:"served"`
				Interviews int    `json:"interviews"`
			} `json:"rows"`
		} `json:"services"`
	} `json:"tables"`
}

// figures asks hub report, while the hub is running.
func (v *visit) figures(ctx context.Context) (string, error) {
	cmd := v.command("hub", "report", "--format", "json", "--data", v.folder("hub"), "--hub", v.pages)
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("hub report: %w%s", err, stderrOf(err))
	}
	var b books
	if err := json.Unmarshal(out, &b); err != nil {
		return "", fmt.Errorf("hub report: %w", err)
	}
	for _, row := range b.Tables.Services.Rows {
		if row.Service == v.service.Key && row.Issued == 1 && row.Served == 1 && row.Interviews == 1 {
			return "1 issued, 1 served, 1 interview", nil
		}
	}
	return "", fmt.Errorf("hub report does not count the visit: %s", out)
}

// books stops the hub and has its journal verified.
func (v *visit) books(context.Context) (string, error) {
	v.close()
	v.dismiss()
	out, err := v.command("hub", "verify", "--data", v.folder("hub")).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("hub verify: %w: %s", err, out)
	}
	return strings.Join(strings.Fields(string(out)), " "), nil
}

func (v *visit) get(ctx context.Context, path string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, v.pages+path, nil)
	if err != nil {
		return "", err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	return string(body), err
}

// close ends the terminals.
func (v *visit) close() {
	for _, t := range []*terminal{v.kiosk, v.adviser} {
		if t != nil {
			t.close()
		}
	}
	v.kiosk, v.adviser = nil, nil
	if v.witness != nil {
		v.witness.Close()
		v.witness = nil
	}
}

func stderrOf(err error) string {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return ": " + string(exit.Stderr)
	}
	return ""
}
