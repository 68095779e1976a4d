package doctor

import (
	"context"
	"sync"
	"time"

	"accueil/internal/phrases"
	"accueil/kiosk/speech"
)

// speakTime is how long a sentence may take to be said.
const speakTime = 20 * time.Second

// Sound has a sentence said by a program that is called as espeak-ng is.
func Sound(program string, say phrases.Speaker) Examine {
	return func(ctx context.Context) Finding {
		ctx, stop := context.WithTimeout(ctx, speakTime)
		defer stop()
		changed := make(chan struct{}, 1)
		voice := speech.New(speech.Options{Program: program, Changed: func() {
			select {
			case changed <- struct{}{}:
			default:
			}
		}})
		var ended sync.WaitGroup
		ended.Go(func() { voice.Run(ctx) })
		defer ended.Wait()
		defer stop()
		voice.Read(speech.Piece{Lang: say.Lang(), Text: say.Say("door.sound-test")})
		for voice.State() == speech.Untried {
			select {
			case <-changed:
			case <-ctx.Done():
				return bad("sound", "doctor.sound.mute")
			}
		}
		switch voice.State() {
		case speech.Missing:
			return bad("sound", "doctor.sound.missing", "Program", program)
		case speech.Mute:
			return bad("sound", "doctor.sound.mute")
		}
		return well("sound", "doctor.sound.well")
	}
}
