package uplink

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"accueil/internal/site"
	"accueil/internal/smallfile"
	"accueil/internal/wire"
)

const (
	contentName = "content.gz"
	maxParts    = (site.MaxPack + wire.PartSize - 1) / wire.PartSize
	fetchPause  = 10 * time.Second // after content that could not be had
)

// content is the last good content.
type content struct {
	path   string // "" keeps it in memory only
	check  func(version string, pack []byte) (*time.Location, error)
	log    *slog.Logger
	wanted chan string // the newest version heard of

	mu      sync.Mutex
	pack    []byte
	version string
	place   *time.Location
}

// openContent reads what was kept. Content that is not good is as none: it is
// fetched again.
func openContent(o Options) *content {
	c := &content{check: o.Check, log: o.Log, wanted: make(chan string, 1)}
	if o.Dir == "" {
		return c
	}
	c.path = filepath.Join(o.Dir, contentName)
	pack, err := smallfile.Read(c.path, site.MaxPack)
	if errors.Is(err, fs.ErrNotExist) {
		return c
	}
	if err == nil {
		err = c.adopt(site.Version(pack), pack)
	}
	if err != nil {
		c.log.Warn("the content kept on this kiosk cannot be used; it will be fetched again", "err", err)
	}
	return c
}

// adopt makes a pack the content if it is good.
func (c *content) adopt(version string, pack []byte) error {
	zone, err := c.check(version, pack)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pack, c.version, c.place = pack, version, zone
	return nil
}

func (c *content) get() (pack []byte, version string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.pack, c.version
}

// zone is where the site is, nil before there is content.
func (c *content) zone() *time.Location {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.place
}

// want notes which version the hub has. Only the newest counts.
func (c *content) want(version string) {
	if _, have := c.get(); version == have || version == "" {
		return
	}
	select {
	case <-c.wanted:
	default:
	}
	select {
	case c.wanted <- version:
	default: // another was faster; the next beat says it again
	}
}

// keep saves the content for a start without the hub.
func (c *content) keep(pack []byte) {
	if c.path == "" {
		return
	}
	if err := smallfile.Write(c.path, pack); err != nil {
		c.log.Error("the new content could not be kept on this kiosk", "err", err)
	}
}

// fetchContent gets each new version, part by part, until ctx ends.
func (u *Uplink) fetchContent(ctx context.Context) {
	for {
		var version string
		select {
		case <-ctx.Done():
			return
		case version = <-u.content.wanted:
		}
		if _, have := u.content.get(); version == have {
			continue
		}
		if err := u.fetchVersion(ctx, version); err != nil && ctx.Err() == nil {
			u.log.Warn("new content could not be had; the old stays", "version", version, "err", err)
			pause(ctx, fetchPause)
		}
	}
}

func (u *Uplink) fetchVersion(ctx context.Context, version string) error {
	pack, err := u.fetchParts(ctx, version)
	if err != nil {
		return err
	}
	if err := u.content.adopt(version, pack); err != nil {
		return err
	}
	u.content.keep(pack)
	u.log.Info("new content", "version", version, "bytes", len(pack))
	u.listeners.content(pack)
	u.changed()
	return nil
}

func (u *Uplink) fetchParts(ctx context.Context, version string) ([]byte, error) {
	var pack []byte
	for part, parts := 0, 1; part < parts; part++ {
		c, err := u.fetch(ctx, version, part)
		if err != nil {
			return nil, fmt.Errorf("part %d: %w", part, err)
		}
		if c.Parts < 1 || c.Parts > maxParts || len(c.Data) > wire.PartSize || len(c.Data) == 0 {
			return nil, fmt.Errorf("part %d of %d with %d bytes is out of bounds", part, c.Parts, len(c.Data))
		}
		parts = c.Parts
		pack = append(pack, c.Data...)
	}
	return pack, nil
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
