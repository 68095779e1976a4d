package doctor

import (
	"context"
	"errors"

	"accueil/internal/phrases"
	"accueil/kiosk/printer"
)

// Printer looks at the printer of an address, none for "", and prints a page on
// request: what no question can tell is whether paper comes out.
func Printer(address string, millimetres int, page *printer.Slip) Examine {
	return func(ctx context.Context) Finding {
		if address == "" {
			return well("printer", "doctor.printer.none")
		}
		p, err := printer.Open(address, millimetres)
		if err != nil {
			return bad("printer", "doctor.printer.address", "Why", err.Error())
		}
		c, err := p.Condition(ctx)
		if err == nil && c.Trouble == "" && page != nil {
			return printed(ctx, p, *page)
		}
		return condition(c, err)
	}
}

func printed(ctx context.Context, p *printer.Printer, page printer.Slip) Finding {
	b, err := printer.Draw(page, p.Width)
	if err != nil {
		return bad("printer", "doctor.printer.drawing", "Why", err.Error())
	}
	c, err := p.Print(ctx, b)
	switch {
	case err == nil && !c.Known:
		return well("printer", "doctor.printer.sent")
	case err == nil && !c.Low:
		return well("printer", "doctor.printer.printed")
	}
	return condition(c, err)
}

// condition is what a printer says of itself, in words.
func condition(c printer.Condition, err error) Finding {
	var fail *printer.Failure
	switch {
	case errors.As(err, &fail):
		return bad("printer", "doctor."+string(fail.Trouble))
	case c.Trouble != "":
		return bad("printer", "doctor."+string(c.Trouble))
	case c.Low:
		return well("printer", "doctor.printer.low")
	case !c.Known:
		return well("printer", "doctor.printer.silent")
	}
	return well("printer", "doctor.printer.ready")
}

// Page is what Printer prints to be looked at.
func Page(say phrases.Speaker, when string) *printer.Slip {
	return &printer.Slip{Language: say.Lang(), RTL: say.RightToLeft(), Label: "A 000", Service: say.Say("doctor.page"),
		When: when, Foot: say.Say("doctor.page-foot")}
}

// Fonts looks whether every language of the texts can be put on paper.
func Fonts(book *phrases.Book) Examine {
	return func(context.Context) Finding {
		for _, lang := range book.Languages() {
			say := book.In(lang)
			slip := printer.Slip{Language: lang, RTL: say.RightToLeft(), Label: "C 042", Service: say.Say("language.name"), Foot: say.Say("paper.foot")}
			if _, err := printer.Draw(slip, printer.Paper58); err != nil {
				return bad("fonts", "doctor.fonts.missing", "Language", say.Say("language.name"), "Why", err.Error())
			}
		}
		return well("fonts", "doctor.fonts.well")
	}
}
