package staff

import (
	"strconv"
	"strings"
)

// Tally counts things of several kinds, and how many of each are in order.
type Tally struct {
	Mark  string // before a kind that is not all in order
	kinds []kind
}

type kind struct {
	name      string
	fine, all int
}

// Add counts one thing of a kind; kinds stay in the order in which they came.
func (t *Tally) Add(name string, fine bool) {
	i := 0
	for i < len(t.kinds) && t.kinds[i].name != name {
		i++
	}
	if i == len(t.kinds) {
		t.kinds = append(t.kinds, kind{name: name})
	}
	t.kinds[i].all++
	if fine {
		t.kinds[i].fine++
	}
}

// String is like "kiosks 11/12 · boards 1/1".
func (t *Tally) String() string {
	words := make([]string, len(t.kinds))
	for i, k := range t.kinds {
		words[i] = k.name + "\u00a0" + strconv.Itoa(k.fine) + "/" + strconv.Itoa(k.all)
		if k.fine < k.all {
			words[i] = t.Mark + words[i]
		}
	}
	return strings.Join(words, " · ")
}
