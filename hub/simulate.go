package main

import "errors"

// simulate writes simulated days.
type simulate struct {
	Days    int    `help:"How many days of the calendar." default:"1"`
	Seed    uint64 `help:"The same seed gives the same days." default:"1"`
	From    string `help:"First day, like 2026-01-01." default:"2026-01-01" placeholder:"D"`
	Volumes string `help:"File with the volumes of a year; the centre's own of 2024 when absent." type:"path" placeholder:"FILE"`
	Config  string `help:"Folder with the centre's content; the embedded one when absent." type:"path" placeholder:"DIR"`
	Data    string `help:"Folder for the new journal." type:"path" required:"" placeholder:"DIR"`
}

// Run writes the days.
func (s *simulate) Run(c console) error { return errors.New("simulate: not yet") }
