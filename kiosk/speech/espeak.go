package speech

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// maxText is the bytes of one piece that are said: some minutes.
const maxText = 4 << 10

// pace is words a minute, slower than the program's own: many listen in a
// language that is not theirs.
const pace = "150"

// voices are espeak-ng's names of the languages it calls otherwise.
func voiceOf(lang string) string {
	switch lang {
	case "zh":
		return "cmn"
	case "":
		return "fr"
	}
	return lang
}

// speak says one piece and tells how the voice is; a piece that was cut off
// leaves it as it was.
func (v *Voice) speak(ctx context.Context, p Piece) State {
	cmd := exec.CommandContext(ctx, v.opt.Program, "-v", voiceOf(p.Lang), "-s", pace, "--stdin")
	cmd.Stdin = strings.NewReader(plain(p.Text) + "\n")
	var said bytes.Buffer
	cmd.Stderr = &said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return v.State()
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return Missing
	case err != nil, complains(said.String()):
		return Mute
	}
	return Ready
}

// complains tells whether the program found no sound: without a device
// espeak-ng 1.51 writes a line "error: …" and ends as if all were well.
func complains(said string) bool {
	for line := range strings.Lines(said) {
		if strings.HasPrefix(strings.ToLower(line), "error") {
			return true
		}
	}
	return false
}

// plain bounds a text and takes out what the program would not read as words:
// control characters and its marks of phonemes.
func plain(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r < ' ' || r == 0x7f:
			return ' '
		}
		return r
	}, text)
	text = strings.NewReplacer("[[", "[", "]]", "]").Replace(text)
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	return text
}
