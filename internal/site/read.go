package site

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// MaxFile is the most bytes a file of the folder may have.
const MaxFile = 512 << 10

// maxNesting is far above any honest file; deeper ones would take the YAML reader
// time that grows with the square of the depth.
const maxNesting = 64

// sheet is one file of the folder and the fields of Site that stand in it.
type sheet struct {
	file     string
	fields   []string
	optional bool // a centre may do without the file
}

func sheets() []sheet {
	return []sheet{
		{file: "centre.yaml", fields: []string{"key", "zone", "languages", "name", "public_url", "closes", "head_start", "reinstate", "last_ticket", "warn", "wifi", "hours", "texts"}},
		{file: "services.yaml", fields: []string{"services"}},
		{file: "desks.yaml", fields: []string{"desks"}},
		{file: "questions.yaml", fields: []string{"questions"}},
		{file: "resources.yaml", fields: []string{"resources"}},
		{file: "workshops.yaml", fields: []string{"workshops"}},
		{file: "programs.yaml", fields: []string{"programs"}, optional: true},
		{file: "distance.yaml", fields: []string{"distance"}, optional: true},
	}
}

// Load reads the centre from a folder with the files centre.yaml, services.yaml,
// desks.yaml, questions.yaml, resources.yaml and workshops.yaml, and perhaps
// programs.yaml and distance.yaml, which have the texts in the centre's own language, the first of its languages; a folder of translations
// for each of the others, such as languages/en; and a file of words for each. It
// checks everything and reports every mistake it can find, in the order of files and
// lines; with any the site is nil.
func Load(folder fs.FS) (*Site, []Problem) {
	var s Site
	at := newPlaces()
	r := &reader{at: at, own: "fr"}
	for _, sheet := range sheets() {
		r.read(folder, sheet, &s)
	}
	r.words(folder, &s)
	r.translations(folder, &s)
	inheritServices(&s)
	if problems := check(&s, at, r.problems...); len(problems) > 0 {
		sortProblems(problems)
		return nil, problems
	}
	inheritHours(&s)
	return &s, nil
}

// inheritServices gives questions without a service the one of the question they
// stand under.
func inheritServices(s *Site) {
	for i := range s.Questions {
		parent := &s.Questions[i]
		for j := range parent.Children {
			if child := &parent.Children[j]; child.Service == "" && child.Leads == "" && len(child.Children) == 0 {
				child.Service = parent.Service
			}
		}
	}
}

// inheritHours gives services without hours the centre's.
func inheritHours(s *Site) {
	for i := range s.Services {
		if isZero(s.Services[i].Hours) {
			s.Services[i].Hours = s.Hours
		}
	}
}

// reader reads the files into one site and remembers where everything stood.
type reader struct {
	file     string
	own      string // the centre's own language
	at       *places
	problems []Problem
}

func (r *reader) report(line int, what, mend string) {
	r.problems = append(r.problems, Problem{r.file, line, what, mend})
}

// read reads one file; a file that cannot be read at all is marked as broken, so
// that its absence is not reported once for everything that refers to it.
func (r *reader) read(folder fs.FS, sheet sheet, s *Site) {
	r.file = sheet.file
	if _, err := fs.Stat(folder, sheet.file); sheet.optional && errors.Is(err, fs.ErrNotExist) {
		return
	}
	body := r.body(folder)
	if body == nil {
		r.at.broken[sheet.file] = true
		return
	}
	r.site(body, sheet, s)
}

// body is the YAML content of the current file, nil after a report.
func (r *reader) body(folder fs.FS) ast.Node {
	text, ok := r.text(folder)
	if !ok {
		return nil
	}
	file, err := parser.ParseBytes([]byte(text), 0, parser.AllowDuplicateMapKey())
	if err != nil {
		r.syntax(err)
		return nil
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		r.report(0, "the file is empty", "fill it in, starting from the example that comes with the program")
		return nil
	}
	if len(file.Docs) > 1 {
		r.report(line(file.Docs[1].Body), "a second document begins after ---", "take the line --- out")
		return nil
	}
	return file.Docs[0].Body
}

// text is the current file as clean text, false after a report.
func (r *reader) text(folder fs.FS) (string, bool) {
	raw, err := fs.ReadFile(folder, r.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.report(0, "the file is missing", "create it, starting from the example that comes with the program")
		return "", false
	case err != nil:
		r.report(0, "the file cannot be read ("+err.Error()+")", "check its rights and its disk")
		return "", false
	case len(raw) > MaxFile:
		r.report(0, fmt.Sprintf("the file has %d KiB, more than %d", len(raw)>>10, MaxFile>>10),
			"take out what is not content of the centre")
		return "", false
	}
	what, mend, at := unreadable(string(raw))
	if what != "" {
		r.report(at, what, mend)
		return "", false
	}
	return string(raw), true
}

// syntax reports what the YAML reader found.
func (r *reader) syntax(err error) {
	var broken yaml.Error
	if !errors.As(err, &broken) {
		r.report(0, "the file is not YAML ("+err.Error()+")", mendSyntax)
		return
	}
	what, mend := plainSyntax(broken.GetMessage())
	at := 0
	if token := broken.GetToken(); token != nil {
		at = token.Position.Line
	}
	r.report(at, what, mend)
}

const mendSyntax = "compare with the lines above: the same number of spaces before each key, " +
	"a space after each colon, quotes around texts with signs in them"

// plainSyntax says the YAML reader's commonest messages in plain words.
func plainSyntax(message string) (what, mend string) {
	switch {
	case strings.Contains(message, "mapping value is not allowed"):
		return "a second colon in one line, or a line that is indented too far",
			"put the text between quotes, or align the line with the ones above"
	case strings.Contains(message, "end character"):
		return "a quote opens here and never closes", "close it; write an apostrophe within '…' twice, or use \"…\""
	case strings.Contains(message, "reserved character"), strings.Contains(message, "directive value"),
		strings.Contains(message, "cannot start any token"):
		return "a text begins with a sign that YAML reserves", "put the text between quotes"
	case strings.Contains(message, "value is not allowed"):
		return "this line is not aligned with the ones above", "give it the same number of spaces as its neighbours, or close a quote that is open above"
	case strings.Contains(message, "must be specified"), strings.Contains(message, "not found"):
		return "a bracket opens before this line and never closes", "close it"
	default:
		return "the line is not YAML (" + message + ")", mendSyntax
	}
}
