package board

import "accueil/kiosk/staff/stafftest"

var (
	smallSite = stafftest.Site
	book      = stafftest.Book
)
