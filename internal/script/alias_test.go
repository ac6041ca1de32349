package script

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"offprint/internal/errs"
)

func clusters(a *Aliases, word string) []string { return a.Append(nil, keysOf(word)) }

func TestNamesInDifferentWordsMeetByAlias(t *testing.T) {
	a := BuiltinAliases()
	for _, forms := range [][]string{
		{"Хатояма", "Hatoyama", "Khatoyama", "はとやま", "鳩山"},
		{"Курилы", "Kuriles", "千島", "Chishima", "クリル", "Kuril Islands", "Курильские острова"},
		{"Шикотан", "色丹", "Shikotan", "Сикотан"},
		{"Сахалин", "Sakhalin", "樺太", "Karafuto", "Карафуто"},
		{"Dulles", "Даллес", "ダレス"},
		{"Чайковский", "Tchaikovsky", "Čajkovskij", "Tschaikowsky", "チャイコフスキー"},
		{"Москва", "Moscow", "Moscou", "Moskau", "モスクワ"},
		{"Александр", "Alexander", "Alexandre", "Aleksandr"},
		{"鳩山一郎", "Hatoyama Ichirō", "Ichirō Hatoyama", "Хатояма Итиро", "鳩山 一郎"},
		{"渡邊", "Watanabe", "Ватанабэ"},
	} {
		for _, form := range forms[1:] {
			if !share(clusters(a, forms[0]), clusters(a, form)) {
				t.Errorf("%s %q and %s %q do not meet", forms[0], clusters(a, forms[0]), form, clusters(a, form))
			}
		}
	}
	for _, pair := range [][2]string{{"Dulles", "Dallas"}, {"Renin", "Lenin"}, {"鳩山", "鳩山一郎"}, {"Токио", "Киото"}, {"no", "能"}} {
		if share(clusters(a, pair[0]), clusters(a, pair[1])) {
			t.Errorf("%s and %s meet in %q", pair[0], pair[1], clusters(a, pair[0]))
		}
	}
}

func TestSurnameIsFoundAtTheStartOfAName(t *testing.T) {
	a := BuiltinAliases()
	for word, want := range map[string]string{
		"鳩山邦夫": "鳩山", "渡邉恒雄": "渡邉", "佐々木隆": "佐々木", "林芳正": "林", "東京大学": "東京", "鳩山一郎": "鳩山一郎", "霧雨": "", "Hatoyama": "", "": "", "はとやま": "",
	} {
		if got := a.Prefix(word); got != want {
			t.Errorf("Prefix(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestOwnAliasesLieOverOthers(t *testing.T) {
	a := NewAliases(BuiltinAliases())
	if err := a.Read("# ours\n\nНева\tNewa\t涅瓦河\r\nBank of the River\tБерег реки\n"); err != nil {
		t.Fatal(err)
	}
	if got := clusters(a, "Neva"); !slices.Equal(got, []string{"a:нева"}) {
		t.Errorf("Neva is in %q", got)
	}
	if got := clusters(a, "Берег реки"); !slices.Equal(got, []string{"a:bank-of-the-river"}) {
		t.Errorf("the bank is in %q", got)
	}
	if len(clusters(a, "Moscow")) == 0 || a.Prefix("涅瓦河口") != "涅瓦河" || a.Prefix("鳩山邦夫") != "鳩山" {
		t.Error("one of the two tables is not asked")
	}
	if a.Words() != 4 || NewAliases(nil).Words() != 1 {
		t.Errorf("the longest form has %d words, want 4", a.Words())
	}
	if len(clusters(BuiltinAliases(), "涅瓦河")) != 0 {
		t.Error("the table below has changed")
	}
	if got := clusters(nil, "Moscow"); got != nil {
		t.Errorf("no table knows %q", got)
	}
}

func TestWrongTableSaysWhere(t *testing.T) {
	for table, want := range map[string]string{"a\tb\nalone\n": "line 2", "a\tb\n\nc\t—\n": "line 3"} {
		if err := NewAliases(nil).Read(table); !errors.Is(err, errs.Invalid) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v", table, err)
		}
	}
}

func TestBuiltinAliasesAreWellFormed(t *testing.T) {
	a := BuiltinAliases()
	for _, table := range []string{aliasTable, japaneseTable} {
		names := map[string]bool{}
		for line := range strings.Lines(table) {
			if line = strings.TrimSuffix(line, "\n"); line == "" || line[0] == '#' {
				continue
			}
			forms := strings.Split(line, "\t")
			if names[forms[0]] {
				t.Errorf("the cluster %s stands there twice", forms[0])
			}
			names[forms[0]] = true
			for i, form := range forms {
				if form != strings.TrimSpace(form) || slices.Contains(forms[:i], form) {
					t.Errorf("%s: the form %q stands there twice or has blanks", forms[0], form)
				}
				if len(clusters(a, form)) == 0 {
					t.Errorf("%s: the form %q finds nothing", forms[0], form)
				}
				if Unmix(form) != form {
					t.Errorf("%s: the form %q has letters of two scripts", forms[0], form)
				}
			}
		}
	}
	for key, names := range a.of {
		if len(names) > 4 {
			t.Errorf("%s is in %d clusters, which says little: %q", key, len(names), names)
		}
	}
}
