package visitor_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"accueil/internal/site"
	"accueil/kiosk/screen"
)

// scan reads the QR code of a screen as a phone would, from its picture; the
// second try, as a person would, looks at the white square alone.
func scan(t *testing.T, c *screen.Canvas) string {
	t.Helper()
	var out bytes.Buffer
	if err := screen.WritePNG(&out, c); err != nil {
		t.Skip(err)
	}
	picture, err := png.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	text, err := read(picture, gozxing.DecodeHintType_TRY_HARDER)
	if err != nil {
		text, err = read(whiteSquare(picture), gozxing.DecodeHintType_PURE_BARCODE)
	}
	if err != nil {
		t.Errorf("no code can be read: %v", err)
	}
	return text
}

func read(picture image.Image, how gozxing.DecodeHintType) (string, error) {
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		return "", err
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{how: true})
	if err != nil {
		return "", err
	}
	return result.GetText(), nil
}

// whiteSquare is the part of a picture where pure white is: the paper of the
// theme is not.
func whiteSquare(picture image.Image) image.Image {
	var square image.Rectangle
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			if r, g, b, _ := picture.At(x, y).RGBA(); r&g&b == 0xffff {
				square = square.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return picture.(interface {
		SubImage(image.Rectangle) image.Image
	}).SubImage(square)
}

func TestCodesAreRead(t *testing.T) {
	s := centre(t)
	for name, want := range map[string]string{
		"ticket": s.TicketURL("7K3F9QXD"), "ticket-own": s.TicketURL("7K3F9QXD"),
		"resource": "HTTPS://WWW.FRANCETRAVAIL.FR",
	} {
		role := example(t, name, s, "fr")
		for i, size := range append(sizes(), sizes()[0]) {
			theme := screen.Calm()
			if i == len(sizes()) {
				theme = screen.Contrast()
			}
			c := screen.NewCanvas(size.w, size.h, theme)
			role.Draw(c)
			if got := scan(t, c); got != want {
				t.Errorf("%s at %d × %d, %s: read %q, want %q", name, size.w, size.h, theme.Name, got, want)
			}
		}
	}
}

// TestEveryAddressCanBeTakenAlong looks for the code of every resource of the
// centre on the smallest screen, and reads the largest.
func TestEveryAddressCanBeTakenAlong(t *testing.T) {
	s := centre(t)
	role := example(t, "questions", s, "fr")
	for _, r := range s.Resources {
		role.Act("resource:" + r.Key)
		c := screen.NewCanvas(80, 22, screen.Calm())
		role.Draw(c)
		if coded(c) != (r.URL != "") {
			t.Errorf("%s: a code is drawn: %v", r.Key, coded(c))
		}
		if len(r.URL) > 40 {
			if got := scan(t, c); !sameAddress(got, r) {
				t.Errorf("%s: read %q, want %q", r.Key, got, r.URL)
			}
		}
		role.Act(screen.IDBack)
	}
}

// sameAddress compares what was read with the address: the case of scheme and
// host does not count.
func sameAddress(got string, r site.Resource) bool {
	i := strings.Index(r.URL[len("https://"):], "/") + len("https://")
	if i < len("https://") {
		i = len(r.URL)
	}
	return len(got) == len(r.URL) && strings.EqualFold(got[:i], r.URL[:i]) && got[i:] == r.URL[i:]
}
