package main

import (
	"encoding/json"
	"fmt"
	"os"

	"accueil/internal/queue"
)

// verify checks a journal.
type verify struct {
	Config string `help:"Folder with the centre's content; the embedded one when absent." type:"path" placeholder:"DIR"`
	Data   string `help:"Folder of the journal." type:"path" default:"${data}" placeholder:"DIR"`
	JSON   bool   `help:"Print JSON."`
}

// verdict is what verify found.
type verdict struct {
	Journal string    `json:"journal"`
	Days    int       `json:"days"`
	Facts   int       `json:"facts"`
	Tickets int       `json:"tickets"`
	Odds    []oddFact `json:"odds"`  // facts that did not fit: noted, and harmless
	Wrong   []string  `json:"wrong"` // books that do not balance: must be empty
}

type oddFact struct {
	Day  queue.Date `json:"day"`
	No   uint64     `json:"no"`
	Kind queue.Kind `json:"kind"`
	Why  string     `json:"why"`
}

// Run prints the verdict; its status is 1 when something is wrong.
func (v *verify) Run(c console) error {
	s, err := c.content(v.Config)
	if err != nil {
		return err
	}
	if _, err := os.Stat(journalPath(v.Data)); err != nil {
		return fmt.Errorf("no journal in %s; name its folder with --data", v.Data)
	}
	j, err := openJournal(v.Data, s.Key, true)
	if err != nil {
		return err
	}
	defer j.Close()
	zone, err := s.Location()
	if err != nil {
		return err
	}
	found, err := verifyJournal(j, queue.Rules{Zone: zone})
	if err != nil {
		return err
	}
	v.print(c, found)
	if len(found.Wrong) > 0 {
		return exit(1)
	}
	return nil
}

// facts is what verify and report read of a journal.
type facts interface {
	ID() string
	Days() ([]queue.Date, error)
	Day(queue.Date, func(queue.Fact) error) error
	Check() error
}

func verifyJournal(j facts, rules queue.Rules) (verdict, error) {
	found := verdict{Journal: j.ID(), Odds: []oddFact{}, Wrong: []string{}}
	if err := j.Check(); err != nil {
		found.Wrong = append(found.Wrong, err.Error())
	}
	days, err := j.Days()
	if err != nil {
		return found, err
	}
	for _, date := range days {
		day := queue.NewDay(date, rules)
		err := j.Day(date, func(f queue.Fact) error { found.Facts++; day.Apply(f); return nil })
		if err != nil {
			return found, fmt.Errorf("read %s: %w", date, err)
		}
		found.Days++
		found.Tickets += len(day.Tickets())
		for _, o := range day.Odds() {
			found.Odds = append(found.Odds, oddFact{Day: date, No: o.No, Kind: o.Kind, Why: o.Why})
		}
		for _, wrong := range day.Check() {
			found.Wrong = append(found.Wrong, fmt.Sprintf("%s: %v", date, wrong))
		}
	}
	return found, nil
}

func (v *verify) print(c console, found verdict) {
	if v.JSON {
		e := json.NewEncoder(c.out)
		e.SetIndent("", "  ")
		e.Encode(found)
		return
	}
	fmt.Fprintf(c.out, "journal %s: %d days, %d facts, %d tickets\n", found.Journal, found.Days, found.Facts, found.Tickets)
	for _, o := range found.Odds {
		fmt.Fprintf(c.out, "odd: %s fact %d (%s): %s\n", o.Day, o.No, o.Kind, o.Why)
	}
	for _, w := range found.Wrong {
		fmt.Fprintln(c.out, "WRONG:", w)
	}
	if len(found.Wrong) == 0 {
		fmt.Fprintln(c.out, "the books balance")
	}
}
