package line_test

import (
	"context"
	"strings"
	"testing"

	"accueil/internal/line"
)

func TestConnectSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name    string
		options line.Options
		want    string
	}{
		{"no name", line.Options{URL: "tcp://localhost:1883"}, "name"},
		{"no scheme", line.Options{Name: "k", URL: "localhost:1883"}, "tcp://HOST:PORT"},
		{"unknown scheme", line.Options{Name: "k", URL: "http://localhost"}, "tcp://HOST:PORT"},
		{"no host", line.Options{Name: "k", URL: "tcp://:1883"}, "no host"},
		{"nothing", line.Options{Name: "k"}, "tcp://HOST:PORT"},
		{"unreadable", line.Options{Name: "k", URL: "tcp://a b:secret@%%"}, "cannot be read"},
		{"dial and a bad address", line.Options{Name: "k", URL: "x", Dial: (&far{}).dial}, "tcp://HOST:PORT"},
		{"will without topic", line.Options{Name: "k", URL: "tcp://h", Will: &line.Message{}}, "will"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, err := line.Connect(t.Context(), c.options)
			if err == nil {
				l.Close()
				t.Fatal("no error")
			}
			if !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret") {
				t.Errorf("err = %v, want something with %q", err, c.want)
			}
		})
	}
}

func TestBadMessagesAreNotSent(t *testing.T) {
	l, err := line.Connect(context.Background(), line.Options{Name: "k", URL: "mqtt://127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, c := range []struct {
		topic string
		size  int
		want  string
	}{
		{"", 0, "empty"},
		{"a/+/b", 0, "wildcard"},
		{"a/#", 0, "wildcard"},
		{"a\x00b", 0, "clean"},
		{"a\xffb", 0, "clean"},
		{strings.Repeat("a", 300), 0, "longer"},
		{"views/public", line.MaxPacket, "more than"},
		{"views/public", line.MaxPacket - 30, "not connected"},
	} {
		err := l.Publish(c.topic, make([]byte, c.size), false)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("topic %q, %d bytes: err = %v, want something with %q", c.topic, c.size, err, c.want)
		}
	}
	if err := l.Subscribe(""); err == nil {
		t.Error("an empty filter was taken")
	}
}
