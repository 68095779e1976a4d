package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"time"

	"accueil/internal/journal"
	"accueil/internal/queue"
	"accueil/internal/rehearsal"
	"accueil/internal/site"
)

// simulate writes simulated days.
type simulate struct {
	Days    int    `help:"How many days of the calendar, open or not." default:"365"`
	Seed    uint64 `help:"The same seed gives the same days." default:"1"`
	From    string `help:"First day." default:"2025-01-01" placeholder:"D"`
	Volumes string `help:"File with the volumes of a year; those of the centre in 2024 when absent." type:"path" placeholder:"FILE"`
	Config  string `help:"Folder with the centre's content; the embedded one when absent." type:"path" placeholder:"DIR"`
	Data    string `help:"Folder for the new journal." type:"path" required:"" placeholder:"DIR"`
}

// maxDays of a simulation: twenty years.
const maxDays = 7320

// Run writes the days into a journal that has no facts yet.
func (m *simulate) Run(c console) error {
	first, err := time.Parse(time.DateOnly, m.From)
	if err != nil {
		return fmt.Errorf("--from %.20q is not a day; write it like 2025-01-01", m.From)
	}
	if m.Days < 1 || m.Days > maxDays {
		return fmt.Errorf("--days must be from 1 to %d", maxDays)
	}
	s, err := c.content(m.Config)
	if err != nil {
		return err
	}
	model, err := m.model(s)
	if err != nil {
		return err
	}
	days := openDays(model, first, m.Days)
	if len(days) == 0 {
		return fmt.Errorf("the centre is closed on all days from %s on; choose another --from, or more --days", m.From)
	}
	j, err := openJournal(m.Data, s.Key, false)
	if err != nil {
		return err
	}
	if j.Last() > 0 {
		err = fmt.Errorf("the journal in %s has %d facts already; simulated days need a folder of their own", m.Data, j.Last())
	} else {
		err = m.write(c, rehearsal.NewHouse(model, j.ID()), j, days)
	}
	return errors.Join(err, j.Close())
}

func (m *simulate) model(s *site.Site) (*rehearsal.Model, error) {
	if m.Volumes == "" {
		return rehearsal.New(s, rehearsal.Default(), m.Seed)
	}
	text, err := os.ReadFile(m.Volumes)
	if err != nil {
		return nil, err
	}
	var services []string
	for _, service := range s.Services {
		services = append(services, service.Key)
	}
	volumes, err := rehearsal.ReadVolumes(m.Volumes, text, services)
	if err != nil {
		return nil, err
	}
	return rehearsal.New(s, volumes, m.Seed)
}

func openDays(model *rehearsal.Model, first time.Time, n int) (days []queue.Date) {
	for i := range n {
		date := queue.Date(first.AddDate(0, 0, i).Format(time.DateOnly))
		if model.Open(date) {
			days = append(days, date)
		}
	}
	return days
}

// perCommit is how many facts one commit of a simulation holds, roughly.
const perCommit = 20_000

func (m *simulate) write(c console, house *rehearsal.House, j *journal.Bolt, days []queue.Date) error {
	fmt.Fprintf(c.out, "%d days from %s, the centre is open on %d of them\n", m.Days, m.From, len(days))
	began, tickets := time.Now(), 0
	var batch []queue.Fact
	for i, day := range days {
		if c.ctx.Err() != nil {
			return fmt.Errorf("stopped before %s: %w", day, c.ctx.Err())
		}
		for _, f := range house.Day(day) {
			if f.Kind == queue.Issued {
				tickets++
			}
			batch = append(batch, f)
		}
		last := i == len(days)-1
		if len(batch) < perCommit && !last {
			continue
		}
		if _, err := j.Append(j.Last(), batch); err != nil {
			return err
		}
		batch = batch[:0]
		fmt.Fprintf(c.out, "%s  %8d facts  %6d tickets\n", day, j.Last(), tickets)
	}
	spent := cmp.Or(time.Since(began), 1)
	fmt.Fprintf(c.out, "%d facts in %.1f s (%.0f a second), seed %d\n",
		j.Last(), spent.Seconds(), float64(j.Last())/spent.Seconds(), m.Seed)
	return nil
}
