package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"accueil/internal/figures"
	"accueil/internal/journal"
	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/site"
)

// report prints figures.
type report struct {
	From   string `help:"First day, like 2026-11-24; the last day of the journal when absent." placeholder:"D"`
	To     string `help:"Last day; the first when absent." placeholder:"D"`
	Format string `help:"How to write them: text, csv or json." enum:"text,csv,json" default:"text"`
	Out    string `help:"File to write; standard output when absent." type:"path" placeholder:"PATH"`
	Lang   string `help:"Language of the text: fr or en." enum:"fr,en" default:"fr"`
	Config string `help:"Folder with the centre's content; the embedded one when absent." type:"path" placeholder:"DIR"`
	Data   string `help:"Folder of the journal." type:"path" default:"${data}" placeholder:"DIR"`
	Hub    string `help:"Pages of a hub to ask. When absent the journal is read, or the hub of this machine is asked while it uses it." placeholder:"URL"`
}

// Run writes the figures. While a hub uses the journal, the hub is asked.
func (r *report) Run(c console) error {
	query := reportQuery{From: queue.Date(r.From), To: queue.Date(r.To), Format: r.Format, Lang: r.Lang}
	if err := query.check(); err != nil {
		return err
	}
	s, err := c.content(r.Config)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if r.Hub != "" {
		if err := askHub(c, r.Hub, "/report", query.values(), &text); err != nil {
			return err
		}
		return c.deliver(r.Out, text.Bytes())
	}
	j, err := openJournal(r.Data, s.Key, true)
	switch {
	case errors.Is(err, journal.ErrLocked):
		err = r.ask(c, query, &text)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("no journal in %s; name its folder with --data, or a hub with --hub", r.Data)
	case err == nil:
		defer j.Close()
		err = reportJournal(c, j, s, query, &text)
	}
	if err != nil {
		return err
	}
	return c.deliver(r.Out, text.Bytes())
}

// ask has the hub that uses the folder report, through its door or, when it was
// started by somebody else, through its pages.
func (r *report) ask(c console, query reportQuery, out io.Writer) error {
	answer, err := knock(c.ctx, r.Data, "/report?"+query.values().Encode())
	if errors.Is(err, errNoHub) || errors.Is(err, os.ErrPermission) {
		return askHub(c, ownPages, "/report", query.values(), out)
	}
	if err != nil {
		return err
	}
	defer answer.Close()
	fmt.Fprintf(c.err, "a hub uses the journal: asked it\n")
	_, err = io.Copy(out, io.LimitReader(answer, mostAnswer))
	return err
}

// ownPages is where the hub of this machine has its pages unless told otherwise.
const ownPages = "http://127.0.0.1:8080"

func reportJournal(c console, j figures.Journal, s *site.Site, query reportQuery, out io.Writer) error {
	reporter, err := newReporter(j, s)
	if err != nil {
		return err
	}
	made, err := reporter.report(query)
	if err != nil {
		return err
	}
	if made.Days == 0 {
		fmt.Fprintf(c.err, "no facts from %s to %s: %s\n", made.From, made.To, reporter.extent())
	}
	return reporter.write(out, query, made)
}

// deliver writes to a file, or to standard output when there is none.
func (c console) deliver(path string, text []byte) error {
	if path == "" {
		_, err := c.out.Write(text)
		return err
	}
	return os.WriteFile(path, text, 0o644)
}

// reportQuery is what somebody wants to know.
type reportQuery struct {
	From, To     queue.Date // "" for the last day, or the other end
	Format, Lang string
}

func queryOf(v url.Values) reportQuery {
	return reportQuery{
		From: queue.Date(v.Get("from")), To: queue.Date(v.Get("to")),
		Format: cmp.Or(v.Get("format"), "text"), Lang: cmp.Or(v.Get("lang"), phrases.Source),
	}
}

func (q reportQuery) values() url.Values {
	return url.Values{"from": {string(q.From)}, "to": {string(q.To)}, "format": {q.Format}, "lang": {q.Lang}}
}

// check says what is wrong with the query before anything is opened.
func (q reportQuery) check() error {
	if !slices.Contains([]string{"text", "csv", "json"}, q.Format) {
		return fmt.Errorf("%w: the format %.20q is not text, csv or json", errQuery, q.Format)
	}
	from, to := q.ends(cmp.Or(q.From, q.To, "2000-01-01"))
	return figures.CheckDates(from, to)
}

var errQuery = errors.New("bad query")

// ends fills in what the query leaves open.
func (q reportQuery) ends(last queue.Date) (from, to queue.Date) {
	from = cmp.Or(q.From, q.To, last)
	return from, cmp.Or(q.To, from)
}

// reporter makes the reports of a journal: for the command, and over HTTP while
// the hub runs and nobody else can open the journal. It may be read and appended
// to at the same time.
type reporter struct {
	journal figures.Journal
	site    *site.Site
	zone    *time.Location
	book    *phrases.Book
	turn    sync.Mutex // one report at a time: the floor comes first
}

func newReporter(j figures.Journal, s *site.Site) (*reporter, error) {
	zone, err := s.Location()
	if err != nil {
		return nil, err
	}
	book, err := phrases.Load()
	if err != nil {
		return nil, err
	}
	return &reporter{journal: j, site: s, zone: zone, book: book}, nil
}

func (r *reporter) report(q reportQuery) (figures.Report, error) {
	if err := q.check(); err != nil {
		return figures.Report{}, err
	}
	days, err := r.journal.Days()
	if err != nil {
		return figures.Report{}, err
	}
	if len(days) == 0 {
		return figures.Report{}, errNoFacts
	}
	from, to := q.ends(days[len(days)-1])
	span, err := figures.Read(r.journal, from, to, queue.Rules{Zone: r.zone})
	if err != nil {
		return figures.Report{}, err
	}
	return figures.NewReport(placeOf(r.site), span), nil
}

func placeOf(s *site.Site) figures.Place {
	place := figures.Place{Site: s.Key, Zone: s.Zone}
	for _, service := range s.Services {
		place.Services = append(place.Services, service.Key)
	}
	for q := range s.AllQuestions() {
		place.Questions = append(place.Questions, q.Key)
	}
	return place
}

var errNoFacts = errors.New("the journal has no facts yet")

// extent says which days there are.
func (r *reporter) extent() string {
	days, err := r.journal.Days()
	if err != nil || len(days) == 0 {
		return "the journal is empty"
	}
	return fmt.Sprintf("the journal has %d days from %s to %s", len(days), days[0], days[len(days)-1])
}

func (r *reporter) write(w io.Writer, q reportQuery, made figures.Report) error {
	switch q.Format {
	case "csv":
		return figures.CSV(w, made)
	case "json":
		return figures.JSON(w, made)
	}
	return figures.Text(w, made, r.words(q.Lang))
}

func (r *reporter) words(lang string) figures.Words {
	return figures.Words{
		Speaker: r.book.ForStaff(lang), Centre: r.site.Name.In(lang),
		Service: func(key string) string {
			if s, ok := r.site.Service(key); ok {
				return s.Pole.In(lang)
			}
			return key
		},
		Question: func(key string) string { return questionText(r.site, key, lang) },
		Topic: func(key string) string {
			for _, s := range r.site.Services {
				if topic, ok := s.Topic(key); ok {
					return topic.Text.In(lang)
				}
			}
			return key
		},
	}
}

// questionText is set off to the right under the question before it.
func questionText(s *site.Site, key, lang string) string {
	q, ok := s.Question(key)
	if !ok {
		return key
	}
	top := slices.ContainsFunc(s.Questions, func(q site.Question) bool { return q.Key == key })
	if !top {
		return "   " + q.Text.In(lang)
	}
	return q.Text.In(lang)
}

// ServeHTTP answers GET /report?from=&to=&format=&lang=.
func (r *reporter) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	r.turn.Lock()
	defer r.turn.Unlock()
	query := queryOf(request.URL.Query())
	var text bytes.Buffer
	made, err := r.report(query)
	if err == nil {
		err = r.write(&text, query, made)
	}
	switch {
	case err == nil:
		w.Header().Set("Content-Type", contentType(query.Format))
		w.Header().Set("Cache-Control", "no-store")
		w.Write(text.Bytes())
	case errors.Is(err, errQuery), errors.Is(err, figures.ErrDates):
		http.Error(w, err.Error(), http.StatusBadRequest)
	case errors.Is(err, errNoFacts):
		http.Error(w, err.Error(), http.StatusNotFound)
	default:
		http.Error(w, "the journal could not be read; the hub's log says why", http.StatusInternalServerError)
	}
}

func contentType(format string) string {
	switch format {
	case "csv":
		return "text/csv; charset=utf-8"
	case "json":
		return "application/json"
	}
	return "text/plain; charset=utf-8"
}

// mostAnswer bounds what is read of a hub's answer: some years of figures.
const mostAnswer = 256 << 20

// askHub gets a page of the hub that runs on the journal, and says so.
func askHub(c console, base, path string, query url.Values, out io.Writer) error {
	base = strings.TrimSuffix(base, "/")
	request, err := http.NewRequestWithContext(c.ctx, http.MethodGet, base+path+"?"+query.Encode(), nil)
	if err != nil {
		return fmt.Errorf("--hub %s is not an address like http://127.0.0.1:8080", base)
	}
	client := http.Client{Timeout: time.Minute}
	answer, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("no hub answers at %s; name the address of its pages with --hub (%w)", base, err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		why, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<10))
		return fmt.Errorf("the hub at %s: %s (%s)", base, strings.TrimSpace(string(why)), answer.Status)
	}
	fmt.Fprintf(c.err, "asked the hub at %s\n", base)
	_, err = io.Copy(out, io.LimitReader(answer.Body, mostAnswer))
	return err
}
