package printer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"time"
)

// queue prints through CUPS, by its own commands.
type queue struct {
	name string
	run  func(ctx context.Context, in []byte, name string, args ...string) (string, error)
}

// command runs a program whose words are to be read by a program.
func command(ctx context.Context, in []byte, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	cmd.Stdin = bytes.NewReader(in)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		if errors.Is(err, exec.ErrNotFound) {
			return "", fmt.Errorf("%w; install the Debian package cups-client", err)
		}
		return "", fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(errs.String()))
	}
	return out.String(), nil
}

// condition reads lpstat's words: CUPS puts the printer's own reasons there.
func (q *queue) condition(ctx context.Context) (Condition, error) {
	said, err := q.run(ctx, nil, "lpstat", "-l", "-p", q.name)
	if err != nil {
		return Condition{}, &Failure{Trouble: Offline, Cause: err}
	}
	return readState(said), nil
}

// readState reads what lpstat says. The alerts of an idle printer are what its
// last job left behind, not how it is now: only one at work is believed.
func readState(said string) Condition {
	c := Condition{Known: true, Low: strings.Contains(said, "media-low")}
	switch {
	case strings.Contains(said, "disabled since"):
		c.Trouble = Offline
	case !strings.Contains(said, "now printing"):
	case strings.Contains(said, "media-empty") || strings.Contains(said, "media-needed"):
		c.Trouble = PaperOut
	case strings.Contains(said, "cover-open") || strings.Contains(said, "door-open"):
		c.Trouble = CoverOpen
	case strings.Contains(said, "offline") || strings.Contains(said, "unavailable at this time"):
		c.Trouble = Offline
	case strings.Contains(said, "media-jam"):
		c.Trouble = Faulty
	}
	return c
}

var jobID = regexp.MustCompile(`request id is (\S+)`)

// pollEvery is how often CUPS is asked whether a job is done.
const pollEvery = 300 * time.Millisecond

func (q *queue) print(ctx context.Context, b *Bitmap) (Condition, error) {
	before, err := q.condition(ctx)
	if err != nil {
		return before, err
	}
	if before.Trouble != "" {
		return before, &Failure{Trouble: before.Trouble}
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, b); err != nil {
		return before, &Failure{Trouble: Faulty, Cause: err}
	}
	said, err := q.run(ctx, picture.Bytes(), "lp", "-d", q.name, "-t", "ticket", "-o", "ppi=203",
		"-o", fmt.Sprintf("media=Custom.%dx%dmm", b.Width/Dots, b.Height/Dots+1), "-")
	if err != nil {
		return before, &Failure{Trouble: Offline, Cause: err}
	}
	id := jobID.FindStringSubmatch(said)
	if id == nil {
		return before, &Failure{Trouble: Offline, Begun: true, Cause: fmt.Errorf("lp said %q", said)}
	}
	return q.follow(ctx, id[1])
}

// follow waits until the job is printed. One that is not in time is cancelled:
// it must not come out when nobody stands there any more.
func (q *queue) follow(ctx context.Context, id string) (Condition, error) {
	for {
		waiting, err := q.run(ctx, nil, "lpstat", "-W", "not-completed", "-o", q.name)
		if err == nil && !strings.Contains(waiting, id+" ") {
			return q.condition(ctx)
		}
		if !pause(ctx, pollEvery) {
			break
		}
	}
	late, stop := context.WithTimeout(context.WithoutCancel(ctx), askWithin)
	defer stop()
	now, err := q.condition(late) // before the alerts are old
	fail := &Failure{Trouble: Stuck, Begun: true}
	if err == nil && now.Trouble != "" {
		fail.Trouble = now.Trouble
	}
	_, err = q.run(late, nil, "cancel", id)
	fail.Cause = errors.Join(ctx.Err(), err)
	return now, fail
}
