package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"

	"accueil/hub/access"
	"accueil/internal/certificate"
	"accueil/internal/secret"
	"accueil/internal/smallfile"
)

// mosquittoCommand is `hub mosquitto`.
type mosquittoCommand struct {
	accounts
	Out  string `required:"" help:"Folder to write the files to." type:"path" placeholder:"DIR"`
	Port int    `help:"Port Mosquitto shall listen on." default:"8883"`
}

// The files in the folder. Their names are in the configuration, whole.
const (
	mosquittoConf      = "accueil.conf"
	mosquittoPasswords = "accueil.passwd"
	mosquittoRights    = "accueil.acl"
	mosquittoPEM       = "accueil.pem"
	hubAccountFile     = "hub.account"
)

// Run writes what Mosquitto 2 needs to let in who has an account here, and the
// account the hub itself comes with. The latter stays the same, so that the hub
// need not be started anew.
func (m *mosquittoCommand) Run(c console) error {
	site, err := c.content(m.Config)
	if err != nil {
		return err
	}
	store, err := m.open(c)
	if err != nil {
		return err
	}
	if err := errors.Join(os.MkdirAll(m.Data, 0o700), os.MkdirAll(m.Out, 0o755)); err != nil {
		return err
	}
	cert, err := certificate.Load(m.Data, site.Key)
	if err != nil {
		return err
	}
	print, err := certificate.Fingerprint(cert)
	if err != nil {
		return err
	}
	own, err := m.hubAccount(site.Key, print)
	if err != nil {
		return err
	}
	pem, err := smallfile.Read(filepath.Join(m.Data, certificate.File), 64<<10)
	if err != nil {
		return err
	}
	passwords, rights := store.Mosquitto(own.Key)
	for name, text := range map[string]string{
		mosquittoPasswords: passwords, mosquittoRights: rights, mosquittoPEM: string(pem), mosquittoConf: m.conf(),
	} {
		if err := errors.Join(smallfile.Write(filepath.Join(m.Out, name), []byte(text)), giveAway(filepath.Join(m.Out, name))); err != nil {
			return err
		}
	}
	fmt.Fprintf(c.out, `Mosquitto:  include_dir or -c %s
the hub:    hub serve --broker mqtts://127.0.0.1:%d --broker-account %s

After hub enrol, kiosk enrol or hub revoke: run this again, then have Mosquitto
read its files again (systemctl reload mosquitto, or kill -HUP).
`, filepath.Join(m.Out, mosquittoConf), m.Port, filepath.Join(m.Out, hubAccountFile))
	return nil
}

func (m *mosquittoCommand) conf() string {
	file := func(name string) string { return filepath.Join(m.Out, name) }
	return fmt.Sprintf(`# Made by hub mosquitto. A Mosquitto 2 broker for accounts of this hub only.
per_listener_settings false
listener %d
certfile %s
keyfile %s
tls_version tlsv1.2
allow_anonymous false
password_file %s
acl_file %s
# A terminal goes by its user name, so that none can push another out.
use_username_as_clientid true
persistence false
# Else an answer waits 40 ms for the receiver to acknowledge what came before it.
set_tcp_nodelay true
max_packet_size 65536
max_queued_messages 1000
max_inflight_messages 128
max_keepalive 300
`, m.Port, file(mosquittoPEM), file(mosquittoPEM), file(mosquittoPasswords), file(mosquittoRights))
}

// hubAccount is the hub's account in the folder, made the first time.
func (m *mosquittoCommand) hubAccount(site, fingerprint string) (a brokerAccount, err error) {
	path := filepath.Join(m.Out, hubAccountFile)
	text, err := smallfile.Read(path, 4<<10)
	if err == nil {
		err = json.Unmarshal(text, &a)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return a, fmt.Errorf("%s: %w; remove it to have a new one", path, err)
	}
	if a.Key == "" {
		a.Key = secret.NewKey()
	}
	a.User, a.Fingerprint = access.HubUser(site), fingerprint
	if text, err = json.Marshal(a); err != nil {
		return a, err
	}
	return a, smallfile.Write(path, text)
}

// giveAway lets Mosquitto read a file when it runs as a user of its own, as on
// Debian, and we may arrange that.
func giveAway(path string) error {
	to, err := user.Lookup("mosquitto")
	if err != nil || os.Getuid() != 0 {
		return nil
	}
	uid, err := strconv.Atoi(to.Uid)
	if err != nil {
		return err
	}
	return os.Chown(path, uid, -1)
}
