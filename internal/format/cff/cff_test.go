package cff

import (
	"testing"

	"go.yaml.in/yaml/v3"

	"offprint/internal/testrecord"
)

func TestSampleAsACitationFile(t *testing.T) {
	p := testrecord.Sample()
	testrecord.Golden(t, "sample.cff", Encode(p, string(p.Address(testrecord.Site))))
}

func TestEveryFileIsYAMLWithWhatIsDemanded(t *testing.T) {
	testrecord.Each(t, func(t *testing.T, c *testrecord.Case) {
		out := Encode(c.Pub, c.Address)
		var got struct {
			Version   string           `yaml:"cff-version"`
			Message   string           `yaml:"message"`
			Title     string           `yaml:"title"`
			Authors   []map[string]any `yaml:"authors"`
			Preferred struct {
				Type    string           `yaml:"type"`
				Title   string           `yaml:"title"`
				Authors []map[string]any `yaml:"authors"`
				Year    int              `yaml:"year"`
				Words   []string         `yaml:"keywords"`
			} `yaml:"preferred-citation"`
		}
		if err := yaml.Unmarshal(out, &got); err != nil {
			t.Fatalf("%v\n%.2000s", err, out)
		}
		if got.Version != "1.2.0" || got.Message == "" || got.Title == "" || len(got.Authors) == 0 || got.Preferred.Type != "article" || got.Preferred.Title == "" || len(got.Preferred.Authors) == 0 {
			t.Errorf("%+v", got)
		}
	})
}
