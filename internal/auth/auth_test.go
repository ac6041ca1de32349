package auth

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"offprint/internal/errs"
)

func TestFileOfKeysThatCannotBeReadSaysWhere(t *testing.T) {
	if _, err := KeysOf("desk-keys", filepath.Join(t.TempDir(), "none")); !errors.Is(err, errs.Invalid) {
		t.Errorf("no file: %v", err)
	}
	if keys, err := KeysOf("desk-keys", ""); keys != nil || err != nil {
		t.Errorf("%v, %v", keys, err)
	}
	for _, c := range []struct{ text, says string }{
		{"short", "line 1: the key is shorter"},
		{"# one\nkey-of-the-world-0001 journal=lamps", "line 2: a key is followed by journals=PATH,PATH or name=…, not by journal=lamps"},
		{"key-of-the-world-0001 journals=", "line 1"},
		{strings.Repeat("k", 100_000), "too long"},
	} {
		if _, err := Read("desk-keys", "keys", strings.NewReader(c.text), "name"); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%.40q: %v", c.text, err)
		}
	}
}

func TestSessionStandsForItsKeyAndItsPurpose(t *testing.T) {
	const first, second = "key-of-the-first-0001 name=Ann", "key-of-the-second-002 journals=lamps"
	keys, err := Read("desk-keys", "keys", strings.NewReader(first+"\n"+second), "name")
	if err != nil {
		t.Fatal(err)
	}
	ann, other := keys.Find("key-of-the-first-0001"), keys.Find("key-of-the-second-002")
	if ann == nil || other == nil || keys.Find("key-of-the-first-0002") != nil || keys.Find("") != nil {
		t.Fatal("keys are not found, or what is none is")
	}
	if ann.About("name") != "Ann" || !ann.For("wicks") || !ann.For("") || !other.For("lamps") || other.For("wicks") || other.For("") {
		t.Error("what the file says of the keys is lost")
	}
	session := ann.Session("desk")
	if strings.Contains(session, "key-of") || keys.BySession("desk", session) != ann {
		t.Errorf("the session %q", session)
	}
	for _, none := range []string{"", other.Session("other"), session[1:]} {
		if keys.BySession("desk", none) != nil {
			t.Errorf("%q is taken for a session", none)
		}
	}
	if keys.BySession("other", session) != nil {
		t.Error("a session for one purpose serves another")
	}
	later, err := Read("desk-keys", "keys", strings.NewReader(second))
	if err != nil {
		t.Fatal(err)
	}
	if later.BySession("desk", session) != nil || (*Keys)(nil).BySession("desk", session) != nil {
		t.Error("the session of a key that is gone goes on")
	}
}
