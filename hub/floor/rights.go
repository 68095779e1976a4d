package floor

import (
	"slices"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// deedsOf is what a role may ask the floor for; everybody may fetch the content.
// A test holds it to a table of all roles and deeds.
func deedsOf(role string) []queue.Deed {
	switch role {
	case wire.RoleAdviser:
		return []queue.Deed{
			queue.DoOpenDesk, queue.DoPauseDesk, queue.DoCloseDesk, queue.DoCall, queue.DoRecall, queue.DoStart,
			queue.DoFinish, queue.DoNoShow, queue.DoPark, queue.DoResume, queue.DoGiveUp, queue.DoTransfer, queue.DoReceive,
			queue.DoUndo, queue.DoReinstate, queue.DoContact, queue.DoBeginContact, queue.DoEndContact,
		}
	case wire.RoleReception:
		return []queue.Deed{queue.DoFind, queue.DoReinstate, queue.DoCorrect, queue.DoLevel, queue.DoVoid, queue.DoLeave, queue.DoTakeBack}
	case wire.RolePhone:
		return []queue.Deed{queue.DoLeave, queue.DoDelay}
	case wire.RoleCoordinator:
		return []queue.Deed{
			queue.DoOpenService, queue.DoCloseService, queue.DoByCalendar, queue.DoOpenDay, queue.DoCloseDay, queue.DoMoveDesk,
			queue.DoFind, queue.DoReinstate, queue.DoLevel, queue.DoLeave, queue.DoTakeBack,
			wire.DoOverdue, wire.DoAnnounce, wire.DoSilence,
		}
	}
	return nil
}

func mayDo(role string, do queue.Deed) bool { return slices.Contains(deedsOf(role), do) }
