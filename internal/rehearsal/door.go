package rehearsal

import (
	"strconv"
	"time"

	"accueil/internal/queue"
)

// every is how often the people counters speak when somebody has passed.
const every = 20 * time.Second

// passes lets each counter speak after every interval in which somebody passed.
func (p *play) passes(passes []Pass) {
	for i, name := range Doors() {
		s := p.sensors[name]
		if s.Boot == "" || p.chance.percent(2) {
			p.boots++
			s = queue.Sensor{Boot: bootName(p.boots)}
		}
		for j := 0; j < len(passes); {
			end := passes[j].At.Truncate(every).Add(every)
			passed := false
			for ; j < len(passes) && passes[j].At.Before(end); j++ {
				if passes[j].Door == i {
					passed = true
					s = pass(s, passes[j])
				}
			}
			if said := s; passed {
				p.at(end, func() {
					p.tell(queue.Fact{Kind: queue.Counted, Sensor: name, Boot: said.Boot, In: said.In, Out: said.Out})
				})
			}
		}
	}
}

func pass(s queue.Sensor, one Pass) queue.Sensor {
	if one.Out {
		s.Out++
	} else {
		s.In++
	}
	return s
}

func bootName(n int) string { return "boot-" + strconv.Itoa(n) }
