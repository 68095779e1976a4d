package rehearsal

import (
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Volumes say how a year goes. Shares are out of 100.
type Volumes struct {
	Visits    int                `yaml:"visits"`
	Entries   int                `yaml:"entries"`
	Kiosks    int                `yaml:"kiosks"`
	NoShow    float64            `yaml:"no_show"`
	Leave     float64            `yaml:"leave"`
	Transfer  float64            `yaml:"transfer"`
	Park      float64            `yaml:"park"`
	WalkIn    float64            `yaml:"walk_in"`
	Offline   float64            `yaml:"offline"`
	Languages map[string]float64 `yaml:"languages"`
	Services  map[string]Service `yaml:"services"`
}

// Service is the year of one service.
type Service struct {
	Interviews int     `yaml:"interviews"`
	Minutes    float64 `yaml:"minutes"`
	Spread     float64 `yaml:"spread"`
	Desks      int     `yaml:"desks"`
}

// usual is the year of a service of which the volumes say nothing.
func usual() Service { return Service{Interviews: 600, Minutes: 30, Spread: 0.5, Desks: 2} }

//go:embed volumes.yaml
var defaults []byte

// Default is the year of the centre that the programs carry with them.
func Default() Volumes {
	v, err := ReadVolumes("volumes.yaml", defaults, nil)
	if err != nil {
		return Volumes{Services: map[string]Service{}} // a test reads them, too
	}
	return v
}

// ReadVolumes reads a file with volumes, strictly: every key is needed, none
// may be unknown. Its errors are lines "file:line: what is wrong; how to mend
// it". Services must be among those known, unless known is nil.
func ReadVolumes(file string, text []byte, known []string) (Volumes, error) {
	var v Volumes
	tree, err := parser.ParseBytes(text, 0)
	if err != nil {
		return v, located(file, err)
	}
	if len(tree.Docs) == 0 || tree.Docs[0].Body == nil {
		return v, fmt.Errorf("%s: the file is empty; begin with a copy of the example", file)
	}
	if err := yaml.UnmarshalWithOptions(text, &v, yaml.Strict()); err != nil {
		return v, located(file, err)
	}
	r := reader{file: file, tree: tree}
	r.check(v, known)
	return v, errors.Join(r.wrong...)
}

// located puts the place of a mistake before it.
func located(file string, err error) error {
	var mistake yaml.Error
	if !errors.As(err, &mistake) {
		return fmt.Errorf("%s: %w", file, err)
	}
	line := 0
	if token := mistake.GetToken(); token != nil {
		line = token.Position.Line
	}
	what := mistake.GetMessage()
	var kind *yaml.TypeError
	if errors.As(err, &kind) {
		what = "this is not the kind of value that belongs here"
	}
	return fmt.Errorf("%s:%d: %s; compare with the example", file, line, what)
}

// reader checks what the volumes say against the places where they say it.
type reader struct {
	file  string
	tree  *ast.File
	wrong []error
}

func (r *reader) check(v Volumes, known []string) {
	r.need("$", "visits", "entries", "kiosks", "no_show", "leave", "transfer", "park", "walk_in", "offline", "languages", "services")
	r.within("$.visits", float64(v.Visits), 0, 10_000_000)
	r.within("$.entries", float64(v.Entries), 0, 10_000_000)
	r.within("$.kiosks", float64(v.Kiosks), 1, 200)
	for key, share := range map[string]float64{
		"no_show": v.NoShow, "leave": v.Leave, "transfer": v.Transfer, "park": v.Park, "walk_in": v.WalkIn, "offline": v.Offline,
	} {
		r.within("$."+key, share, 0, 90)
	}
	sum := 0.0
	for _, lang := range slices.Sorted(maps.Keys(v.Languages)) {
		r.within("$.languages."+lang, v.Languages[lang], 0, 1_000_000)
		sum += v.Languages[lang]
	}
	if len(v.Languages) > 0 && sum == 0 {
		r.report("$.languages", "no language has any weight", "give one of them a number above 0")
	}
	for _, key := range slices.Sorted(maps.Keys(v.Services)) {
		r.service("$.services."+key, key, v.Services[key], known)
	}
}

func (r *reader) service(path, key string, s Service, known []string) {
	if known != nil && !slices.Contains(known, key) {
		r.report(path, fmt.Sprintf("the centre has no service %q", key), "write one of: "+strings.Join(known, ", "))
	}
	r.need(path, "interviews", "minutes", "spread", "desks")
	r.within(path+".interviews", float64(s.Interviews), 0, 1_000_000)
	r.within(path+".minutes", s.Minutes, 1, 240)
	r.within(path+".spread", s.Spread, 0.1, 2)
	r.within(path+".desks", float64(s.Desks), 0, 200)
}

func (r *reader) need(path string, keys ...string) {
	for _, key := range keys {
		if r.line(path+"."+key) == 0 {
			r.report(path, key+" is missing", "add a line "+key+": …, as in the example")
		}
	}
}

// within says nothing of what is not there: need does.
func (r *reader) within(path string, n, least, most float64) {
	if r.line(path) > 0 && (n < least || n > most) {
		key := path[strings.LastIndex(path, ".")+1:]
		r.report(path, key+" is "+plain(n), "write a number from "+plain(least)+" to "+plain(most))
	}
}

func plain(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

func (r *reader) report(path, what, mend string) {
	r.wrong = append(r.wrong, fmt.Errorf("%s:%d: %s; %s", r.file, max(1, r.line(path)), what, mend))
}

// line is where a path stands, 0 when it does not.
func (r *reader) line(path string) int {
	p, err := yaml.PathString(path)
	if err != nil {
		return 0
	}
	node, err := p.FilterFile(r.tree)
	if err != nil || node == nil {
		return 0
	}
	return node.GetToken().Position.Line
}
