package web_test

import (
	"bytes"
	"image/png"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"accueil/internal/queue"

	"github.com/chromedp/chromedp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// TestAnotherPhoneReadsThePage: what a browser shows, in light and dark, two decoders
// read; and it is not fetched before somebody wants to see it.
func TestAnotherPhoneReadsThePage(t *testing.T) {
	browser, p := browse(t), open(t)
	code := p.issue("ar")
	address := p.serve()
	want := p.site.TicketURL(string(code))
	for _, scheme := range []string{"light", "dark"} {
		b := phone(t, browser, address+"/t/"+strings.ToLower(string(code)), colours(scheme))
		b.until(`document.getElementById("share") && !document.getElementById("ring").hidden`)
		if ask[int](b, `performance.getEntriesByType("resource").filter(r => r.name.endsWith(".svg")).length`) != 0 {
			t.Error("the code is fetched by those who do not want it")
		}
		b.do(chromedp.Click(chromedp.CSS(`#share summary`)))
		b.until(`document.querySelector("#share img").complete && document.querySelector("#share img").naturalWidth > 0`)
		ask[bool](b, `document.querySelector("#share img").scrollIntoView({block: "center"}), true`)
		shot, err := chromedp.Run(b.ctx, chromedp.Screenshot(chromedp.CSS(`#share`)))
		if err != nil {
			t.Fatal(err)
		}
		reads(t, shot, want)
	}
}

// reads holds a picture to what two decoders find in it.
func reads(t *testing.T, shot []byte, want string) {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		t.Fatal(err)
	}
	bits, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	got, err := qrcode.NewQRCodeReader().Decode(bits, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil || got.GetText() != want {
		t.Errorf("gozxing reads %v, %v; want %s", got, err, want)
	}
	program, err := exec.LookPath("zbarimg")
	if err != nil {
		t.Skip("no zbarimg: install the Debian package zbar-tools")
	}
	file := filepath.Join(t.TempDir(), "page.png")
	if err := os.WriteFile(file, shot, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(program, "--quiet", "--raw", file).Output(); err != nil || strings.TrimSpace(string(out)) != want {
		t.Errorf("zbarimg reads %q, %v; want %s", out, err, want)
	}
}

// TestNoCodeForAWrongCode: the picture is no oracle either.
func TestNoCodeForAWrongCode(t *testing.T) {
	p := open(t)
	right := p.issue("fr")
	_, unknown, _ := p.get("/t/" + string(queue.NewCode()))
	if status, body, _ := p.get("/t/" + string(queue.NewCode()) + "/qr.svg"); status != http.StatusNotFound || body != unknown {
		t.Errorf("%d %s", status, body)
	}
	if status, body, header := p.get("/t/" + string(right) + "/qr.svg"); status != http.StatusOK || len(body) > 8<<10 || header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("%d, %d bytes of %s", status, len(body), header.Get("Content-Type"))
	}
}
