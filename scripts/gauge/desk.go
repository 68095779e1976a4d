package main

import (
	"context"
	"fmt"

	"accueil/internal/queue"
	"accueil/internal/wire"
	"accueil/kiosk/uplink"
	"accueil/scripts/centre"
)

// desk is one adviser at work.
type desk struct {
	*uplink.Uplink
	key string
}

// openDesks has so many advisers open their desks for the first service.
func openDesks(c *centre.Centre, n int) (all []desk, err error) {
	for i := range n {
		u, err := c.Terminal(wire.RoleAdviser, fmt.Sprint("desk-", i))
		if err != nil {
			return nil, err
		}
		if err := wait(u.Hub); err != nil {
			return nil, err
		}
		d := desk{u, c.Site.Desks[i].Key}
		if _, err := d.do(queue.Ask{Do: queue.DoOpenDesk, Services: []string{c.Site.Services[0].Key}}); err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, nil
}

func (d desk) do(a queue.Ask) (wire.Reply, error) {
	a.Desk = d.key
	return d.Ask(context.Background(), a)
}

// visit is one person from the call to the end.
func (d desk) visit() error {
	for _, do := range []queue.Deed{queue.DoCall, queue.DoStart, queue.DoFinish} {
		if _, err := d.do(queue.Ask{Do: do}); err != nil {
			return fmt.Errorf("%s: %w", do, err)
		}
	}
	return nil
}
