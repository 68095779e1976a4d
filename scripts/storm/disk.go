package main

import (
	"math/rand/v2"
	"os"
	"sync"
	"time"

	"accueil/internal/journal/disktest"
)

// disk is a folder on a disk that can be cut from power, full and slow. The
// methods of a nil one do nothing.
type disk struct {
	dir    string
	chance *rand.Rand

	mu      sync.Mutex
	now     *disktest.Disk
	unmount func() error
}

// newDisk makes a folder, which is a plain one when there is an error.
func newDisk(dir string, seed uint64) (*disk, error) {
	d := &disk{dir: dir, chance: rand.New(rand.NewPCG(seed, 3))}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	if err := d.mount(nil); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *disk) mount(content map[string][]byte) (err error) {
	d.now = disktest.New(content)
	d.unmount, err = d.now.Mount(d.dir)
	return err
}

// cutPower makes the disk forget what was not synced; of that, chance keeps a
// share of the sectors. Nobody may be using it.
func (d *disk) cutPower(kept float64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	image := d.now.Image(d.chance, kept*1.3)
	err := d.unmount()
	for range 50 { // the kernel may still be taking leave of a killed program
		if err == nil {
			return d.mount(image)
		}
		time.Sleep(20 * time.Millisecond)
		err = d.unmount()
	}
	return err
}

func (d *disk) full(is bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now.SetFull(is)
}

func (d *disk) slow(by time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now.SetDelay(by)
}

// files are what programs saw at the end. To read them through the mount, a
// program other than this one is needed.
func (d *disk) files() map[string][]byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now.Seen()
}

func (d *disk) close() {
	if d == nil {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for range 50 {
		if d.unmount() == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}
