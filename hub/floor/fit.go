package floor

import "accueil/internal/wire"

// What the parts of the coordinator's view take at most, in bytes of JSON, where
// names are of usual length.
const (
	ticketSize   = 450
	terminalSize = 180
	restSize     = 12 << 10 // rows, footfall, people counters, the frame
	longNames    = 2        // times so much where they are as long as they may be
)

// fit keeps the coordinator's view within what a message may have. On a day beyond
// all days it leaves out, of what it has most of, what is least needed: those put
// aside, who stand in the rows too, then terminals without trouble.
func fit(v *wire.Coordinator) {
	if coordinatorSize(*v) <= wire.MaxPayload {
		return
	}
	for most := 8; most >= 0 && tooLarge(*v); most /= 2 {
		for i := range v.Desks {
			v.Desks[i].Parked = v.Desks[i].Parked[:min(len(v.Desks[i].Parked), most)]
		}
		if most == 0 {
			break
		}
	}
	for len(v.Terminals) > 0 && tooLarge(*v) {
		v.Terminals = v.Terminals[:len(v.Terminals)*3/4]
	}
	for len(v.Overdue) > 0 && tooLarge(*v) {
		v.Overdue = v.Overdue[:len(v.Overdue)/2]
	}
}

func tooLarge(v wire.Coordinator) bool { return len(wire.Encode(v)) > wire.MaxPayload }

// coordinatorSize is a bound that costs nothing.
func coordinatorSize(v wire.Coordinator) int {
	n := restSize + terminalSize*len(v.Terminals) + ticketSize*len(v.Overdue)
	for _, d := range v.Desks {
		n += ticketSize * (2 + len(d.Parked))
	}
	return n * longNames
}
