package config_test

import (
	"testing"

	"accueil/config"
	"accueil/internal/site"
)

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		site.Load(config.FS)
	}
}

func BenchmarkUnpack(b *testing.B) {
	pack, err := site.Pack(load(b))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(len(pack)), "pack-bytes")
	for b.Loop() {
		if _, err := site.Unpack(pack); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(pack)), "pack-bytes")
}
