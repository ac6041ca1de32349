package script

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"offprint/internal/errs"
)

var samples = map[string]string{
	"ru": "Леса на склонах гор удерживают воду — и снег тает «медленно». Автор показывает, что вырубка ускоряет половодье.",
	"uk": "Ліси на схилах гір утримують воду, і сніг тане повільно. Автор показує, що вирубка її прискорює.",
	"ja": "山の森は水を蓄え、雪解けを遅らせる。著者は伐採が洪水を早めることを示す。",
	"pt": "As florestas retêm a água; a exploração não é inofensiva, e a erosão avança também nas várzeas.",
	"pl": "Lasy górskie zatrzymują wodę, więc śnieg topnieje wolniej; wycinka zwiększa zagrożenie powodzią, wartości rosną.",
	"fr": "Les forêts retiennent l’eau ; la coupe accélère la crue, et l’érosion gagne les vallées élevées.",
}

func encode(t *testing.T, charset, s string) []byte {
	t.Helper()
	enc, err := htmlindex.Get(charset)
	if err != nil {
		t.Fatal(err)
	}
	b, err := enc.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatalf("%s: %v", charset, err)
	}
	return b
}

func TestEncodingIsRecognisedWithoutADeclaration(t *testing.T) {
	for _, c := range []struct{ lang, charset string }{
		{"ru", "windows-1251"}, {"ru", "ibm866"}, {"uk", "windows-1251"}, {"uk", "koi8-u"}, {"ru", "x-mac-cyrillic"},
		{"ja", "shift_jis"}, {"ja", "euc-jp"}, {"ja", "iso-2022-jp"},
		{"pt", "windows-1252"}, {"fr", "windows-1252"}, {"pl", "windows-1250"}, {"pl", "iso-8859-2"},
		{"ru", "utf-8"}, {"ja", "utf-8"}, {"pt", "utf-8"},
	} {
		want := samples[c.lang]
		if c.charset == "ibm866" {
			want = strings.NewReplacer("—", "-", "«", "", "»", "").Replace(want)
		}
		text, charset, err := Decode(encode(t, c.charset, want), "")
		if err != nil || text != want || charset != c.charset {
			t.Errorf("%s in %s: %q, %q, %v", c.lang, c.charset, text, charset, err)
		}
	}
	for _, charset := range []string{"koi8-r", "iso-8859-5"} {
		want := strings.NewReplacer("—", "-", "«", "", "»", "").Replace(samples["ru"])
		text, got, err := Decode(encode(t, charset, want), "")
		if err != nil || text != want || got != charset {
			t.Errorf("ru in %s: %q, %q, %v", charset, text, got, err)
		}
	}
}

func TestCapitalsDoNotMisleadTheRecognition(t *testing.T) {
	want := "ЗАБОТА О ЛЕСАХ И ВОДАХ В ГОРНЫХ РАЙОНАХ\n\nЛеса удерживают воду."
	for _, charset := range []string{"windows-1251", "koi8-r"} {
		if text, got, err := Decode(encode(t, charset, want), ""); err != nil || text != want {
			t.Errorf("%s: %q, %q, %v", charset, text, got, err)
		}
	}
}

func TestWrongDeclarationIsNotBelieved(t *testing.T) {
	ru := strings.NewReplacer("—", "-", "«", "", "»", "").Replace(samples["ru"])
	for _, c := range []struct{ real, declared string }{
		{"windows-1251", "utf-8"}, {"windows-1251", "koi8-r"}, {"koi8-r", "windows-1251"},
		{"windows-1251", "iso-8859-1"}, {"windows-1251", "no-such-thing"}, {"utf-8", "windows-1251"}, {"windows-1251", "shift_jis"},
	} {
		text, charset, err := Decode(encode(t, c.real, ru), c.declared)
		if err != nil || text != ru || charset != c.real {
			t.Errorf("%s declared as %s: %q, %q, %v", c.real, c.declared, text, charset, err)
		}
	}
}

func TestDeclarationDecidesWhatStatisticsCannot(t *testing.T) {
	want := "Ormanların korunması ve şehir"
	text, charset, err := Decode(encode(t, "windows-1254", want), "iso-8859-9")
	if err != nil || text != want || charset != "windows-1254" {
		t.Errorf("%q, %q, %v", text, charset, err)
	}
	zh := "关于山区森林保护的问题"
	text, charset, err = Decode(encode(t, "gbk", zh), "gb2312")
	if err != nil || text != zh || charset != "gbk" {
		t.Errorf("%q, %q, %v", text, charset, err)
	}
}

func TestUTF16(t *testing.T) {
	want := "Title\nНазвание\n"
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		for _, policy := range []unicode.BOMPolicy{unicode.UseBOM, unicode.IgnoreBOM} {
			b, err := unicode.UTF16(order, policy).NewEncoder().Bytes([]byte(want))
			if err != nil {
				t.Fatal(err)
			}
			text, _, err := Decode(b, "")
			if err != nil || text != want {
				t.Errorf("order %v policy %v: %q, %v", order, policy, text, err)
			}
		}
	}
}

func TestByteOrderMarkIsNoPartOfTheText(t *testing.T) {
	if text, _, err := Decode([]byte("\xef\xbb\xbfabc"), ""); err != nil || text != "abc" {
		t.Errorf("%q, %v", text, err)
	}
}

func TestDamagedUTF8GivesTextAndProblem(t *testing.T) {
	b := []byte(samples["ru"] + "\n\xd0")
	text, charset, err := Decode(b, "")
	if !errors.Is(err, errs.Invalid) || charset != "utf-8" || !strings.HasSuffix(text, "\n\ufffd") {
		t.Fatalf("%q, %q, %v", text, charset, err)
	}
	if !strings.Contains(err.Error(), "line 2") {
		t.Errorf("the message does not say where: %v", err)
	}
}

func TestWhatIsNoTextIsNamed(t *testing.T) {
	for in, word := range map[string]string{
		"%PDF-1.7\n": "PDF", "PK\x03\x04abc": "ZIP", "\x89PNG\r\n": "PNG", "{\\rtf1": "RTF",
		"abc\x00def": "offset 3", "a\x01\x02\x03\x04": "offset 1", "\xff\xfea": "UTF-16",
		"\xff\xfea\xd8\x00\x00": "UTF-16",
	} {
		text, _, err := Decode([]byte(in), "")
		var p *errs.Problem
		if !errors.As(err, &p) || !strings.Contains(p.Text, word) || text != "" {
			t.Errorf("%q: %q, %v", in, text, err)
		}
	}
}

func TestDeclaredEncoding(t *testing.T) {
	for in, want := range map[string]string{
		`<?xml version="1.0" encoding="KOI8-R"?><a/>`:                                  "koi8-r",
		`<html><head><meta charset=windows-1251>`:                                      "windows-1251",
		`<meta http-equiv="Content-Type" content="text/html; charset=windows-1251" />`: "windows-1251",
		`<META NAME="x" CONTENT="y"><META CHARSET = "utf-8">`:                          "utf-8",
		`<p>charset=none</p>`: "", "": "", `<?xml version="1.0"?>`: "", "<meta": "", "<meta charset>": "",
	} {
		if got := Declared([]byte(in)); got != want {
			t.Errorf("Declared(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("abc"), "")
	f.Add([]byte("\xff\xfea\x00"), "utf-16")
	f.Add([]byte("\xcb\xc5\xd3\xc1"), "koi8-r")
	f.Add([]byte("\x82\xa0\x82\xa2"), "shift_jis")
	f.Add([]byte("\x1b$B$\""), "x-user-defined")
	f.Fuzz(func(t *testing.T, b []byte, declared string) {
		Declared(b)
		text, charset, err := Decode(b, declared)
		if !utf8.ValidString(text) {
			t.Fatalf("%q is not valid UTF-8", text)
		}
		if err == nil && charset == "" {
			t.Fatal("text without an encoding")
		}
		var p *errs.Problem
		if err != nil && (!errors.As(err, &p) || !errors.Is(err, errs.Invalid)) {
			t.Fatalf("error is no problem for people: %v", err)
		}
		Language(text)
		Of(text)
		Fold(text)
		if slug := Slug(text, 40); len(slug) > 40 || strings.Trim(slug, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			t.Fatalf("slug %q", slug)
		}
	})
}
