package journal

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"

	"accueil/internal/queue"
)

func TestCheckFinds(t *testing.T) {
	meta := func(tx *bolt.Tx) *bolt.Bucket { return tx.Bucket([]byte(bucketMeta)) }
	sources := func(tx *bolt.Tx) *bolt.Bucket { return tx.Bucket([]byte(bucketSources)) }
	day := func(tx *bolt.Tx) *bolt.Bucket { return tx.Bucket([]byte(bucketDays)).Bucket([]byte(today)) }
	kiosk := queue.Source{Site: "paris", Terminal: "visitor-1", Journal: "7k3f9qxd"}
	for name, spoil := range map[string]func(*bolt.Tx) error{
		"a wrong last number": func(tx *bolt.Tx) error { return meta(tx).Put([]byte(metaLast), number(7)) },
		"no last number":      func(tx *bolt.Tx) error { return meta(tx).Delete([]byte(metaLast)) },
		"a wrong count of the forgotten": func(tx *bolt.Tx) error {
			return meta(tx).Put([]byte(metaForgotten), number(1))
		},
		"no site":          func(tx *bolt.Tx) error { return meta(tx).Delete([]byte(metaSite)) },
		"a missing fact":   func(tx *bolt.Tx) error { return day(tx).Delete(number(3)) },
		"no facts":         func(tx *bolt.Tx) error { return tx.Bucket([]byte(bucketDays)).DeleteBucket([]byte(today)) },
		"no days":          func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte(bucketDays)) },
		"a foreign record": func(tx *bolt.Tx) error { return day(tx).Put(number(3), []byte("hello, world")) },
		"a moved record":   func(tx *bolt.Tx) error { return day(tx).Put(number(3), bytes.Clone(day(tx).Get(number(4)))) },
		"a record in another day": func(tx *bolt.Tx) error {
			other, err := tx.Bucket([]byte(bucketDays)).CreateBucket([]byte("2026-11-25"))
			record := bytes.Clone(day(tx).Get(number(3)))
			return errors.Join(err, day(tx).Delete(number(3)), other.Put(number(3), record))
		},
		"a flipped bit": func(tx *bolt.Tx) error {
			record := bytes.Clone(day(tx).Get(number(3)))
			record[len(record)-1] ^= 1
			return day(tx).Put(number(3), record)
		},
		"a renamed source": func(tx *bolt.Tx) error { return sources(tx).Put(number(0), writeSource(kiosk, 4)) },
		"a lost source":    func(tx *bolt.Tx) error { return sources(tx).Delete(number(0)) },
		"swapped sources": func(tx *bolt.Tx) error {
			return errors.Join(sources(tx).Put(number(1), writeSource(hub, 4)), sources(tx).Put(number(0), writeSource(kiosk, 2)))
		},
		"wrong heads": func(tx *bolt.Tx) error {
			return errors.Join(sources(tx).Put(number(0), writeSource(hub, 5)), sources(tx).Put(number(1), writeSource(kiosk, 1)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hub.journal")
			j := begin(t, path, paris)
			facts := append(called(1, 4), called(1, 2)...)
			facts[4].Source, facts[5].Source = kiosk, kiosk
			mustAppend(t, j, facts)
			j.Close()
			store(t, path, spoil)
			if err := openAndCheck(path); !errors.Is(err, ErrDamaged) {
				t.Errorf("Open and Check = %v, want ErrDamaged", err)
			}
		})
	}
}

func openAndCheck(path string) error {
	j, err := Open(path, paris)
	if err != nil {
		return err
	}
	return errors.Join(j.Check(), j.Close())
}

// Any spoilt byte is found, or is in a place where nothing is written.
func TestSpoiltBytes(t *testing.T) {
	j := fresh(t)
	for seq := uint64(1); seq < 300; seq += 50 {
		mustAppend(t, j, called(seq, 50))
	}
	want := contents(t, j)
	j.Close()
	whole, err := os.ReadFile(j.path)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "spoilt.journal")
	r := rand.New(rand.NewPCG(1, 2))
	found := 0
	for range 200 {
		spoilt := bytes.Clone(whole)
		spoilt[r.IntN(len(spoilt))] ^= 1 << r.IntN(8)
		if err := os.WriteFile(path, spoilt, 0o600); err != nil {
			t.Fatal(err)
		}
		err := openAndCheck(path)
		if err == nil {
			intact(t, path, want)
		} else if found++; !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer) && !errors.Is(err, ErrSite) {
			t.Errorf("Open and Check = %v, want ErrDamaged", err)
		}
	}
	t.Logf("%d of 200 spoilt bytes mattered", found)
}

func intact(t *testing.T, path string, want []queue.Fact) {
	t.Helper()
	j := begin(t, path, paris)
	defer j.Close()
	if got := contents(t, j); !reflect.DeepEqual(want, got) {
		t.Errorf("a spoilt file passes Check: %s", cmp.Diff(want, got))
	}
}

func TestCutFileIsRefused(t *testing.T) {
	j := fresh(t)
	for seq := uint64(1); seq < 3000; seq += 500 {
		mustAppend(t, j, called(seq, 500))
	}
	var needed int64 // the rest was only reserved
	if err := j.view(func(tx *bolt.Tx) error { needed = tx.Size(); return nil }); err != nil {
		t.Fatal(err)
	}
	j.Close()
	for size := needed - 1; size >= 0; size -= 9999 {
		if err := os.Truncate(j.path, size); err != nil {
			t.Fatal(err)
		}
		if err := openAndCheck(j.path); !errors.Is(err, ErrDamaged) {
			t.Errorf("%d of %d bytes: %v, want ErrDamaged", size, needed, err)
		}
	}
}
