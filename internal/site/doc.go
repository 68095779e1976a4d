// Package site holds the centre as data: its services, desks, questions,
// resources and workshops, read from a folder of YAML files and checked, and
// packed for the terminals.
//
// Keys of questions, services, desks and topics are stable: they stand in the
// journal and are never used again for something else.
package site
