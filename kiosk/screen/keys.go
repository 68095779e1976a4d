package screen

import "github.com/gdamore/tcell/v2"

// keyOf translates a terminal's key; false for those a role never sees: control
// and Alt combinations, which on a kiosk are only ways out.
func keyOf(ev *tcell.EventKey) (Key, bool) {
	k := Key{Shift: ev.Modifiers()&tcell.ModShift != 0}
	if ev.Modifiers()&(tcell.ModAlt|tcell.ModMeta) != 0 {
		return k, false
	}
	if ev.Key() == tcell.KeyRune {
		k.Rune = ev.Rune()
		return k, ev.Modifiers()&tcell.ModCtrl == 0
	}
	if ev.Key() >= tcell.KeyF1 && ev.Key() <= tcell.KeyF12 {
		k.Code, k.F = KeyF, int(ev.Key()-tcell.KeyF1)+1
		return k, true
	}
	code, ok := codeOf(ev.Key())
	k.Code = code
	return k, ok
}

func codeOf(key tcell.Key) (Code, bool) {
	switch key {
	case tcell.KeyEnter:
		return KeyEnter, true
	case tcell.KeyEscape:
		return KeyEscape, true
	case tcell.KeyTab:
		return KeyTab, true
	case tcell.KeyBacktab:
		return KeyBackTab, true
	case tcell.KeyBackspace, tcell.KeyBackspace2:
		return KeyBackspace, true
	case tcell.KeyDelete:
		return KeyDelete, true
	case tcell.KeyInsert:
		return KeyInsert, true
	}
	return moveOf(key)
}

func moveOf(key tcell.Key) (Code, bool) {
	switch key {
	case tcell.KeyUp:
		return KeyUp, true
	case tcell.KeyDown:
		return KeyDown, true
	case tcell.KeyLeft:
		return KeyLeft, true
	case tcell.KeyRight:
		return KeyRight, true
	case tcell.KeyHome:
		return KeyHome, true
	case tcell.KeyEnd:
		return KeyEnd, true
	case tcell.KeyPgUp:
		return KeyPageUp, true
	case tcell.KeyPgDn:
		return KeyPageDown, true
	}
	return KeyRune, false
}
