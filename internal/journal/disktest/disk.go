// Package disktest is a disk that can lose its power, fill up and be slow, for
// tests of what programs make of that.
package disktest

import (
	"context"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// Disk is a disk with one folder that forgets what was not synced. Its writer
// must be another program: a page of a mapped file that this one waits for can
// stop the goroutine that would bring it.
type Disk struct {
	fs.Inode

	Cut   int           // from this operation on there is no power; 0 for never. Set before Mount.
	Fails int           // this operation fails; 0 for none. Set before Mount.
	Errno syscall.Errno // with this
	Off   chan struct{} // closed at the cut

	mu     sync.Mutex
	ops    int
	full   bool
	delay  time.Duration
	files  map[string]*diskFile
	synced map[string]*diskFile // the names that are on the disk
}

// Restore gives the power back before anything was forgotten: to programs it
// was a kill.
func (d *Disk) Restore() *Disk {
	again := map[*diskFile]*diskFile{}
	take := func(files map[string]*diskFile) map[string]*diskFile {
		taken := map[string]*diskFile{}
		for name, f := range files {
			if again[f] == nil {
				again[f] = &diskFile{data: f.data, durable: f.durable, pending: f.pending}
			}
			taken[name] = again[f]
		}
		return taken
	}
	restored := &Disk{Off: make(chan struct{}), files: take(d.files), synced: take(d.synced)}
	for _, f := range again {
		f.disk = restored
	}
	return restored
}

// New is a disk with these files, all of them synced.
func New(content map[string][]byte) *Disk {
	d := &Disk{Off: make(chan struct{}), files: map[string]*diskFile{}}
	for name, data := range content {
		d.files[name] = &diskFile{disk: d, data: data, durable: slices.Clone(data)}
	}
	d.synced = maps.Clone(d.files)
	return d
}

// Mount makes the disk visible at dir. It needs FUSE and the right to mount.
// After unmount another disk can take its place.
func (d *Disk) Mount(dir string) (unmount func() error, err error) {
	// The library leaves its end of the disk open in programs started later:
	// they would wait for it for ever when this one dies. So nothing may be
	// started before that is put right.
	syscall.ForkLock.RLock()
	server, err := fs.Mount(dir, d, &fs.Options{MountOptions: fuse.MountOptions{DirectMountStrict: true, MaxWrite: 1 << 20}})
	keepToOurselves()
	syscall.ForkLock.RUnlock()
	if err != nil {
		return nil, err
	}
	return func() error {
		err := server.Unmount()
		if err == nil {
			server.Wait()
			return nil
		}
		// A program that was killed may still be letting go of its files.
		if syscall.Unmount(dir, syscall.MNT_DETACH) != nil {
			return err
		}
		return nil
	}, nil
}

// keepToOurselves closes the ends of disks in programs that this one starts.
func keepToOurselves() {
	open, _ := filepath.Glob("/proc/self/fd/*")
	for _, path := range open {
		if device, err := os.Readlink(path); err == nil && device == "/dev/fuse" {
			if fd, err := strconv.Atoi(filepath.Base(path)); err == nil {
				syscall.CloseOnExec(fd)
			}
		}
	}
}

// SetFull leaves no room on the disk, or makes some. As on disks that never
// write in place, a full one takes no change at all.
func (d *Disk) SetFull(full bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.full = full
}

// SetDelay makes every operation take so long.
func (d *Disk) SetDelay(delay time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.delay = delay
}

// wait is called before an operation, without d.mu.
func (d *Disk) wait() {
	d.mu.Lock()
	delay := d.delay
	d.mu.Unlock()
	time.Sleep(delay)
}

// op counts one operation that changes the disk; d.mu is held.
func (d *Disk) op() syscall.Errno {
	d.ops++
	if d.Cut > 0 && d.ops == d.Cut {
		close(d.Off)
	}
	if d.Cut > 0 && d.ops >= d.Cut {
		return syscall.EIO
	}
	if d.ops == d.Fails {
		return d.Errno
	}
	return 0
}

// room is what becomes of an operation that takes some.
func (d *Disk) room(errno syscall.Errno) syscall.Errno {
	if errno == 0 && d.full {
		return syscall.ENOSPC
	}
	return errno
}

// Image is what is found after a power cut: all that was synced and, of the
// rest, any sectors in any combination, as many as kept says (0 to 1).
func (d *Disk) Image(r *rand.Rand, kept float64) map[string][]byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	names := d.synced
	if r.Float64() < kept {
		names = d.files
	}
	image := map[string][]byte{}
	for name, f := range names {
		image[name] = f.after(func() bool { return r.Float64() < kept })
	}
	return image
}

// Seen is what programs see.
func (d *Disk) Seen() map[string][]byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	seen := map[string][]byte{}
	for name, f := range d.files {
		seen[name] = slices.Clone(f.data)
	}
	return seen
}

func (d *Disk) OnAdd(ctx context.Context) {
	for name, f := range d.files {
		d.AddChild(name, d.NewPersistentInode(ctx, f, fs.StableAttr{Mode: syscall.S_IFREG}), true)
	}
}

func (d *Disk) Create(ctx context.Context, name string, _, _ uint32, _ *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if errno := d.room(d.op()); errno != 0 {
		return nil, nil, 0, errno
	}
	f := &diskFile{disk: d}
	d.files[name] = f
	return d.NewPersistentInode(ctx, f, fs.StableAttr{Mode: syscall.S_IFREG}), nil, 0, 0
}

// Mknod makes the sockets that programs talk through; they are not on the disk.
func (d *Disk) Mknod(ctx context.Context, _ string, mode, _ uint32, _ *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	if mode&syscall.S_IFMT != syscall.S_IFSOCK {
		return nil, syscall.ENOTSUP
	}
	return d.NewPersistentInode(ctx, &socket{}, fs.StableAttr{Mode: syscall.S_IFSOCK}), 0
}

// socket takes what is set of it and keeps nothing.
type socket struct{ fs.Inode }

func (*socket) Setattr(context.Context, fs.FileHandle, *fuse.SetAttrIn, *fuse.AttrOut) syscall.Errno {
	return 0
}

func (d *Disk) Unlink(_ context.Context, name string) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	errno := d.op()
	if errno == 0 {
		delete(d.files, name)
	}
	return errno
}

func (d *Disk) Rename(_ context.Context, name string, _ fs.InodeEmbedder, to string, _ uint32) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	errno := d.op()
	if errno == 0 {
		d.files[to] = d.files[name]
		delete(d.files, name)
	}
	return errno
}

// Fsync syncs the folder.
func (d *Disk) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	errno := d.op()
	if errno == 0 {
		d.synced = maps.Clone(d.files)
	}
	return errno
}

// diskFile is a file as programs see it and as it is on the disk.
type diskFile struct {
	fs.Inode
	disk    *Disk
	data    []byte
	durable []byte
	pending []change // since the last sync
}

// change is a write, or, without data, a new size.
type change struct {
	at   int64
	data []byte
}

func resize(b []byte, n int64) []byte {
	if n <= int64(len(b)) {
		return b[:n]
	}
	return append(b, make([]byte, n-int64(len(b)))...)
}

const sector = 512

// apply makes those sectors of a change that keep wants.
func (c change) apply(b []byte, keep func() bool) []byte {
	if c.data == nil {
		if keep() {
			return resize(b, c.at)
		}
		return b
	}
	for from := 0; from < len(c.data); from += sector {
		if keep() {
			part := c.data[from:min(from+sector, len(c.data))]
			b = resize(b, max(int64(len(b)), c.at+int64(from+len(part))))
			copy(b[c.at+int64(from):], part)
		}
	}
	return b
}

func (f *diskFile) after(keep func() bool) []byte {
	b := slices.Clone(f.durable)
	for _, c := range f.pending {
		b = c.apply(b, keep)
	}
	return b
}

func always() bool { return true }

func (f *diskFile) change(c change) syscall.Errno {
	f.disk.wait()
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	errno := f.disk.room(f.disk.op())
	if errno == 0 {
		f.data = c.apply(f.data, always)
		f.pending = append(f.pending, c)
	}
	return errno
}

func (f *diskFile) Open(context.Context, uint32) (fs.FileHandle, uint32, syscall.Errno) {
	return nil, fuse.FOPEN_KEEP_CACHE, 0
}

func (f *diskFile) Read(_ context.Context, _ fs.FileHandle, dest []byte, off int64) (fuse.ReadResult, syscall.Errno) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	n := copy(dest, f.data[min(off, int64(len(f.data))):])
	return fuse.ReadResultData(dest[:n]), 0
}

func (f *diskFile) Write(_ context.Context, _ fs.FileHandle, data []byte, off int64) (uint32, syscall.Errno) {
	return uint32(len(data)), f.change(change{off, slices.Clone(data)})
}

func (f *diskFile) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	out.Size = uint64(len(f.data))
	return 0
}

func (f *diskFile) Setattr(ctx context.Context, h fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	if size, ok := in.GetSize(); ok {
		if errno := f.change(change{at: int64(size)}); errno != 0 {
			return errno
		}
	}
	return f.Getattr(ctx, h, out)
}

// Fsync of Linux tells of a failure once: what could not be written is then
// taken for written all the same, so that the next sync leaves it out.
func (f *diskFile) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	f.disk.wait()
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	errno := f.disk.op()
	if f.disk.Cut > 0 && errno != 0 {
		return errno // nobody lives to see it
	}
	written := 0
	for _, c := range f.pending {
		f.durable = c.apply(f.durable, func() bool { written++; return errno == 0 || written%3 != 0 })
	}
	f.pending = nil
	return errno
}
