// Package stafftest is an example centre, and the tests that all roles of the
// staff share: how their screens look.
package stafftest

import "accueil/internal/site"

// Site is a centre of four services and five desks.
func Site() *site.Site {
	return &site.Site{
		Key: "test", Zone: "Europe/Paris", Closes: 20 * 60, Languages: []string{"fr", "en"}, Name: Both("Cité des métiers", "Careers centre"),
		HeadStart: []int{20, 60},
		Services: []site.Service{
			service("travailler", "T", "Travailler, s'informer sur l'emploi", "Find work, learn about jobs", "pôle Travailler", "Work hub"),
			service("evoluer", "E", "Évoluer, se former, se reconvertir", "Move on, train, change career", "pôle Évoluer", "Career change hub"),
			service("orientation", "O", "Choisir son orientation", "Choose studies and a trade", "pôle Orientation", "Guidance hub"),
			service("creer", "C", "Créer son activité", "Start your own business", "pôle Créer", "Start-up hub"),
		},
		Desks: []site.Desk{
			{Key: "bureau-1", Label: "1", Services: []string{"travailler"}},
			{Key: "bureau-2", Label: "2", Services: []string{"travailler", "evoluer"}},
			{Key: "bureau-3", Label: "3", Services: []string{"evoluer", "orientation"}},
			{Key: "bureau-5", Label: "5", Services: []string{"creer"}},
			{Key: "bureau-6", Label: "6", Services: []string{"creer"}},
		},
		Workshops: []site.Workshop{{Key: "cv", Title: Both("Un bon CV", "A good CV"), When: Both("le lundi", "on Mondays"), Where: Both("salle des ateliers", "workshop room")}},
		Questions: []site.Question{
			question("emploi", "travailler", "Je cherche un emploi", "I am looking for a job"),
			question("former", "evoluer", "Je veux me former", "I want to train"),
			{Key: "activite", Service: "creer", Text: Both("Je crée mon activité", "I start a business"), Children: []site.Question{
				question("debut", "creer", "Je ne sais pas par où commencer", "I do not know where to start"),
				question("idee", "creer", "J'ai une idée : est-ce qu'elle tient ?", "I have an idea: will it work?"),
				question("statut", "creer", "Quel statut choisir ?", "Which legal form to choose?"),
				question("financer", "creer", "Comment financer mon projet ?", "How can I fund my project?"),
				question("gerer", "creer", "J'ai déjà mon activité", "I already run a business"),
			}},
			{Key: "lire", Leads: site.LeadsBrowse, Text: Both("Lire ici", "Read here")},
		},
	}
}

// Both is a text in French and English.
func Both(fr, en string) site.Text { return site.Text{"fr": fr, "en": en} }

func question(key, service, fr, en string) site.Question {
	short := Both(fr, en)
	if len(fr) > 34 {
		short = Both("Mon idée tient-elle ?", "Will my idea work?")
	}
	return site.Question{Key: key, Service: service, Text: Both(fr, en), Short: short}
}

func service(key, letter, fr, en, pole, hub string) site.Service {
	shape := map[string]string{"T": "■", "E": "▲", "O": "●", "C": "◆"}[letter]
	return site.Service{Key: key, Letter: letter, Shape: shape, Color: "blue", Name: Both(fr, en), Pole: Both(pole, hub), Topics: []site.Topic{
		{Key: "idee", Text: Both("Idée, premiers pas", "Idea, first steps")},
		{Key: "statut", Text: Both("Choix du statut", "Choice of legal form")},
		{Key: "financement", Text: Both("Financement, aides", "Funding, support")},
		{Key: "autre", Text: Both("Autre sujet", "Something else")},
	}}
}
