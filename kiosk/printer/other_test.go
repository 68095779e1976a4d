package printer_test

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"accueil/kiosk/printer"
)

// otherEncoder is somebody else's encoder of ESC/POS, from npm.
const otherEncoder = "@point-of-sale/receipt-printer-encoder@3.0.3"

//go:embed testdata/other.mjs
var otherProgram []byte

// npmTime bounds what this test may wait for the network and for Node.
const npmTime = 60 * time.Second

// other runs the other encoder on pictures and returns its bytes for each.
func other(t *testing.T, pictures []*printer.Bitmap) [][]byte {
	t.Helper()
	if os.Getenv("CI") == "" && os.Geteuid() != 0 {
		t.Skip("set CI=1 to compare with " + otherEncoder + ", which npm fetches")
	}
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(program + " is not installed: install the Debian package npm")
		}
	}
	ctx, stop := context.WithTimeout(t.Context(), npmTime)
	defer stop()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "other.mjs"), otherProgram, 0o600); err != nil {
		t.Fatal(err)
	}
	install := exec.CommandContext(ctx, "npm", "install", "--prefix", dir, "--prefer-offline", "--ignore-scripts",
		"--no-audit", "--no-fund", "--no-save", "--loglevel=error", otherEncoder)
	install.WaitDelay = time.Second
	if out, err := install.CombinedOutput(); err != nil {
		t.Skipf("npm cannot fetch %s: %v\n%s", otherEncoder, err, out)
	}
	in, err := json.Marshal(pictures)
	if err != nil {
		t.Fatal(err)
	}
	node := exec.CommandContext(ctx, "node", filepath.Join(dir, "other.mjs"))
	node.Stdin, node.Stderr, node.WaitDelay = bytes.NewReader(in), os.Stderr, time.Second
	out, err := node.Output()
	if err != nil {
		t.Fatal(err)
	}
	var coded [][]byte
	for line := range bytes.Lines(out) {
		raw, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(line)))
		if err != nil {
			t.Fatal(err)
		}
		coded = append(coded, raw)
	}
	return coded
}

// TestAnotherEncoderAgrees: each band of a ticket is the command that somebody
// else's encoder makes of the same picture, byte by byte, but for the dots that
// keep a picture from spelling a command.
func TestAnotherEncoderAgrees(t *testing.T) {
	whole := drawn(t, slips()[0], printer.Paper80)
	whole.Height -= whole.Height % 8 // the other encoder wants eights of rows
	whole.Rows = whole.Rows[:whole.Height*whole.Width/8]
	bands := printer.Bands(whole)
	theirs := other(t, bands)
	if len(theirs) != len(bands) {
		t.Fatalf("%d answers for %d bands", len(theirs), len(bands))
	}
	ours := printer.JobESCPOS(whole)
	if len(ours) != len(bands)+2 || string(ours[0]) != "\x1b@" {
		t.Fatalf("%d parts for %d bands, the first % x", len(ours), len(bands), ours[0])
	}
	for i, band := range bands {
		at := bytes.Index(theirs[i], []byte{0x1d, 'v', '0'})
		if at < 0 {
			t.Fatalf("band %d: the other encoder makes no raster of it: % x", i, theirs[i][:min(40, len(theirs[i]))])
		}
		raster := theirs[i][at:]
		want := raster[:8+len(band.Rows)]
		same(t, i, ours[i+1], want)
	}
}

func same(t *testing.T, band int, ours, theirs []byte) {
	t.Helper()
	if len(ours) != len(theirs) {
		t.Fatalf("band %d: %d bytes, theirs %d", band, len(ours), len(theirs))
	}
	for i := range ours {
		if ours[i] != theirs[i] && (i < 8 || theirs[i] != 0x10 || ours[i] != 0x18) {
			t.Fatalf("band %d: byte %d is %#02x, theirs %#02x", band, i, ours[i], theirs[i])
		}
	}
}
