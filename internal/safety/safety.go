// Package safety names the guards against losing and repeating things, so that
// trials can take one out and see that somebody notices.
//
// In a program that is shipped nothing can be taken out: [Off] is false, and
// the compiler leaves out what depends on it. Built with the tag unguarded a
// program goes without the guards that ACCUEIL_UNGUARDED names, comma between.
package safety

// Name is one guard.
type Name string

// What can be taken out, and where it is.
const (
	Sync      Name = "sync"       // journal: what is committed is on the disk
	Sequence  Name = "sequence"   // floor and journal: the next of a source, no other
	Once      Name = "once"       // floor: a request is carried out once
	Until     Name = "until"      // floor: a request of long ago is not carried out
	Commit    Name = "commit"     // floor: durable first, answered second
	OneWriter Name = "one-writer" // floor: each decision sees the one before it
	Handed    Name = "handed"     // uplink: durable as handed over first, shown second
	Settle    Name = "settle"     // uplink: what was not handed over is void
	Numbers   Name = "numbers"    // uplink: own numbers go on while the date is in doubt
	Clock     Name = "clock"      // uplink and floor: no time before the journal's last fact
)

// All are the guards, in the order above.
func All() []Name {
	return []Name{Sync, Sequence, Once, Until, Commit, OneWriter, Handed, Settle, Numbers, Clock}
}
