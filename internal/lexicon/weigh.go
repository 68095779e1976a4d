package lexicon

import "math"

// tally is how much of what was said speaks for each answer.
type tally struct {
	*index
	said  []heard
	score []float64            // by answer
	found []map[string]float64 // by answer: its questions
	sure  bool                 // a whole entry was found
}

// weighUp explains what was said by entries, the best first, each word once, and
// then counts what its words tell by themselves.
func (x *index) weighUp(said []heard) *tally {
	t := &tally{index: x, said: said, score: make([]float64, len(x.answers)), found: make([]map[string]float64, len(x.answers))}
	candidates := t.candidates()
	for range maxEntries {
		best, hit := fitted{}, -1
		for _, i := range candidates {
			if f := t.fit(&x.entries[i]); f.score > best.score+1e-9 {
				best, hit = f, int(i)
			}
		}
		if hit < 0 {
			break
		}
		t.take(&x.entries[hit], best)
	}
	t.hints()
	return t
}

// maxEntries is how many entries explain one text at most.
const maxEntries = 8

// candidates are the entries that share a word with what was said.
func (t *tally) candidates() (list []int32) {
	seen := make(map[int32]bool)
	for _, h := range t.said {
		for _, m := range h.means {
			for _, e := range t.words[m.word].entries {
				if !seen[e] {
					seen[e] = true
					list = append(list, e)
				}
			}
		}
	}
	return list
}

// fitted is an entry found in what was said.
type fitted struct {
	score float64
	at    [12]int16 // places of its words
	n     int
	whole bool
}

// fit measures how well an entry is found in the words not yet explained.
func (t *tally) fit(e *entry) fitted {
	var f fitted
	matched, total, force := 0.0, 0.0, 0.0
	first, last := math.MaxInt, -1
	for _, w := range e.words {
		telling := t.words[w].telling
		total += telling
		at, sure := t.place(w, &f)
		if at < 0 || f.n == len(f.at) {
			continue
		}
		f.at[f.n] = int16(at)
		f.n++
		matched += telling * sure
		force += t.said[at].force
		first, last = min(first, at), max(last, at)
	}
	covered := matched / total
	if f.n == 0 || e.entire && f.n < len(e.words) || 10*f.n < 6*len(e.words) || covered < 0.6 {
		return fitted{}
	}
	f.whole = f.n == len(e.words)
	light := t.between(e.light, first, last)
	score := matched*(1+0.25*float64(f.n-1)) + 0.15*float64(light)
	if len(e.words) == 1 && len(e.light) > 0 { // "work on Sunday" is more than work
		score *= 0.4 + 0.6*float64(light)/float64(len(e.light))
	}
	strength := e.strength
	if !f.whole {
		strength = min(strength, plain)
	}
	f.score = strength * score * covered * covered * force / float64(f.n) / (1 + 0.12*float64(t.gaps(&f, first, last)))
	return f
}

// place is where a word was said, and how surely; -1 for nowhere.
func (t *tally) place(w int32, f *fitted) (at int, sure float64) {
	at = -1
	for i := range t.said {
		if t.said[i].used || f.has(i) {
			continue
		}
		for _, m := range t.said[i].means {
			if m.word == w && m.sure > sure {
				at, sure = i, m.sure
			}
		}
	}
	return at, sure
}

func (f *fitted) has(at int) bool {
	for _, a := range f.at[:f.n] {
		if int(a) == at {
			return true
		}
	}
	return false
}

// between counts the fillers of an entry that stand at or beside its words.
func (t *tally) between(light []string, first, last int) (n int) {
	for _, l := range light {
		for i := max(0, first-3); i <= min(len(t.said)-1, last+2); i++ {
			if t.said[i].text == l {
				n++
				break
			}
		}
	}
	return n
}

// gaps counts the telling words between those of an entry that are not its own.
func (t *tally) gaps(f *fitted, first, last int) (n int) {
	for i := first + 1; i < last; i++ {
		if !t.said[i].filler && !f.has(i) {
			n++
		}
	}
	return n
}

// take explains words by an entry.
func (t *tally) take(e *entry, f fitted) {
	for _, at := range f.at[:f.n] {
		t.said[at].used = true
	}
	t.sure = t.sure || f.whole
	t.add(e.answer, e.question, f.score)
}

func (t *tally) add(answer int, question string, score float64) {
	t.score[answer] += score
	if t.found[answer] == nil {
		t.found[answer] = map[string]float64{}
	}
	t.found[answer][question] += score
}

// How much a word counts by itself, when no entry explains it and when one does.
const (
	byItself  = 0.5
	byTheSide = 0.2
)

// hints counts what each word tells by itself.
func (t *tally) hints() {
	even := 1 / float64(max(1, len(t.answers)))
	for _, h := range t.said {
		if h.filler || len(h.means) == 0 {
			continue
		}
		weight := byItself
		if h.used {
			weight = byTheSide
		}
		for _, m := range h.means {
			w := &t.words[m.word]
			for answer, share := range w.share {
				if share > even {
					t.score[answer] += weight * h.force * m.sure * (share - even) / float64(len(h.means))
				}
			}
		}
	}
}

// question is the question that most speaks for among those of an answer.
func (t *tally) question(answer int) string {
	best, most := "", 0.0
	for question, score := range t.found[answer] {
		if score > most || score == most && question < best {
			best, most = question, score
		}
	}
	if best == "" {
		best = t.hinted(answer)
	}
	return best
}

// hinted is the question of the first entry that shares a word with what was said.
func (t *tally) hinted(answer int) string {
	for _, h := range t.said {
		for _, m := range h.means {
			for _, e := range t.words[m.word].entries {
				if t.entries[e].answer == answer && !h.filler {
					return t.entries[e].question
				}
			}
		}
	}
	return ""
}
