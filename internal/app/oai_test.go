package app

import (
	"context"
	"database/sql"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"offprint/internal/journal"
	"offprint/internal/store"
)

// oaiAnswer is what a harvester reads of a response.
type oaiAnswer struct {
	Request struct {
		Verb string `xml:"verb,attr"`
		Base string `xml:",chardata"`
	} `xml:"request"`
	Error struct {
		Code string `xml:"code,attr"`
	} `xml:"error"`
	Records struct {
		List  []oaiRecord `xml:"record"`
		Token string      `xml:"resumptionToken"`
	} `xml:"ListRecords"`
	Identifiers struct {
		List  []oaiHeader `xml:"header"`
		Token string      `xml:"resumptionToken"`
	} `xml:"ListIdentifiers"`
	Record oaiRecord `xml:"GetRecord>record"`
	Sets   []string  `xml:"ListSets>set>setSpec"`
	Forms  []string  `xml:"ListMetadataFormats>metadataFormat>metadataPrefix"`
}

type oaiHeader struct {
	Status     string   `xml:"status,attr"`
	Identifier string   `xml:"identifier"`
	Stamp      string   `xml:"datestamp"`
	Sets       []string `xml:"setSpec"`
}

type oaiRecord struct {
	Header   oaiHeader `xml:"header"`
	Metadata struct {
		XML string `xml:",innerxml"`
	} `xml:"metadata"`
	About struct {
		XML string `xml:",innerxml"`
	} `xml:"about"`
}

// harvest asks a repository and checks what every response must be.
func (in *installation) harvest(path string, args ...string) oaiAnswer {
	in.t.Helper()
	values := url.Values{}
	for i := 0; i < len(args); i += 2 {
		values.Add(args[i], args[i+1])
	}
	g := in.get(path + "?" + values.Encode())
	if g.Status != http.StatusOK || g.Header.Get("Content-Type") != "text/xml; charset=utf-8" {
		in.t.Fatalf("%s %v: %d %s", path, args, g.Status, g.Header.Get("Content-Type"))
	}
	in.valid(g.Body)
	var a oaiAnswer
	if err := xml.Unmarshal([]byte(g.Body), &a); err != nil {
		in.t.Fatalf("%s %v: %v", path, args, err)
	}
	return a
}

var schemas = filepath.Join("..", "..", "..", "shared", "schemas")

// elsewhere finds metadata in a form that is checked with the package of its
// format, and that the schema of the protocol does not know.
var elsewhere = regexp.MustCompile(`<metadata>\s*<(oaire:resource|resource|article|dim:dim|doi_batch)\b`)

// valid checks a response against the schema of the protocol, where its metadata
// is in a form that the schemas here have.
func (in *installation) valid(body string) {
	in.t.Helper()
	if _, err := os.Stat(schemas); err != nil || elsewhere.MatchString(body) {
		return
	}
	file := filepath.Join(in.t.TempDir(), "response.xml")
	if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
		in.t.Fatal(err)
	}
	lint := exec.Command("xmllint", "--nonet", "--noout", "--schema", filepath.Join(schemas, "oai-all.xsd"), file)
	lint.Env = append(os.Environ(), "XML_CATALOG_FILES="+filepath.Join(schemas, "catalog.xml"))
	if out, err := lint.CombinedOutput(); err != nil {
		in.t.Errorf("a response is not valid: %v\n%.1500s", err, out)
	}
}

// oaiSite is the demonstration as harvesters see it.
func oaiSite(t *testing.T) *installation {
	in := demoSite(t)
	in.settle()
	return in
}

// settle derives what was written and waits until harvesters see it.
func (in *installation) settle() {
	in.t.Helper()
	if err := in.Store.CatchUp(in.t.Context()); err != nil {
		in.t.Fatal(err)
	}
	time.Sleep(2100 * time.Millisecond) // what is new is told two seconds later
}

// TestCrossrefForEverybodyNamesNoDepositor: who deposits stands in what is exported.
func TestCrossrefForEverybodyNamesNoDepositor(t *testing.T) {
	in := oaiSite(t)
	for key, value := range map[string]string{"depositor": "A Depositor", "depositor-email": "doi@lamp.example"} {
		if _, err := in.SetJournal(t.Context(), "demo", key, value); err != nil {
			t.Fatal(err)
		}
	}
	bodies := map[string]string{}
	for _, r := range in.harvest("/demo/oai", "verb", "ListRecords", "metadataPrefix", "crossref").Records.List {
		bodies[r.Header.Identifier] = r.Metadata.XML
	}
	for _, path := range in.articles() {
		if g := in.get(path + ".crossref.xml"); g.Status == http.StatusOK {
			bodies[path] = g.Body
		}
	}
	for name, body := range bodies {
		if !strings.Contains(body, "<depositor_name>unknown<") || strings.Contains(body, "A Depositor") || strings.Contains(body, "doi@lamp.example") {
			t.Errorf("%s: %.900s", name, body)
		}
	}
	if len(bodies) < 4 {
		t.Errorf("%d deposits", len(bodies))
	}
	var b strings.Builder
	if err := in.Export(t.Context(), Export{Format: "crossref", BaseURL: "https://lamp.example"}, &b); err != nil || !strings.Contains(b.String(), "A Depositor") || !strings.Contains(b.String(), "doi@lamp.example") {
		t.Errorf("the export names no depositor (%v): %.900s", err, b.String())
	}
}

func TestHarvesterGetsEveryFormOfEveryArticle(t *testing.T) {
	if _, err := os.Stat(schemas); err != nil {
		t.Log("no ../shared/schemas beside the repository: responses are read, not validated")
	}
	in := oaiSite(t)
	forms := in.harvest("/demo/oai", "verb", "ListMetadataFormats").Forms
	if want := []string{"oai_dc", "oai_openaire", "jats", "marcxml", "mods", "datacite", "oai_dim", "crossref"}; !slices.Equal(forms, want) {
		t.Errorf("the formats are %q, want %q", forms, want)
	}
	all := in.harvest("/demo/oai", "verb", "ListIdentifiers", "metadataPrefix", "oai_dc").Identifiers.List
	for _, form := range forms {
		got := in.harvest("/demo/oai", "verb", "ListRecords", "metadataPrefix", form)
		told := 0
		for _, r := range got.Records.List {
			if r.Metadata.XML == "" || !strings.HasPrefix(r.Header.Identifier, "oai:offprint.localdomain:demo/") {
				t.Errorf("%s: %+v", form, r.Header)
			}
			told++
		}
		// DataCite and Crossref take nothing without a DOI, and one article has none.
		if want := map[string]int{"datacite": len(all) - 1, "crossref": len(all) - 1}[form]; told != want && (want > 0 || told != len(all)) {
			t.Errorf("%s: %d records of %d articles", form, told, len(all))
		}
		one := in.harvest("/oai", "verb", "GetRecord", "metadataPrefix", form, "identifier", all[0].Identifier)
		if one.Record.Metadata.XML == "" || one.Record.Header.Stamp != all[0].Stamp || !strings.Contains(one.Record.About.XML, "creativecommons.org") {
			t.Errorf("%s: GetRecord gives %+v, rights %q", form, one.Record.Header, one.Record.About.XML)
		}
	}
	sets := in.harvest("/demo/oai", "verb", "ListSets").Sets
	for _, set := range sets {
		if list := in.harvest("/oai", "verb", "ListIdentifiers", "metadataPrefix", "oai_dc", "set", set).Identifiers.List; len(list) == 0 {
			t.Errorf("the set %s is empty", set)
		} else if !slices.Contains(list[0].Sets, set) {
			t.Errorf("in the set %s is %+v", set, list[0])
		}
	}
	if !slices.Contains(sets, "demo") || !slices.Contains(sets, "lang:ru") || !slices.Contains(sets, "driver") || !slices.Contains(sets, "openaire") {
		t.Errorf("the sets are %q", sets)
	}
	in.valid(in.get("/demo/oai?verb=Identify").Body)
	posted := in.ask(http.MethodPost, "/oai", strings.NewReader("verb=Identify"), "Content-Type", "application/x-www-form-urlencoded")
	if posted.Status != 200 || !strings.Contains(posted.Body, "<deletedRecord>persistent") {
		t.Errorf("posted: %d %.200s", posted.Status, posted.Body)
	}
}

func TestHarvesterIsToldWhatIsWrongWithItsRequest(t *testing.T) {
	in := oaiSite(t)
	for _, c := range []struct {
		code string
		args []string
	}{
		{"badVerb", nil},
		{"badVerb", []string{"verb", "Harvest"}},
		{"badVerb", []string{"verb", "Identify", "verb", "Identify"}},
		{"badArgument", []string{"verb", "Identify", "set", "demo"}},
		{"badArgument", []string{"verb", "ListRecords"}},
		{"badArgument", []string{"verb", "ListRecords", "metadataPrefix", "oai_dc", "metadataPrefix", "oai_dc"}},
		{"badArgument", []string{"verb", "GetRecord", "metadataPrefix", "oai_dc"}},
		{"badArgument", []string{"verb", "ListRecords", "metadataPrefix", "oai_dc", "from", "yesterday"}},
		{"badArgument", []string{"verb", "ListRecords", "metadataPrefix", "oai_dc", "from", "2024-02-30"}},
		{"badArgument", []string{"verb", "ListRecords", "metadataPrefix", "oai_dc", "from", "2024-01-01", "until", "2024-02-01T00:00:00Z"}},
		{"badArgument", []string{"verb", "ListRecords", "metadataPrefix", "oai_dc", "from", "2024-02-01", "until", "2024-01-01"}},
		{"badArgument", []string{"verb", "ListRecords", "metadataPrefix", "oai_dc", "resumptionToken", "x"}},
		{"badResumptionToken", []string{"verb", "ListRecords", "resumptionToken", "x"}},
		{"badResumptionToken", []string{"verb", "ListSets", "resumptionToken", "x"}},
		{"cannotDisseminateFormat", []string{"verb", "ListRecords", "metadataPrefix", "oai_xyz"}},
		{"cannotDisseminateFormat", []string{"verb", "GetRecord", "metadataPrefix", "oai_xyz", "identifier", "oai:offprint.localdomain:demo/x"}},
		{"idDoesNotExist", []string{"verb", "GetRecord", "metadataPrefix", "oai_dc", "identifier", "oai:offprint.localdomain:demo/x"}},
		{"idDoesNotExist", []string{"verb", "ListMetadataFormats", "identifier", "<&>\x01"}},
		{"noRecordsMatch", []string{"verb", "ListRecords", "metadataPrefix", "oai_dc", "set", "none"}},
		{"noRecordsMatch", []string{"verb", "ListRecords", "metadataPrefix", "oai_dc", "until", "1999-12-31"}},
		{"noRecordsMatch", []string{"verb", "ListRecords", "metadataPrefix", "oai_dc", "from", "2999-01-01"}},
	} {
		if got := in.harvest("/demo/oai", c.args...); got.Error.Code != c.code {
			t.Errorf("%q: %q, want %s", c.args, got.Error.Code, c.code)
		}
	}
}

// many are articles of a journal that is added for them.
func (in *installation) many(n int) (j *journal.Journal, written []store.Written) {
	in.t.Helper()
	j = &journal.Journal{Path: "many", Titles: []journal.Text{journal.T("en", "Annals of Plenty")}, Languages: []string{"en"}}
	if err := in.Store.AddJournal(in.t.Context(), j); err != nil {
		in.t.Fatal(err)
	}
	var writes []store.Write
	for i := range n {
		writes = append(writes, plenty(j, i))
		if len(writes) == 500 || i == n-1 {
			done, err := in.Store.ApplyArticles(in.t.Context(), writes)
			if err != nil {
				in.t.Fatal(err)
			}
			written, writes = append(written, done...), writes[:0]
		}
	}
	in.settle()
	return j, written
}

func plenty(j *journal.Journal, i int) store.Write {
	return store.Write{JournalID: j.ID, SlugBase: fmt.Sprintf("a%05d", i), Reason: "made for a test", Actor: "test",
		Provenance: store.Provenance{Source: "test", Format: "landing", ReaderVersion: 1},
		Record: journal.Article{Type: "research-article", Language: "en", Published: "2024", Titles: []journal.Text{journal.T("en", fmt.Sprintf("On the number %d", i))},
			Contributors: []journal.Contributor{{Role: "author", Names: []journal.Name{{Literal: "Ann Other", Family: "Other", Given: "Ann"}}}}}}
}

// counted adds articles to what a harvest told of them.
func counted(told map[string]string, list []oaiHeader) (twice []string) {
	for _, h := range list {
		if _, is := told[h.Identifier]; is {
			twice = append(twice, h.Identifier)
		}
		told[h.Identifier] = h.Status
	}
	return twice
}

func TestHarvestIsCompleteWhileArticlesArePublishedAndWithdrawn(t *testing.T) {
	in := serve(t)
	const n = 2600
	j, written := in.many(n)
	began := time.Now().UTC().Format(time.RFC3339)
	told := map[string]string{}
	args := []string{"verb", "ListIdentifiers", "metadataPrefix", "oai_dc"}
	for page := 0; ; page++ {
		got := in.harvest("/many/oai", args...)
		if twice := counted(told, got.Identifiers.List); len(twice) > 0 {
			t.Fatalf("told twice: %q", twice)
		}
		if page == 0 {
			if err := in.Store.Withdraw(t.Context(), written[1].ArticleID, "an error", "test"); err != nil {
				t.Fatal(err)
			}
			change := plenty(j, n-1)
			change.ArticleID, change.Base, change.Record.Published = written[n-1].ArticleID, 1, "2025"
			if _, err := in.Store.ApplyArticles(t.Context(), []store.Write{change, plenty(j, n)}); err != nil {
				t.Fatal(err)
			}
			if err := in.Store.CatchUp(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if got.Identifiers.Token == "" {
			break
		}
		args = []string{"verb", "ListIdentifiers", "resumptionToken", got.Identifiers.Token}
	}
	if len(told) != n+1 {
		t.Errorf("told of %d articles, want %d", len(told), n+1)
	}
	in.settle()
	fresh := map[string]string{}
	for args := []string{"verb", "ListRecords", "metadataPrefix", "oai_dc", "from", began}; args != nil; {
		since := in.harvest("/many/oai", args...)
		for _, r := range since.Records.List {
			fresh[r.Header.Identifier] = r.Header.Status
		}
		if args = nil; since.Records.Token != "" {
			args = []string{"verb", "ListRecords", "resumptionToken", since.Records.Token}
		}
	}
	for slug, status := range map[string]string{"a00001": "deleted", fmt.Sprintf("a%05d", n-1): "", fmt.Sprintf("a%05d", n): ""} {
		if got, is := fresh["oai:offprint.localdomain:many/"+slug]; !is || got != status {
			t.Errorf("since then of %s: told %v, %q; want %q", slug, is, got, status)
		}
	}
	// A token means the same on another node, and nothing in another repository.
	token := in.harvest("/many/oai", "verb", "ListIdentifiers", "metadataPrefix", "oai_dc").Identifiers.Token
	if got := in.harvest("/oai", "verb", "ListIdentifiers", "resumptionToken", token); got.Error.Code != "badResumptionToken" {
		t.Errorf("in another repository the token gives %q", got.Error.Code)
	}
	if got := in.harvest("/many/oai", "verb", "ListRecords", "resumptionToken", token); got.Error.Code != "badResumptionToken" {
		t.Errorf("with another verb the token gives %q", got.Error.Code)
	}
}

// told reads a list to its end. Every response has something in it, and the last of a
// list that was resumed has an empty token.
func (in *installation) told(path string, args ...string) (list []oaiHeader) {
	in.t.Helper()
	for resumed := false; ; resumed = true {
		got := in.harvest(path, args...)
		page := got.Identifiers.List
		for _, r := range got.Records.List {
			page = append(page, r.Header)
		}
		if len(page) == 0 {
			in.t.Fatalf("%q: after %d there is nothing: %q", args, len(list), got.Error.Code)
		}
		list = append(list, page...)
		token := got.Records.Token + got.Identifiers.Token
		if token == "" {
			if resumed && !strings.Contains(in.get(path+"?"+values(args)).Body, "<resumptionToken") {
				in.t.Errorf("%q: a list that was resumed ends without a token", args)
			}
			return list
		}
		args = []string{"verb", args[1], "resumptionToken", token}
	}
}

func values(args []string) string {
	v := url.Values{}
	for i := 0; i < len(args); i += 2 {
		v.Add(args[i], args[i+1])
	}
	return v.Encode()
}

func TestListOfAFormatThatSomeArticlesHaveEndsWithTheLastOfThem(t *testing.T) {
	in := serve(t)
	j := &journal.Journal{Path: "many", Titles: []journal.Text{journal.T("en", "Annals of Plenty")}, Languages: []string{"en"}}
	if err := in.Store.AddJournal(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	// 200 with a DOI fill a response; of the 410 after them only the 400th has one.
	var writes []store.Write
	for i := range 610 {
		w := plenty(j, i)
		if i < 200 || i == 599 {
			w.Record.DOI = fmt.Sprintf("10.5555/plenty.%d", i)
		}
		writes = append(writes, w)
	}
	written, err := in.Store.ApplyArticles(t.Context(), writes)
	if err != nil {
		t.Fatal(err)
	}
	in.settle()
	for _, verb := range []string{"ListRecords", "ListIdentifiers"} {
		if got := in.told("/many/oai", "verb", verb, "metadataPrefix", "datacite"); len(got) != 201 {
			t.Errorf("%s: told of %d articles, want 201", verb, len(got))
		}
	}
	if err := in.Store.Withdraw(t.Context(), written[599].ArticleID, "an error", "test"); err != nil {
		t.Fatal(err)
	}
	in.settle()
	if got := in.told("/many/oai", "verb", "ListRecords", "metadataPrefix", "datacite"); len(got) != 201 || got[200].Status != "deleted" {
		t.Errorf("told of %d articles, want 201 of which the last is deleted", len(got))
	}
	for _, until := range []string{"2999-01-01", time.Now().UTC().Format(time.DateOnly)} {
		if got := in.told("/many/oai", "verb", "ListRecords", "metadataPrefix", "datacite", "from", "2020-01-01", "until", until); len(got) != 201 {
			t.Errorf("until %s: told of %d articles, want 201", until, len(got))
		}
	}
}

func TestListWhoseRestHasChangedEndsWithARecord(t *testing.T) {
	in := serve(t)
	const n = 201
	j, written := in.many(n)
	first := in.harvest("/many/oai", "verb", "ListRecords", "metadataPrefix", "oai_dc", "from", "2020-01-01")
	change := plenty(j, n-1)
	change.ArticleID, change.Base, change.Record.Published = written[n-1].ArticleID, 1, "2025"
	if _, err := in.Store.ApplyArticles(t.Context(), []store.Write{change}); err != nil {
		t.Fatal(err)
	}
	in.settle()
	rest := in.harvest("/many/oai", "verb", "ListRecords", "resumptionToken", first.Records.Token)
	last := first.Records.List[len(first.Records.List)-1].Header.Identifier
	if list := rest.Records.List; len(list) != 1 || list[0].Header.Identifier != last || rest.Records.Token != "" {
		t.Errorf("%q: %+v, token %q, want %s once more", rest.Error.Code, list, rest.Records.Token, last)
	}
}

var identifiers = regexp.MustCompile(`oai:[^:"\s]+:many/a\d+`)

// TestHarvestersOfOthersGetAll lets the harvesters that libraries use read a
// repository to its end, while it changes.
func TestHarvestersOfOthersGetAll(t *testing.T) {
	in := serve(t)
	const n = 10_000
	j, _ := in.many(n)
	base := in.server.URL + "/many/oai"
	tool, err := filepath.Abs(filepath.Join("..", "..", "tools", "node_modules", "oai-pmh", "bin", "oai-pmh"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(tool); err != nil {
		t.Fatal("the harvester oai-pmh of npm is not installed: scripts/install-test-tools")
	}
	for _, c := range []struct {
		name string
		args []string
	}{
		{"catmandu", []string{"catmandu", "convert", "OAI", "--url", base, "--metadataPrefix", "oai_dc", "to", "CSV", "--fields", "_id", "--header", "0"}},
		{"oai-pmh", []string{"node", tool, "list-identifiers", base, "-p", "oai_dc"}},
	} {
		if _, err := exec.LookPath(c.args[0]); err != nil {
			t.Fatalf("%s is not installed: scripts/install-test-tools", c.args[0])
		}
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
		cmd := exec.CommandContext(ctx, c.args[0], c.args[1:]...)
		published := make(chan error, 1)
		go func() {
			_, err := in.Store.ApplyArticles(ctx, []store.Write{plenty(j, n+len(c.name))})
			published <- err
		}()
		// Into a file: a program that ends may leave what a pipe has not taken.
		to, err := os.Create(filepath.Join(t.TempDir(), "harvested"))
		if err != nil {
			t.Fatal(err)
		}
		cmd.Stdout = to
		err = cmd.Run()
		cancel()
		out, readErr := os.ReadFile(to.Name())
		if readErr != nil || to.Close() != nil {
			t.Fatal("what was harvested cannot be read")
		}
		if err := <-published; err != nil {
			t.Error(err)
		}
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		seen := map[string]int{}
		for _, id := range identifiers.FindAllString(string(out), -1) {
			seen[id]++
		}
		missing := 0
		for i := range n {
			if seen[fmt.Sprintf("oai:offprint.localdomain:many/a%05d", i)] != 1 {
				missing++
			}
		}
		if missing > 0 {
			t.Errorf("%s: %d of %d articles were not harvested once; it got %d", c.name, missing, n, len(seen))
		}
	}
}

// TestListThatFailsInTheMiddleIsNoList: what is sent while the rest is read must not
// look whole when the rest cannot be read.
func TestListThatFailsInTheMiddleIsNoList(t *testing.T) {
	in := serve(t)
	_, written := in.many(120)
	db, err := sql.Open("sqlite", filepath.Join(in.cfg.Data, "offprint.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), `DROP TRIGGER version_no_update; UPDATE version SET record = '{' WHERE article_id = ?`, written[100].ArticleID); err != nil {
		t.Fatal(err)
	}
	for _, coding := range []string{"identity", "gzip"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, in.server.URL+"/many/oai?verb=ListRecords&metadataPrefix=oai_dc", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept-Encoding", coding)
		res, err := in.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err == nil || len(body) == 0 || strings.Contains(string(body), "</OAI-PMH>") {
			t.Errorf("%s: %d bytes and then %v", coding, len(body), err)
		}
	}
}
