package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"accueil/config"
	"accueil/internal/site"
)

// house is one centre: its programs, their disks and the links between them.
type house struct {
	storm
	weather weather
	dir     string
	chance  *rand.Rand
	began   time.Time // real
	site    *site.Site
	opened  time.Time // the site's time at began

	hub, broker *actor // broker is nil for the embedded one
	kiosks      []*terminal
	advisers    []*terminal
	screens     []*screen
	hubLink     *link // between the hub and somebody else's broker
	hubDisk     *disk // nil where there is no FUSE
	ledger      *ledger

	mu       sync.Mutex
	mqtt     string        // where the broker listens
	hubShift time.Duration // of the hub's clock at its next start
	injected map[kind]int
	skipped  []string
	spoiled  error // what went wrong with this machine
}

// terminal is one program with its link and, for some kiosks, a disk of its own.
type terminal struct {
	*actor
	link  *link
	disk  *disk
	lines sync.Mutex // one fault of the link at a time

	mu    sync.Mutex
	ahead time.Duration // its clock at the next start
}

// opened is the local time at the site at which a storm begins, with every
// service open.
const opened = "2026-11-24T10:00"

// stamp is how opened is written.
const stamp = "2006-01-02T15:04"

// forgetful is how many kiosks have a disk that can fail.
const forgetful = 4

func newHouse(s storm, w weather, dir string) *house {
	return &house{
		storm: s, weather: w, dir: dir, chance: rand.New(rand.NewPCG(s.Seed, 0)), began: time.Now(),
		ledger: newLedger(), injected: map[kind]int{}, mqtt: "127.0.0.1:0",
	}
}

func (h *house) count1(k kind) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.injected[k]++
}

func (h *house) path(name string) string { return filepath.Join(h.dir, name) }

func (h *house) address() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.mqtt
}

// open starts everything in fair weather and waits until everybody works.
func (h *house) open(ctx context.Context) error {
	centre, problems := site.Load(config.FS)
	if len(problems) > 0 {
		return problems[0]
	}
	h.site = centre
	zone, err := centre.Location()
	if err != nil {
		return err
	}
	if h.opened, err = time.ParseInLocation(stamp, opened, zone); err != nil {
		return err
	}
	if err := h.openBroker(); err != nil {
		return err
	}
	if err := h.openHub(ctx); err != nil {
		return err
	}
	if err := h.openTerminals(); err != nil {
		return err
	}
	return h.until(ctx, 3*time.Minute, "everybody works", func() bool {
		for _, k := range h.kiosks {
			if !h.ledger.has(k.name) {
				return false
			}
		}
		return true
	})
}

// until looks now and then whether something is so.
func (h *house) until(ctx context.Context, limit time.Duration, what string, is func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for !is() {
		if !sleep(ctx, 50*time.Millisecond) {
			return fmt.Errorf("not within %v: %s", limit, what)
		}
	}
	return nil
}

// openBroker starts Mosquitto, if it is to be Mosquitto.
func (h *house) openBroker() error {
	if h.Broker != "mosquitto" {
		return nil
	}
	program, err := exec.LookPath("mosquitto")
	if err != nil {
		program = "/usr/sbin/mosquitto"
	}
	if _, err := os.Stat(program); err != nil {
		return fmt.Errorf("no mosquitto: install the Debian package mosquitto, or use --broker embedded")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	h.mqtt = l.Addr().String()
	l.Close()
	_, port, _ := strings.Cut(h.mqtt, ":")
	conf := h.path("mosquitto.conf")
	text := "listener " + port + " 127.0.0.1\nallow_anonymous true\npersistence false\n"
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		return err
	}
	h.broker = &actor{
		name: "broker", log: h.path("broker.log"), heard: func(string) {},
		command: func() *exec.Cmd { return exec.Command(program, "-c", conf) },
	}
	h.broker.run()
	h.hubLink, err = newLink(h.address, h.Seed, h.count1)
	return err
}

func (h *house) openHub(ctx context.Context) (err error) {
	if h.hubDisk, err = newDisk(h.path("hub"), h.Seed); err != nil {
		h.skipped = append(h.skipped, "no power cuts, full and slow disks, which need FUSE and the right to mount: "+err.Error())
		for k := range h.weather.perMinute {
			if k.ofDisk() {
				delete(h.weather.perMinute, k)
			}
		}
	}
	h.hub = &actor{name: "hub", log: h.path("hub.log"), command: h.hubCommand, heard: func(line string) {
		if h.broker != nil {
			return
		}
		for w := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == ' ' || r == ',' }) {
			if at, ok := strings.CutPrefix(w, "tcp://"); ok {
				h.mu.Lock()
				h.mqtt = at
				h.mu.Unlock()
			}
		}
	}}
	h.hub.run()
	return h.until(ctx, time.Minute, "the hub is there", func() bool { return !strings.HasSuffix(h.address(), ":0") })
}

func (h *house) hubCommand() *exec.Cmd {
	h.mu.Lock()
	clock, mqtt := h.opened.Add(time.Since(h.began)+h.hubShift), h.mqtt
	h.mu.Unlock()
	args := []string{"serve", "--data", h.path("hub"), "--http", "127.0.0.1:0", "--clock", clock.Format(stamp)}
	if h.broker != nil {
		args = append(args, "--broker", h.hubLink.url())
	} else {
		args = append(args, "--mqtt", mqtt)
	}
	return exec.Command(filepath.Join(h.Bin, "hub"), args...)
}

func (h *house) openTerminals() (err error) {
	for n := range h.Kiosks - h.Screens {
		var d *disk
		name := fmt.Sprintf("k%02d", n+1)
		if n < forgetful && h.hubDisk != nil {
			if d, err = newDisk(h.path(name), h.Seed+uint64(n)+1); err != nil {
				return err
			}
		}
		t, err := h.open1("kiosk", name, d)
		if err != nil {
			return err
		}
		h.kiosks = append(h.kiosks, t)
	}
	for n := range min(h.Advisers, len(h.site.Desks)) {
		t, err := h.open1("adviser", h.site.Desks[n].Key, nil)
		if err != nil {
			return err
		}
		h.advisers = append(h.advisers, t)
	}
	for n := range h.Screens {
		s, err := h.openScreen(fmt.Sprintf("s%02d", n+1))
		if err != nil {
			h.skipped = append(h.skipped, "no kiosks with a screen: "+err.Error())
			break
		}
		h.screens = append(h.screens, s)
	}
	return nil
}

func (h *house) open1(role, name string, d *disk) (*terminal, error) {
	l, err := newLink(h.address, h.chance.Uint64(), h.count1)
	if err != nil {
		return nil, err
	}
	t := &terminal{link: l, disk: d}
	seed := h.chance.Uint64()
	t.actor = &actor{name: name, log: h.path(name + ".log"), command: func() *exec.Cmd {
		t.mu.Lock()
		defer t.mu.Unlock()
		seed++ // a program that comes again has other chances
		return h.child(role, name, l.url(), seed, t.ahead)
	}}
	t.heard = func(line string) {
		if line == "delivered" {
			t.hold()
		}
		took := h.ledger.hear(role, name, line)
		if h.Verbose && took > 10*time.Second {
			fmt.Printf("%7.1f s  %s waited %v: %s\n", time.Since(h.began).Seconds(), name, took, line)
		}
	}
	t.run()
	return t, nil
}

func (h *house) child(role, name, url string, seed uint64, ahead time.Duration) *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		self = os.Args[0]
	}
	dir := ""
	if role == "kiosk" {
		dir = h.path(name)
	}
	shift := h.opened.Sub(h.began) + ahead
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childEnv+"="+role, nameEnv+"="+name, dirEnv+"="+dir, urlEnv+"="+url,
		fmt.Sprintf("%s=%d", seedEnv, seed), fmt.Sprintf("%s=%d", clockEnv, int(shift.Seconds())), pauseEnv+"="+h.weather.pause.String())
	return cmd
}

// said is the end of the hub's words.
func (h *house) said() string {
	said, _ := os.ReadFile(h.path("hub.log"))
	return string(said[max(0, len(said)-2000):])
}

// close ends every program that is still there.
func (h *house) close() {
	for _, s := range h.screens {
		s.close()
	}
	var ending sync.WaitGroup
	for _, t := range append(h.kiosks, h.advisers...) {
		ending.Go(func() {
			t.close(syscall.SIGKILL)
			t.link.close()
			t.disk.close()
		})
	}
	ending.Wait()
	if h.hub != nil {
		h.hub.close(syscall.SIGKILL)
	}
	if h.broker != nil {
		h.broker.close(syscall.SIGKILL)
		h.hubLink.close()
	}
	h.hubDisk.close()
}
