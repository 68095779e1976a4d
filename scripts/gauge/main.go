// Command gauge takes the figures of speed and size that the project claims,
// each beside a floor or a peer of the same run.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"
)

// gauge is the command line.
type gauge struct {
	Bin       string `help:"Folder with the programs hub and kiosk." default:"bin" type:"existingdir"`
	JSON      bool   `help:"Print JSON: {machine, rows: [{name, measured, unit, beside, floor, ratio, bound, ok}]}."`
	Quick     bool   `help:"Fewer samples, and one year for ten."`
	Years     string `help:"Folder to keep ten simulated years in, which take a minute or two to make; made anew each time when absent." type:"path" placeholder:"DIR"`
	Only      string `help:"Only the parts whose name contains this: terminal, idle, tap, rush, calls, board, keys, next, frames, killed, sizes, year, starts, many, phones, paint." placeholder:"PART"`
	NoVerdict bool   `help:"Exit 0 also when a bound is missed."`
}

// row is one figure. Either Measured is held to the bound, or its ratio to Floor.
type row struct {
	Name     string  `json:"name"`
	Measured float64 `json:"measured"`
	Unit     string  `json:"unit"`
	Beside   string  `json:"beside,omitempty"` // what the floor is
	Floor    float64 `json:"floor,omitempty"`
	Ratio    float64 `json:"ratio,omitempty"`
	Bound    string  `json:"bound"`
	OK       bool    `json:"ok"`
	Note     string  `json:"note,omitempty"`
}

func main() {
	var g gauge
	kong.Parse(&g, kong.Name("bench"), kong.Description("Every claim of speed and size, beside a floor of the same run."))
	missed, err := g.run()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
	if missed && !g.NoVerdict {
		os.Exit(1)
	}
}

// samples is how many times something is done.
func (g gauge) samples(full int) int {
	if g.Quick {
		return max(5, full/10)
	}
	return full
}

// part is some figures that are taken together.
type part struct {
	name    string
	measure func(dir string) ([]row, error)
}

func (g gauge) parts() []part {
	return []part{
		{"terminal", g.terminal}, {"idle", g.idle}, {"tap", g.tap}, {"rush", g.rushes}, {"calls", g.desksAtWork}, {"board", g.callToBoard},
		{"keys", g.keys},
		{"next", g.next}, {"frames", g.frames}, {"killed", g.killed}, {"sizes", g.sizes}, {"year", g.year}, {"starts", g.starts}, {"many", g.many},
		{"phones", g.phones}, {"paint", g.paint},
	}
}

func (g gauge) run() (missed bool, err error) {
	dir, err := os.MkdirTemp("", "accueil-bench-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	machine := fmt.Sprintf("%s %s/%s, %d processors", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	if !g.JSON {
		fmt.Println(machine)
	}
	var all []row
	for _, part := range g.parts() {
		if g.Only != "" && !strings.Contains(part.name, g.Only) {
			continue
		}
		own := filepath.Join(dir, part.name)
		if err := os.Mkdir(own, 0o700); err != nil {
			return false, err
		}
		rows, err := part.measure(own)
		if err != nil {
			return false, err
		}
		for _, r := range rows {
			missed = missed || !r.OK
			if !g.JSON {
				fmt.Println(r)
			}
		}
		all = append(all, rows...)
	}
	if g.JSON {
		e := json.NewEncoder(os.Stdout)
		e.SetIndent("", "  ")
		err = e.Encode(map[string]any{"machine": machine, "rows": all})
	}
	return missed, err
}

func (r row) String() string {
	said := fmt.Sprintf("%-60s %9.2f %-9s", r.Name, r.Measured, r.Unit)
	if r.Floor > 0 {
		said += fmt.Sprintf(" %9.2f %s; ratio %.2f", r.Floor, r.Beside, r.Ratio)
	}
	verdict := "ok"
	if !r.OK {
		verdict = "MISSED"
	}
	said += fmt.Sprintf("  %s %s", r.Bound, verdict)
	if r.Note != "" {
		said += "  (" + r.Note + ")"
	}
	return said
}

// quantile of durations in milliseconds.
func quantile(all []time.Duration, q float64) float64 {
	sorted := slices.Sorted(slices.Values(all))
	return ms(sorted[min(len(sorted)-1, int(q*float64(len(sorted))))])
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// timed does something n times and gives how long each took.
func timed(n int, do func(i int) error) ([]time.Duration, error) {
	took := make([]time.Duration, 0, n)
	for i := range n {
		began := time.Now()
		if err := do(i); err != nil {
			return nil, err
		}
		took = append(took, time.Since(began))
	}
	return took, nil
}
