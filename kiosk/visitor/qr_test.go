package visitor_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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
	return scanPicture(t, photo(t, c))
}

// photo is a screen as a picture.
func photo(t *testing.T, c *screen.Canvas) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := screen.WritePNG(&out, c); err != nil {
		t.Skip(err)
	}
	return out.Bytes()
}

func scanPicture(t *testing.T, photo []byte) string {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(photo))
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

// codes are the screens with a code, and what it says.
func codes(s *site.Site) map[string]string {
	return map[string]string{
		"ticket": s.TicketURL("7K3F9QXD"), "ticket-own": s.TicketURL("7K3F9QXD"),
		"ticket-no-paper": s.TicketURL("7K3F9QXD"),
		"resource":        "HTTPS://WWW.FRANCETRAVAIL.FR",
	}
}

// TestCodesAreRead by two decoders: the ticket's from every size, theme and
// language, the others' from every size. The code itself is the same everywhere,
// so not from every one with every other.
func TestCodesAreRead(t *testing.T) {
	s := centre(t)
	z := &zbar{dir: t.TempDir(), want: map[string]string{}}
	look := func(name, lang string, size size, theme screen.Theme) {
		c := screen.NewCanvas(size.w, size.h, theme)
		example(t, name, s, lang).Draw(c)
		title, picture := fmt.Sprintf("%s-%s-%dx%d-%s", name, lang, size.w, size.h, theme.Name), photo(t, c)
		if got := scanPicture(t, picture); got != codes(s)[name] {
			t.Errorf("%s: read %q, want %q", title, got, codes(s)[name])
		}
		z.keep(t, title, picture, codes(s)[name])
	}
	for _, size := range sizes() {
		look("ticket", "ar", size, screen.Calm())
		for name := range codes(s) {
			look(name, "fr", size, screen.Calm())
		}
	}
	for _, theme := range screen.Themes()[1:] {
		look("ticket", "fr", sizes()[0], theme)
	}
	for _, lang := range s.Languages {
		look("ticket", lang, sizes()[0], screen.Calm())
	}
	z.read(t)
}

// zbar reads the codes of all pictures at once, with the decoder of its name.
type zbar struct {
	dir  string
	want map[string]string // by file name
}

func (z *zbar) keep(t *testing.T, title string, picture []byte, want string) {
	t.Helper()
	path := filepath.Join(z.dir, title+".png")
	z.want[path] = want
	if err := os.WriteFile(path, picture, 0o600); err != nil {
		t.Fatal(err)
	}
}

func (z *zbar) read(t *testing.T) {
	t.Helper()
	program, err := exec.LookPath("zbarimg")
	if err != nil {
		t.Skip("no zbarimg: install the Debian package zbar-tools")
	}
	found, _ := exec.Command(program, append([]string{"--quiet", "--xml"}, slices.Sorted(maps.Keys(z.want))...)...).Output()
	parts := strings.Split(string(found), "<source href='")[1:]
	for _, part := range parts {
		path, rest, _ := strings.Cut(part, "'")
		if want := z.want[path]; !strings.Contains(rest, "<![CDATA["+want+"]]>") {
			t.Errorf("%s: zbarimg does not read %q: %s", filepath.Base(path), want, rest)
		}
		delete(z.want, path)
	}
	for path := range z.want {
		t.Errorf("%s: zbarimg reads nothing", filepath.Base(path))
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
