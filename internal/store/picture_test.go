package store

import (
	"context"
	"reflect"
	"testing"
)

func TestPicturesAreKeptUntilALaterVersionMakesThem(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s, ctx := p.open(t), context.Background()
		one := Picture{SHA256: "aa", Media: "image/tiff", Width: 900, Height: 600, Notes: []string{"one page of two"},
			Renditions: []Rendition{{SHA256: "ab", Width: 480, Height: 320, Media: "image/webp", Size: 12}}}
		if err := s.SavePictures(ctx, 2, []Picture{one, {SHA256: "bb", Media: "image/png", Shown: true}}); err != nil {
			t.Fatal(err)
		}
		got, err := s.Pictures(ctx, 2, "aa", "cc", "aa")
		if err != nil || len(got) != 1 || !reflect.DeepEqual(got["aa"], one) {
			t.Fatalf("read %+v, %v; want %+v alone", got, err, one)
		}
		if err := s.SavePictures(ctx, 1, []Picture{{SHA256: "aa", Media: "image/gif"}}); err != nil {
			t.Fatal(err)
		}
		if got, _ := s.Pictures(ctx, 1, "aa"); got["aa"].Media != "image/tiff" {
			t.Errorf("an earlier version replaced what a later one made: %+v", got)
		}
		if got, _ := s.Pictures(ctx, 3, "aa"); len(got) != 0 {
			t.Errorf("version 3 took what version 2 made: %+v", got)
		}
		held := map[string]int64{}
		if err := s.FileHashes(ctx, func(sha string, size int64) error { held[sha] = size; return nil }); err != nil {
			t.Fatal(err)
		}
		if held["ab"] != 12 {
			t.Errorf("the rendition is no file of the installation: %v", held)
		}
	})
}
