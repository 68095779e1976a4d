package site_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"accueil/internal/site"
)

func pack(t testing.TB, s *site.Site) []byte {
	t.Helper()
	p, err := site.Pack(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func zipped(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPackRoundTrip(t *testing.T) {
	s := small(t)
	got, err := site.Unpack(pack(t, s))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, got); diff != "" {
		t.Errorf("unpacked (-want +got):\n%s", diff)
	}
}

func TestVersionFollowsTheContent(t *testing.T) {
	s := small(t)
	first, same := site.Version(pack(t, s)), site.Version(pack(t, small(t)))
	if first != same || len(first) != 16 {
		t.Errorf("versions of the same content are %q and %q, want the same 16 digits", first, same)
	}
	s.Services[0].Name["fr"] = "Autre"
	if changed := site.Version(pack(t, s)); changed == first {
		t.Error("the version stays the same after a change")
	}
}

func TestUnpackRefuses(t *testing.T) {
	good := pack(t, small(t))
	tests := map[string]struct {
		pack []byte
		want error // nil: a problem of the content
	}{
		"nothing":         {nil, site.ErrPackForm},
		"not gzip":        {[]byte("bonjour"), site.ErrPackForm},
		"cut":             {good[:len(good)-12], site.ErrPackForm},
		"damaged":         {append([]byte{}, append(good[:40:40], good[41:]...)...), site.ErrPackForm},
		"not JSON":        {zipped(t, "bonjour"), site.ErrPackForm},
		"another form":    {zipped(t, `{"services": 3}`), site.ErrPackForm},
		"bad hours":       {zipped(t, `{"closes": "26:00"}`), site.ErrPackForm},
		"two objects":     {zipped(t, `{}{}`), site.ErrPackForm},
		"large":           {make([]byte, site.MaxPack+1), site.ErrPackSize},
		"large unfolded":  {zipped(t, strings.Repeat(" ", site.MaxUnpacked+1)), site.ErrPackSize},
		"deep":            {zipped(t, strings.Repeat(`{"questions":[`, 20000)), site.ErrPackForm},
		"without content": {zipped(t, `{}`), nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s, err := site.Unpack(test.pack)
			var problem site.Problem
			right := errors.As(err, &problem)
			if test.want != nil {
				right = errors.Is(err, test.want)
			}
			if s != nil || !right {
				t.Errorf("Unpack = %v, %v; want error %v", s, err, test.want)
			}
		})
	}
}

func TestUnpackChecksTheContent(t *testing.T) {
	s := small(t)
	s.Questions[1].Leads = "ailleurs"
	_, err := site.Unpack(pack(t, s))
	if err == nil || !strings.Contains(err.Error(), `unknown place to lead to "ailleurs"`) {
		t.Errorf("Unpack error = %v, want the unknown place named", err)
	}
}

func FuzzUnpackedContentIsCheckedWithoutPanic(f *testing.F) {
	f.Add(`{"languages":["fr"],"services":[{"key":"a","hours":{"permanences":[{"rule":"FREQ=DAILY"}]}}]}`)
	f.Add(`{"questions":[{"children":[{"children":[{}]}]}],"texts":{"wifi":null}}`)
	f.Fuzz(func(t *testing.T, text string) {
		if s, err := site.Unpack(zipped(t, text)); err == nil && s.Key == "" {
			t.Error("a site without a key passed")
		}
	})
}
