// Package trial puts the real programs through what happens in a centre.
package trial
