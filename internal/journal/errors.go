package journal

import (
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"syscall"

	berrors "go.etcd.io/bbolt/errors"
)

// These errors can be returned by [Open]. The file is as it was.
var (
	// ErrLocked is returned when another program has the journal open.
	ErrLocked = errors.New("another program is using this journal; stop it first, or choose another folder")

	// ErrNewer is returned when a newer version of the program wrote the journal.
	ErrNewer = errors.New("this journal was written by a newer version; install that version again")

	// ErrOlder is returned when a journal opened only for reading must first be migrated.
	ErrOlder = errors.New("this journal was written by an older version; start the program that writes it once")

	// ErrSite is returned when the journal belongs to another site.
	ErrSite = errors.New("this is the journal of another site")
)

// These errors can be returned by [Bolt.Append], the last three also by
// [Bolt.Forget]. Nothing was recorded. After an error of the disk that is none
// of these the same call may be tried again too.
var (
	// ErrExpected is returned when the journal's last fact is not the one the caller expected.
	ErrExpected = errors.New("the journal has moved on")

	// ErrOrder is returned when a fact's sequence does not follow its source's last one.
	ErrOrder = errors.New("out of order")

	// ErrReadOnly is returned when the journal was opened only for reading.
	ErrReadOnly = errors.New("this journal was opened only for reading")

	// ErrFull is returned when the disk has no room. The journal stays usable:
	// the same append succeeds once there is room.
	ErrFull = errors.New("no room on the disk; make room and try again")

	// ErrBroken is returned when a commit failed so that nobody can know what is
	// on the disk, and for every later append: only opening the journal again
	// tells. Reading still works.
	ErrBroken = errors.New("the journal could not be written; check the disk, then start the program again")
)

// These errors can be returned by everything that reads the file.
var (
	// ErrDamaged is returned when the file contradicts itself.
	ErrDamaged = errors.New("this journal is damaged; restore the last backup")

	// ErrClosed is returned after [Bolt.Close].
	ErrClosed = errors.New("the journal is closed")
)

// plain says an error of the store in the words of this package.
func plain(err error) error {
	for _, e := range []struct{ theirs, ours error }{
		{berrors.ErrTimeout, ErrLocked},
		{berrors.ErrDatabaseNotOpen, ErrClosed},
		{berrors.ErrDatabaseReadOnly, ErrReadOnly},
		{berrors.ErrInvalid, ErrDamaged},
		{berrors.ErrChecksum, ErrDamaged},
		{berrors.ErrInvalidMapping, ErrDamaged},
		{berrors.ErrVersionMismatch, ErrNewer},
	} {
		if errors.Is(err, e.theirs) {
			return fmt.Errorf("%w (%v)", e.ours, err)
		}
	}
	if isFull(err) {
		return fmt.Errorf("%w (%v)", ErrFull, err)
	}
	return err
}

// isFull also looks at the words, because the store keeps no more of some errors.
func isFull(err error) bool {
	for _, e := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if err != nil && (errors.Is(err, e) || strings.HasSuffix(err.Error(), e.Error())) {
			return true
		}
	}
	return false
}

// guard turns a panic of the store, which trusts its pages, and a page that
// cannot be read, into [ErrDamaged]. No caller's function may run inside.
func guard(do func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w (%v)", ErrDamaged, p)
		}
	}()
	return plain(do())
}
