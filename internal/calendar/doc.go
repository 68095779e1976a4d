// Package calendar says when a service is open: weekly hours, permanences,
// special days and public holidays, in the time zone of the site.
//
// The rules are plain data, so that a terminal computes "opens Tuesday at 14:00"
// from the site it holds, without asking the hub. Nothing here reads a clock.
package calendar
