package printer

import "time"

// Hurry makes a printer impatient, for tests that wait for what never comes.
func Hurry(p *Printer) {
	p.device.(*direct).patience = patience{answer: 200 * time.Millisecond, stall: 300 * time.Millisecond, done: 400 * time.Millisecond}
}

// Unheard is unheard.
var Unheard = unheard
