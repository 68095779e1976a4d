package site

import (
	"fmt"
	"net/url"
	"strings"
)

// questions checks questions.yaml.
func (c *checker) questions() {
	all := c.site.Questions
	c.choices(all, "the first level")
	for i := range all {
		c.question(&all[i], "")
		for j := range all[i].Children {
			child := &all[i].Children[j]
			c.question(child, all[i].Service)
			if len(child.Children) > 0 {
				c.say(called("question", child.Key)+" stands on the second level and has questions below it",
					"move them up: there are two levels at most", &child.Children)
			}
		}
	}
}

// choices counts the questions offered together.
func (c *checker) choices(level []Question, name string) {
	if len(level) > MaxChoices {
		c.say(fmt.Sprintf("%s has %d questions, more than the %d of a screen", name, len(level), MaxChoices),
			"join or take out some", &level[MaxChoices].Key)
	}
}

// question checks where a question leads. A service that it has from the question
// above it is not looked at twice.
func (c *checker) question(q *Question, above string) {
	owner := called("question", q.Key)
	c.oneOf("place to lead to", &q.Leads, []string{LeadsBrowse, LeadsReception, LeadsWords})
	if q.Service != above {
		c.refers("service", &q.Service, owner)
	}
	c.choices(q.Children, owner)
	switch {
	case q.Leads != "" && q.Leads != LeadsWords && len(q.Children) > 0:
		c.say(owner+" leads to "+q.Leads+" and has questions below it", "take one of the two out", &q.Leads)
	case q.Leads != "" && q.Service != "":
		c.say(owner+" leads to "+q.Leads+" and to a service", "take one of the two out", &q.Leads)
	case q.Leads == "" && q.Service == "" && len(q.Children) == 0 && !c.unreadWay(q):
		c.say(owner+" leads nowhere", "add a line service: …, leads: browse, leads: reception, leads: words, or children:", &q.Key)
	}
}

func (c *checker) unreadWay(q *Question) bool {
	return c.at.unread(&q.Service) || c.at.unread(&q.Leads) || c.at.unread(&q.Children)
}

// address checks a web address that visitors take along.
func (c *checker) address(address *string, owner string) {
	if *address == "" {
		return
	}
	u, err := url.Parse(*address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || !strings.Contains(u.Hostname(), ".") {
		c.say(fmt.Sprintf("%s: %q is not a web address", owner, *address), "write such as https://www.onisep.fr", address)
	} else if u.User != nil {
		c.say(fmt.Sprintf("%s: a name or a password is in the address, and everybody would read it", owner), "take out what stands before the @", address)
	}
}
