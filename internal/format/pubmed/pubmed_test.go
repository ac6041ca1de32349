package pubmed

import (
	"bytes"
	"strings"
	"testing"

	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

func TestSampleForPubMed(t *testing.T) { testrecord.SampleCollected(t, "sample.xml", NewCollection) }

func TestEverySetIsValid(t *testing.T) { testrecord.Collected(t, "pubmed", NewCollection, Lacks) }

func TestOtherAbstractsHaveTheCodesOfLibraries(t *testing.T) {
	p := testrecord.Sample()
	p.Record.Abstracts = []journal.Abstract{{Text: journal.T("en", "One.")}, {Text: journal.T("de", "Eins.")}, {Text: journal.T("zh-Hans", "一。")}, {Text: journal.T("en-GB", "One again.")}}
	var b bytes.Buffer
	if err := Record(p, "https://example.org/a").Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<OtherAbstract Language="ger">Eins.<`, `<OtherAbstract Language="chi">一。<`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in %s", want, b.String())
		}
	}
	if n := strings.Count(b.String(), "<OtherAbstract"); n != 2 {
		t.Errorf("%d other abstracts", n)
	}
}

func TestMembersOfABodyStandInItsGroup(t *testing.T) {
	p := testrecord.Sample()
	person := func(role, family, given string) journal.Contributor {
		return journal.Contributor{Role: role, Names: []journal.Name{{Lang: "en", Literal: given + " " + family, Family: family, Given: given}}}
	}
	p.Record.Contributors = []journal.Contributor{
		person("author", "Quill", "Ann"),
		{Role: "author", Collective: true, Names: []journal.Name{{Lang: "en", Literal: "The Lamp Group"}}},
		person("collab-member", "Wick", "Ada"), person("collab-member", "Glass", "Ben"),
		person("author", "Oil", "Cy"),
	}
	var b bytes.Buffer
	if err := Record(p, string(p.Address(testrecord.Site))).Write(&b); err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(b.String()), " ")
	want := "<GroupList> <Group> <GroupName>The Lamp Group</GroupName> <IndividualName> <FirstName>Ada</FirstName> <LastName>Wick</LastName> </IndividualName> <IndividualName> <FirstName>Ben</FirstName> <LastName>Glass</LastName> </IndividualName> </Group> </GroupList> <PublicationType>"
	if !strings.Contains(got, want) || strings.Count(got, "<Author>") != 3 {
		t.Errorf("%s", b.String())
	}
}
