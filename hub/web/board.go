package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"time"

	"accueil/hub/floor"
	"accueil/internal/phrases"
	"accueil/internal/site"
	"accueil/internal/wire"
)

const (
	// boardEvery is how often, in seconds, a board without scripts asks again.
	boardEvery = 5
	// turnLasts is how long, in seconds, each of several things that take turns stays.
	turnLasts = 12
	// rowsAtOnce is how many services a wide screen shows at once, large enough to be
	// read from afar; more take turns.
	rowsAtOnce = 6
	// showsAtOnce is how many workshops are told of.
	showsAtOnce = 2
	// lateAfter is how old a call is, in the site's time, that is shown but no longer
	// said: a board that was cut off must not ring out what is long past.
	lateAfter = 2 * time.Minute
)

// board is what the waiting room's page draws.
type board struct {
	page
	Day, Clock string
	Version    string // of the page: one that is older loads itself anew
	Turns      int    // seconds
	Calls      []boardCall
	Empty      []saying       // instead of calls, in every language
	Withdrawn  []turn[saying] // a call taken back, the languages taking turns
	Announced  []turn[saying] // what the staff announce, the languages taking turns
	Tables     []turn[boardLine]
	Marks      []turn[string] // which page of the services it is; nil with one alone
	Shows      []string       // workshops
	Away       string         // what is said when the hub is away, "…" standing for how long
	Sound      string         // asks for the touch that browsers want before they make a sound
	Silent     bool           // no chime and no voice
}

// saying is a text in a language.
type saying struct {
	Lang, Dir, Text string
	Until           int64 // the site's time in seconds when it is over; 0: not by itself
}

type boardCall struct {
	Key   string // the same for a call however its label is known
	At    int64  // microseconds
	Late  bool
	Wide  string // how much room the label wants: "", "wide" or "wider"
	Shape string
	Color string
	Aloud []saying

	Label, Alias, Or, Desk, Place, Again string
}

type boardLine struct {
	Name, Letter, Shape, Color string
	Shut                       bool
	State, Wait                words
}

// words are the same said at length, and in short for a screen that stands upright.
type words struct{ Long, Short string }

// board is the waiting room's page, for any screen with a browser.
func (s *Server) board(w http.ResponseWriter, r *http.Request) {
	var public wire.Public
	if err := s.look(r.Context(), func(sight floor.Sight) { public = sight.Public() }); err != nil {
		s.say(w, r, http.StatusServiceUnavailable, "page.away")
		return
	}
	b := s.boardOf(public, s.speaker(r, s.site.Languages[0]))
	b.Silent = r.URL.Query().Has("silent")
	now := time.Now()
	turnTo(b.Announced, now)
	turnTo(b.Withdrawn, now)
	turnTo(b.Tables, now)
	turnTo(b.Marks, now)
	s.render(w, http.StatusOK, "board.html", b)
}

// turn is one of several things that take turns in one place.
type turn[T any] struct {
	Shown bool // first
	Of    []T
}

func turnsOf[T any](all [][]T) (turns []turn[T]) {
	for i, one := range all {
		turns = append(turns, turn[T]{i == 0, one})
	}
	return turns
}

// turnTo shows whose turn it is, for a page without scripts.
func turnTo[T any](turns []turn[T], now time.Time) {
	for i := range turns {
		turns[i].Shown = i == int(now.Unix()/turnLasts%int64(len(turns)))
	}
}

// boardOf is the board in a language.
func (s *Server) boardOf(public wire.Public, speak phrases.Speaker) board {
	now := public.Stamp.At.In(s.zone)
	b := board{
		page: s.frame(speak), Day: speak.Day(now), Clock: speak.Clock(now), Version: s.version, Turns: turnLasts,
		Away: speak.Say("board.away", "Duration", "…") + " " + speak.Say("board.ask"), Sound: speak.Say("board.sound"),
	}
	b.Title, b.Heading, b.Refresh = b.Centre, speak.Say("board.last"), boardEvery
	if !public.Closed {
		for _, c := range public.Calls {
			b.Calls = append(b.Calls, s.boardCall(c, speak, now))
		}
	}
	if len(b.Calls) == 0 {
		b.Empty = s.everyLanguage(speak, func(say phrases.Speaker) string { return say.Say(emptyKey(public)) })
	}
	for _, w := range public.Withdrawn[:min(len(public.Withdrawn), 1)] {
		b.Withdrawn = s.inTurns(speak, func(say phrases.Speaker) []saying {
			return []saying{sayingOf(say, say.Say("board.withdrawn", "Label", labels(w)))}
		})
	}
	b.Announced = s.inTurns(speak, func(say phrases.Speaker) []saying { return s.announcedIn(say, public.Notices, now) })
	b.Tables = pagesOf(s.boardLines(public, speak, now))
	b.Marks = marksOf(len(b.Tables))
	if len(b.Announced) == 0 && !public.Closed {
		b.Shows = s.nextShows(speak, now)
	}
	return b
}

func emptyKey(public wire.Public) string {
	if public.Closed {
		return "board.closed"
	}
	return "board.empty"
}

// labels are the label and, while nobody knows which one was handed over, its other.
func labels(c wire.Call) string {
	if c.Alias == "" {
		return string(c.Label)
	}
	return string(c.Label) + " / " + string(c.Alias)
}

// pagesOf parts the services into pages of the same height, as even as can be.
func pagesOf(lines []boardLine) []turn[boardLine] {
	count := (len(lines) + rowsAtOnce - 1) / rowsAtOnce
	var pages [][]boardLine
	for i := range count {
		page := slices.Clone(lines[i*len(lines)/count : (i+1)*len(lines)/count])
		if len(page) < (len(lines)+count-1)/count {
			page = append(page, boardLine{})
		}
		pages = append(pages, page)
	}
	return turnsOf(pages)
}

// marksOf are dots, the page's own filled.
func marksOf(count int) []turn[string] {
	if count < 2 {
		return nil
	}
	var marks [][]string
	for i := range count {
		dots := slices.Repeat([]string{"○ "}, count)
		dots[i] = "● "
		marks = append(marks, dots)
	}
	return turnsOf(marks)
}

// languages are the speaker's, then the others of the site.
func (s *Server) languages(speak phrases.Speaker) []phrases.Speaker {
	says := []phrases.Speaker{speak}
	for _, lang := range s.site.Languages {
		if lang != speak.Lang() {
			says = append(says, s.phrases.In(lang))
		}
	}
	return says
}

func sayingOf(say phrases.Speaker, text string) saying {
	dir := "ltr"
	if say.RightToLeft() {
		dir = "rtl"
	}
	return saying{Lang: say.Lang(), Dir: dir, Text: text}
}

func (s *Server) everyLanguage(speak phrases.Speaker, text func(phrases.Speaker) string) (all []saying) {
	for _, say := range s.languages(speak) {
		all = append(all, sayingOf(say, text(say)))
	}
	return all
}

// inTurns are sayings in each language that has words of its own for them, the
// board's own coming every other turn: most people in the room read it, and must
// not wait for all the others. Nil when there is nothing to say.
func (s *Server) inTurns(speak phrases.Speaker, in func(phrases.Speaker) []saying) (turns []turn[saying]) {
	own := in(speak)
	if len(own) == 0 {
		return nil
	}
	var all [][]saying
	for _, say := range s.languages(speak)[1:] {
		if other := in(say); !slices.Equal(other, own) {
			all = append(all, own, other)
		}
	}
	if all == nil {
		all = [][]saying{own}
	}
	return turnsOf(all)
}

// announcedIn are the announcements in a language; what was typed in another one only
// is shown as it was typed.
func (s *Server) announcedIn(say phrases.Speaker, notices []wire.Notice, now time.Time) (all []saying) {
	for _, n := range notices {
		if !n.Until.After(now) {
			continue
		}
		in := say
		if n.Phrase == "" && n.Text[say.Lang()] == "" {
			in = s.phrases.In(s.site.Languages[0])
		}
		one := sayingOf(in, s.noticeText(n, in))
		one.Until = n.Until.Unix()
		all = append(all, one)
	}
	return all
}

func (s *Server) boardCall(c wire.Call, speak phrases.Speaker, now time.Time) boardCall {
	desk, ok := s.site.Desk(c.Desk)
	if !ok {
		desk.Label = c.Desk
	}
	service, _ := s.site.Service(c.Service)
	call := boardCall{
		Key: fmt.Sprintf("%s-%d-%d", c.Desk, c.At.UnixMicro(), c.Times), At: c.At.UnixMicro(), Late: now.Sub(c.At) > lateAfter,
		Label: string(c.Label), Alias: string(c.Alias), Shape: service.Shape, Color: service.Color, Wide: wide(c),
		Desk: speak.Say("board.desk", "Desk", desk.Label), Place: desk.Place.In(speak.Lang()),
	}
	if speak.RightToLeft() {
		call.Place = beforeMinus(call.Place)
	}
	if c.Alias != "" {
		call.Or = speak.Say("board.or", "Label", string(c.Alias))
	}
	if c.Times > 1 {
		call.Again = speak.Say("board.again", "Count", c.Times)
	}
	for _, say := range s.languages(s.phrases.In(s.site.Languages[0])) {
		if say.Lang() == s.site.Languages[0] || say.Lang() == c.Language {
			call.Aloud = append(call.Aloud, sayingOf(say, say.Called(string(c.Label), desk.Label)))
		}
	}
	return call
}

// wide says how much room the longer label of a call wants.
func wide(c wire.Call) string {
	switch n := max(len(c.Label), len(c.Alias)); {
	case n > 8:
		return "wider"
	case n > 5:
		return "wide"
	}
	return ""
}

func (s *Server) boardLines(public wire.Public, speak phrases.Speaker, now time.Time) (lines []boardLine) {
	for _, service := range s.site.Services {
		for _, l := range public.Services {
			if l.Service == service.Key {
				lines = append(lines, s.boardLine(service, l, public.Closed, speak, now))
			}
		}
	}
	return lines
}

func (s *Server) boardLine(service site.Service, l wire.Line, over bool, speak phrases.Speaker, now time.Time) boardLine {
	line := boardLine{Name: cmp.Or(service.Pole.In(speak.Lang()), service.Name.In(speak.Lang())), Letter: service.Letter, Shape: service.Shape, Color: service.Color}
	closed := speak.Say("state.closed")
	if !l.Open || over {
		line.Shut, line.Wait = true, words{closed, closed}
		if again := s.almanac.Opens(service, now, over); !again.IsZero() {
			opens := speak.Say("state.opens", "When", speak.When(again, now))
			line.Wait = words{closed + " · " + opens, opens}
		}
		return line
	}
	line.State = words{speak.Say("wait.nobody"), speak.Say("board.nobody")}
	if l.Waiting > 0 {
		line.State = words{speak.Say("wait.people", "Count", l.Waiting), speak.Say("board.waiting", "Count", l.Waiting)}
	}
	unknown := speak.Say("board.unknown")
	switch {
	case l.Full:
		line.Wait = words{speak.Say("state.full"), speak.Say("state.full-short")}
	case l.Wait != nil:
		line.Wait = words{between(speak, *l.Wait), speak.Say("time.less-than", "High", speak.Minutes(minutes(l.Wait.High)))}
	default:
		line.Wait = words{unknown, unknown}
	}
	return line
}

// nextShows are the next workshops, each in a line.
func (s *Server) nextShows(speak phrases.Speaker, now time.Time) (lines []string) {
	soon := s.almanac.Soon(now)
	first := 0
	if len(soon) > showsAtOnce && soon[0].Begins.IsZero() { // no one is sooner: each has its turn
		first = int(now.Unix()/60) * showsAtOnce % len(soon)
	}
	for i := range min(len(soon), showsAtOnce) {
		o := soon[(first+i)%len(soon)]
		line := o.Title.In(speak.Lang()) + " · " + o.When.In(speak.Lang())
		if !o.Begins.IsZero() {
			line = speak.When(o.Begins.In(s.zone), now) + " · " + o.Title.In(speak.Lang())
		}
		line += " · " + o.Where.In(speak.Lang())
		if speak.RightToLeft() {
			line = beforeMinus(line)
		}
		lines = append(lines, line)
	}
	return lines
}
