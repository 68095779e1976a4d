// Package config is the centre as data, in files that anyone can edit; embedded,
// they are the default content of the programs.
package config

import "embed"

// FS is the folder of the files that site.Load reads, with the centre's texts in its
// own language and a folder of translations for each other language.
//
//go:embed *.yaml languages words/*.yaml
var FS embed.FS
