package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"accueil/internal/queue"
)

// TestMain lets the test program play the kiosks and advisers of its storm.
func TestMain(m *testing.M) {
	switch os.Getenv(childEnv) {
	case "kiosk":
		os.Exit(issuing())
	case "adviser":
		os.Exit(advising())
	}
	os.Exit(m.Run())
}

// TestAShortStorm is a small centre on its real programs in every weather.
func TestAShortStorm(t *testing.T) {
	bin := t.TempDir()
	build := exec.Command("go", "build", "-o", bin, "accueil/hub", "accueil/kiosk")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	s := storm{Bin: bin, Minutes: 0.2, Seed: 20261124, Broker: "embedded", Kiosks: 8, Screens: 1, Advisers: 4}
	found, err := s.blow(t.Context(), ordinary(s))
	if err != nil {
		t.Fatal(err)
	}
	t.Log(found)
	for _, why := range found.Skipped { // scripts/test lists what was skipped
		t.Run("without", func(t *testing.T) { t.Skip(why) })
	}
	if !found.good() || found.Tickets == 0 || found.Asks["done"] == 0 {
		t.Error("not everything held")
	}
}

var ten = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// write keeps books by hand.
func write(facts ...queue.Fact) books {
	day := queue.NewDay("2026-11-24", queue.Rules{Letters: map[string]string{"creer": "C"}})
	b := books{byID: map[queue.TicketID]*queue.Ticket{}, byCode: map[queue.Code]*queue.Ticket{}}
	seqs := map[queue.Source]uint64{}
	for i, f := range facts {
		f.No, f.Day, f.At = uint64(i+1), "2026-11-24", ten.Add(time.Duration(i)*time.Second)
		if f.Seq == 0 {
			f.Seq = seqs[f.Source] + 1
		}
		seqs[f.Source] = f.Seq
		day.Apply(f)
		b.facts = append(b.facts, f)
	}
	for _, t := range day.Tickets() {
		b.byID[t.ID], b.byCode[t.Code] = t, t
	}
	return b
}

func issued(id string) queue.Fact {
	return queue.Fact{Kind: queue.Issued, Ticket: queue.TicketID(id), Code: queue.Code(id), Service: "creer"}
}

func numbered(id string, n int) queue.Fact {
	return queue.Fact{Kind: queue.Numbered, Ticket: queue.TicketID(id), Label: queue.HubLabel("C", n)}
}

func handedOver(id string, n int) queue.Fact {
	return queue.Fact{Kind: queue.Handed, Ticket: queue.TicketID(id), Label: queue.HubLabel("C", n)}
}

func at(kind queue.Kind, id, desk, request string) queue.Fact {
	return queue.Fact{Kind: kind, Ticket: queue.TicketID(id), Desk: desk, Request: request}
}

// told is a ledger of what drivers said.
func told(lines ...string) *ledger {
	l := newLedger()
	for _, line := range lines {
		l.hear("kiosk", "k1", line)
	}
	return l
}

// TestTheBooksAreReadWell breaks every promise once and wants it to be seen.
func TestTheBooksAreReadWell(t *testing.T) {
	good := []queue.Fact{issued("a"), numbered("a", 1), handedOver("a", 1)}
	asked := func(do, id string) string { return fmt.Sprintf("asked %s %s bureau-1 %d", id, do, ten.UnixMilli()) }
	for _, c := range []struct {
		name, want string
		facts      []queue.Fact
		said       []string
	}{
		{"all is well", "", append(good, at(queue.Called, "a", "bureau-1", "r1"), at(queue.Started, "a", "bureau-1", "r2")),
			[]string{"held a C_001 a false 7", asked("call", "r1"), "done r1 a 3", asked("recall", "r3"), "refused r3 refused.not-called 3"}},
		{"lost", "is not in the books", good, []string{"held b C_002 b false 7"}},
		{"void", "is void", append(good, queue.Fact{Kind: queue.Voided, Ticket: "a", Reason: "late"}), []string{"held a C_001 a false 7"}},
		{"another label", `in the books as "C 001"`, good, []string{"held a C_009 a false 7"}},
		{"on a screen, never handed over", `in the books as ""`, good[:2], []string{"code a"}},
		{"in two hands", "in two people's hands", append(good, issued("b"), numbered("b", 2), handedOver("b", 2)),
			[]string{"held a C_001 a false 7", "held b C_001 b false 7"}},
		{"never handed over", "was never handed over and waits", good[:2], nil},
		{"days ago", "is said to have come", append(good, queue.Fact{Kind: queue.Issued, Ticket: "b", Code: "b", Service: "creer", Skew: -72 * time.Hour, Heard: ten}), []string{"held b C_002 b false 7"}},
		{"at two desks", "while it was at bureau-1", append(good, at(queue.Called, "a", "bureau-1", ""), at(queue.Called, "a", "bureau-2", "")), nil},
		{"a gap", "comes 9", append(good, queue.Fact{Kind: queue.Began, Seq: 9}), nil},
		{"done twice", "was done twice", append(good, at(queue.Called, "a", "bureau-1", "r1"), at(queue.Called, "a", "bureau-1", "r1")), []string{asked("call", "r1")}},
		{"said and not done", "said to be done and is not", good, []string{asked("call", "r1"), "done r1 a 3"}},
		{"about another", "and was about a", append(good, at(queue.Called, "a", "bureau-1", "r1")), []string{asked("call", "r1"), "done r1 b 3"}},
		{"refused and done", "was refused", append(good, at(queue.Called, "a", "bureau-1", "r1")), []string{asked("call", "r1"), "refused r1 refused.not-saved 3"}},
		{"too late", "after it was pressed", append(good, at(queue.Called, "a", "bureau-1", "r1")),
			[]string{fmt.Sprintf("asked r1 call bureau-1 %d", ten.Add(-time.Minute).UnixMilli())}},
	} {
		b, l := write(c.facts...), told(c.said...)
		wrong := strings.Join(slices.Concat(b.lost(l), b.twice(l), b.orphans(), b.early(ten), b.atTwoDesks(), b.told(l), l.unread), "; ")
		if (c.want == "") != (wrong == "") || !strings.Contains(wrong, c.want) {
			t.Errorf("%s: found %q, want %q", c.name, wrong, c.want)
		}
	}
	if l := told("held", "done nobody x 3", "asked r call"); len(l.unread) != 3 {
		t.Errorf("unread %q", l.unread)
	}
}

func TestTheSameSeedGivesTheSamePlan(t *testing.T) {
	s := storm{Broker: "mosquitto"}
	plan := func(seed uint64) []blow { return ordinary(s).plan(rand.New(rand.NewPCG(seed, 0)), 3) }
	if !slices.Equal(plan(7), plan(7)) || slices.Equal(plan(7), plan(8)) {
		t.Error("the plan does not follow from the seed")
	}
	had := map[kind]int{}
	for _, b := range plan(7) {
		had[b.kind]++
	}
	for k := range ordinary(s).perMinute {
		if had[k] < ordinary(s).least(k, 3) {
			t.Errorf("%s: %d times, at least %d are needed", k, had[k], ordinary(s).least(k, 3))
		}
	}
}

// far is the other end of a link: it counts the packets that arrive.
func far(t *testing.T) (addr string, packets func() int) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	var mu sync.Mutex
	n := 0
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				for r := bufio.NewReader(c); ; {
					if _, err := readPacket(r); err != nil {
						return
					}
					mu.Lock()
					n++
					mu.Unlock()
				}
			}()
		}
	}()
	return l.Addr().String(), func() int { mu.Lock(); defer mu.Unlock(); return n }
}

// TestALinkDoesWhatItIsTold sends a thousand messages through each weather.
func TestALinkDoesWhatItIsTold(t *testing.T) {
	addr, packets := far(t)
	var mu sync.Mutex
	had := map[kind]int{}
	count := func(of kind) int { mu.Lock(); defer mu.Unlock(); return had[of] }
	k, err := newLink(func() string { return addr }, 1, func(k kind) { mu.Lock(); defer mu.Unlock(); had[k]++ })
	if err != nil {
		t.Fatal(err)
	}
	defer k.close()
	c, err := net.Dial("tcp", k.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	message := []byte{0x30, 5, 0, 1, 'a', 'h', 'i'}
	send := func(n int, packet []byte) {
		if _, err := c.Write(bytes.Repeat(packet, n)); err != nil {
			t.Fatal(err)
		}
	}
	arrive := func(want func() int) {
		t.Helper()
		for deadline := time.Now().Add(time.Minute); packets() != want(); {
			if time.Now().After(deadline) {
				t.Fatalf("%d packets arrived, want %d", packets(), want())
			}
			sleep(context.Background(), 5*time.Millisecond)
		}
	}
	send(1000, message)
	arrive(func() int { return 1000 })
	k.set(linkHole)
	send(10, message)
	sleep(context.Background(), 50*time.Millisecond)
	if packets() > 1001 { // one may have been on its way
		t.Errorf("%d packets came out of a hole", packets())
	}
	k.set("")
	arrive(func() int { return 1010 })
	k.setRough(0.1)
	send(1000, message)
	send(1, []byte{0xc0, 0}) // not a message: it always passes
	arrive(func() int { return 2011 - count(messageLost) + count(messageTwice) })
	for _, fate := range []kind{messageLost, messageTwice, messageLate} {
		if n := count(fate); n < 50 || n > 200 {
			t.Errorf("%s %d times in 1000", fate, n)
		}
	}
	k.set(linkCut)
	if _, err := io.ReadAll(c); err != nil && !strings.Contains(err.Error(), "reset") {
		t.Errorf("after the cut: %v", err)
	}
}

func TestFuzzTargetsAreFound(t *testing.T) {
	all, err := targets(filepath.Join("..", ".."))
	if err != nil || !slices.Contains(all, target{filepath.Join("..", "..", "internal", "wire"), "FuzzDecode"}) {
		t.Errorf("found %v, %v", all, err)
	}
}
