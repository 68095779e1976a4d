package site

// Look is a colour of a service on the theme "calm": white text on it, or it on
// paper, with a contrast of at least 7:1. The theme of a dark screen has its own.
type Look struct {
	Key string
	RGB int32 // 0xRRGGBB
}

// Colors are the colours a service can have.
func Colors() []Look {
	return []Look{
		{"blue", 0x0B3D91}, {"teal", 0x00524C}, {"violet", 0x5B2A86}, {"rust", 0x8A2B0E},
		{"slate", 0x37404A}, {"green", 0x1E5A1E}, {"plum", 0x7A1550}, {"brown", 0x5A3E1B},
	}
}

// RGB is the colour of the service as 0xRRGGBB.
func (s Service) RGB() int32 {
	look, _ := find(Colors(), func(l *Look) bool { return l.Key == s.Color })
	return look.RGB
}

// Shapes are the signs a service can have: one cell wide in every terminal.
func Shapes() []string { return []string{"■", "▲", "◆", "●", "▬", "▮", "▼", "◢"} }

func colorKeys() []string {
	var keys []string
	for _, look := range Colors() {
		keys = append(keys, look.Key)
	}
	return keys
}

// The keys of Site.Texts; each has to be there, but TextPaper.
const (
	TextWelcome   = "welcome"   // the first sentence anyone reads
	TextAbout     = "about"     // what the centre is: free, anonymous, without appointment
	TextPlace     = "place"     // how to get there inside the building
	TextHours     = "hours"     // the opening hours in a sentence
	TextReception = "reception" // where people at the entrance desk are
	TextSeats     = "seats"     // what there is to sit, read and work
	TextWiFi      = "wifi"
	TextLoan      = "loan"     // how to borrow
	TextDistance  = "distance" // for people who cannot come
	TextGroups    = "groups"   // for those who come with a group
	TextPrivacy   = "privacy"  // what is kept about a visit
	TextPaper     = "paper"    // the last line of a ticket on paper
)

// TextKeys are the keys of the texts every centre has; it may have TextPaper too.
func TextKeys() []string {
	return []string{TextWelcome, TextAbout, TextPlace, TextHours, TextReception, TextSeats,
		TextWiFi, TextLoan, TextDistance, TextGroups, TextPrivacy}
}
