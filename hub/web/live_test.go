package web

import (
	"slices"
	"testing"

	"accueil/internal/queue"
)

// TestOneTicketTakesNobodysPlace: however many pages of one ticket are opened, the
// newest are kept up to date and the oldest goes; pages of others stay.
func TestOneTicketTakesNobodysPlace(t *testing.T) {
	f := newFollowers()
	mine, theirs := queue.NewCode(), queue.NewCode()
	other, err := f.add(theirs, stand{})
	if err != nil {
		t.Fatal(err)
	}
	var all []*follower
	for range 2 * maxFollowers {
		one, err := f.add(mine, stand{})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	if len(f.all) != maxOfOne+1 || len(f.list()) != maxOfOne+1 {
		t.Errorf("%d pages follow", len(f.all))
	}
	for i, one := range append(all, other) {
		out := false
		select {
		case <-one.out:
			out = true
		default:
		}
		if out != (i < len(all)-maxOfOne) {
			t.Errorf("page %d: out %t", i, out)
		}
		f.remove(one) // as its handler does, out or not
	}
	if len(f.all) != 0 || len(f.pages) != 0 {
		t.Errorf("%d pages of %d tickets are left", len(f.all), len(f.pages))
	}
}

// TestAFullHouseOfPages takes no more, whosever they are.
func TestAFullHouseOfPages(t *testing.T) {
	f := newFollowers()
	for range maxFollowers {
		if _, err := f.add(queue.NewCode(), stand{}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.add(queue.NewCode(), stand{}); err == nil {
		t.Error("one page more than there is room for")
	}
}

// TestWhoWaitsHasTheRoomOfWhoHasLeft, and of nobody else.
func TestWhoWaitsHasTheRoomOfWhoHasLeft(t *testing.T) {
	f := newFollowers()
	var left *follower
	for i := range maxFollowers {
		one, err := f.add(queue.NewCode(), stand{})
		if err != nil {
			t.Fatal(err)
		}
		if i == 5 {
			left = one
			left.tell(stand{id: "k-1", state: queue.Gone})
		}
	}
	if _, err := f.add(queue.NewCode(), stand{state: queue.Gone}); err == nil {
		t.Error("who has left takes the place of another")
	}
	if _, err := f.add(queue.NewCode(), stand{}); err != nil {
		t.Error(err)
	}
	select {
	case <-left.out:
	default:
		t.Error("who has left stays")
	}
	if _, err := f.add(queue.NewCode(), stand{}); err == nil || len(f.all) != maxFollowers {
		t.Errorf("%d pages, %v", len(f.all), err)
	}
}

// TestNewsIsToldOnceAndTheNewestWins also to a phone that takes nothing for a while.
func TestNewsIsToldOnceAndTheNewestWins(t *testing.T) {
	f := newFollowers()
	one, err := f.add(queue.NewCode(), stand{id: "k-1", ahead: 5})
	if err != nil {
		t.Fatal(err)
	}
	if new := f.newcomers(); !slices.Equal(new, []*follower{one}) || f.newcomers() != nil {
		t.Errorf("newcomers %v", new)
	}
	one.tell(stand{id: "k-1", ahead: 5})
	if len(one.news) != 0 {
		t.Error("told what it knows")
	}
	for ahead := 4; ahead >= 0; ahead-- {
		one.tell(stand{id: "k-1", ahead: ahead})
	}
	if got := <-one.news; got.ahead != 0 || len(one.news) != 0 {
		t.Errorf("the newest is of %d ahead", got.ahead)
	}
}
