package access_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"accueil/hub/access"
	"accueil/internal/wire"
)

// rightsTable says who may write (w) and read (r) which topics, in words that the
// code does not share. "own" is a terminal's own topic, "other" that of another
// terminal of its role.
const rightsTable = `
topic             kiosk reception adviser coordinator board sensor
facts own         w     w         -       -           -     -
acks own          r     r         -       -           -     -
requests own      w     w         w       w           w     -
replies own       r     r         r       r           r     -
state own         w     w         w       w           w     w
count own         -     -         -       -           -     w
facts other       -     -         -       -           -     -
acks other        -     -         -       -           -     -
requests other    -     -         -       -           -     -
replies other     -     -         -       -           -     -
state other       -     -         -       -           -     -
count other       -     -         -       -           -     -
hub/state         r     r         r       r           r     -
hub/beat          r     r         r       r           r     -
hub/public        r     r         r       r           r     -
hub/service/creer -     r         r       r           -     -
hub/coordinator   -     -         -       r           -     -
hub/alerts        -     r         -       r           -     -
`

const prefix = "accueil/v1/villette/"

// cell is one decision of the table.
type cell struct {
	role, topic string // the topic below the prefix
	write, read bool
}

func cells(t *testing.T) (all []cell) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(rightsTable), "\n")
	roles := strings.Fields(lines[0])[1:]
	if !slices.Equal(roles, access.Roles()) {
		t.Fatalf("the table has %v, but there are %v", roles, access.Roles())
	}
	for _, line := range lines[1:] {
		fields := strings.Fields(line)
		marks := fields[len(fields)-len(roles):]
		for i, role := range roles {
			topic := fields[0]
			switch fields[1] {
			case "own":
				topic = role + "/me/" + fields[0]
			case "other":
				topic = role + "/you/" + fields[0]
			}
			all = append(all, cell{role, topic, marks[i] == "w", marks[i] == "r"})
		}
	}
	return all
}

func TestTheTableOfRights(t *testing.T) {
	for _, c := range cells(t) {
		can := access.RightsOf(c.role, "me")
		if w, r := can.MayWrite("villette", prefix+c.topic), can.MayRead("villette", prefix+c.topic); w != c.write || r != c.read {
			t.Errorf("%s at %s: writes %v, reads %v; want %v, %v", c.role, c.topic, w, r, c.write, c.read)
		}
	}
}

// No filter takes in more than its holder may read, and nothing of another site
// or role can be reached.
func TestNoFilterIsAHole(t *testing.T) {
	filters := []string{"#", "+/#", "accueil/#", prefix + "#", prefix + "+/+", prefix + "+/+/+", prefix + "hub/#", prefix + "hub/+",
		prefix + "hub/service/#", prefix + "+/me/#", prefix + "+/+/replies", "accueil/v1/+/hub/public", "accueil/v1/bercy/hub/public",
		"accueil/v2/villette/hub/public", "$SYS/#", "$share/g/" + prefix + "hub/public", prefix, prefix + "hub", prefix + "hub/public/", ""}
	for _, role := range access.Roles() {
		can := access.RightsOf(role, "me")
		for _, f := range append(filters, prefix+role+"/#", prefix+role+"/+/requests", prefix+role+"/+/replies", prefix+role+"/me/#") {
			if can.MayRead("villette", f) || can.MayWrite("villette", f) {
				t.Errorf("%s may use %q", role, f)
			}
		}
		for _, other := range access.Roles() {
			for _, leaf := range []string{"facts", "requests", "state", "count", "acks", "replies"} {
				topic := prefix + other + "/me/" + leaf
				if other != role && (can.MayWrite("villette", topic) || can.MayRead("villette", topic)) {
					t.Errorf("%s may use %s", role, topic)
				}
			}
		}
	}
	if can := access.RightsOf("king", "me"); len(can.Read)+len(can.Write) > 0 {
		t.Error("an unknown role may do something")
	}
}

// Every channel of the contract is in the table: whoever adds one decides here
// who may use it.
func TestEveryChannelHasItsRights(t *testing.T) {
	text, err := os.ReadFile("../../docs/asyncapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`address: accueil/v1/\{site\}/(\S+)`).FindAllStringSubmatch(string(text), -1)
	if len(found) < 10 {
		t.Fatalf("%d channels", len(found))
	}
	for _, f := range found {
		topic := strings.NewReplacer("{service}", "creer", "{name}", "me", "{role}", "adviser").Replace(f[1])
		decided := slices.ContainsFunc(cells(t), func(c cell) bool { return c.topic == topic })
		if !decided {
			t.Errorf("nobody has decided who may use %s", f[1])
		}
	}
}

// The hub can write what it says and read what it hears, and no terminal is it.
func TestTheHubsRights(t *testing.T) {
	can := access.RightsOf(wire.RoleHub, "villette")
	for _, c := range cells(t) {
		topic := prefix + c.topic
		if strings.HasPrefix(c.topic, "hub/") && !can.MayWrite("villette", topic) {
			t.Errorf("the hub may not say %s", topic)
		}
		if c.write && !can.MayRead("villette", topic) || c.read && !can.MayWrite("villette", topic) {
			t.Errorf("%s of a terminal is lost on the hub", topic)
		}
	}
	if _, err := access.ParseRole(wire.RoleHub); err == nil {
		t.Error("a terminal can be enrolled as the hub")
	}
	if fmt.Sprint(access.HubUser("villette")) != "hub.villette" {
		t.Error(access.HubUser("villette"))
	}
}
