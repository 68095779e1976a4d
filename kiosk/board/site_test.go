package board

import "accueil/kiosk/staff/stafftest"

var (
	smallSite = stafftest.Site
	both      = stafftest.Both
	book      = stafftest.Book
)
