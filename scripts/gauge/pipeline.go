package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"accueil/internal/journal"
	"accueil/internal/line"
	"accueil/internal/queue"
)

// pipeline is the bare way of a ticket: the same facts in the same journals, with
// nothing decided, decoded or shown. Two commits at the kiosk; one message, in
// which the handing over of the ticket before travels too; a peer that commits
// all that waits in one go, three facts a ticket; one answer.
type pipeline struct {
	kiosks []pipeKiosk
	hub    *line.Line
	store  pipeStore
	done   chan struct{}
}

type pipeKiosk struct {
	store *pipeStore
	line  *line.Line
	topic string
}

// pipeStore is a journal of facts of one source.
type pipeStore struct {
	*journal.Bolt
	source queue.Source
}

// What a kiosk says of a ticket, a desk of what it wants, and what they are
// answered, in bytes as it is.
var (
	request = []byte(strings.Repeat("r", 410))
	deed    = []byte(strings.Repeat("d", 130))
	answer  = []byte(strings.Repeat("a", 150))
)

const pipeTopic = "accueil/v1/villette/board/"

func newPipeline(url, dir string, kiosks int) (_ *pipeline, err error) {
	p := &pipeline{done: make(chan struct{})}
	if p.store, err = newPipeStore(dir, "hub"); err != nil {
		return nil, err
	}
	if p.hub, err = pipeLine(url, "pipe-hub", pipeTopic+"+/facts"); err != nil {
		return nil, err
	}
	for k := range kiosks {
		name := fmt.Sprint("pipe-", k)
		s, err := newPipeStore(dir, name)
		if err != nil {
			return nil, err
		}
		l, err := pipeLine(url, name, pipeTopic+name+"/acks")
		if err != nil {
			return nil, err
		}
		p.kiosks = append(p.kiosks, pipeKiosk{store: &s, line: l, topic: pipeTopic + name + "/facts"})
	}
	go p.serve()
	return p, nil
}

func newPipeStore(dir, name string) (pipeStore, error) {
	j, err := journal.Open(filepath.Join(dir, name+".pipe"), journal.Options{Site: "villette"})
	if err != nil {
		return pipeStore{}, err
	}
	return pipeStore{j, queue.Source{Site: "villette", Terminal: name, Journal: j.ID()}}, nil
}

func pipeLine(url, name, filter string) (*line.Line, error) {
	l, err := line.Connect(context.Background(), line.Options{URL: url, ClientID: name, Name: name, Buffer: 1 << 13, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	if err := l.Subscribe(filter); err != nil {
		return nil, err
	}
	return l, wait(l.Up)
}

// append records facts as the next ones of the store's source.
func (s *pipeStore) append(facts ...queue.Fact) error {
	last, now := s.Last(), time.Now()
	for i := range facts {
		f := &facts[i]
		f.Source, f.Seq, f.Day, f.At = s.source, last+1+uint64(i), "2026-11-24", now
	}
	_, err := s.Append(last, facts)
	return err
}

// The facts of a ticket.
var (
	issued   = queue.Fact{Kind: queue.Issued, Ticket: "7k3f9qxd-12", Code: "SH3785HB", Label: "T BS 1", Service: "travailler", Language: "fr"}
	handed   = queue.Fact{Kind: queue.Handed, Ticket: "7k3f9qxd-12", Label: "T 129"}
	numbered = queue.Fact{Kind: queue.Numbered, Ticket: "7k3f9qxd-12", Label: "T 129"}
	called   = queue.Fact{Kind: queue.Called, Ticket: "7k3f9qxd-12", Desk: "bureau-5", Request: "268799efe399368b86001ac2449f84d1"}
)

func (p *pipeline) serve() {
	defer close(p.done)
	for {
		first, open := <-p.hub.Messages()
		if !open {
			return
		}
		batch := []line.Message{first}
		for len(p.hub.Messages()) > 0 {
			batch = append(batch, <-p.hub.Messages())
		}
		var facts []queue.Fact
		for _, m := range batch {
			if len(m.Payload) == len(request) {
				facts = append(facts, handed, issued, numbered)
			} else {
				facts = append(facts, called)
			}
		}
		if p.store.append(facts...) != nil {
			continue // no answer: whoever waits for it says so
		}
		for _, m := range batch {
			p.hub.Publish(strings.TrimSuffix(m.Topic, "facts")+"acks", answer, false)
		}
	}
}

func (p *pipeline) issue(k int) error {
	kiosk := p.kiosks[k]
	if err := kiosk.store.append(issued); err != nil {
		return err
	}
	if err := kiosk.say(request); err != nil {
		return err
	}
	return kiosk.store.append(handed)
}

// ask is the bare way of a desk's request: a message, a commit, an answer.
func (p *pipeline) ask(k int) error { return p.kiosks[k].say(deed) }

// say waits for the answer.
func (k pipeKiosk) say(payload []byte) error {
	if err := k.line.Publish(k.topic, payload, false); err != nil {
		return err
	}
	select {
	case <-k.line.Messages():
		return nil
	case <-time.After(10 * time.Second):
		return context.DeadlineExceeded
	}
}

func (p *pipeline) close() {
	for _, k := range p.kiosks {
		k.line.Close()
		k.store.Close()
	}
	p.hub.Close()
	<-p.done
	p.store.Close()
}
