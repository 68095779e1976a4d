package main

import "errors"

// report prints figures.
type report struct {
	From   string `help:"First day, like 2026-11-24; the last day of the journal when absent." placeholder:"D"`
	To     string `help:"Last day; the first when absent." placeholder:"D"`
	Format string `help:"How to write them: text, csv or json." enum:"text,csv,json" default:"text"`
	Out    string `help:"File to write; standard output when absent." type:"path" placeholder:"PATH"`
	Lang   string `help:"Language of the text, fr or en." default:"fr"`
	Config string `help:"Folder with the centre's content; the embedded one when absent." type:"path" placeholder:"DIR"`
	Data   string `help:"Folder of the journal." type:"path" default:"${data}" placeholder:"DIR"`
	Hub    string `help:"Pages of a running hub, which is asked while it uses the journal." default:"http://127.0.0.1:8080" placeholder:"URL"`
}

// Run writes the figures of the days.
func (r *report) Run(c console) error { return errors.New("report: not yet") }
