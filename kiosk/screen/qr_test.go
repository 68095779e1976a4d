package screen_test

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"accueil/kiosk/screen"
)

const address = "HTTPS://ACCUEIL.EXEMPLE/T/7K3F9QXD"

// qrPicture is a screen with a QR code in the middle of a ticket.
func qrPicture(t *testing.T, theme screen.Theme, text string) []byte {
	t.Helper()
	c := screen.NewCanvas(80, 22, theme)
	c.TopLine("Votre ticket", "10:43")
	if _, err := c.QR(20, 2, text); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := screen.WritePNG(&out, c); err != nil {
		t.Skip(err)
	}
	return out.Bytes()
}

func decode(t *testing.T, picture []byte) string {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result.GetText()
}

func TestQRDecodesInEveryTheme(t *testing.T) {
	for _, theme := range screen.Themes() {
		if got := decode(t, qrPicture(t, theme, address)); got != address {
			t.Errorf("%s: decoded %q", theme.Name, got)
		}
	}
}

func TestQRDecodesWithASecondDecoder(t *testing.T) {
	zbar, err := exec.LookPath("zbarimg")
	if err != nil {
		t.Skip("no zbarimg: install the Debian package zbar-tools")
	}
	for _, theme := range screen.Themes() {
		path := filepath.Join(t.TempDir(), "qr.png")
		if err := os.WriteFile(path, qrPicture(t, theme, address), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(zbar, "--quiet", "--raw", path).Output()
		if got := strings.TrimSpace(string(out)); err != nil || got != address {
			t.Errorf("%s: decoded %q, %v", theme.Name, got, err)
		}
	}
}

func TestManyCodesDecode(t *testing.T) {
	for i := range 8 {
		want := fmt.Sprintf("HTTPS://ACCUEIL.EXEMPLE/T/%08X", i*0x9E3779B1)
		if got := decode(t, qrPicture(t, screen.Night(), want)); got != want {
			t.Errorf("decoded %q, want %q", got, want)
		}
	}
}

func TestTicketAddressTakesSeventeenRows(t *testing.T) {
	if w, h, err := screen.QRSize(address); err != nil || h > 17 || w > 34 {
		t.Errorf("%d × %d cells, %v", w, h, err)
	}
}

// TestQRIsExplicitBlackOnWhite: whatever the theme, every cell names both
// colours and four modules around the code are white.
func TestQRIsExplicitBlackOnWhite(t *testing.T) {
	for _, theme := range screen.Themes() {
		c := screen.NewCanvas(80, 22, theme)
		r, err := c.QR(5, 1, address)
		if err != nil {
			t.Fatal(err)
		}
		for y := r.Y; y < r.Bottom(); y++ {
			for x := r.X; x < r.Right(); x++ {
				_, s := c.Cell(x, y)
				quiet := x < r.X+4 || x >= r.Right()-4 || y < r.Y+2 || y >= r.Bottom()-2
				if quiet && (s.Fg != 0xFFFFFF || s.Bg != 0xFFFFFF) {
					t.Fatalf("%s: quiet zone at (%d, %d) is %+v", theme.Name, x, y, s)
				}
				if (s.Fg != 0 && s.Fg != 0xFFFFFF) || (s.Bg != 0 && s.Bg != 0xFFFFFF) {
					t.Fatalf("%s: cell (%d, %d) is %+v", theme.Name, x, y, s)
				}
			}
		}
	}
}

func TestQRSizeIsWhatIsDrawn(t *testing.T) {
	for _, text := range []string{"A", address, strings.Repeat("abc ", 12), strings.Repeat("9", 60)} {
		c := screen.NewCanvas(80, 40, screen.Calm())
		r, err := c.QR(0, 0, text)
		w, h, sizeErr := screen.QRSize(text)
		if err != nil || sizeErr != nil || r.W != w || r.H != h {
			t.Errorf("%q: drawn %d × %d, said %d × %d, %v %v", text, r.W, r.H, w, h, err, sizeErr)
		}
	}
}

func TestQRSaysWhyItCannotBeDrawn(t *testing.T) {
	c := screen.NewCanvas(30, 10, screen.Calm())
	if _, err := c.QR(0, 0, address); err == nil || !strings.Contains(err.Error(), "30 × 10") {
		t.Errorf("no room: %v", err)
	}
	if _, _, err := screen.QRSize(strings.Repeat("A", 5000)); err == nil {
		t.Error("5,000 characters: no error")
	}
}
