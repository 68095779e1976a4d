package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// target is one fuzz target of the module.
type target struct{ folder, name string }

var fuzzFunction = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)

// targets finds every fuzz target below a folder, in the order of their files.
func targets(root string) (all []target, err error) {
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, found := range fuzzFunction.FindAllStringSubmatch(string(text), -1) {
			all = append(all, target{filepath.Dir(path), found[1]})
		}
		return err
	})
	return all, err
}

// fuzz runs every target of the module for a while; the working folder is its root.
func fuzz(ctx context.Context, each time.Duration) (failed bool, err error) {
	all, err := targets(".")
	if err != nil {
		return false, err
	}
	if len(all) == 0 {
		return false, errors.New("no fuzz targets here: run it in the module's folder")
	}
	fmt.Printf("fuzzing %d decoders, %v each\n", len(all), each)
	for _, t := range all {
		cmd := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-fuzz", "^"+t.name+"$", "-fuzztime", each.String(), "./"+t.folder)
		out, err := cmd.CombinedOutput()
		if ctx.Err() != nil {
			return failed, ctx.Err()
		}
		if err != nil {
			failed = true
			fmt.Printf("  WRONG: %s %s: %v\n%s\n", t.folder, t.name, err, out)
			continue
		}
		fmt.Printf("  %-22s %-45s %s\n", t.folder, t.name, tries(string(out)))
	}
	return failed, nil
}

var executions = regexp.MustCompile(`execs: (\d+)`)

// tries is how many inputs were tried, as go test says last.
func tries(out string) string {
	all := executions.FindAllStringSubmatch(out, -1)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1][1] + " inputs"
}
