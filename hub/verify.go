package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"

	"accueil/internal/journal"
	"accueil/internal/queue"
	"accueil/internal/site"
)

// verify checks a journal.
type verify struct {
	Config string `help:"Folder with the centre's content; the embedded one when absent." type:"path" placeholder:"DIR"`
	Data   string `help:"Folder of the journal." type:"path" default:"${data}" placeholder:"DIR"`
	JSON   bool   `help:"Print JSON."`
	Hub    string `help:"Pages of a hub to ask. When absent the journal is read, or the hub of this machine is asked while it uses it." placeholder:"URL"`
}

// verdict is what verify found.
type verdict struct {
	Journal string    `json:"journal"`
	Days    int       `json:"days"`
	Facts   int       `json:"facts"`
	Tickets int       `json:"tickets"`
	Odds    []oddFact `json:"odds"`  // facts that did not fit: noted, and harmless
	Wrong   []string  `json:"wrong"` // books that do not balance: must be empty

	Restored []recovery `json:"restored"` // when a hub went on from a copy, and what is known of what was lost
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
	found, err := v.find(c, s)
	if err != nil {
		return err
	}
	v.print(c, found)
	if len(found.Wrong) > 0 {
		return exit(1)
	}
	return nil
}

// find verifies the journal, or has the hub that uses it do so.
func (v *verify) find(c console, s *site.Site) (found verdict, err error) {
	if v.Hub != "" {
		return v.askPages(c, v.Hub)
	}
	j, err := openJournal(v.Data, s.Key, true)
	if errors.Is(err, journal.ErrLocked) {
		return v.ask(c)
	}
	if err != nil {
		return found, err
	}
	defer j.Close()
	if found, err = verifyJournal(j, s); err == nil {
		if wrong := j.Check(); wrong != nil {
			found.Wrong = append(found.Wrong, wrong.Error())
		}
	}
	return found, err
}

// ask has the hub that uses the folder verify, through its door or, when it was
// started by somebody else, through its pages.
func (v *verify) ask(c console) (found verdict, err error) {
	answer, err := knock(c.ctx, v.Data, "/verify")
	if err == nil {
		defer answer.Close()
		fmt.Fprintf(c.err, "a hub uses the journal: asked it\n")
		return found, json.NewDecoder(answer).Decode(&found)
	}
	return v.askPages(c, ownPages)
}

func (v *verify) askPages(c console, pages string) (found verdict, err error) {
	var said bytes.Buffer
	if err := askHub(c, pages, "/verify", url.Values{}, &said); err != nil {
		return found, err
	}
	return found, json.Unmarshal(said.Bytes(), &found)
}

// verifier answers a hub's page /verify. It leaves out the check of the index,
// during which nothing could be recorded.
type verifier struct {
	journal facts
	site    *site.Site
}

// ServeHTTP implements http.Handler.
func (v verifier) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	found, err := verifyJournal(v.journal, v.site)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(found)
}

// facts is what verify and report read of a journal.
type facts interface {
	ID() string
	Heads() map[queue.Source]uint64
	Days() ([]queue.Date, error)
	Day(queue.Date, func(queue.Fact) error) error
}

// verifyJournal folds every day and checks its books.
func verifyJournal(j facts, s *site.Site) (verdict, error) {
	found := verdict{Journal: j.ID(), Odds: []oddFact{}, Wrong: []string{}}
	zone, err := s.Location()
	if err != nil {
		return found, err
	}
	rules := queue.Rules{Zone: zone}
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
	found.Restored, err = recoveries(j, zone)
	return found, err
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
	for _, r := range found.Restored {
		r.print(c.out)
	}
	for _, w := range found.Wrong {
		fmt.Fprintln(c.out, "WRONG:", w)
	}
	if len(found.Wrong) == 0 {
		fmt.Fprintln(c.out, "the books balance")
	}
}
