package warden

import (
	"encoding/json"
	"io"
	"os"
	"sync"
	"syscall"
)

// Child is a kept program's line to its warden. A nil Child has none and may be
// used all the same.
type Child struct {
	mu     sync.Mutex
	tell   *os.File
	memory []byte
}

// Inside is this process's line to its warden, nil when it has none.
func Inside() *Child {
	if os.Getenv(childEnv) == "" {
		return nil
	}
	os.Unsetenv(childEnv) // its own children have none
	syscall.CloseOnExec(tellFile)
	c := &Child{tell: os.NewFile(tellFile, "warden")}
	memory := os.NewFile(memoryFile, "memory")
	c.memory, _ = io.ReadAll(io.LimitReader(memory, maxWord))
	memory.Close()
	return c
}

// Memory is what the process before this one wanted kept; nil for nothing.
func (c *Child) Memory() []byte {
	if c == nil || len(c.memory) == 0 {
		return nil
	}
	return c.memory
}

// Beat says that the event loop turns. Call it every second.
func (c *Child) Beat() { c.say(word{Beat: true}) }

// Keep has the warden keep something for the next process, in its memory only;
// nil makes it forget.
func (c *Child) Keep(what []byte) {
	if what == nil {
		what = []byte{}
	}
	c.say(word{Keep: &what})
}

// Fail says why this process ends.
func (c *Child) Fail(err error) { c.say(word{Fail: err.Error()}) }

func (c *Child) say(w word) {
	if c == nil {
		return
	}
	line, err := json.Marshal(w)
	if err != nil || len(line) >= maxWord {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	_, _ = c.tell.Write(append(line, '\n')) // a warden that is gone takes us with it
}
