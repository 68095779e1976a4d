package site

import "reflect"

// place is where something stands in the folder; line 0 is the whole file.
type place struct {
	file string
	line int
}

// entry is one entry of a map, which has no address of its own: the identity of
// the map, which copies of it share, and the key.
type entry struct {
	table uintptr
	key   string
}

func entryOf(table any, key string) entry {
	return entry{reflect.ValueOf(table).Pointer(), key}
}

// places remembers where each part of a site was read: by its address, or by entry.
type places struct {
	known  map[any]place
	failed map[any]bool    // was there but could not be read, which is reported
	broken map[string]bool // files that could not be read, which is reported
}

func newPlaces() *places {
	return &places{map[any]place{}, map[any]bool{}, map[string]bool{}}
}

func (p *places) set(part any, at place) { p.known[part] = at }

func (p *places) setDefault(part any, at place) {
	if _, ok := p.known[part]; !ok {
		p.known[part] = at
	}
}

// of is the place of the first of the parts that is known. A site that came as a
// pack has none: p is nil then.
func (p *places) of(parts ...any) place {
	if p == nil {
		return place{}
	}
	for _, part := range parts {
		if at, ok := p.known[part]; ok {
			return at
		}
	}
	return place{}
}

// unread says whether a part was there but could not be read.
func (p *places) unread(part any) bool { return p != nil && p.failed[part] }

// brokenFile says whether a file could not be read at all.
func (p *places) brokenFile(file string) bool { return p != nil && p.broken[file] }
