package floor

import (
	"accueil/internal/queue"
	"accueil/internal/site"
	"accueil/internal/wire"
)

// content is the packed site that terminals fetch by version.
type content struct {
	version string
	pack    []byte
}

func newContent(s *site.Site) (content, error) {
	pack, err := site.Pack(s)
	if err != nil {
		return content{}, err
	}
	return content{version: site.Version(pack), pack: pack}, nil
}

func (c content) part(r wire.Request) (*wire.Content, queue.Refusal) {
	parts := (len(c.pack) + wire.PartSize - 1) / wire.PartSize
	if r.Version != c.version || r.Part < 0 || r.Part >= parts {
		return nil, queue.BadRequest
	}
	from := r.Part * wire.PartSize
	return &wire.Content{
		Version: c.version, Part: r.Part, Parts: parts,
		Data: c.pack[from:min(from+wire.PartSize, len(c.pack))],
	}, ""
}
