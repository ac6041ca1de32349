package jats

import (
	"slices"
	"testing"

	"offprint/internal/journal"
)

// metaOf is the reading of a small article with that in its article-meta.
func metaOf(t *testing.T, kind, meta string) *journal.Reading {
	t.Helper()
	r, err := Decode([]byte(`<article article-type="` + kind + `" xml:lang="en" xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta>` + meta + `</article-meta></front></article>`))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// roles are the contributors as "role name".
func roles(r *journal.Reading) []string {
	var out []string
	for _, c := range r.Article.Contributors {
		out = append(out, c.Role+" "+c.Names[0].Literal)
	}
	return out
}

func TestMembersStandBehindTheirBody(t *testing.T) {
	const (
		ada   = `<contrib contrib-type="author"><string-name>Ada</string-name></contrib>`
		group = `<contrib contrib-type="author" id="g"><collab>Wicks</collab></contrib>`
		other = `<contrib contrib-type="author" id="h"><collab>Oils</collab></contrib>`
	)
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"a list that names the body",
			`<contrib-group>` + group + ada + `</contrib-group><contrib-group content-type="collab-list"><contrib contrib-type="author" rid="g"><string-name>Ben</string-name></contrib></contrib-group>`,
			[]string{"author Wicks", "collab-member Ben", "author Ada"}},
		{"a list that names none",
			`<contrib-group>` + group + ada + `</contrib-group><contrib-group content-type="collab-list"><contrib contrib-type="author"><string-name>Ben</string-name></contrib></contrib-group>`,
			[]string{"author Wicks", "collab-member Ben", "author Ada"}},
		{"no list, but the body",
			`<contrib-group>` + group + other + `<contrib contrib-type="author" rid="h"><string-name>Ben</string-name></contrib><contrib rid="g"><string-name>Cy</string-name></contrib></contrib-group>`,
			[]string{"author Wicks", "collab-member Cy", "author Oils", "collab-member Ben"}},
		{"the identifier on the name of the body",
			`<contrib-group><contrib contrib-type="author"><collab id="g">Wicks</collab></contrib>` + ada + `<contrib contrib-type="author" rid="g"><string-name>Ben</string-name></contrib></contrib-group>`,
			[]string{"author Wicks", "collab-member Ben", "author Ada"}},
		{"a list without a body",
			`<contrib-group>` + ada + `</contrib-group><contrib-group content-type="collab-list"><contrib contrib-type="author" rid="g"><string-name>Ben</string-name></contrib></contrib-group>`,
			[]string{"author Ada", "collab-member Ben"}},
		{"bodies that name each other",
			`<contrib-group><contrib contrib-type="author" id="g" rid="h"><collab>Wicks</collab></contrib><contrib contrib-type="author" id="h" rid="g"><collab>Oils</collab></contrib></contrib-group>`,
			[]string{"author Wicks", "author Oils"}},
		{"an institution is no body",
			`<contrib-group><contrib contrib-type="author" rid="a"><string-name>Ada</string-name></contrib></contrib-group><aff id="a">Museum</aff>`,
			[]string{"author Ada"}},
		{"the key of a body",
			`<contrib-group><contrib contrib-type="author"><contrib-id contrib-id-type="group-author-key">k</contrib-id><collab>Wicks</collab></contrib>` + ada + `</contrib-group>
			<contrib-group><contrib contrib-type="author non-byline"><contrib-id contrib-id-type="group-author-key">k</contrib-id><string-name>Ben</string-name></contrib></contrib-group>`,
			[]string{"author Wicks", "collab-member Ben", "author Ada"}},
	} {
		r := metaOf(t, "research-article", c.in)
		if got := roles(r); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// In the texts of Texture a contributor is a person or a group, and the list says
// what they are.
func TestListSaysWhatPersonsAre(t *testing.T) {
	person := func(list, kind string) string {
		return `<contrib-group` + list + `><contrib` + kind + `><string-name>Ada</string-name></contrib></contrib-group>`
	}
	for in, want := range map[string]string{
		person(` content-type="author"`, ` contrib-type="person"`):   "author Ada",
		person(` content-type="editors"`, ` contrib-type="person"`):  "editor Ada",
		person(` content-type="editor"`, ` contrib-type="group"`):    "editor Ada",
		person(` content-type="editors"`, ``):                        "editor Ada",
		person(` content-type="authors"`, ` contrib-type="editor"`):  "editor Ada",
		person(` content-type="section"`, ` contrib-type="person"`):  "author Ada",
		person(``, ` contrib-type="person"`):                         "author Ada",
		person(` content-type="section"`, ` contrib-type="curator"`): "curator Ada",
	} {
		if got := roles(metaOf(t, "research-article", in)); len(got) != 1 || got[0] != want {
			t.Errorf("%s gives %q, want %q", in, got, want)
		}
	}
}
